//! Saves from a page: the stretch and no other byte, and no text that was confirmed is lost, whoever else writes.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use encoding_rs::SHIFT_JIS;
use jigyo::editing::{Change, Conflict, Editor, FolderStore, History, Save, SaveError, Saved, Store};
use jigyo::load::{Folder, Replaced, decode};

/// Files in memory, as several programs see them.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Shared {
    pub(crate) fn put(&self, file: &str, bytes: &[u8]) {
        self.0.lock().unwrap().insert(file.to_string(), bytes.to_vec());
    }

    pub(crate) fn bytes(&self, file: &str) -> Vec<u8> {
        self.0.lock().unwrap().get(file).cloned().unwrap_or_default()
    }

    pub(crate) fn text(&self, file: &str) -> String {
        decode(&self.bytes(file)).unwrap()
    }
}

impl Store for Shared {
    fn read(&self, file: &str) -> io::Result<Vec<u8>> {
        self.0.lock().unwrap().get(file).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn replace(&self, file: &str, before: &[u8], after: &[u8]) -> io::Result<Replaced> {
        let mut files = self.0.lock().unwrap();
        if files.get(file).map(Vec::as_slice) != Some(before) {
            return Ok(Replaced::Changed);
        }
        files.insert(file.to_string(), after.to_vec());
        Ok(Replaced::Done)
    }
}

pub(crate) const FILE: &str = "01_道/橋.jigyo";

pub(crate) fn save<S: Store>(
    editor: &Editor<S>,
    seen: &str,
    stretch: Range<usize>,
    text: &str,
) -> Result<Saved, SaveError> {
    editor.save(&wanted(seen, &[(stretch, text)]))
}

fn wanted(seen: &str, changes: &[(Range<usize>, &str)]) -> Save {
    let change =
        |(stretch, text): &(Range<usize>, &str)| Change { stretch: stretch.clone(), text: (*text).to_string() };
    Save {
        file: FILE.to_string(),
        seen: seen.to_string(),
        changes: changes.iter().map(change).collect(),
        as_utf8: false,
        verbatim: false,
    }
}

/// Where the one text of a save stands.
pub(crate) fn place_of(saved: &Saved) -> Range<usize> {
    saved.stretches[0].stretch.clone()
}

fn stretch_of(text: &str, part: &str) -> Range<usize> {
    let start = text.find(part).unwrap();
    start..start + part.len()
}

fn conflict(result: Result<Saved, SaveError>) -> Conflict {
    match result {
        Err(SaveError::Conflict(conflict)) => *conflict,
        other => panic!("no conflict: {other:?}"),
    }
}

/// か and ゛ apart, full-width blanks, a kanji of four bytes where the encoding has it.
pub(crate) const TEXT: &str = "【事業】橋の修繕\n【目的】\nか\u{3099}けを直す。\n【指標】\n件数｜10件｜20件\n";

pub(crate) fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let utf16 = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect::<Vec<u8>>()
    };
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8 with a mark" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "utf-16 le" => utf16(u16::to_le_bytes, [0xFF, 0xFE]),
        "utf-16 be" => utf16(u16::to_be_bytes, [0xFE, 0xFF]),
        _ => SHIFT_JIS.encode(&text.replace("か\u{3099}", "が")).0.into_owned(),
    }
}

#[test]
fn every_byte_outside_the_stretch_stays_in_every_encoding_and_with_every_line_end() {
    for encoding in ["utf-8", "utf-8 with a mark", "utf-16 le", "utf-16 be", "cp932"] {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = TEXT.replace('\n', line_end);
            let shared = Shared::default();
            shared.put(FILE, &encoded(&text, encoding));
            let editor = Editor::new(shared.clone());
            let opened = editor.open(FILE).unwrap();
            let part = "10件";
            save(&editor, &opened.seen, stretch_of(&opened.text, part), "1,200件\n＋再び").unwrap();
            let wanted = text.replace(part, &format!("1,200件{line_end}＋再び"));
            assert_eq!(shared.bytes(FILE), encoded(&wanted, encoding), "{encoding} {line_end:?}");
        }
    }
    // Line ends that are mixed stay as they are; the first one is that of a new line.
    let shared = Shared::default();
    shared.put(FILE, "一\r\n二\n三\r四".as_bytes());
    let editor = Editor::new(shared.clone());
    let opened = editor.open(FILE).unwrap();
    save(&editor, &opened.seen, stretch_of(&opened.text, "三"), "三\n五").unwrap();
    assert_eq!(shared.text(FILE), "一\r\n二\n三\r\n五\r四");
}

