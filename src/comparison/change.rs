//! One change, as plain values.

use std::collections::BTreeMap;

/// Something that is printed otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub subject: Subject,
    /// What it was called in the older state; absent for what was not there
    pub subject_before: Option<Subject>,
    pub what: ChangeKind,
    /// 事業費, 【事業実績】(2), 【指標】参加者数　2年度
    pub spot: String,
    /// Absent for what is new
    pub before: Option<Wording>,
    /// Absent for what is gone
    pub after: Option<Wording>,
    /// Absent for sums, which nobody typed
    pub place: Option<FileLine>,
    /// Where the older state printed it; several places for what a list repeats
    pub printed: Vec<PrintedPlace>,
    /// Whether a reader of the pages sees it
    pub on_page: bool,
}

/// What a change belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The report's own head
    Report,
    Chapter {
        /// ①人材の育成
        name: String,
    },
    Program {
        /// ①人材の育成
        chapter: String,
        /// ①
        number: String,
        /// From 1
        no: usize,
        name: String,
        /// The first 担当; absent where it could not be read
        department: Option<String>,
    },
    /// 小計, 合計 and the numbers of programs
    Sums,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Moved,
    /// Several things of one list stand in another order
    Reordered,
}

impl ChangeKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "追加",
            Self::Removed => "削除",
            Self::Changed => "変更",
            Self::Moved => "移動",
            Self::Reordered => "順序の変更",
        }
    }
}

/// A printed text, its changed words marked; what is far from them is cut to `…`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    pub parts: Vec<TextPart>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    pub text: String,
    pub changed: bool,
}

impl Wording {
    /// A text that changed as a whole.
    pub(super) fn whole(text: impl Into<String>) -> Self {
        Self { parts: vec![TextPart { text: text.into(), changed: true }] }
    }

    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// Whether marks say anything: some of the text is as it was.
    pub fn is_mixed(&self) -> bool {
        self.parts.iter().any(|part| part.changed) && self.parts.iter().any(|part| !part.changed)
    }
}

/// A line of a file: of the newer state, or of the older one for what is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Of the older state
    pub is_old: bool,
    /// From the report, with `/`
    pub file: String,
    /// From 1
    pub line: usize,
}

/// Where the older state printed a thing: on the pages of the report (no anchor), of a chapter or of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedPlace {
    /// As the view names chapters and programs
    pub anchor: String,
    /// Words that stand there; none at the head of its first page, absent where nobody knows
    pub words: Option<String>,
}

impl Change {
    /// The department whose change it is; the coordinating office's own have none.
    pub fn department(&self) -> Option<&str> {
        match &self.subject {
            Subject::Program { department, .. } => department.as_deref(),
            Subject::Report | Subject::Chapter { .. } | Subject::Sums => None,
        }
    }
}

/// The changes of each department, in the order in which the report comes to them; those without one under `office`.
/// Sums belong to nobody and are left out.
pub fn departments<'a>(changes: &'a [Change], office: &'a str) -> Vec<(&'a str, Vec<&'a Change>)> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in changes.iter().filter(|change| change.subject != Subject::Sums) {
        let name = change.department().unwrap_or(office);
        let number = *numbers.entry(name).or_insert(groups.len());
        match groups.get_mut(number) {
            Some((_, list)) => list.push(change),
            None => groups.push((name, vec![change])),
        }
    }
    groups
}
