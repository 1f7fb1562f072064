//! Ways in which a report goes wrong: its texts, lines and bytes, its encodings, its names and folders.

use jigyo::load::{Memory, decode};

/// Pieces that meet the edges of the grammar.
const PIECES: &[&str] = &[
    "【",
    "】",
    "【事業】",
    "【指標】",
    "【メモ】",
    "【事業実績】",
    "【写真】",
    "【なに】",
    "｜",
    "|",
    "│",
    "\t",
    "＋",
    "+",
    "・",
    "･",
    "※",
    "○",
    "↑",
    "—",
    "（",
    "）",
    "(1)",
    "（２）",
    "⑴",
    "：",
    ":",
    "\n",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{2028}",
    "\u{3000}",
    "\u{FEFF}",
    "\u{200B}",
    "\"",
    "0",
    "９",
    ",",
    "，",
    ".",
    "年度",
    "元年度",
    "事業費",
    "担当",
    "確認済：J042　あ",
    "再掲　",
    "𠮷",
    "\u{E000}",
    "\u{FFFD}",
    "葛\u{E0100}",
    "か\u{3099}",
    "ｶﾞ",
    "十",
    "〇〇",
    "調整中",
    "?",
    "#",
    "\\",
    "\0",
];

/// A text with up to three pieces of it left out, put in, moved or replaced.
pub(crate) fn mutate(text: &str, random: &mut fastrand::Rng) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..random.usize(1..4) {
        let at = random.usize(0..=chars.len());
        match random.u8(0..4) {
            0 if at < chars.len() => {
                chars.remove(at);
            }
            1 => {
                let piece = PIECES[random.usize(0..PIECES.len())];
                chars.splice(at..at, piece.chars());
            }
            2 if at < chars.len() => {
                let end = (at + random.usize(0..40)).min(chars.len());
                let part: Vec<char> = chars.drain(at..end).collect();
                let to = random.usize(0..=chars.len());
                chars.splice(to..to, part);
            }
            _ if at < chars.len() => {
                let piece = PIECES[random.usize(0..PIECES.len())];
                chars.splice(at..=at, piece.chars());
            }
            _ => {}
        }
    }
    chars.into_iter().collect()
}

/// Names that a disk, a system or an officer gives.
const NAMES: &[&str] = &[
    "CON.jigyo",
    "aux.JIGYO",
    "NUL.tar.jigyo",
    "COM1.jigyo",
    ".jigyo",
    "jigyo",
    "事業",
    "事業.jigyo.jigyo",
    "事業..jigyo",
    "事業.jigyo.txt",
    "事業.jigyo ",
    "事業 - コピー.jigyo",
    "事業 - コピー (2).jigyo",
    "事業 (2).jigyo",
    "事業のコピー.jigyo",
    "~$事業.jigyo",
    "_事業.jigyo",
    ".事業.jigyo",
    "か\u{3099}っこう.jigyo",
    "がっこう.jigyo",
    "は\u{309A}.jigyo",
    "\u{3099}.jigyo",
    "再掲　事業.jigyo",
    "【章】.jigyo",
    "a:b.jigyo",
    "a\\b.jigyo",
    "改\n行.jigyo",
    "😀.jigyo",
    "　.jigyo",
    "報告書.jigyo",
    "章.jigyo",
    "00000000000000000000000000000001.jigyo",
    "１２.jigyo",
    "事業.JIGYO",
    "expected.txt",
    "台帳.csv",
    "写真.png",
];

const FOLDERS: &[&str] = &[
    "",
    "01_章",
    "02_別",
    "01_章/内",
    "out",
    "OUT",
    "_旧",
    ".git",
    "か\u{3099}",
    "fonts",
    "体裁",
    "a/b/c/d/e/f",
    "前年度",
];

/// Lines of the head that name other files.
const REFERENCES: &[&str] = &[
    "台帳：台帳.csv",
    "用語：台帳.csv",
    "組織：台帳.csv",
    "前年度：前年度",
    "前年度：..",
    "体裁：体裁",
    "体裁：なし",
    "検査：J067=エラー",
];

const PARTS_OF_TABLES: &[&str] = &[
    "事業名",
    "No.",
    "区分",
    "担当課",
    "事業費",
    ",",
    ",,",
    "\t",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "1,234",
    "\"1,234\"",
    "-5",
    "誤",
    "正",
    "新規",
    "\u{FEFF}",
    "あ",
];

