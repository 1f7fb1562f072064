//! The order in which the web edition is made: addresses, data, pages, search. Values in, files out.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::checked::Checked;
use super::session::with_view_builder;
use crate::export::{Encoding, ProgramFiles, csv_files, json, program_files};
use crate::form::FieldKind;
use crate::model::{Part, ProgramIndex, Report, Succession};
use crate::syntax::FieldName;
use crate::view::{PartView, ProgramView, View, photo_paths};
use crate::web::{
    Addresses, DataFile, EditionFile, EditionProgram, Engine, Licence, Neighbours, ProgramFacts, Site, SiteInput,
    SitePage, TemplateFault, WebFile, WebTemplate, carry_on, moved_pages, search_files,
};

/// What a web edition is made with.
pub struct WebRequest {
    pub template: WebTemplate,
    /// Editions in folders beside this one, each with its folder's name
    pub beside: Vec<(String, EditionFile)>,
    /// The edition that lies where this one will: its addresses last
    pub before: Option<EditionFile>,
}

/// The files of a report's web edition, each path once, the same for the same report. Only for a report without errors.
///
/// # Errors
/// Where the template cannot be followed.
pub fn build_web(checked: &Checked, request: WebRequest) -> Result<Vec<WebFile>, TemplateFault> {
    let report = &checked.report;
    let engine = Engine::new(&request.template)?;
    let last = checked.reference.last_year.as_ref().map(|last| &last.report);
    let Views { view, programs, index, previous_title } = views(checked, last);
    let addresses = Addresses::of(report);
    let mut moved = moved_pages(report, last, &addresses);
    if let Some(before) = &request.before {
        carry_on(&mut moved, before, view.fiscal_year.year, report, &addresses);
    }
    let mut files = Vec::new();
    let data = report_data(report, &mut files);
    let facts = program_data(report, &addresses, &mut files);
    let entries = entries(&programs, report, last, &addresses);
    let edition = EditionFile {
        title: view.title.clone(),
        publisher: view.publisher.clone(),
        year: view.fiscal_year.year,
        year_label: view.fiscal_year.label.clone(),
        previous_title,
        ..EditionFile::new(entries, &moved, &addresses)
    };
    let site = Site::new(SiteInput {
        view: &view,
        index,
        programs: &programs,
        facts,
        addresses: &addresses,
        moved,
        neighbours: Neighbours::choose(request.beside, &edition),
        edition: &edition,
        settings: &request.template.settings,
        licence: report.head.as_ref().and_then(|head| head.licence.as_ref()).map(|typed| Licence::read(&typed.value)),
        data,
    });
    files.extend(render_all(&site, &engine)?);
    files.extend(search_files(&site.search_documents(other_names(report))));
    files.push(text_file("data/catalog.jsonld", site.catalogue()));
    files.push(text_file("data/edition.json", edition.to_json()));
    let assets = request.template.assets.iter();
    files.extend(assets.map(|(path, bytes)| WebFile { path: path.clone(), bytes: bytes.to_vec() }));
    files.extend(photographs(checked));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// What of the report is printed.
struct Views {
    view: View<String>,
    programs: Vec<ProgramView>,
    index: PartView,
    /// 題名 of the report that 前年度 names, as its own edition has it
    previous_title: String,
}

fn views(checked: &Checked, last: Option<&Report>) -> Views {
    let title = last.and_then(|last| last.head.as_ref()?.title.as_ref());
    with_view_builder(checked, false, |builder| Views {
        view: builder.report(),
        programs: checked.report.printed_programs().filter_map(|(index, _)| builder.program(index)).collect(),
        index: builder.part(Part::Index),
        previous_title: title.map(|title| builder.text(&title.value)).unwrap_or_default(),
    })
}

fn text_file(path: impl Into<String>, text: String) -> WebFile {
    WebFile { path: path.into(), bytes: text.into_bytes() }
}

/// Pages are made side by side; which fault is told does not depend on which was met first.
fn render_all(site: &Site<'_>, engine: &Engine) -> Result<Vec<WebFile>, TemplateFault> {
    let pages = site.pages();
    let made: Vec<Result<WebFile, TemplateFault>> =
        pages.par_iter().map(|page: &SitePage| Ok(text_file(page.path.clone(), site.render(engine, page)?))).collect();
    made.into_iter().collect()
}

/// A table's name in an address, and what a page calls it.
fn ascii_name(name: &str) -> &str {
    match name.trim_end_matches(".csv") {
        "事業" => "programs",
        "担当" => "departments",
        "指標" => "values",
        "集計" => "sums",
        "掲載" => "list",
        "本文" => "texts",
        "評価" => "grades",
        other => other,
    }
}

/// The data of the whole report.
fn report_data(report: &Report, files: &mut Vec<WebFile>) -> Vec<DataFile> {
    let mut offered = Vec::new();
    for table in csv_files(report, Encoding::Utf8) {
        let path = format!("data/{}.csv", ascii_name(&table.name));
        let label = format!("{}（CSV）", table.name.trim_end_matches(".csv"));
        offered.push(DataFile { label, path: path.clone(), media_type: "text/csv", bytes: table.bytes.len() });
        files.push(WebFile { path, bytes: table.bytes });
    }
    let whole = text_file("data/report.json", json(report));
    offered.push(DataFile {
        label: "すべて（JSON）".to_string(),
        path: whole.path.clone(),
        media_type: "application/json",
        bytes: whole.bytes.len(),
    });
    files.push(whole);
    offered
}

/// The data beside each program's page, and what the page shows beside its view.
fn program_data(report: &Report, addresses: &Addresses, files: &mut Vec<WebFile>) -> Vec<ProgramFacts> {
    let asks_for_reading =
        report.form.field(FieldName::Reading).is_some_and(|own| own.is_printed && own.kind != FieldKind::None);
    let made = report.printed_programs().zip(program_files(report));
    let facts = made.map(|((index, program), own)| {
        let reading = program.reading.as_ref().filter(|_| asks_for_reading).map(|reading| reading.value.clone());
        ProgramFacts { reading, data: data_of(index, own, addresses, files) }
    });
    facts.collect()
}

fn data_of(index: ProgramIndex, own: ProgramFiles, addresses: &Addresses, files: &mut Vec<WebFile>) -> Vec<DataFile> {
    let page = addresses.program(index).unwrap_or_default();
    let stem = page.trim_end_matches(".html");
    let made = [
        Some(("事業（CSV）", ".csv", "text/csv", own.facts)),
        own.values.map(|bytes| ("指標（CSV）", ".values.csv", "text/csv", bytes)),
        Some(("すべて（JSON）", ".json", "application/json", own.json.into_bytes())),
    ];
    let mut offered = Vec::new();
    for (label, ending, media_type, bytes) in made.into_iter().flatten() {
        let path = format!("{stem}{ending}");
        offered.push(DataFile { label: label.to_string(), path: path.clone(), media_type, bytes: bytes.len() });
        files.push(WebFile { path, bytes });
    }
    offered
}

/// What editions of other years read of the programs of this one.
fn entries(
    programs: &[ProgramView],
    report: &Report,
    last: Option<&Report>,
    addresses: &Addresses,
) -> Vec<EditionProgram> {
    let was = last.map(|last| (Succession::find(last, report), Addresses::of(last)));
    let places = report.printed_programs().map(|(index, _)| index);
    let entries = places.zip(programs).map(|(index, program)| EditionProgram {
        id: program.id.clone(),
        name: program.name.clone(),
        path: addresses.program(index).unwrap_or_default().to_string(),
        was: was.as_ref().and_then(|(own, pages)| Some(pages.program(own.before(index)?)?.to_string())),
    });
    entries.collect()
}

/// By what else each program is looked for.
fn other_names(report: &Report) -> impl Iterator<Item = Vec<String>> {
    report.printed_programs().map(|(_, program)| {
        program.reading.iter().chain(&program.former_names).map(|name| name.value.clone()).collect()
    })
}

fn photographs(checked: &Checked) -> impl Iterator<Item = WebFile> {
    let paths = photo_paths(&checked.report, &checked.pictures).into_iter();
    paths.filter_map(|(span, path)| {
        let picture = checked.good_pictures.get(&span)?;
        Some(WebFile { path: path.trim_start_matches('/').to_string(), bytes: picture.bytes().to_vec() })
    })
}
