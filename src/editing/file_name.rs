//! Names of files that every system takes.

use crate::load::is_device_name;

/// A name as a file may have it: what Windows forbids becomes full-width.
pub fn file_stem(name: &str) -> String {
    let mut stem: String = name
        .chars()
        .map(|c| match c {
            '\\' => '＼',
            '/' => '／',
            ':' => '：',
            '*' => '＊',
            '?' => '？',
            '"' => '”',
            '<' => '＜',
            '>' => '＞',
            '|' => '｜',
            '【' => '〔',
            '】' => '〕',
            '。' => '．',
            c if c.is_control() => '　',
            c => c,
        })
        .collect();
    stem = stem.trim_matches(is_blank).trim_end_matches(".jigyo").to_string();
    // Windows drops dots at the end, and we do not enter what begins with one or with _.
    if stem.ends_with('.') {
        stem.pop();
        stem.push('．');
    }
    if let Some(rest) = stem.strip_prefix('.') {
        stem = format!("．{rest}");
    }
    if let Some(rest) = stem.strip_prefix('_') {
        stem = format!("＿{rest}");
    }
    if is_device_name(&stem) { format!("{stem}＿") } else { stem }
}

/// Also what nobody sees.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_files_that_windows_can_hold() {
        assert_eq!(file_stem("AI/IoT:支援*事業?"), "AI／IoT：支援＊事業？");
        assert_eq!(file_stem("CON"), "CON＿");
        assert_eq!(file_stem("com1.事業"), "com1.事業＿");
        assert_eq!(file_stem("事業."), "事業．");
        assert_eq!(file_stem(".事業"), "．事業");
        assert_eq!(file_stem("_事業"), "＿事業");
        assert_eq!(file_stem("COM10"), "COM10");
    }
}
