//! The tree of one file: what was typed, in order, as spans. Enough to write the file back (`fmt`) and to read its
//! meaning (`model`); no meaning is decided here.

use super::interned::Interner;
use super::sections::{FileKind, SectionKind};
use crate::source::{FileId, Span};

/// One file.
#[derive(Debug, Clone)]
pub struct Ast {
    pub file: FileId,
    /// Absent when the first heading says nothing known; the file is then read as a program, silently.
    pub kind: Option<FileKind>,
    /// Lines before the first heading.
    pub before: Vec<Line>,
    pub sections: Vec<Section>,
    /// The file was refused (too long a line): nothing of it was read.
    pub refused: bool,
}

impl Ast {
    /// The section under the title heading.
    pub fn head(&self) -> Option<&Section> {
        self.sections.iter().find(|section| matches!(section.kind, Some(SectionKind::Head(_))))
    }

    pub fn sections_of(&self, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.kind == Some(kind))
    }
}

/// A heading and the lines under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Absent for a heading that is not known, nor near to one.
    pub kind: Option<SectionKind>,
    /// 【…】
    pub heading: Span,
    /// What follows 】 in the line, without blanks around it; empty for none.
    pub rest: Span,
    /// Whether the heading stands exactly as in the language.
    pub exact: bool,
    /// Something was wrong with the heading itself: no messages about what is under it.
    pub quiet: bool,
    pub lines: Vec<Line>,
}

/// A line, or a part of one between the VT and U+2028 that Word leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Without blanks at either end; with them for `Unread`.
    pub span: Span,
    pub kind: LineKind,
}

impl Line {
    /// The cell of a row's label; `None` for what is no row.
    pub fn label(&self) -> Option<Span> {
        if let LineKind::Row { cells, .. } = &self.kind {
            cells.first().copied()
        } else if let LineKind::Label { text, .. } = &self.kind {
            Some(*text)
        } else {
            None
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineKind {
    Blank,
    Field {
        name: FieldName,
        value: Span,
    },
    Paragraph,
    /// ○
    Subheading {
        text: Span,
    },
    /// （１）
    Item {
        number: u8,
        text: Span,
    },
    /// ・
    Bullet {
        text: Span,
    },
    /// ※
    Note {
        text: Span,
    },
    /// ＋; in prose one cell, in a table as many as were typed
    Continuation {
        cells: Vec<Span>,
    },
    /// A line with separators in 指標 and 写真. The first cell is without its ・.
    Row {
        child: bool,
        cells: Vec<Span>,
    },
    /// A line without separators in 指標 and 写真, without its ・
    Label {
        child: bool,
        text: Span,
    },
    /// A name in 【構成】, without `再掲` and `.jigyo`
    Name {
        relisted: bool,
        name: Span,
    },
    /// A field in the wrong place or form, or a heading as one, said where it was read; kept as it stands.
    Misread {
        meant: Meant,
    },
    /// Kept as it stands: memos, what is under an unknown heading, what could not be read.
    Unread,
}

/// What a line that was misread most likely is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    Field(FieldName),
    Heading(SectionKind),
}

impl LineKind {
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// The cells of a row, its label first, and of a line that goes on with one; none of another line.
    pub fn cells(&self) -> &[Span] {
        if let Self::Row { cells, .. } | Self::Continuation { cells } = self {
            cells
        } else if let Self::Label { text, .. } = self {
            std::slice::from_ref(text)
        } else {
            &[]
        }
    }

    /// The number of an item: 4 of （４）
    pub fn item_number(&self) -> Option<u8> {
        if let Self::Item { number, .. } = self { Some(*number) } else { None }
    }
}

macro_rules! fields {
    ($($field:ident $name:literal $kind:ident $repeats:literal,)*) => {
        /// A field of a head. 確認済 stands in every kind of file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FieldName {
            $($field,)*
            /// A field of an office's form
            Custom(&'static FieldSpec),
            Acknowledged,
        }

        impl FieldName {
            const LISTED: &[(Self, &'static str, FileKind, bool)] =
                &[$((Self::$field, $name, FileKind::$kind, $repeats),)*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)* Self::Custom(spec) => spec.name, Self::Acknowledged => "確認済" }
            }
        }
    };
}

fields! {
    FiscalYear "年度" Report false,
    Publisher "発行" Report false,
    IssueDate "発行日" Report false,
    Deadline "締切" Report true,
    Unit "単位" Report false,
    FirstPage "開始頁" Report false,
    Template "体裁" Report false,
    LastYear "前年度" Report false,
    Ledger "台帳" Report false,
    Words "用語" Report false,
    Organization "組織" Report false,
    Licence "利用条件" Report false,
    Rules "検査" Report true,
    FrontMatter "前付" Report false,
    BackMatter "後付" Report false,
    Form "様式" Report false,
    ChapterNumber "番号" Chapter false,
    Amount "事業費" Program false,
    Category "区分" Program false,
    Department "担当" Program true,
    OutsideTotal "合計に含めない" Program false,
    FormerName "旧名称" Program true,
    Reading "よみ" Program false,
    Chart "図" Program false,
}

/// A field of an office's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldSpec {
    pub name: &'static str,
    /// 【事業】 or 【章】
    pub home: FileKind,
    pub may_repeat: bool,
}

impl FieldName {
    /// A field of an office's form, kept as `SectionKind::own` keeps a section.
    pub fn own(spec: FieldSpec) -> Self {
        static MADE: Interner<FieldSpec> = Interner::new();
        Self::Custom(MADE.keep(Box::new(spec)))
    }

    /// Every field of the language, in the order of its table.
    pub fn of_language() -> impl Iterator<Item = Self> {
        Self::LISTED.iter().map(|entry| entry.0).chain([Self::Acknowledged])
    }

    /// Whether the line may be repeated.
    pub fn may_repeat(self) -> bool {
        if let Self::Custom(spec) = self {
            return spec.may_repeat;
        }
        self == Self::Acknowledged || Self::LISTED.iter().any(|entry| entry.0 == self && entry.3)
    }

    /// The kind of file that has it; `None` for one that every kind has.
    pub fn home(self) -> Option<FileKind> {
        if let Self::Custom(spec) = self {
            return Some(spec.home);
        }
        Self::LISTED.iter().find(|entry| entry.0 == self).map(|entry| entry.2)
    }
}