#[test]
fn what_nobody_touched_is_saved_beside_other_changes() {
    let shared = Shared::default();
    shared.put(FILE, TEXT.as_bytes());
    let editor = Editor::new(shared.clone());
    let opened = editor.open(FILE).unwrap();
    let place = stretch_of(&opened.text, "20件");
    // Notepad puts a line above, and changes another cell of the row.
    shared.put(FILE, TEXT.replace("【指標】", "さらに続ける。\n【指標】").replace("10件", "11件").as_bytes());
    let saved = save(&editor, &opened.seen, place.clone(), "25件").unwrap();
    let text = shared.text(FILE);
    assert!(text.contains("さらに続ける。") && text.contains("件数｜11件｜25件"), "{text}");
    assert_eq!(&text[place_of(&saved)], "25件");
    // Saved again from what the save gave.
    save(&editor, &saved.seen, place_of(&saved), "26件").unwrap();
    assert!(shared.text(FILE).contains("｜26件\n"));
    // The first page's mark is old, its stretch was changed meanwhile: both texts are shown.
    let found = conflict(save(&editor, &opened.seen, place, "27件"));
    assert_eq!((found.mine.as_str(), found.theirs.as_str()), ("27件", "26件"));
    assert_eq!(found.before.as_deref(), Some("20件"));
    assert!(shared.text(FILE).contains("｜26件\n"));
    // What was chosen is saved with the marks of the conflict.
    save(&editor, &found.seen, found.stretch, "26件（27件）").unwrap();
    assert!(shared.text(FILE).contains("｜26件（27件）\n"));
}

#[test]
fn several_stretches_are_changed_together_or_not_at_all_and_can_be_taken_back() {
    let text = TEXT.replace('\n', "\r\n");
    let shared = Shared::default();
    shared.put(FILE, &encoded(&text, "cp932"));
    let editor = Editor::new(shared.clone());
    let opened = editor.open(FILE).unwrap();
    let changes = [
        (stretch_of(&opened.text, "橋の修繕"), "橋の架け替え"),
        (stretch_of(&opened.text, "10件"), "1,110件"),
        (stretch_of(&opened.text, "20件"), ""),
    ];
    // Somebody puts a line above: the stretches move.
    let with_line = text.replace("【目的】", "【目的】\r\nはじめの行。");
    shared.put(FILE, &encoded(&with_line, "cp932"));
    let saved = editor.save(&wanted(&opened.seen, &changes)).unwrap();
    let after = with_line.replace("橋の修繕", "橋の架け替え").replace("10件", "1,110件").replace("20件", "");
    assert_eq!(shared.bytes(FILE), encoded(&after, "cp932"));
    for (found, (_, typed)) in saved.stretches.iter().zip(&changes) {
        assert_eq!((&shared.text(FILE)[found.stretch.clone()], found.after.as_str()), (*typed, *typed));
    }
    let back: Vec<(Range<usize>, &str)> =
        saved.stretches.iter().map(|found| (found.stretch.clone(), found.before.as_str())).collect();
    editor.save(&Save { verbatim: true, ..wanted(&saved.seen, &back) }).unwrap();
    assert_eq!(shared.bytes(FILE), encoded(&with_line, "cp932"));
    // One of them was touched: none is changed.
    let touched = with_line.replace("10件", "11件");
    shared.put(FILE, &encoded(&touched, "cp932"));
    conflict(editor.save(&wanted(&opened.seen, &changes)));
    assert_eq!(shared.bytes(FILE), encoded(&touched, "cp932"));
    // Stretches that overlap, or stand in another order, are none.
    let now = editor.open(FILE).unwrap();
    for wrong in [[(0..9, "あ"), (6..12, "い")], [(12..15, "あ"), (0..3, "い")]] {
        let refused = editor.save(&wanted(&now.seen, &wrong));
        assert!(matches!(refused, Err(SaveError::OtherText)), "{refused:?}");
    }
    assert_eq!(shared.bytes(FILE), encoded(&touched, "cp932"));
}