type Random = fastrand::Rng;

pub(crate) fn pick<'a, T>(list: &'a [T], random: &mut Random) -> &'a T {
    &list[random.usize(..list.len())]
}

/// One thing goes wrong.
pub(crate) fn mangle(disk: &mut Memory, corpus: &[Memory], random: &mut Random) {
    let paths: Vec<String> = disk.paths().map(str::to_string).collect();
    if paths.is_empty() {
        disk.insert("報告書.jigyo", "【報告書】あ\n年度：R2\n");
        return;
    }
    let path = pick(&paths, random).clone();
    let bytes = disk.get(&path).unwrap_or_default().to_vec();
    match random.u8(..20) {
        0..=5 => with_text(disk, &path, &bytes, |text| mutate(&text, random)),
        6..=8 => with_text(disk, &path, &bytes, |text| mangle_lines(&text, corpus, random)),
        9..=11 => disk.insert(&path, mangle_bytes(bytes, corpus, random)),
        12..=13 => {
            if let Ok(text) = decode(&bytes) {
                disk.insert(&path, encode(&text, random));
            }
        }
        14..=15 => rename(disk, &path, bytes, random),
        16..=18 => mangle_folders(disk, &path, bytes, random),
        _ => refer(disk, random),
    }
}

fn with_text(disk: &mut Memory, path: &str, bytes: &[u8], change: impl FnOnce(String) -> String) {
    if let Ok(text) = decode(bytes) {
        disk.insert(path, change(text));
    }
}

fn any_file<'a>(corpus: &'a [Memory], random: &mut Random) -> &'a [u8] {
    let disk = pick(corpus, random);
    let at = random.usize(..disk.paths().count().max(1));
    disk.paths().nth(at).and_then(|path| disk.get(path)).unwrap_or_default()
}

fn mangle_lines(text: &str, corpus: &[Memory], random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_string).collect();
    let at = random.usize(..lines.len());
    match random.u8(..9) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let line = lines.remove(at);
            lines.insert(random.usize(..=lines.len()), line);
        }
        3 => {
            let other = random.usize(..lines.len());
            lines.swap(at, other);
        }
        4 => {
            let other = decode(any_file(corpus, random)).unwrap_or_default();
            let others: Vec<&str> = other.lines().collect();
            let from = random.usize(..=others.len());
            let to = (from + random.usize(..8)).min(others.len());
            lines.splice(at..at, others[from..to].iter().map(ToString::to_string));
        }
        5 => lines[at] = lines[at].repeat(random.usize(..200)),
        6 => {
            let line = lines[at].clone();
            lines.splice(at..at, std::iter::repeat_n(line, random.usize(..300)));
        }
        7 => lines.truncate(at),
        _ if at + 1 < lines.len() => {
            let next = lines.remove(at + 1);
            lines[at].push_str(&next);
        }
        _ => {}
    }
    lines.join(*pick(&["\n", "\n", "\n", "\r\n", "\r", "\n\r", "\u{2028}", ""], random))
}

fn mangle_bytes(mut bytes: Vec<u8>, corpus: &[Memory], random: &mut Random) -> Vec<u8> {
    let at = random.usize(..=bytes.len());
    match random.u8(..6) {
        0 => bytes.truncate(at),
        1 => drop(bytes.splice(at..at, (0..random.u8(1..6)).map(|_| random.u8(..)).collect::<Vec<u8>>())),
        2 => drop(bytes.drain(at..(at + random.usize(..6)).min(bytes.len()))),
        3 => {
            for _ in 0..random.usize(1..8) {
                if let Some(place) = (!bytes.is_empty()).then(|| random.usize(..bytes.len())) {
                    bytes[place] ^= 1 << random.u8(..8);
                }
            }
        }
        4 => {
            let other = any_file(corpus, random);
            bytes.truncate(at);
            bytes.extend(&other[random.usize(..=other.len())..]);
        }
        _ => bytes = (0..random.usize(..400)).map(|_| random.u8(..)).collect(),
    }
    bytes
}

