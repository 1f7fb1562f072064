//! The text that a reader of the page sees in a paragraph of Word, its fields and controls with what they show; and
//! beside it what was struck out, hidden or deleted. Knows no tables and no lists.

use super::colour::{LIKE_GROUND, Sight};
use super::runs::STRUCK;
use super::superscripts::{Level, Pieces};
use super::word_around::{Around, DELETED, HIDDEN, PROMPT, is_unseen};
use super::word_fields::{Shown, is_prompt, shown};
use super::word_found::WordFindings;
use super::word_math;
use super::word_styles::{Look, Styles};
use super::word_symbols::{UNKNOWN, capital, in_face, symbol};
use super::word_xml::WordElement;
use crate::xml::Element;

/// Fields inside each other: Word itself stops at 20.
const MOST_FIELDS: usize = 50;

/// Text boxes, and how each is taken out with what it hangs at
pub(super) type Boxes<'a> = Vec<(&'a Element, Option<&'static str>)>;

/// What a paragraph says, the boxes that hang at it, and what was left out.
#[derive(Debug, Default)]
pub(super) struct SourcedText<'a> {
    pub(super) text: String,
    pub(super) boxes: Boxes<'a>,
    pub(super) left_out: Vec<(&'static str, String)>,
    /// Raised figures, as they were written
    pub(super) guesses: Vec<String>,
    /// White words whose background is not known
    pub(super) white: String,
}

pub(super) fn said<'a>(
    paragraph: &'a Element,
    around: Around<'a>,
    styles: &Styles<'a>,
    found: &mut WordFindings<'a>,
) -> SourcedText<'a> {
    let properties = paragraph.child("pPr");
    let style = properties.and_then(|properties| properties.value("pStyle"));
    let ground = styles.paragraph_ground(properties, style).unwrap_or(around.ground);
    let around = Around { ground, ..around };
    let mut walk = Walk {
        styles,
        found,
        style,
        look: Look::default(),
        face: None,
        pieces: Pieces::default(),
        fields: Vec::new(),
        was_left: false,
        said: SourcedText::default(),
    };
    walk.add(paragraph, around);
    walk.finished()
}

struct Walk<'w, 'a> {
    styles: &'w Styles<'a>,
    found: &'w mut WordFindings<'a>,
    style: Option<&'a str>,
    look: Look,
    /// The face of Latin letters, where the run names it
    face: Option<&'a str>,
    pieces: Pieces,
    /// Fields that are open, the innermost last
    fields: Vec<Field<'a>>,
    /// The last character was left out: what follows in the same way belongs to it.
    was_left: bool,
    said: SourcedText<'a>,
}

#[derive(Default)]
struct Field<'a> {
    instruction: String,
    form: Option<&'a Element>,
    /// Text that stands in the instruction: shown where the field never ends
    text: String,
    in_result: bool,
    has_result: bool,
}

