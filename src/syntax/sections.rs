//! The sections of the language, a row each, in the order in which a program's page prints them. What a section is called, who
//! may write it, how it is read, and what becomes of it next year stands here and nowhere else.

/// What a file is, by its first heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// 【報告書】
    Report,
    /// 【章】
    Chapter,
    /// 【事業】
    Program,
}

/// How the lines of a section are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Kept as it stands, and never printed
    Memo,
}

/// How often a file has a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Required,
    Optional,
    Repeatable,
}

/// What a text speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What a program is: it stays from year to year.
    Lasting,
    /// What was done in the year: it is written anew.
    OfTheYear,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

macro_rules! sections {
    ($($(#[$attribute:meta])* $kind:ident $name:literal $key:literal [$($home:ident)*] $shape:ident $presence:ident $speaks_of:ident;)*) => {
        /// A heading of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum SectionKind {
            /// The title of a file
            Head(FileKind),
            $($(#[$attribute])* #[doc = $name] $kind,)*
        }

        impl SectionKind {
            /// Every section of the language, in the order of the table
            pub const ALL: &[Self] = &[
                Self::Head(FileKind::Report),
                Self::Head(FileKind::Chapter),
                Self::Head(FileKind::Program),
                $($(#[$attribute])* Self::$kind,)*
            ];

            pub const fn spec(self) -> SectionSpec {
                let (name, key, homes, shape, presence, speaks_of) = match self {
                    Self::Head(FileKind::Report) =>
                        ("報告書", "report", &[FileKind::Report] as &[FileKind], Shape::Fields, Presence::Required, Scope::Lasting),
                    Self::Head(FileKind::Chapter) =>
                        ("章", "chapter", &[FileKind::Chapter] as &[FileKind], Shape::Fields, Presence::Required, Scope::Lasting),
                    Self::Head(FileKind::Program) =>
                        ("事業", "program", &[FileKind::Program] as &[FileKind], Shape::Fields, Presence::Required, Scope::Lasting),
                    $($(#[$attribute])* Self::$kind => (
                        $name,
                        $key,
                        &[$(FileKind::$home),*] as &[FileKind],
                        Shape::$shape,
                        Presence::$presence,
                        Scope::$speaks_of,
                    ),)*
                };
                SectionSpec { name, key, homes, shape, presence, speaks_of }
            }
        }
    };
}

sections! {
    Composition "構成" "composition" [Report Chapter] Names Optional Lasting;
    ChapterOverview "取組の概要" "chapter_overview" [Chapter] Prose Optional OfTheYear;
    Overview "事業概要" "overview" [Program] Prose Required Lasting;
    Results "事業実績" "results" [Program] Prose Required OfTheYear;
    Indicators "指標" "indicators" [Program] Table Repeatable OfTheYear;
    Outcome "成果" "outcome" [Program] Prose Optional OfTheYear;
    Issues "課題" "issues" [Program] Prose Optional OfTheYear;
    Direction "今後の方向" "direction" [Program] Prose Optional OfTheYear;
    // What a new section takes: `pipeline/trial_section.rs` follows this one from its text to its page.
    #[cfg(test)]
    Trial "試行" "trial" [Program] Prose Optional OfTheYear;
    Case "事例" "case" [Program] Case Repeatable OfTheYear;
    Photos "写真" "photos" [Program] Photos Repeatable OfTheYear;
    Memo "メモ" "memo" [Report Chapter Program] Memo Repeatable Lasting;
}

impl SectionKind {
    /// The name between 【 and 】.
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
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
        self.spec().presence == Presence::Repeatable
    }

    pub fn is_required(self) -> bool {
        self.spec().presence == Presence::Required
    }

    /// The sections that a program's page prints, in their order.
    pub fn of_programs() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| {
            let shape = kind.spec().shape;
            kind.belongs_to(FileKind::Program) && !matches!(shape, Shape::Fields | Shape::Names | Shape::Memo)
        })
    }

    /// Those of them that are prose.
    pub fn prose_of_programs() -> impl Iterator<Item = Self> {
        Self::of_programs().filter(|kind| kind.spec().shape == Shape::Prose)
    }
}