/// The text as another editor saves it, and now and then cut in the middle of a character.
pub(crate) fn encode(text: &str, random: &mut Random) -> Vec<u8> {
    let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut bytes = match random.u8(..9) {
        0 | 1 => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        2 => [&b"\xFF\xFE"[..], &utf16(u16::to_le_bytes)].concat(),
        3 => [&b"\xFE\xFF"[..], &utf16(u16::to_be_bytes)].concat(),
        4 => utf16(u16::to_le_bytes),
        5 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        6 => [b"\xEF\xBB\xBF\xEF\xBB\xBF", text.as_bytes()].concat(),
        7 => encoding_rs::EUC_JP.encode(text).0.into_owned(),
        _ => [text.as_bytes(), &encoding_rs::SHIFT_JIS.encode(text).0].concat(),
    };
    if random.u8(..3) == 0 {
        bytes.truncate(random.usize(..=bytes.len()));
    }
    bytes
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

fn rename(disk: &mut Memory, path: &str, bytes: Vec<u8>, random: &mut Random) {
    let name = match random.u8(..8) {
        0 => format!("{}.jigyo", "長".repeat(random.usize(..400))),
        1 => path.rsplit('/').next().unwrap_or("").replace(".jigyo", " - コピー.jigyo"),
        2 => {
            path.rsplit('/').next().unwrap_or("").chars().flat_map(|c| [c, '\u{3099}']).take(60).collect::<String>()
                + ".jigyo"
        }
        _ => (*pick(NAMES, random)).to_string(),
    };
    // A copy leaves the first one where it is.
    if random.bool() {
        disk.remove(path);
    }
    disk.insert(joined(folder_of(path), &name), bytes);
}

fn mangle_folders(disk: &mut Memory, path: &str, bytes: Vec<u8>, random: &mut Random) {
    let name = path.rsplit('/').next().unwrap_or(path).to_string();
    let target = joined(pick::<&str>(FOLDERS, random), &name);
    let all: Vec<(String, Vec<u8>)> =
        disk.paths().map(|path| (path.to_string(), disk.get(path).unwrap_or_default().to_vec())).collect();
    let folder = folder_of(path);
    match random.u8(..7) {
        0 => disk.remove(path),
        1 => {
            disk.remove(path);
            disk.insert(target, bytes);
        }
        2 => disk.insert(target, bytes),
        // A folder moved, or a report inside a report.
        3 => {
            let to = pick(FOLDERS, random);
            for (path, bytes) in all.iter().filter(|(path, _)| folder_of(path) == folder) {
                disk.remove(path);
                disk.insert(joined(to, path.rsplit('/').next().unwrap_or(path)), bytes);
            }
        }
        4 => {
            for (path, bytes) in all.iter().take(40) {
                disk.insert(joined("内", path), bytes);
            }
        }
        // A chapter without its programs, or programs without their chapter.
        5 => {
            let keep_chapter = random.bool();
            for (path, bytes) in &all {
                if folder_of(path) == folder && bytes.starts_with("【章】".as_bytes()) != keep_chapter {
                    disk.remove(path);
                }
            }
        }
        _ => {
            for (path, bytes) in &all {
                disk.remove(path);
                disk.insert(joined("一段下", path), bytes);
            }
        }
    }
}

/// The head names a file, which may be there.
fn refer(disk: &mut Memory, random: &mut Random) {
    let head = disk.paths().find(|path| path.ends_with("報告書.jigyo")).map(str::to_string);
    let Some(head) = head else { return };
    let Ok(text) = decode(disk.get(&head).unwrap_or_default()) else { return };
    let line = *pick(REFERENCES, random);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    disk.insert(&head, format!("{first}\n{line}\n{rest}"));
    match random.u8(..3) {
        0 => {
            let table: String = (0..random.usize(..60)).map(|_| *pick(PARTS_OF_TABLES, random)).collect();
            let table =
                if random.bool() { encoding_rs::SHIFT_JIS.encode(&table).0.into_owned() } else { table.into_bytes() };
            disk.insert("台帳.csv", table);
        }
        1 => {
            let all: Vec<(String, Vec<u8>)> =
                disk.paths().map(|path| (path.to_string(), disk.get(path).unwrap_or_default().to_vec())).collect();
            for (path, bytes) in all.iter().take(20) {
                disk.insert(joined("前年度", path), bytes);
            }
            disk.insert("体裁/main.typ", "= あ");
        }
        _ => {}
    }
}
