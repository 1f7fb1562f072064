//! Texts as runs: every character stands for itself, a new line is a break.

use docx_rs::{BreakType, Paragraph, Run, RunFonts};

use super::look::{GOTHIC, RED};

/// Stands for what no document can hold.
const UNPRINTABLE: char = '〓';

/// A text that XML 1.0 can hold.
pub(super) fn clean(text: &str) -> String {
    let keep = |c: char| match c {
        '\t' | '\u{b}' | '\r' => ' ',
        '\n' => '\n',
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => UNPRINTABLE,
        _ => c,
    };
    text.chars().map(keep).collect()
}

/// How a text looks beyond its paragraph's style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shade {
    pub(super) faulty: bool,
    pub(super) gothic: bool,
    /// In half points
    pub(super) size: Option<usize>,
}

pub(super) const PLAIN: Shade = Shade { faulty: false, gothic: false, size: None };

pub(super) fn faulty(faulty: bool) -> Shade {
    Shade { faulty, ..PLAIN }
}

pub(super) fn gothic() -> Shade {
    Shade { gothic: true, ..PLAIN }
}

pub(super) fn gothic_fonts() -> RunFonts {
    RunFonts::new().ascii(GOTHIC).hi_ansi(GOTHIC).east_asia(GOTHIC)
}

pub(super) fn shaded(shade: Shade) -> Run {
    let mut run = Run::new();
    if shade.faulty {
        run = run.color(RED);
    }
    if shade.gothic {
        run = run.fonts(gothic_fonts());
    }
    match shade.size {
        Some(size) => run.size(size),
        None => run,
    }
}

pub(super) fn run(text: &str, shade: Shade) -> Run {
    let text = clean(text);
    let mut run = shaded(shade);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        if !line.is_empty() {
            run = run.add_text(line);
        }
    }
    run
}

pub(super) fn tab() -> Run {
    Run::new().add_tab()
}

/// A paragraph of a style with a text.
pub(super) fn said(style: &str, text: &str, shade: Shade) -> Paragraph {
    let paragraph = Paragraph::new().style(style);
    if text.is_empty() { paragraph } else { paragraph.add_run(run(text, shade)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_shown() {
        assert_eq!(clean("a\tb\u{1}c\nd\u{ffff}<&>\u{202e}"), "a b〓c\nd〓<&>\u{202e}");
    }
}
