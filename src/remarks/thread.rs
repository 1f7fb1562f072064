//! Entries by what they belong to: a remark with its answers, and the state of the whole program.

use super::parse::{Entry, EntryKind};

/// An entry that began a thread, and what was said on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    pub first: Entry,
    pub following: Vec<Entry>,
}

impl Thread {
    /// Whether somebody must still say something: a remark without 済 as the last word.
    pub fn is_open(&self) -> bool {
        let last = self.following.last().unwrap_or(&self.first);
        self.first.kind == EntryKind::Remark && last.kind != EntryKind::Done
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.first).chain(&self.following)
    }

    /// The end of its last line, in bytes of the text.
    pub fn end(&self) -> usize {
        self.following.last().unwrap_or(&self.first).stretch.end
    }
}

/// What is said of one program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgramRemarks {
    pub threads: Vec<Thread>,
}

impl ProgramRemarks {
    /// Remarks on which somebody must still say something.
    pub fn open(&self) -> usize {
        self.threads.iter().filter(|thread| thread.is_open()).count()
    }

    /// The last word on the whole program: 差戻し or 確認.
    pub fn state(&self) -> Option<&Entry> {
        let mut of_all = self.threads.iter().map(|thread| &thread.first);
        of_all.rfind(|entry| matches!(entry.kind, EntryKind::SentBack | EntryKind::Confirmed))
    }
}

/// The threads of a text. An answer with nothing above it stands for itself.
pub fn program_remarks(text: &str) -> ProgramRemarks {
    let mut threads: Vec<Thread> = Vec::new();
    for entry in super::parse_entries(text) {
        match threads.last_mut().filter(|_| !entry.kind.begins()) {
            Some(thread) => thread.following.push(entry),
            None => threads.push(Thread { first: entry, following: Vec::new() }),
        }
    }
    ProgramRemarks { threads }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_open_until_done_is_the_last_word() {
        let open = |text: &str| {
            let remarks = program_remarks(text);
            (remarks.threads.len(), remarks.open(), remarks.state().map(|entry| entry.kind.word()))
        };
        assert_eq!(open("■ 連絡\nあ\n"), (1, 1, None));
        assert_eq!(open("■ 連絡\nあ\n□ 回答\nい\n"), (1, 1, None));
        assert_eq!(open("■ 連絡\nあ\n□ 回答\nい\n● 済\n"), (1, 0, None));
        assert_eq!(open("■ 連絡\nあ\n● 済\n□ 回答\nまだです\n"), (1, 1, None));
        assert_eq!(open("■ 連絡\n▲ 差戻し\n直してください\n□ 回答\n直しました\n"), (2, 1, Some("差戻し")));
        assert_eq!(open("▲ 差戻し\n◎ 確認\n"), (2, 0, Some("確認")));
        assert_eq!(open("□ 回答\nあ\n"), (1, 0, None));
        assert_eq!(open("ここに連絡を書く\n"), (0, 0, None));
    }
}