#[test]
fn what_stood_in_the_file_comes_back_as_it_was() {
    let shared = Shared::default();
    let text = "一\r\n二\u{c}\n三\r四";
    shared.put(FILE, text.as_bytes());
    let editor = Editor::new(shared.clone());
    let opened = editor.open(FILE).unwrap();
    assert!(matches!(save(&editor, &opened.seen, 0..3, "二\u{c}"), Err(SaveError::Control)));
    let saved = save(&editor, &opened.seen, 0..text.len(), "何もない").unwrap();
    let back = [(place_of(&saved), saved.stretches[0].before.as_str())];
    editor.save(&Save { verbatim: true, ..wanted(&saved.seen, &back) }).unwrap();
    assert_eq!(shared.text(FILE), text);
}

#[test]
fn an_editor_that_was_ended_knows_what_the_drafts_know() {
    let shared = Shared::default();
    shared.put(FILE, TEXT.as_bytes());
    let opened = Editor::new(shared.clone()).open(FILE).unwrap();
    let place = stretch_of(&opened.text, "10件");
    shared.put(FILE, TEXT.replace("橋の修繕", "橋の架け替え").as_bytes());
    // Nobody knows what was seen: the whole file is shown beside it.
    let found = conflict(save(&Editor::new(shared.clone()), &opened.seen, place.clone(), "12件"));
    assert_eq!((found.mine.as_str(), found.before), ("12件", None));
    assert_eq!(found.theirs, shared.text(FILE));
    let again = Editor::new(shared.clone());
    again.remember(FILE, &opened.seen, &opened.text);
    save(&again, &opened.seen, place, "12件").unwrap();
    assert!(shared.text(FILE).contains("架け替え") && shared.text(FILE).contains("12件"));
}

#[test]
fn a_letter_that_the_encoding_lacks_is_said_and_can_be_kept() {
    let shared = Shared::default();
    shared.put(FILE, &encoded(TEXT, "cp932"));
    let editor = Editor::new(shared.clone());
    let opened = editor.open(FILE).unwrap();
    let place = stretch_of(&opened.text, "橋の修繕");
    let refused = save(&editor, &opened.seen, place.clone(), "𠮷野橋");
    assert!(matches!(refused, Err(SaveError::Unencodable('𠮷'))), "{refused:?}");
    assert_eq!(shared.bytes(FILE), encoded(TEXT, "cp932"));
    let wanted = Save { as_utf8: true, ..wanted(&opened.seen, &[(place, "𠮷野橋")]) };
    editor.save(&wanted).unwrap();
    assert!(shared.text(FILE).starts_with("【事業】𠮷野橋\n"));
}

#[test]
fn only_the_reports_own_files_are_changed_and_kept_as_they_were() {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("01_道")).unwrap();
    std::fs::write(root.path().join(FILE), TEXT).unwrap();
    std::fs::write(outside.path().join("他.jigyo"), TEXT).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("他.jigyo"), root.path().join("他.jigyo")).unwrap();
    let folder = Folder::new(root.path());
    let history = History::new(folder.clone(), Box::new(|| "2026-11-30".to_string()));
    // As a check would list them, and one that a link leads to.
    let is_listed = |file: &str| [FILE, "他.jigyo", "../他.jigyo"].contains(&file);
    let editor = Editor::new(FolderStore::new(folder.clone(), Box::new(is_listed), Some(history)));
    let opened = editor.open(FILE).unwrap();
    let to = |seen: &str, text: &str| wanted(seen, &[(stretch_of(&opened.text, "20件"), text)]);
    let saved = editor.save(&to(&opened.seen, "21件")).unwrap();
    editor.save(&to(&saved.seen, "22件")).unwrap();
    assert!(std::fs::read_to_string(root.path().join(FILE)).unwrap().contains("｜22件"));
    let history = History::new(folder, Box::new(String::new));
    assert_eq!(history.days_of(FILE), ["2026-11-30"]);
    assert_eq!(history.read("2026-11-30", FILE).unwrap(), TEXT.as_bytes());
    for other in ["他.jigyo", "../他.jigyo", "報告書.jigyo", "01_道/../01_道/橋.jigyo"] {
        assert!(matches!(editor.open(other), Err(SaveError::Io(_))), "{other}");
    }
    assert_eq!(std::fs::read_to_string(outside.path().join("他.jigyo")).unwrap(), TEXT);
}
