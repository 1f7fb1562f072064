//! A text whose parts have fonts of their own: struck-through parts are no text, and raised digits join no figure.

/// A stretch of one font.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
    /// Its font is its own and not the cell's.
    pub(super) own: bool,
}

impl Run {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What is read of a text, and what was struck through.
pub(super) fn parted(runs: &[Run]) -> (String, Vec<String>) {
    let (mut text, mut struck): (String, Vec<String>) = (String::new(), Vec::new());
    let mut goes_on = false;
    for run in joined(runs) {
        match struck.last_mut().filter(|_| goes_on && run.struck) {
            Some(last) => last.push_str(&run.text),
            None if run.struck => struck.push(run.text.clone()),
            None if run.raised => text.push_str(&raised(&text, &run.text)),
            None if run.lowered => text.push_str(&lowered(&text, &run.text)),
            None => text.push_str(&run.text),
        }
        goes_on = run.struck;
    }
    struck.retain(|text| !text.trim().is_empty());
    (text, struck)
}

/// Excel parts a run wherever a colour changes.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        let is_same =
            |last: &&mut Run| (last.struck, last.raised, last.lowered) == (run.struck, run.raised, run.lowered);
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
    use super::{Run, parted};

    fn read(parts: &[(&str, char)]) -> String {
        let run = |(text, kind): &(&str, char)| Run {
            text: (*text).to_string(),
            struck: *kind == '-',
            raised: *kind == '^',
            lowered: *kind == '_',
            own: true,
        };
        let (text, struck) = parted(&parts.iter().map(run).collect::<Vec<_>>());
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
        ] {
            assert_eq!(read(&parts), expected);
        }
    }
}
