//! The search of the web edition, read as the page's script reads it: nothing that stands in a text is missed.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jigyo::web::{SearchDocument, fold, search_files};

use crate::html::{Element, Node, parse};
use crate::web::{Pages, edition, reports, samples};

struct Index {
    pages: usize,
    lists: Vec<BTreeSet<usize>>,
}

fn after<'t>(text: &'t str, start: &str) -> &'t str {
    text.split_once(start).unwrap_or_else(|| panic!("no {start}")).1
}

fn read(script: &str) -> Index {
    let number =
        |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().unwrap();
    let buckets = number(after(script, "buckets: "));
    let pages: Vec<[String; 3]> =
        serde_json::from_str(after(script, "pages: ").split_once(", lists: ").unwrap().0).unwrap();
    let lists = after(script, "lists: \"").split_once('"').unwrap().0;
    let bytes = STANDARD.decode(lists).unwrap();
    let mut at = 0;
    let mut bit = || {
        let value = usize::from(bytes[at >> 3] >> (7 - (at & 7)) & 1);
        at += 1;
        value
    };
    let lists = (0..buckets).map(|_| {
        let low = (0..5).fold(0, |value, _| value * 2 + bit());
        let mut own = BTreeSet::new();
        let mut next = 0;
        if low == 31 {
            return own;
        }
        loop {
            let mut high = 0;
            while bit() == 1 {
                high += 1;
            }
            let page = next + (high << low) + (0..low).fold(0, |value, _| value * 2 + bit());
            if page >= pages.len() {
                return own;
            }
            own.insert(page);
            next = page + 1;
        }
    });
    let lists = lists.collect();
    Index { pages: pages.len(), lists }
}

impl Index {
    fn candidates(&self, word: &str) -> BTreeSet<usize> {
        let letters: Vec<u32> = fold(word).chars().map(u32::from).collect();
        let all = (0..self.pages).collect();
        letters.windows(2).fold(all, |own: BTreeSet<usize>, pair| {
            let mixed = pair[0].wrapping_mul(0x9E37_79B1) ^ pair[1].wrapping_mul(0x85EB_CA6B);
            own.intersection(&self.lists[(mixed >> 16) as usize % self.lists.len()]).copied().collect()
        })
    }
}

/// The texts of every page.
fn all_texts(pages: &Pages) -> Vec<Vec<String>> {
    let mut texts: Vec<Vec<String>> = Vec::new();
    for number in 0.. {
        let Some(bytes) = pages.get(&format!("search/texts-{number}.js")) else { break };
        let script = std::str::from_utf8(bytes).unwrap();
        let json = after(script, "take(").split_once(", ").unwrap().1.trim_end().trim_end_matches(");");
        texts.extend(serde_json::from_str::<Vec<Vec<String>>>(json).unwrap());
    }
    texts
}

fn document(number: usize, texts: Vec<String>) -> SearchDocument {
    SearchDocument {
        path: format!("programs/p-{number:010}.html"),
        title: format!("第{number}事業の名前"),
        note: "（担当課：監理課　企画グループ）".to_string(),
        texts,
    }
}

fn index_of(documents: &[SearchDocument]) -> (Index, usize) {
    let files = search_files(documents);
    let script = String::from_utf8(files[0].bytes.clone()).unwrap();
    (read(&script), files[0].bytes.len())
}

#[test]
fn every_part_of_every_text_is_found_whatever_the_size() {
    let mut random = fastrand::Rng::with_seed(7);
    for (count, length) in [(1, 5), (3, 400), (40, 1_500), (390, 3_000)] {
        // Letters as a report has them: a few of them often.
        let mut letter = || {
            let rare = char::from_u32(0x4E00 + random.u32(0..3_000)).unwrap();
            let often = char::from_u32(0x3041 + random.u32(0..80)).unwrap();
            if random.u32(0..3) == 0 { rare } else { often }
        };
        let documents: Vec<SearchDocument> =
            (0..count).map(|number| document(number, vec![(0..length).map(|_| letter()).collect()])).collect();
        let (index, bytes) = index_of(&documents);
        assert!(bytes <= 200_000 * count.max(30) / 390, "{count} × {length}: {bytes} bytes");
        for (number, own) in documents.iter().enumerate() {
            let letters: Vec<char> = own.texts[0].chars().collect();
            for _ in 0..20 {
                let from = random.usize(0..letters.len());
                let to = random.usize(from..letters.len()).min(from + 12) + 1;
                let word: String = letters[from..to].iter().collect();
                assert!(index.candidates(&word).contains(&number), "{word}");
            }
        }
    }
}

