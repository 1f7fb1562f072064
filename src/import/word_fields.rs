//! Fields of Word that show no result of their own: boxes and choices of old forms, and EQ, with which offices draw
//! framed signs (○ over 新), spread words and fractions. Knows no document.

use super::superscripts::{Level, Pieces};
use super::word_symbols::{UNKNOWN, has_pictures, symbol};
use super::word_xml::WordElement;
use crate::xml::Element;

/// Deeper than this no one nests an EQ.
const DEEPEST: usize = 12;

/// What a field shows.
pub(super) enum Shown {
    Nothing,
    Text(Pieces),
    /// A prompt: nobody filled it in.
    Prompt(String),
    /// Something that no line of text says
    Unknown,
}

/// What a field shows whose result is empty, by its instruction and by what a form keeps in it.
pub(super) fn shown(instruction: &str, form: Option<&Element>) -> Shown {
    let instruction = instruction.trim();
    let word: String = instruction.chars().take_while(|c| c.is_ascii_alphabetic() || *c == '=').collect();
    let rest = instruction.get(word.len()..).unwrap_or_default().trim();
    match word.to_ascii_uppercase().as_str() {
        "FORMCHECKBOX" => text(if is_checked(form) { "☑" } else { "□" }),
        "FORMDROPDOWN" => match choice(form) {
            Some(choice) if is_prompt(choice) => Shown::Prompt(choice.to_string()),
            Some(choice) => text(choice),
            None => Shown::Nothing,
        },
        "EQ" => equation(rest),
        "MACROBUTTON" => {
            let prompt = rest.split_once(char::is_whitespace).map_or("", |(_, prompt)| prompt);
            if prompt.is_empty() { Shown::Nothing } else { Shown::Prompt(prompt.trim().to_string()) }
        }
        "QUOTE" => text(rest.trim_matches('"')),
        word if word.starts_with('=') => Shown::Unknown,
        "SYMBOL" => sign(rest).map_or(Shown::Unknown, |sign| text(&sign.to_string())),
        _ => Shown::Nothing,
    }
}

/// The words that Word and forms write where something is to be typed or chosen.
pub(super) fn is_prompt(text: &str) -> bool {
    const PROMPTS: &[&str] =
        &["選択してください", "選んでください", "入力してください", "クリックまたはタップ", "ここをクリック"];
    let english = ["Choose an item", "Click or tap", "Click here to enter", "Enter text"];
    PROMPTS.iter().chain(&english).any(|prompt| text.contains(prompt))
}

fn text(text: &str) -> Shown {
    let mut pieces = Pieces::default();
    pieces.push(Level::Base, text);
    Shown::Text(pieces)
}

/// `176 \f "Symbol" \s 10`
fn sign(rest: &str) -> Option<char> {
    let code = rest.split_whitespace().next()?;
    let hexadecimal = code.strip_prefix("0x").or(code.strip_prefix("0X"));
    let code = hexadecimal.map_or_else(|| code.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?;
    let named = rest.split_once("\\f").map(|(_, face)| face.trim_start());
    let face = named.map(|face| match face.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => face.split_whitespace().next().unwrap_or_default(),
    });
    // Above ASCII it depends on the code page.
    let is_letter = code < 0x80 || rest.contains("\\u");
    let face = face.filter(|face| has_pictures(face) || is_letter).or(is_letter.then_some(""))?;
    Some(symbol(face, code)).filter(|sign| *sign != UNKNOWN)
}

fn is_checked(form: Option<&Element>) -> bool {
    let Some(own) = form.and_then(|form| form.child("checkBox")) else { return false };
    own.switch("checked").or_else(|| own.switch("default")).unwrap_or(false)
}

/// The entry that the page shows: the chosen one, otherwise the first.
fn choice(form: Option<&Element>) -> Option<&str> {
    let list = form?.child("ddList")?;
    let index = list.value("result").or_else(|| list.value("default")).map_or(Some(0), |text| text.parse().ok())?;
    list.elements().filter(|entry| entry.name == "listEntry").nth(index)?.attribute("val")
}

fn equation(text: &str) -> Shown {
    let mut pieces = Pieces::default();
    let characters: Vec<char> = text.chars().collect();
    let mut reading = Equation { rest: &characters, depth: 0 };
    match reading.sequence(&mut pieces) {
        Some(()) if reading.rest.is_empty() => Shown::Text(pieces),
        _ => Shown::Unknown,
    }
}

/// `\o\ac(○,新)`: a switch, its options, its parts in brackets.
struct Equation<'t> {
    rest: &'t [char],
    depth: usize,
}

