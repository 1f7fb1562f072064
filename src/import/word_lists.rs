//! Numbers that Word writes before paragraphs, and which of them are headings. Both may come from a paragraph's style.

use std::collections::BTreeMap;

use super::word_xml::WordElement;
use crate::xml::Element;

/// Styles that are based on each other in a ring end here.
const MOST_STEPS: usize = 20;
/// Levels of a list
const LEVELS: usize = 9;

#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    styles: BTreeMap<&'a str, &'a Element>,
    /// A list's own element and that of its levels
    lists: BTreeMap<&'a str, (&'a Element, &'a Element)>,
    /// How far each list is counted, by the element of its levels
    counts: BTreeMap<&'a str, [Option<u32>; LEVELS]>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(styles: Option<&'a Element>, numbering: Option<&'a Element>) -> Self {
        let all = |root: Option<&'a Element>, name: &'static str| {
            root.into_iter().flat_map(Element::elements).filter(move |element| element.name == name)
        };
        let styles = all(styles, "style").filter_map(|style| Some((style.attribute("styleId")?, style))).collect();
        let levels: BTreeMap<&str, &Element> =
            all(numbering, "abstractNum").filter_map(|list| Some((list.attribute("abstractNumId")?, list))).collect();
        let lists = all(numbering, "num")
            .filter_map(|list| Some((list.attribute("numId")?, (list, *levels.get(list.value("abstractNumId")?)?))))
            .collect();
        Self { styles, lists, counts: BTreeMap::new() }
    }

    /// A paragraph's own properties, then those of its style and of the styles that one is based on.
    fn properties(&self, paragraph: &'a Element) -> Vec<(Option<&'a Element>, Option<&'a Element>)> {
        let own = paragraph.child("pPr");
        let mut found = vec![(None, own)];
        let mut next = own.and_then(|properties| properties.value("pStyle"));
        while let Some(style) = next.and_then(|id| self.styles.get(id)).filter(|_| found.len() < MOST_STEPS) {
            found.push((Some(*style), style.child("pPr")));
            next = style.value("basedOn");
        }
        found
    }

    /// A line of 目次 or its head: Word makes them of the headings.
    pub(super) fn is_of_contents(&self, paragraph: &'a Element) -> bool {
        let style = self.style_name(paragraph).unwrap_or_default().to_lowercase();
        style.strip_prefix("toc ").is_some_and(|level| level.len() == 1 || level == "heading")
    }

    /// 図表番号
    pub(super) fn is_caption(&self, paragraph: &'a Element) -> bool {
        self.style_name(paragraph).is_some_and(|name| name.eq_ignore_ascii_case("caption"))
    }

    /// The name of a paragraph's own style, as Word has it
    pub(super) fn style_name(&self, paragraph: &'a Element) -> Option<&'a str> {
        self.styles.get(paragraph.child("pPr")?.value("pStyle")?)?.value("name")
    }

    /// The rank of a heading, 1 to 9
    pub(super) fn heading(&self, paragraph: &'a Element) -> Option<u8> {
        for (style, properties) in self.properties(paragraph) {
            if let Some(level) = properties.and_then(|properties| properties.value("outlineLvl")) {
                return level.parse::<u8>().ok().filter(|level| *level < 9).map(|level| level + 1);
            }
            if let Some(rank) = style.and_then(|style| style.value("name")).and_then(rank_in_name) {
                return Some(rank);
            }
        }
        // A file without the style that it names
        paragraph.child("pPr")?.value("pStyle").and_then(rank_in_name)
    }

    /// What Word writes before a paragraph, counted on.
    pub(super) fn label(&mut self, paragraph: &'a Element) -> Option<String> {
        let (list, level) = self.item(paragraph)?;
        let (own, levels) = *self.lists.get(list)?;
        let find = |level: usize| {
            let level = level.to_string();
            levels.elements().find(|e| e.name == "lvl" && e.attribute("ilvl") == Some(level.as_str()))
        };
        let first = |level: usize| find(level).and_then(|e| e.value("start")).and_then(|text| text.parse().ok());
        let restarted = own.elements().filter(|e| e.name == "lvlOverride").find_map(|e| {
            let is_own = e.attribute("ilvl").and_then(|text| text.parse().ok()) == Some(level);
            e.value("startOverride").filter(|_| is_own)?.parse::<u32>().ok()
        });
        let key = if restarted.is_some() { list } else { levels.attribute("abstractNumId")? };
        let counts = self.counts.entry(key).or_insert([None; LEVELS]);
        let start = restarted.or_else(|| first(level)).unwrap_or(1);
        let count = counts.get_mut(level)?;
        *count = Some(count.map_or(start, |count| count.saturating_add(1)));
        counts.iter_mut().skip(level + 1).for_each(|count| *count = None);
        let counts = *counts;
        let own = find(level)?;
        let format = |level: usize| find(level).and_then(|e| e.value("numFmt")).unwrap_or("decimal");
        if format(level) == "bullet" {
            // Of the signs that open a line of a manuscript, ※ and ○ say more than that it is one of several.
            let sign = own.value("lvlText").filter(|sign| matches!(*sign, "※" | "○"));
            return Some(sign.unwrap_or("・").to_string());
        }
        let mut label = own.value("lvlText").unwrap_or_default().to_string();
        for (index, count) in counts.iter().enumerate() {
            let number = count.or_else(|| first(index)).unwrap_or(1);
            label = label.replace(&format!("%{}", index + 1), &numeral(format(index), number));
        }
        let space = if own.value("suff") == Some("nothing") || label.is_empty() { "" } else { "　" };
        Some(format!("{label}{space}"))
    }

    /// The sign of a list that does not count, as it is written: ●, Ⅰ
    pub(super) fn sign(&self, paragraph: &'a Element) -> Option<&'a str> {
        let (list, level) = self.item(paragraph)?;
        let level = level.to_string();
        let (_, levels) = self.lists.get(list)?;
        let is_own = |element: &&Element| element.name == "lvl" && element.attribute("ilvl") == Some(level.as_str());
        let own = levels.elements().find(is_own).filter(|own| own.value("numFmt") == Some("bullet"))?;
        own.value("lvlText")
    }

    fn item(&self, paragraph: &'a Element) -> Option<(&'a str, usize)> {
        let found = self.properties(paragraph);
        let numbers = || found.iter().filter_map(|(_, properties)| properties.and_then(|p| p.child("numPr")));
        let list = numbers().find_map(|number| number.value("numId"))?;
        let level = numbers().find_map(|number| number.value("ilvl")).and_then(|level| level.parse().ok()).unwrap_or(0);
        Some((list, level)).filter(|(list, level)| *list != "0" && *level < LEVELS)
    }
}

/// `heading 1`, `Heading1`, `見出し 1`
fn rank_in_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let rank = name.strip_prefix("heading").or_else(|| name.strip_prefix("見出し"))?.trim();
    rank.parse().ok().filter(|rank| (1..=9).contains(rank))
}

