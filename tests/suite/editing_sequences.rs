//! Pages, Notepad and ends of the server in random turns at one file: nothing that was confirmed is lost, and no draft.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use jigyo::editing::{Draft, Drafts, Editor, FolderStore, History, SaveError, Store};
use jigyo::load::{Folder, Replaced, decode};

use crate::editing::{FILE, Shared, TEXT, place_of, save};

/// Where the file lies that all of them write, and the drafts of the pages.
trait Place: Store + Clone {
    fn text(&self) -> String;
    /// Notepad, or another program that saves in its own way.
    fn write(&self, text: &str, dice: &mut Dice);
    fn keep(&self, draft: &OpenBox);
    fn forget(&self, draft: &OpenBox);
    /// What the server knows after a new start; nothing where that is kept elsewhere.
    fn left(&self) -> Option<Vec<Draft>>;
}

impl Place for Shared {
    fn text(&self) -> String {
        Shared::text(self, FILE)
    }

    fn write(&self, text: &str, _: &mut Dice) {
        self.put(FILE, text.as_bytes());
    }

    fn keep(&self, _: &OpenBox) {}

    fn forget(&self, _: &OpenBox) {}

    fn left(&self) -> Option<Vec<Draft>> {
        None
    }
}

/// A folder on the disk, and the drafts beside it.
#[derive(Clone)]
struct OnDisk(Arc<(tempfile::TempDir, FolderStore, Drafts)>);

impl OnDisk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("報告書");
        fs::create_dir_all(root.join("01_道")).unwrap();
        fs::write(root.join(FILE), TEXT).unwrap();
        let history = History::new(Folder::new(&root), Box::new(|| "2026-11-30".to_string()));
        let store = FolderStore::new(Folder::new(&root), Box::new(|file| file == FILE), Some(history));
        let drafts = Drafts::new(&folder.path().join("利用者"), &root);
        Self(Arc::new((folder, store, drafts)))
    }

    fn path(&self) -> PathBuf {
        self.0.0.path().join("報告書").join(FILE)
    }
}

impl Store for OnDisk {
    fn read(&self, file: &str) -> io::Result<Vec<u8>> {
        self.0.1.read(file)
    }

    fn replace(&self, file: &str, before: &[u8], after: &[u8]) -> io::Result<Replaced> {
        self.0.1.replace(file, before, after)
    }
}

impl Place for OnDisk {
    fn text(&self) -> String {
        decode(&fs::read(self.path()).unwrap()).unwrap()
    }

    fn write(&self, text: &str, dice: &mut Dice) {
        let (path, beside) = (self.path(), self.path().with_extension("tmp"));
        match dice.roll(3) {
            0 => fs::write(path, text).unwrap(),
            1 => {
                fs::write(&beside, text).unwrap();
                fs::rename(beside, path).unwrap();
            }
            _ => {
                fs::remove_file(&path).unwrap();
                fs::write(path, text).unwrap();
            }
        }
    }

    fn keep(&self, draft: &OpenBox) {
        let OpenBox { id, seen, before, stretch, text } = draft;
        let before = Some(before.clone());
        let (file, seen, text) = (FILE.to_string(), seen.clone(), text.clone());
        let draft = Draft { id: format!("box{id}"), file, seen, stretch: stretch.clone(), text, before };
        self.0.2.keep(&draft).unwrap();
    }

    fn forget(&self, draft: &OpenBox) {
        self.0.2.forget(&format!("box{}", draft.id)).unwrap();
    }

    fn left(&self) -> Option<Vec<Draft>> {
        Some(self.0.2.left())
    }
}

/// A small generator: the same sequence for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// A box that is open on a page: what it saw, and what stands in it.
struct OpenBox {
    id: usize,
    seen: String,
    before: String,
    stretch: Range<usize>,
    text: String,
}

/// Several pages and Notepad at one file. Every text that somebody confirms bears a token of its own, which stays in the file until
/// somebody who saw it takes it away.
struct Office<P: Place> {
    place: P,
    editor: Editor<P>,
    boxes: Vec<OpenBox>,
    alive: Vec<String>,
    tokens: usize,
}

impl<P: Place> Office<P> {
    fn new(place: P) -> Self {
        Self { editor: Editor::new(place.clone()), place, boxes: Vec::new(), alive: Vec::new(), tokens: 0 }
    }

    fn token(&mut self) -> String {
        self.tokens += 1;
        format!("⟨{}⟩", self.tokens)
    }

    /// What a text took away was seen, what it brought is alive.
    fn confirm(&mut self, before: &str, after: &str) {
        self.alive.retain(|token| !before.contains(token.as_str()) || after.contains(token.as_str()));
        for at in after.match_indices('⟨').map(|(at, _)| at) {
            let end = at + after[at..].find('⟩').unwrap() + '⟩'.len_utf8();
            let token = after[at..end].to_string();
            if !self.alive.contains(&token) {
                self.alive.push(token);
            }
        }
    }