#[test]
fn few_pages_are_looked_through_in_vain() {
    let mut wrong = 0;
    let mut asked = 0;
    for path in samples() {
        let pages = edition(&crate::tools::check_folder(&path));
        let index = read(std::str::from_utf8(&pages["search/index.js"]).unwrap());
        let texts = all_texts(&pages);
        assert_eq!(texts.len(), index.pages);
        let folded: Vec<String> =
            texts.iter().map(|own| own.iter().map(|text| fold(text)).collect::<Vec<_>>().join("\n")).collect();
        for word in ["研修", "しゃっきん", "ｶﾞｲﾀﾞﾝｽ", "補助金", "移住", "ソメイヨシノ", "令和2年", "事業"]
        {
            let wanted: BTreeSet<usize> = (0..folded.len()).filter(|at| folded[*at].contains(&fold(word))).collect();
            let found = index.candidates(word);
            assert!(wanted.is_subset(&found), "{word}");
            wrong += found.len() - wanted.len();
            asked += index.pages;
        }
    }
    assert!(wrong * 10 < asked, "{wrong} of {asked}");
}

/// The texts of a page as they stand there, without what only listeners hear, よみ beside a name, and what belongs to other pages.
fn printed(element: &Element, out: &mut Vec<String>) {
    let is = |name: &str, values: &[&str]| values.contains(&element.attribute(name));
    let is_of_others = element.name == "section" && is("aria-labelledby", &["list", "programs", "inner", "more"])
        || is("class", &["unseen", "near"])
        || ["rt", "rp", "h1"].contains(&element.name.as_str());
    if is_of_others {
        return;
    }
    for child in &element.children {
        match child {
            Node::Element(own) => printed(own, out),
            Node::Text(text) => out.extend(Some(fold(text)).filter(|text| !text.is_empty())),
        }
    }
}

#[test]
fn the_index_holds_what_a_page_prints_and_nothing_else() {
    for (name, checked) in reports() {
        let pages = edition(&checked);
        let script = std::str::from_utf8(&pages["search/index.js"]).unwrap();
        let own: Vec<[String; 3]> =
            serde_json::from_str(after(script, "pages: ").split_once(", lists: ").unwrap().0).unwrap();
        let texts = all_texts(&pages);
        let hidden: BTreeSet<String> = checked
            .report
            .printed_programs()
            .flat_map(|(_, program)| program.reading.iter().chain(&program.former_names))
            .map(|name| fold(&name.value))
            .collect();
        for ([path, _, note], texts) in own.iter().zip(&texts) {
            let html = parse(std::str::from_utf8(&pages[path]).unwrap());
            let mut shown = Vec::new();
            printed(html.find("main")[0], &mut shown);
            let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            // — stands where there is nothing.
            for text in shown.iter().filter(|text| *text != "—") {
                assert!(folded.iter().any(|own| own.contains(text)), "{name} {path}: {text} is not in the index");
            }
            let whole = shown.concat();
            // Of a chapter's list, which is its programs', the heading and what stands below are its own.
            let list = if note == "章" { fold(&html.find("main")[0].seen()) } else { String::new() };
            for text in folded.iter().filter(|text| !hidden.contains(*text)) {
                assert!(whole.contains(text) || list.contains(text), "{name} {path}: {text} is not printed");
            }
        }
    }
}

#[test]
fn a_script_holds_no_end_of_one() {
    let files = search_files(&[document(0, vec!["</script><!-- \u{2028}".to_string()])]);
    for file in files {
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(!text.contains('<') && !text.contains('\u{2028}'), "{}", file.path);
    }
}
