//! Changes as a table for spreadsheets.

use super::change::{Change, Subject, Wording};
use crate::tables::{BOM, write_sheet};

const HEAD: [&str; 10] = ["担当課", "章", "No.", "事業名", "種類", "箇所", "前", "後", "原稿", "行"];

/// One change a row. `office` owns what belongs to no department.
pub fn to_csv(changes: &[Change], office: &str) -> Vec<u8> {
    write_sheet(std::iter::once(HEAD.map(str::to_string)).chain(changes.iter().map(|change| row(change, office))))
}

/// Whether a file may be replaced: it begins as one of ours.
pub fn is_own_table(bytes: &[u8]) -> bool {
    bytes.starts_with(format!("{BOM}{}", HEAD.join(",")).as_bytes())
}

fn row(change: &Change, office: &str) -> [String; 10] {
    let text = |wording: &Option<Wording>| wording.as_ref().map(Wording::text).unwrap_or_default();
    let (chapter, no, name) = match &change.subject {
        Subject::Report | Subject::Sums => Default::default(),
        Subject::Chapter { name } => (name.clone(), String::new(), String::new()),
        Subject::Program { chapter, no, name, .. } => (chapter.clone(), no.to_string(), name.clone()),
    };
    let file = change.place.as_ref().map(|place| {
        let whose = if place.is_old { "（前の原稿）" } else { "" };
        format!("{whose}{}", place.file)
    });
    [
        if change.subject == Subject::Sums { String::new() } else { change.department().unwrap_or(office).to_string() },
        chapter,
        no,
        name,
        change.what.name().to_string(),
        change.spot.trim_end().to_string(),
        text(&change.before),
        text(&change.after),
        file.unwrap_or_default(),
        change.place.as_ref().map(|place| place.line.to_string()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::change::{ChangeKind, FileLine};
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let change = Change {
            subject: Subject::Report,
            what: ChangeKind::Changed,
            spot: "題名".to_string(),
            before: Some(Wording::whole("=1+1")),
            after: Some(Wording::whole("二\n三、\"四\"")),
            place: Some(FileLine { is_old: false, file: "報告書.jigyo".to_string(), line: 1 }),
            printed: Vec::new(),
            subject_before: None,
            on_page: true,
        };
        let csv = String::from_utf8(to_csv(&[change], "取りまとめ課")).unwrap_or_default();
        assert_eq!(
            csv,
            "\u{FEFF}担当課,章,No.,事業名,種類,箇所,前,後,原稿,行\r\n取りまとめ課,,,,変更,題名,'=1+1,\"二\n三、\"\"四\"\"\",報告書.jigyo,1\r\n"
        );
    }
}