impl Equation<'_> {
    fn next(&mut self) -> Option<char> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn peek(&self) -> Option<char> {
        self.rest.first().copied()
    }

    /// Text and switches up to the end, or to a `,` `;` or `)` of the switch around. `None` for what no line says.
    fn sequence(&mut self, pieces: &mut Pieces) -> Option<()> {
        let inside = self.depth > 0;
        while let Some(c) = self.peek() {
            match c {
                ',' | ';' | ')' if inside => break,
                '\\' => {
                    self.next();
                    match self.next()? {
                        '*' => self.format(),
                        escaped if !escaped.is_ascii_alphabetic() => pieces.push(Level::Base, &escaped.to_string()),
                        switch => self.switch(switch.to_ascii_lowercase(), pieces)?,
                    }
                }
                c => {
                    self.next();
                    pieces.push(Level::Base, &c.to_string());
                }
            }
        }
        Some(())
    }

    /// `\* hps10`, `\* "Font:ＭＳ 明朝"`: how large and in which face
    fn format(&mut self) {
        while self.peek() == Some(' ') {
            self.next();
        }
        let is_quoted = self.peek() == Some('"');
        if is_quoted {
            self.next();
        }
        while let Some(c) = self.peek() {
            if !is_quoted && (c.is_whitespace() || c == '\\') {
                break;
            }
            self.next();
            if is_quoted && c == '"' {
                break;
            }
        }
        while self.peek() == Some(' ') {
            self.next();
        }
    }

    fn switch(&mut self, switch: char, pieces: &mut Pieces) -> Option<()> {
        let mut options = String::new();
        while let Some(c) = self.next() {
            if c == '(' {
                break;
            }
            options.push(c.to_ascii_lowercase());
        }
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let parts = self.parts()?;
        self.depth -= 1;
        join(switch, &options, parts, pieces)
    }

    /// The parts up to the closing bracket; a raised one says so.
    fn parts(&mut self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        loop {
            let before = self.rest;
            let mut pieces = Pieces::default();
            self.sequence(&mut pieces)?;
            let is_raised = before.first() == Some(&'\\') && matches!(before.get(1), Some('s' | 'S'));
            parts.push(Part { text: pieces.written().0, is_raised });
            if self.next()? == ')' {
                return Some(parts);
            }
        }
    }
}

struct Part {
    text: String,
    is_raised: bool,
}

fn join(switch: char, options: &str, parts: Vec<Part>, pieces: &mut Pieces) -> Option<()> {
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let (level, text) = match (switch, texts.as_slice()) {
        // How a word is read stands above it, and a word is spread over blanks.
        ('o', _) => {
            let is_seen = |part: &&Part| !part.text.trim().is_empty() && (!part.is_raised || parts.len() == 1);
            let seen: Vec<&str> = parts.iter().filter(is_seen).map(|part| part.text.trim()).collect();
            let figures = seen.iter().filter(|text| text.contains(crate::syntax::chars::is_digit)).count();
            (Level::Base, Some(seen.concat()).filter(|_| figures < 2)?)
        }
        ('f', [above, below]) => (Level::Fraction, fraction(above, below)),
        ('s', texts) if options.contains("up") => (Level::Raised, texts.concat()),
        ('s', texts) if options.contains("do") => (Level::Lowered, texts.concat()),
        ('s', texts) => (Level::Base, texts.concat()),
        ('b', [inner]) => (Level::Base, format!("({inner})")),
        ('x', [inner]) => (Level::Base, (*inner).to_string()),
        ('l', texts) => (Level::Base, texts.join(",")),
        ('r', [inner]) => (Level::Base, format!("√({inner})")),
        ('d', _) => (Level::Base, String::new()),
        _ => return None,
    };
    if level == Level::Fraction {
        pieces.push_whole(level, &text)
    } else {
        pieces.push(level, &text)
    }
    Some(())
}

/// `1/2`, with brackets around what is no single figure or word.
pub(super) fn fraction(above: &str, below: &str) -> String {
    let side = |text: &str| {
        let text = text.trim();
        if text.chars().all(|c| c.is_alphanumeric() || matches!(c, ',' | '.')) {
            text.to_string()
        } else {
            format!("({text})")
        }
    };
    format!("{}/{}", side(above), side(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(instruction: &str) -> String {
        match shown(instruction, None) {
            Shown::Nothing => String::new(),
            Shown::Text(pieces) => pieces.written().0,
            Shown::Prompt(prompt) => format!("?{prompt}"),
            Shown::Unknown => "〓".to_string(),
        }
    }

    #[test]
    fn an_eq_field_says_what_the_page_shows() {
        assert_eq!(said(r" eq \o\ac(○,新)"), "○新");
        assert_eq!(said(r" EQ \o\ad(事業名,　　　　　　)"), "事業名");
        assert_eq!(said(r#"EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(がんぺき),岸壁)"#), "岸壁");
        assert_eq!(said(r"eq \f(1,2) "), "1/2");
        assert_eq!(said(r"eq 3\f(1,2)"), "3と1/2");
        assert_eq!(said(r"eq 70\s\up 5(1)"), "70（注1）");
        assert_eq!(said(r"eq \x(済)"), "済");
        assert_eq!(said(r"eq \f(a+b,2)"), "(a+b)/2");
        assert_eq!(said(r"eq \o(1,2)"), "〓");
        assert_eq!(said(r"eq \i(0,1,x)"), "〓");
        assert_eq!(said(r"eq \f(1,2"), "〓");
        assert_eq!(said(r" = 96/120*100 "), "〓");
        assert_eq!(said(r#" SYMBOL 176 \f "Symbol" \s 10 "#), "°");
        assert_eq!(said(r" SYMBOL 0xFE \f Wingdings "), "☑");
        assert_eq!(said(r" SYMBOL 9312 \u "), "①");
        assert_eq!(said(r" SYMBOL 176 "), "〓");
        assert_eq!(said("MACROBUTTON NoMacro [ここをクリックして入力]"), "?[ここをクリックして入力]");
        assert_eq!(said(&format!("eq {}", r"\x(".repeat(5000))), "〓");
    }
}
