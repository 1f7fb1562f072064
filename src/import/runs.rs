//! A text whose parts have fonts of their own: struck-through and unseen parts are no text, and raised digits join no figure.

use super::colour::{Colour, LIKE_GROUND};

/// How words were taken out that a line goes through, before 「の語」
pub(super) const STRUCK: &str = "取り消し線";

/// A stretch of one font.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) struck: bool,
    /// Of the colour of what lies below it
    pub(super) unseen: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
    pub(super) ink: Option<Colour>,
    /// Its font is its own and not the cell's.
    pub(super) own: bool,
}

impl Run {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// How it is taken out of its text
    fn omitted(&self) -> Option<&'static str> {
        match self {
            Self { struck: true, .. } => Some(STRUCK),
            Self { unseen: true, text, .. } if !text.trim().is_empty() => Some(LIKE_GROUND),
            Self { .. } => None,
        }
    }
}

/// A text without what is on no page.
pub(super) struct Parted {
    /// What is read
    pub(super) text: String,
    /// What was taken out, with how
    pub(super) left_out: Vec<(&'static str, String)>,
    /// Whether a raised or lowered figure was written anew by what it may mean; m² is no guess.
    pub(super) is_guessed: bool,
}

pub(super) fn parted(runs: &[Run]) -> Parted {
    let (mut text, mut left_out): (String, Vec<(&str, String)>) = (String::new(), Vec::new());
    let mut is_guessed = false;
    let mut before = None;
    for run in joined(runs) {
        let omitted = run.omitted();
        match (omitted, left_out.last_mut()) {
            (Some(_), Some((_, last))) if omitted == before => last.push_str(&run.text),
            (Some(how), _) => left_out.push((how, run.text.clone())),
            (None, _) if run.raised || run.lowered => {
                let written = if run.raised { raised(&text, &run.text) } else { lowered(&text, &run.text) };
                is_guessed |= written != run.text && !matches!(written.as_str(), "²" | "³");
                text.push_str(&written);
            }
            (None, _) => text.push_str(&run.text),
        }
        before = omitted;
    }
    left_out.retain(|(_, text)| !text.trim().is_empty());
    Parted { text, left_out, is_guessed }
}

/// Excel parts a run wherever a colour changes.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        let look = |run: &Run| (run.omitted(), run.raised, run.lowered);
        let is_same = |last: &&mut Run| look(last) == look(run);
        match joined.last_mut().filter(is_same) {
            Some(last) => last.text.push_str(&run.text),
            None => joined.push(run.clone()),
        }
    }
    joined
}

/// A power, a measure, or a reference to a note.
fn raised(before: &str, text: &str) -> String {
    let bare = text.trim().trim_matches(['(', ')', '（', '）']);
    let is_number = !bare.is_empty() && bare.chars().all(char::is_numeric);
    let is_power = || {
        before
            .strip_suffix("10")
            .is_some_and(|front| front.is_empty() || front.trim_end().ends_with(['×', 'x', '✕', '・']))
    };
    match bare {
        "" => text.to_string(),
        "2" if before.ends_with('m') => "²".to_string(),
        "3" if before.ends_with('m') => "³".to_string(),
        _ if is_number && is_power() => format!("^{bare}"),
        _ if bare.starts_with(['-', '−']) && is_power() => format!("^{bare}"),
        _ if is_number => format!("（注{bare}）"),
        _ if bare.starts_with(['注', '※', '＊', '*']) => format!("（{bare}）"),
        _ if before.ends_with(char::is_numeric) && bare.starts_with(char::is_numeric) => format!("（{bare}）"),
        _ => text.to_string(),
    }
}

/// H₂O stays H2O.
fn lowered(before: &str, text: &str) -> String {
    let joins = before.ends_with(char::is_numeric) && text.starts_with(char::is_numeric);
    if joins { format!("（{}）", text.trim()) } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::{Parted, Run, parted};

    fn read(parts: &[(&str, char)]) -> String {
        let run = |(text, kind): &(&str, char)| Run {
            text: (*text).to_string(),
            struck: *kind == '-',
            unseen: *kind == '~',
            ink: None,
            raised: *kind == '^',
            lowered: *kind == '_',
            own: true,
        };
        let Parted { text, left_out: struck, .. } = parted(&parts.iter().map(run).collect::<Vec<_>>());
        let struck: Vec<String> = struck.into_iter().map(|(_, text)| text).collect();
        if struck.is_empty() { text } else { format!("{text}｜{}", struck.join("｜")) }
    }

    #[test]
    fn what_is_struck_through_is_no_text_and_what_is_raised_joins_no_figure() {
        for (parts, expected) in [
            (vec![("96", '-'), ("128名", ' ')], "128名｜96"),
            (vec![("旧", '-'), ("称", '-'), ("新称", ' '), ("（旧）", '-')], "新称｜旧称｜（旧）"),
            (vec![("70", ' '), ("1", '^')], "70（注1）"),
            (vec![("70", ' '), ("1)", '^')], "70（注1）"),
            (vec![("70人", ' '), ("※2", '^')], "70人（※2）"),
            (vec![("70人", ' '), ("注2", '^')], "70人（注2）"),
            (vec![("2×10", ' '), ("3", '^'), ("個", ' ')], "2×10^3個"),
            (vec![("1", ' '), ("10", ' '), ("1", '^')], "110（注1）"),
            (vec![("500m", ' '), ("2", '^')], "500m²"),
            (vec![("CO", ' '), ("2", '_'), ("削減", ' ')], "CO2削減"),
            (vec![("4", ' '), ("th", '^')], "4th"),
            (vec![(" ", '-'), ("128", ' ')], "128"),
            (vec![("旧", '-'), ("秘", '~'), ("128", ' ')], "128｜旧｜秘"),
        ] {
            assert_eq!(read(&parts), expected);
        }
    }
}
