//! What stands in a field of a table that was saved as text, as Excel would show it. Knows neither rows nor columns.

use super::grid::bare;

/// `="0980"` is 0980, and `\1,250` of an old encoding ¥1,250: there both signs have one place.
pub(super) fn typed(field: &str) -> String {
    let text = bare(field);
    let signs: &[char] = &['-', '−', '－', '△', '▲'];
    let figure = text.trim_start_matches(signs);
    match figure.strip_prefix('\\').filter(|rest| is_figure(rest)) {
        Some(rest) => format!("{}¥{rest}", text.get(..text.len() - figure.len()).unwrap_or_default()),
        None => text.to_string(),
    }
}

fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ",.-".contains(c))
}

/// `=SUM(B2:B4)`: how a value is come by, not the value.
pub(super) fn is_formula(text: &str) -> bool {
    let inside = text.strip_prefix('=').or(text.strip_prefix("+")).unwrap_or_default();
    let name = inside.trim_start_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ".$".contains(c));
    name.len() < inside.len()
        && inside.starts_with(|c: char| c.is_ascii_uppercase() || c == '$')
        && (name.is_empty() || name.starts_with(['(', '+', '-', '*', '/', ':', '&', '!']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_as_excel_shows_it() {
        let cases = [
            ("=\"001\"", "001"),
            ("\\1,250,000", "¥1,250,000"),
            ("-\\1,250", "-¥1,250"),
            ("▲\\5", "▲¥5"),
            ("\\\\server\\1", "\\\\server\\1"),
            ("\\1番", "\\1番"),
            ("'00123", "'00123"),
        ];
        cases.iter().for_each(|(field, expected)| assert_eq!(typed(field), *expected));
        assert!(["=SUM(B2:B4)", "=A1+B1", "=$B$2", "=B2", "+B2*2"].iter().all(|text| is_formula(text)));
        assert!(["=", "=980", "= 合計", "=訓練", "A1", "+3", "+A案の見直し"].iter().all(|text| !is_formula(text)));
    }
}
