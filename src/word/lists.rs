//! Numbers and signs before paragraphs as lists of Word: what a marker is, and how far each list is counted.
//!
//! Word counts by itself, so a paragraph is put into a list only where Word comes to the marker that is printed: the numbers that
//! follow each other are one list, and a number that does not follow begins the next.

use std::collections::BTreeMap;

use docx_rs::{
    AbstractNumbering, IndentLevel, Level, LevelJc, LevelOverride, LevelSuffixType, LevelText, NumberFormat, Numbering,
    NumberingId, RunProperty, SpecialIndentType, Start,
};

use super::look::twips;
use super::text::gothic_fonts;

/// The writer of documents has a list of its own, 1.
const FIRST: usize = 2;

/// As Word names a list of signs
const SIGN: &str = "bullet";

/// How the number stands before its text. Lengths in pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hang {
    /// Where the text begins
    pub(super) text: f64,
    /// How far before it the marker begins, or ends where it stands at its right
    pub(super) marker: f64,
    pub(super) at_right: bool,
    pub(super) gothic: bool,
    /// The marker has its blank within it: the text follows it at once.
    pub(super) glued: bool,
}

/// A list by what is written before its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Family {
    prefix: String,
    /// As Word names it
    format: &'static str,
    suffix: String,
    /// Of the text and the marker, in twips, and the rest of `Hang`
    place: (i32, i32, bool, bool, bool),
}

#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Each with its number and the list that is open: its number, and the last number that it counted
    families: BTreeMap<Family, (usize, Option<(usize, usize)>)>,
    /// Every list with its family and the number that it begins with
    lists: Vec<(usize, usize)>,
}

impl Lists {
    /// The list that a marker belongs to; nothing where Word could not write it.
    pub(super) fn item(&mut self, marker: &str, hang: Hang) -> Option<(NumberingId, IndentLevel)> {
        let (prefix, format, suffix, number) = numbered(marker).or_else(|| sign(marker))?;
        let place = (twips(hang.text), twips(hang.marker), hang.at_right, hang.gothic, hang.glued);
        let family = Family { prefix, format, suffix, place };
        let count = self.families.len();
        let (id, open) = self.families.entry(family).or_insert((count + FIRST, None));
        let follows = open.filter(|(_, last)| format == SIGN || last + 1 == number);
        let list = match follows {
            Some((list, _)) => list,
            None => {
                self.lists.push((*id, number));
                self.lists.len() + FIRST - 1
            }
        };
        *open = Some((list, number));
        Some((NumberingId::new(list), IndentLevel::new(0)))
    }

    pub(super) fn definitions(&self) -> (Vec<AbstractNumbering>, Vec<Numbering>) {
        let mut families: Vec<(&Family, usize)> = self.families.iter().map(|(family, (id, _))| (family, *id)).collect();
        families.sort_by_key(|(_, id)| *id);
        let families = families.iter().map(|(family, id)| AbstractNumbering::new(*id).add_level(level(family)));
        let signs: Vec<usize> =
            self.families.iter().filter(|(family, _)| family.format == SIGN).map(|(_, (id, _))| *id).collect();
        let lists = self.lists.iter().enumerate().map(|(index, (family, start))| {
            let list = Numbering::new(index + FIRST, *family);
            // A sign does not count.
            if signs.contains(family) { list } else { list.add_override(LevelOverride::new(0).start(*start)) }
        });
        (families.collect(), lists.collect())
    }
}

fn level(family: &Family) -> Level {
    let (text, marker, at_right, gothic, glued) = family.place;
    let label =
        if family.format == SIGN { family.prefix.clone() } else { format!("{}%1{}", family.prefix, family.suffix) };
    let side = if at_right { "right" } else { "left" };
    let level =
        Level::new(0, Start::new(1), NumberFormat::new(family.format), LevelText::new(label), LevelJc::new(side))
            .indent(Some(text), Some(SpecialIndentType::Hanging(marker)), None, None)
            .suffix(if glued { LevelSuffixType::Nothing } else { LevelSuffixType::Tab });
    let look = RunProperty::new();
    Level { run_property: if gothic { look.fonts(gothic_fonts()) } else { look }, ..level }
}

