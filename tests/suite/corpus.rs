//! The sample reports: they check clean, format to themselves, build, and say what the source says.

use jigyo::diagnostic::Diagnostics;
use jigyo::fmt::format;
use jigyo::model::{Amount, Category, Value};
use jigyo::source::Files;
use jigyo::syntax::{Vocabulary, parse};
use jigyo::totals;

use crate::tools::{build_folder, check_folder, found, root, sample_reports, sample_texts};

#[test]
fn every_sample_is_clean_and_builds_the_same_bytes_twice() {
    for folder in sample_reports() {
        let (checked, built) = build_folder(&folder, false);
        assert_eq!(found(&checked), Vec::<String>::new(), "{}", folder.display());
        let (_, again) = build_folder(&folder, false);
        let (built, again) = (built.expect("builds").pdf, again.expect("builds").pdf);
        assert!(built == again, "{}: two builds differ", folder.display());
    }
}

#[test]
fn every_sample_is_in_its_canonical_form() {
    for (path, text) in sample_texts() {
        let mut files = Files::new();
        let id = files.add(path.to_string_lossy(), text.clone());
        let ast = parse(files.get(id), &Vocabulary::standard(), &mut Diagnostics::new());
        assert_eq!(format(files.get(id), &ast), text, "{}", path.display());
    }
}

#[test]
fn the_real_chapter_has_its_figures() {
    let checked = check_folder(&root().join("reports/aomori-r2"));
    let report = &checked.report;
    let total = totals::total(report);
    assert_eq!((total.programs, total.new_programs, total.value), (39, 11, Some(845_745)));
    assert_eq!(report.head.as_ref().map(|head| head.first_page), Some(18));
    let chapter = &report.chapters[0];
    assert_eq!(
        chapter.head.overview.blocks.iter().filter(|b| b.kind == jigyo::model::BlockKind::Subheading).count(),
        5
    );
    let program = |no: usize| &chapter.programs[no - 1];
    assert_eq!(program(18).amount, Some(Amount::Value(412_517)));
    assert_eq!(program(35).category(), Category::New);
    let rows: usize = chapter
        .programs
        .iter()
        .flat_map(|p| p.tables())
        .map(|table| table.rows.iter().filter(|row| !row.values.is_empty()).count())
        .sum();
    assert_eq!(rows, 118);
    let shared = &program(7).tables().nth(0).unwrap().rows[3].values[1];
    assert!(matches!(shared, Value::Shared { row: 1, .. }));
    let quantities: Vec<String> = match &program(32).tables().nth(0).unwrap().rows[1].values[0] {
        Value::Own(cell) => cell.quantities.iter().map(|q| format!("{}{}", q.number, q.unit)).collect(),
        Value::Shared { .. } | Value::Hole(_) | Value::Computed(_) => vec![],
    };
    assert_eq!(quantities, ["47事業者", "230名"]);
}
