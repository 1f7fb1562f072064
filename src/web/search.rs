//! The search of the web edition: which pages may hold a text, and the texts in which it is then looked for.
//!
//! Pairs of letters (bigrams) are counted into so many buckets as keep the index small; for each bucket stands which pages have a
//! pair of it. A page that is in the buckets of all pairs of a word is a candidate, and whether the word stands there is seen in its
//! text: nothing is missed, and nothing found that is not there. Both are scripts that only hold data, since a page that was opened
//! from a folder may ask for nothing else.
//!
//! ```text
//! bucket  = (a * 0x9E3779B1 XOR b * 0x85EBCA6B, modulo 2^32) >> 16, modulo the number of buckets, for the code points a, b
//! lists   = one a bucket: five bits k (31: no page), then the gaps between its pages as Rice codes of k bits, ended by a gap that
//!           leads to the number of pages
//! ```

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::WebFile;
use super::fold::fold;

/// A page that is found, and its text by places: each is looked through by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchDocument {
    /// From the edition's folder
    pub path: String,
    pub title: String,
    /// The departments, or what kind of page it is; shown below its title
    pub note: String,
    pub texts: Vec<String>,
}

/// Most bytes of the index: for 390 pages less than 200,000, whatever stands on them.
const BYTES_A_PAGE: usize = 480;
const LEAST_BYTES: usize = 12_000;
const MOST_BUCKETS: usize = 1 << 15;
const LEAST_BUCKETS: usize = 1 << 6;
/// Pages whose texts are one script: few enough to be read at once, many enough to be a handful of files.
const PAGES_A_SCRIPT: usize = 32;
/// Of a bucket without a page
const NOBODY: u32 = 31;

/// The index and the texts, as scripts.
pub fn search_files(documents: &[SearchDocument]) -> Vec<WebFile> {
    let pairs: Vec<BTreeSet<u32>> = documents.iter().map(pairs_of).collect();
    let titles: Vec<[&str; 3]> = documents.iter().map(|own| [&*own.path, &*own.title, &*own.note]).collect();
    let pages = data(&titles);
    let budget = (documents.len() * BYTES_A_PAGE).max(LEAST_BYTES).saturating_sub(pages.len());
    let mut buckets = MOST_BUCKETS;
    let mut lists = STANDARD.encode(lists(&pairs, buckets));
    while lists.len() > budget && buckets > LEAST_BUCKETS {
        buckets /= 2;
        lists = STANDARD.encode(self::lists(&pairs, buckets));
    }
    let index = format!(
        "window.reportSearch = {{ buckets: {buckets}, pagesAScript: {PAGES_A_SCRIPT}, pages: {pages}, lists: \"{lists}\" }};\n"
    );
    let file = |path: String, text: String| WebFile { path, bytes: text.into_bytes() };
    let mut files = vec![file("search/index.js".to_string(), index)];
    for (number, some) in documents.chunks(PAGES_A_SCRIPT).enumerate() {
        let texts: Vec<&[String]> = some.iter().map(|document| document.texts.as_slice()).collect();
        let script = format!("window.reportSearch.take({number}, {});\n", data(&texts));
        files.push(file(format!("search/texts-{number}.js"), script));
    }
    files
}

/// As a script may hold it: no end of a line and no `</script` in it.
fn data(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn pairs_of(document: &SearchDocument) -> BTreeSet<u32> {
    let mut pairs = BTreeSet::new();
    for text in document.texts.iter().chain([&document.title]) {
        let folded = fold(text);
        let letters = folded.chars().map(u32::from);
        pairs.extend(letters.clone().zip(letters.skip(1)).map(|(one, next)| mix(one, next)));
    }
    pairs
}

fn mix(one: u32, next: u32) -> u32 {
    (one.wrapping_mul(0x9E37_79B1) ^ next.wrapping_mul(0x85EB_CA6B)) >> 16
}

/// The pages of each bucket.
fn lists(pairs: &[BTreeSet<u32>], buckets: usize) -> Vec<u8> {
    let mut pages: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for (page, pairs) in pairs.iter().enumerate() {
        for pair in pairs {
            let bucket = usize::try_from(*pair).unwrap_or_default() % buckets;
            if let Some(list) = pages.get_mut(bucket).filter(|list| list.last() != Some(&page)) {
                list.push(page);
            }
        }
    }
    let mut bits = Bits::default();
    for list in pages {
        write_list(&mut bits, &list, pairs.len());
    }
    bits.bytes
}

fn write_list(bits: &mut Bits, list: &[usize], pages: usize) {
    if list.is_empty() {
        bits.write(NOBODY, 5);
        return;
    }
    let gap = (pages / (list.len() + 1)).max(1);
    let low = gap.ilog2().min(20);
    bits.write(low, 5);
    let mut next = 0;
    for page in list.iter().copied().chain([pages]) {
        let gap = u32::try_from(page - next).unwrap_or(u32::MAX);
        (0..gap >> low).for_each(|_| bits.write(1, 1));
        bits.write(0, 1);
        bits.write(gap & ((1 << low) - 1), low);
        next = page + 1;
    }
}

/// Bits, the highest of a byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn write(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            if self.used == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut().filter(|_| (value >> place) & 1 == 1) {
                *last |= 0x80 >> self.used;
            }
            self.used = (self.used + 1) % 8;
        }
    }
}