/// A sign alone: `・`, `※`
fn sign(marker: &str) -> Option<(String, &'static str, String, usize)> {
    let mut characters = marker.chars();
    let is_one = characters.next().is_some() && characters.next().is_none();
    is_one.then(|| (marker.to_string(), SIGN, String::new(), 0))
}

/// `(1)` is what stands before the number, how Word writes it, what stands behind it, and 1. Of several numbers it is the last.
fn numbered(marker: &str) -> Option<(String, &'static str, String, usize)> {
    let format_of = |c: char| FORMATS.iter().map(|(format, _)| *format).find(|format| figure(format, c).is_some());
    let suffix: String = marker.chars().rev().take_while(|c| format_of(*c).is_none()).collect();
    let head = marker.get(..marker.len() - suffix.len())?;
    let format = format_of(head.chars().next_back()?)?;
    let prefix = head.trim_end_matches(|c| figure(format, c).is_some());
    let number = value(format, head.get(prefix.len()..)?)?;
    let suffix: String = suffix.chars().rev().collect();
    (!marker.contains('%')).then(|| (prefix.to_string(), format, suffix, number))
}

/// How Word writes numbers, and its figures: of a system of places 0 to 9, of others one for each number from 1 on.
const FORMATS: &[(&str, &str)] = &[
    ("decimal", "0123456789"),
    ("decimalFullWidth", "０１２３４５６７８９"),
    ("decimalEnclosedCircle", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    ("aiueoFullWidth", "アイウエオカキクケコサシスセソタチツテトナニヌネノ"),
    ("japaneseCounting", "一二三四五六七八九"),
    ("lowerLetter", "abcdefghijklmnopqrstuvwxyz"),
    ("upperLetter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
];

fn figure(format: &str, c: char) -> Option<usize> {
    FORMATS.iter().find(|(name, _)| *name == format)?.1.chars().position(|figure| figure == c)
}

fn value(format: &str, figures: &str) -> Option<usize> {
    let mut all = figures.chars();
    let first = figure(format, all.next()?)?;
    if !format.starts_with("decimal") || format == "decimalEnclosedCircle" {
        return all.next().is_none().then_some(first + 1);
    }
    // Word writes no zeros before a number.
    if first == 0 || figures.chars().count() > 4 {
        return None;
    }
    all.try_fold(first, |number, c| Some(10 * number + figure(format, c)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANG: Hang = Hang { text: 20.0, marker: 20.0, at_right: false, gothic: false, glued: false };

    #[test]
    fn numbers_that_follow_are_one_list() {
        let mut lists = Lists::default();
        let mut list = |marker: &str| lists.item(marker, HANG).map(|(id, _)| id.id);
        assert_eq!(
            ["(1)", "(2)", "(4)", "(5)", "・", "(1)", "・", "①", "第３"].map(&mut list),
            [2, 2, 3, 3, 4, 5, 4, 6, 7].map(Some)
        );
        assert_eq!(["(01)", "アイ", "※※", "", "%1"].map(list), [None; 5]);
    }

    #[test]
    fn a_marker_is_taken_apart() {
        let parts = |marker: &str| {
            numbered(marker).map(|(prefix, format, suffix, number)| format!("{prefix}|{format}|{suffix}|{number}"))
        };
        assert_eq!(parts("(12)").as_deref(), Some("(|decimal|)|12"));
        assert_eq!(parts("1-2").as_deref(), Some("1-|decimal||2"));
        assert_eq!(parts("ウ").as_deref(), Some("|aiueoFullWidth||3"));
        assert_eq!(parts("第四章").as_deref(), Some("第|japaneseCounting|章|4"));
    }
}