    fn open_a_box(&mut self, dice: &mut Dice) {
        let opened = self.editor.open(FILE).unwrap();
        let lines: Vec<(usize, &str)> = opened
            .text
            .match_indices('\n')
            .map(|(at, _)| at)
            .scan(0, |start, at| {
                let line = (*start, &opened.text[*start..at]);
                *start = at + 1;
                Some(line)
            })
            .collect();
        if lines.is_empty() {
            return;
        }
        let (start, line) = lines[dice.roll(lines.len())];
        // A cell of a row, or a whole line
        let cells: Vec<Range<usize>> = line
            .split('｜')
            .scan(start, |at, cell| {
                let range = *at..*at + cell.len();
                *at = range.end + '｜'.len_utf8();
                Some(range)
            })
            .collect();
        let stretch = if dice.roll(2) == 0 { start..start + line.len() } else { cells[dice.roll(cells.len())].clone() };
        let token = self.token();
        let text = match dice.roll(4) {
            0 => format!("{}{token}", &opened.text[stretch.clone()]),
            1 => format!("{token}\n{}", &opened.text[stretch.clone()]),
            2 => token,
            _ => String::new(),
        };
        let opened = OpenBox { id: self.tokens, seen: opened.seen, before: opened.text, stretch, text };
        self.place.keep(&opened);
        self.boxes.push(opened);
    }

    fn save_a_box(&mut self, dice: &mut Dice) {
        if self.boxes.is_empty() {
            return;
        }
        let typed = self.boxes.swap_remove(dice.roll(self.boxes.len()));
        let replaced = typed.before[typed.stretch.clone()].to_string();
        match save(&self.editor, &typed.seen, typed.stretch.clone(), &typed.text) {
            Ok(saved) => {
                assert_eq!(self.place.text().get(place_of(&saved)), Some(typed.text.as_str()));
                self.confirm(&replaced, &typed.text);
                self.place.forget(&typed);
            }
            Err(SaveError::Conflict(found)) => {
                // Nothing was written; whoever decides sees both.
                assert_eq!(self.place.text().get(found.stretch.clone()), Some(found.theirs.as_str()));
                assert!(found.mine.contains(&typed.text));
                let chosen = match dice.roll(3) {
                    0 => found.mine.clone(),
                    1 => found.theirs.clone(),
                    _ => format!("{}\n{}", found.theirs, found.mine),
                };
                save(&self.editor, &found.seen, found.stretch, &chosen).unwrap();
                self.confirm(&found.theirs, &chosen);
                self.place.forget(&typed);
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    /// Notepad reads the file, changes a line, and saves all of it.
    fn write_in_notepad(&mut self, dice: &mut Dice) {
        let before = self.place.text();
        let mut lines: Vec<String> = before.lines().map(str::to_string).collect();
        let token = self.token();
        let at = dice.roll(lines.len() + 1);
        match dice.roll(3) {
            0 => lines.insert(at, token),
            1 if at < lines.len() => drop(lines.remove(at)),
            _ if at < lines.len() => lines[at].push_str(&token),
            _ => lines.push(token),
        }
        let after = lines.join("\n") + "\n";
        self.place.write(&after, dice);
        self.confirm(&before, &after);
    }

    /// The server is ended and begins again: its drafts are what it knows.
    fn begin_again(&mut self) {
        self.editor = Editor::new(self.place.clone());
        let Some(left) = self.place.left() else {
            for draft in &self.boxes {
                self.editor.remember(FILE, &draft.seen, &draft.before);
            }
            return;
        };
        // Every text that was typed and not saved is there, and nothing else.
        let mut kept: Vec<&str> = left.iter().map(|draft| draft.text.as_str()).collect();
        let mut typed: Vec<&str> = self.boxes.iter().map(|draft| draft.text.as_str()).collect();
        kept.sort_unstable();
        typed.sort_unstable();
        assert_eq!(kept, typed);
        for draft in left {
            self.editor.remember(&draft.file, &draft.seen, draft.before.as_deref().unwrap());
        }
    }

    fn is_whole(&self) -> Result<(), String> {
        let text = self.place.text();
        match self.alive.iter().find(|token| !text.contains(token.as_str())) {
            Some(lost) => Err(format!("{lost} is lost: {text}")),
            None => Ok(()),
        }
    }
}

/// How many sequences are tried: of a variable of the environment where it is set.
pub(crate) fn sequences(variable: &str, standard: u64) -> u64 {
    std::env::var(variable).ok().and_then(|count| count.parse().ok()).unwrap_or(standard)
}

fn try_sequence<P: Place>(seed: u64, place: P) {
    let mut dice = Dice::of(seed);
    let mut office = Office::new(place);
    for _ in 0..10 {
        match dice.roll(8) {
            0..=2 => office.open_a_box(&mut dice),
            3..=5 => office.save_a_box(&mut dice),
            6 => office.write_in_notepad(&mut dice),
            _ => office.begin_again(),
        }
        if let Err(lost) = office.is_whole() {
            panic!("seed {seed}: {lost}");
        }
    }
}

#[test]
fn no_text_that_was_confirmed_is_lost() {
    for seed in 0..sequences("EDITING_SEQUENCES", 100_000) {
        let shared = Shared::default();
        shared.put(FILE, TEXT.as_bytes());
        try_sequence(seed, shared);
    }
}

#[test]
fn no_text_is_lost_on_the_disk_and_no_draft() {
    for seed in 0..sequences("EDITING_SEQUENCES", 500) {
        try_sequence(seed, OnDisk::new());
    }
}
