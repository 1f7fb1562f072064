//! The sections of the language, a row each, in the order in which a program's page prints them. What a section is called, who
//! may write it, how it is read, and what becomes of it next year stands here; an office's form has rows of its own beside them.

use super::interned::Interner;

/// What a file is, by its first heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// 【報告書】
    Report,
    /// 【章】
    Chapter,
    /// 【事業】
    Program,
    /// 【様式】
    Form,
}

/// How the lines of a section are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Fields under the title
    Fields,
    /// Names of files
    Names,
    /// Paragraphs, items, bullets and notes
    Prose,
    /// Rows of cells, with notes
    Table,
    /// A title with prose, and the photographs right behind it
    Case,
    /// Rows of file name, caption and description
    Photos,
    /// Rows of criterion, grade and reason
    Grades,
    /// One of the form's choices, and prose
    Choice,
    /// Kept as it stands, and never printed
    Memo,
    /// Lines of a form, kept as they stand: `form` reads them
    Form,
}

/// How often a file has a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    Required,
    Optional,
    Repeatable,
    /// Required and repeatable
    OneOrMore,
}

/// What a text speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// What a program is: it stays from year to year.
    Lasting,
    /// What was done in the year: it is written anew.
    OfTheYear,
}

/// What the rest of the program looks for in a section, whatever a form calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionRole {
    /// 事業概要として
    Overview,
    /// 事業実績として: its items are those that tables name
    Results,
    /// 指標として
    Indicators,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionSpec {
    /// The name between 【 and 】
    pub name: &'static str,
    /// Its name in report.json and in exports
    pub key: &'static str,
    /// The kinds of file that may hold it
    pub homes: &'static [FileKind],
    pub shape: Shape,
    pub presence: Presence,
    pub speaks_of: Scope,
    pub role: Option<SectionRole>,
    /// Not so with 印刷しない
    pub is_printed: bool,
    /// The name of the section above that it belongs to
    pub below: Option<&'static str>,
}

macro_rules! role {
    () => {
        None
    };
    ($role:ident) => {
        Some(SectionRole::$role)
    };
}

macro_rules! sections {
    ($($(#[$attribute:meta])* $kind:ident $name:literal $key:literal [$($home:ident)*] $shape:ident $presence:ident $speaks_of:ident $(as $role:ident)?;)*) => {
        /// A heading of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum SectionKind {
            /// The title of a file
            Head(FileKind),
            $($(#[$attribute])* #[doc = $name] $kind,)*
            /// A section of an office's form, made by `SectionKind::own`
            Custom(&'static SectionSpec),
        }

        impl SectionKind {
            /// Every section of the language, in the order of the table
            pub const ALL: &[Self] = &[
                Self::Head(FileKind::Report),
                Self::Head(FileKind::Chapter),
                Self::Head(FileKind::Program),
                Self::Head(FileKind::Form),
                $($(#[$attribute])* Self::$kind,)*
            ];

            pub const fn spec(self) -> SectionSpec {
                let (name, key, homes, shape, presence, speaks_of, role) = match self {
                    Self::Custom(spec) => return *spec,
                    Self::Head(FileKind::Report) =>
                        ("報告書", "report", &[FileKind::Report] as &[FileKind], Shape::Fields, Presence::Required, Scope::Lasting, None),
                    Self::Head(FileKind::Chapter) =>
                        ("章", "chapter", &[FileKind::Chapter] as &[FileKind], Shape::Fields, Presence::Required, Scope::Lasting, None),
                    Self::Head(FileKind::Program) =>
                        ("事業", "program", &[FileKind::Program] as &[FileKind], Shape::Fields, Presence::Required, Scope::Lasting, None),
                    Self::Head(FileKind::Form) =>
                        ("様式", "form", &[FileKind::Form] as &[FileKind], Shape::Form, Presence::Required, Scope::Lasting, None),
                    $($(#[$attribute])* Self::$kind => (
                        $name,
                        $key,
                        &[$(FileKind::$home),*] as &[FileKind],
                        Shape::$shape,
                        Presence::$presence,
                        Scope::$speaks_of,
                        role!($($role)?),
                    ),)*
                };
                SectionSpec { name, key, homes, shape, presence, speaks_of, role, is_printed: true, below: None }
            }
        }
    };
}

sections! {
    Composition "構成" "composition" [Report Chapter] Names Optional Lasting;
    ChapterOverview "取組の概要" "chapter_overview" [Chapter] Prose Optional OfTheYear;
    Overview "事業概要" "overview" [Program] Prose Required Lasting as Overview;
    Results "事業実績" "results" [Program] Prose Required OfTheYear as Results;
    Indicators "指標" "indicators" [Program] Table Repeatable OfTheYear as Indicators;
    Outcome "成果" "outcome" [Program] Prose Optional OfTheYear;
    Issues "課題" "issues" [Program] Prose Optional OfTheYear;
    Direction "今後の方向" "direction" [Program] Prose Optional OfTheYear;
    // What a new section takes: `pipeline/trial_section.rs` follows this one from its text to its page.
    #[cfg(test)]
    Trial "試行" "trial" [Program] Prose Optional OfTheYear;
    Case "事例" "case" [Program] Case Repeatable OfTheYear;
    Photos "写真" "photos" [Program] Photos Repeatable OfTheYear;
    FormFields "項目" "" [Form] Form Optional Lasting;
    FormChapterFields "章の項目" "" [Form] Form Optional Lasting;
    FormSections "見出し" "" [Form] Form Optional Lasting;
    FormChapterSections "章の見出し" "" [Form] Form Optional Lasting;
    FormTable "表" "" [Form] Form Repeatable Lasting;
    FormGrades "評価" "" [Form] Form Repeatable Lasting;
    FormList "一覧" "" [Form] Form Optional Lasting;
    Memo "メモ" "memo" [Report Chapter Program Form] Memo Repeatable Lasting;
}

impl SectionKind {
    /// A section of an office's form. Forms are few and small, so that their sections stay in memory once they were made, and
    /// are as easy to hand about as those of the language.
    pub fn own(spec: SectionSpec) -> Self {
        static MADE: Interner<SectionSpec> = Interner::new();
        Self::Custom(MADE.keep(Box::new(spec)))
    }

    /// The name between 【 and 】.
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    /// Whether a file of this kind may hold the section.
    pub fn belongs_to(self, file: FileKind) -> bool {
        self.spec().homes.contains(&file)
    }

    /// The kind of file that it is written in first of all.
    pub(super) fn home(self) -> FileKind {
        self.spec().homes.first().copied().unwrap_or(FileKind::Program)
    }

    pub fn may_repeat(self) -> bool {
        matches!(self.spec().presence, Presence::Repeatable | Presence::OneOrMore)
    }

    pub fn is_required(self) -> bool {
        matches!(self.spec().presence, Presence::Required | Presence::OneOrMore)
    }

    /// Whether a program's page, or a chapter's, prints it.
    pub fn is_content(self) -> bool {
        !matches!(self.spec().shape, Shape::Fields | Shape::Names | Shape::Memo | Shape::Form)
    }
}