impl<'a> Walk<'_, 'a> {
    fn finished(mut self) -> SourcedText<'a> {
        for field in std::mem::take(&mut self.fields) {
            self.pieces.push(Level::Base, &field.text);
        }
        (self.said.text, self.said.guesses) = self.pieces.written();
        self.said
    }

    fn add(&mut self, element: &'a Element, around: Around<'a>) {
        for child in element.elements().filter(|child| !is_unseen(child)) {
            match child.name.as_str() {
                "r" => self.run(child, around),
                "t" => self.text(&self.letters(&child.own_text()), around),
                "delText" => self.text(&child.own_text(), around.omitting(DELETED)),
                "tab" | "ptab" => self.text("\t", around),
                "br" if matches!(child.attribute("type"), Some("page" | "column")) => {}
                "br" | "cr" => self.text("\n", around),
                "noBreakHyphen" => self.text("-", around),
                "sym" => self.text(&sign(child).to_string(), around),
                "footnoteReference" | "endnoteReference" => self.refer(child, around),
                "fldChar" => self.field(child, around),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
                        field.instruction.push_str(&child.own_text());
                    }
                }
                "fldSimple" => {
                    let instruction = child.attribute("instr").unwrap_or_default().to_string();
                    self.fields.push(Field { instruction, in_result: true, ..Field::default() });
                    self.add(child, around);
                    self.end_field(around);
                }
                "oMath" => self.formula(child, around),
                "txbxContent" => self.said.boxes.push((child, around.omitted)),
                _ => {
                    if around.omitted.is_none() && self.found.passes_over(child) {
                        if child.name == "object" && self.found.is_formula(child) {
                            self.text(&UNKNOWN.to_string(), around);
                        }
                        continue;
                    }
                    self.add(child, around.inside(child));
                }
            }
        }
    }

    fn run(&mut self, run: &'a Element, around: Around<'a>) {
        let look = self.styles.look(run.child("rPr"), self.style, around.table);
        let around = match look {
            Look { struck: true, .. } => around.omitting(STRUCK),
            Look { hidden: true, .. } => around.omitting(HIDDEN),
            Look { ink, ground, .. } => match ground.unwrap_or(around.ground).sight(ink) {
                Sight::Unseen => around.omitting(LIKE_GROUND),
                Sight::Unsure => Around { is_white: true, ..around },
                Sight::Seen => around,
            },
        };
        let fonts = run.child("rPr").and_then(|properties| properties.child("rFonts"));
        let face = fonts.and_then(|fonts| fonts.attribute("ascii").or(fonts.attribute("hAnsi")));
        let outer = (std::mem::replace(&mut self.look, look), std::mem::replace(&mut self.face, face));
        self.add(run, around);
        (self.look, self.face) = outer;
    }

    /// Letters as their font shows them
    fn letters(&self, text: &str) -> String {
        match in_face(text, self.face) {
            Some(signs) => signs,
            None if self.look.capital => text.chars().map(capital).collect(),
            None => text.to_string(),
        }
    }

    fn text(&mut self, text: &str, around: Around<'a>) {
        let level = match self.look {
            // A figure that was only moved is a note where it is short.
            Look { is_moved: true, .. } if text.trim().chars().count() > 3 => Level::Base,
            look => look.level,
        };
        match around.ticked {
            Some(is_ticked) if !text.trim().is_empty() => {
                self.emit(level, if is_ticked { "☑" } else { "□" }, around);
            }
            _ => self.emit(level, text, around),
        }
    }

    fn emit(&mut self, level: Level, text: &str, around: Around<'a>) {
        // A gap parts words of whatever colour.
        let is_gap = around.omitted == Some(LIKE_GROUND) && text.trim().is_empty();
        if let Some(how) = around.omitted.filter(|_| !is_gap) {
            match self.said.left_out.last_mut().filter(|(last, _)| self.was_left && *last == how) {
                Some((_, before)) => before.push_str(text),
                None => self.said.left_out.push((how, text.to_string())),
            }
            self.was_left = true;
            return;
        }
        self.was_left &= text.is_empty();
        if around.is_white {
            self.said.white.push_str(text);
        }
        match self.fields.iter_mut().rev().find(|field| !field.in_result) {
            Some(field) => {
                field.instruction.push_str(text);
                field.text.push_str(text);
            }
            None => self.pieces.push(level, text),
        }
        for field in &mut self.fields {
            field.has_result |= field.in_result && !text.trim().is_empty();
        }
    }

    fn refer(&mut self, reference: &'a Element, around: Around<'a>) {
        // A mark of its own stands behind it.
        let has_mark =
            reference.attribute("customMarkFollows").is_some_and(|value| matches!(value, "1" | "true" | "on"));
        if around.omitted.is_none()
            && let Some((word, number)) = self.found.note(reference)
            && !has_mark
        {
            self.emit(Level::Base, &format!("（{word}{number}）"), around);
        }
    }

    fn field(&mut self, mark: &'a Element, around: Around<'a>) {
        match mark.attribute("fldCharType") {
            Some("begin") if self.fields.len() == MOST_FIELDS => {}
            Some("begin") => self.fields.push(Field { form: mark.child("ffData"), ..Field::default() }),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            Some("end") => self.end_field(around),
            _ => {}
        }
    }

    /// A field without a result shows what its instruction says.
    fn end_field(&mut self, around: Around<'a>) {
        let Some(field) = self.fields.pop().filter(|field| !field.has_result) else { return };
        match shown(&field.instruction, field.form) {
            Shown::Nothing => {}
            Shown::Text(pieces) => {
                let (text, guesses) = pieces.written();
                let level = if text.contains('/') && text.chars().all(|c| c == '/' || c.is_ascii_digit()) {
                    Level::Fraction
                } else {
                    self.look.level
                };
                self.said.guesses.extend(guesses);
                self.emit(level, &text, around);
            }
            Shown::Prompt(prompt) => self.emit(Level::Base, &prompt, around.omitting(PROMPT)),
            Shown::Unknown if around.omitted.is_some() => {}
            Shown::Unknown => self.emit(Level::Base, &UNKNOWN.to_string(), around),
        }
    }

    fn formula(&mut self, formula: &'a Element, around: Around<'a>) {
        if around.omitted.is_some() || self.fields.iter().any(|field| !field.in_result) {
            let mut pieces = Pieces::default();
            word_math::add(formula, &mut pieces);
            self.emit(Level::Base, &pieces.written().0, around);
            return;
        }
        self.was_left = false;
        self.fields.iter_mut().for_each(|field| field.has_result = true);
        word_math::add(formula, &mut self.pieces);
    }
}

/// `<w:sym w:font="Symbol" w:char="F0B0"/>`
fn sign(element: &Element) -> char {
    let code = element.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
    code.map_or(UNKNOWN, |code| symbol(element.attribute("font").unwrap_or_default(), code))
}

/// Whether what was left out is a prompt that Word itself wrote.
pub(super) fn is_usual_prompt(how: &str, text: &str) -> bool {
    how == PROMPT && (is_prompt(text) || text.trim().is_empty())
}