fn numeral(format: &str, number: u32) -> String {
    let pick = |letters: &str| {
        let index = number.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| letters.chars().nth(index)).map_or_else(|| number.to_string(), String::from)
    };
    match format {
        "none" => String::new(),
        "decimalFullWidth" | "decimalFullWidth2" => {
            number.to_string().chars().filter_map(|digit| char::from_u32(u32::from(digit) + 0xfee0)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => pick("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalZero" => format!("{number:02}"),
        "aiueo" | "aiueoFullWidth" => {
            pick("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
        }
        "iroha" | "irohaFullWidth" => {
            pick("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス")
        }
        "lowerLetter" => pick("abcdefghijklmnopqrstuvwxyz"),
        "upperLetter" => pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerRoman" => pick("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"),
        "upperRoman" => pick("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"),
        "japaneseCounting" | "ideographDigital" | "chineseCounting" | "japaneseDigitalTenThousand" => kanji(number),
        _ => number.to_string(),
    }
}

fn kanji(number: u32) -> String {
    let digit = |number: u32| "〇一二三四五六七八九".chars().nth(number as usize).map(String::from).unwrap_or_default();
    let ten = |number: u32| if number == 1 { "十".to_string() } else { format!("{}十", digit(number)) };
    match number {
        0..10 => digit(number),
        10..100 if number.is_multiple_of(10) => ten(number / 10),
        10..100 => format!("{}{}", ten(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}
