//! Files that travel inside the PDF. They are added to a PDF that is written: every template carries them, no page is laid out or gone
//! through for them, and they are packed while pages are laid out.
//!
//! The writer of PDFs puts at the end of its file, in this order: the catalog, which is the last object; the table of the places of all
//! objects; the trailer. The files go in front of the catalog.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::AssociationKind;
use pdf_writer::{Chunk, Filter, Name, Ref, Settings, Str, TextStr};

/// As the writer of PDFs packs what it writes itself
const LEVEL: u32 = 6;
/// Length of a line of the table of places
const LINE: usize = 20;

/// A file inside the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    name: String,
    media_type: &'static str,
    description: String,
    is_source: bool,
    size: usize,
    packed: Vec<u8>,
}

impl Attachment {
    /// Packs the file. `name` is unique in the PDF, `media_type` text/csv, application/json …; `description` says what it is in the
    /// reader's list of files; the manuscript that the pages were made from is a source, the data that they show is none.
    pub fn new(name: String, media_type: &'static str, description: String, is_source: bool, bytes: &[u8]) -> Self {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
        // Memory takes whatever is written to it.
        let packed = packer.write_all(bytes).and_then(|()| packer.finish()).unwrap_or_default();
        Self { name, media_type, description, is_source, size: bytes.len(), packed }
    }

    /// The file as an object of the PDF.
    fn stream(&self, id: Ref, date: Option<&str>) -> Chunk {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        let mut stream = chunk.embedded_file(id, &self.packed);
        stream.filter(Filter::FlateDecode);
        stream.subtype(Name(self.media_type.as_bytes()));
        let mut about = stream.params();
        about.size(i32::try_from(self.size).unwrap_or(i32::MAX));
        if let Some(date) = date {
            about.pair(Name(b"ModDate"), Str(date.as_bytes()));
        }
        drop(about);
        drop(stream);
        chunk
    }

    /// What is said of it.
    fn specification(&self, id: Ref, stream: Ref, is_archival: bool) -> Chunk {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        let mut specification = chunk.file_spec(id);
        specification.path(Str(self.name.as_bytes())).unic_file(TextStr(&self.name));
        specification.embedded_file_with_unicode(stream);
        if is_archival {
            let kind = if self.is_source { AssociationKind::Source } else { AssociationKind::Data };
            specification.association_kind(kind);
        }
        specification.description(TextStr(&self.description));
        drop(specification);
        chunk
    }
}

/// The same PDF with the files in it; `is_archival` where it keeps PDF/A-3. Nothing for a PDF that ends otherwise than its writer ends one.
pub(super) fn attach(mut pdf: Vec<u8>, files: &[Attachment], is_archival: bool) -> Option<Vec<u8>> {
    let ending = Ending::read(&pdf)?;
    let mut sorted: Vec<&Attachment> = files.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    pdf.truncate(ending.catalog_place);

    let mut table = ending.table;
    let mut next = ending.catalog.get();
    let mut names = String::new();
    let mut associated = String::new();
    let mut added = Vec::new();
    for file in sorted {
        let (stream, specification) = (Ref::new(next + 1), Ref::new(next + 2));
        next += 2;
        let objects =
            [file.stream(stream, ending.date.as_deref()), file.specification(specification, stream, is_archival)];
        for object in objects {
            added.push(pdf.len());
            pdf.extend(object.as_bytes());
        }
        let name: String = file.name.bytes().map(|byte| format!("{byte:02X}")).collect();
        names.push_str(&format!("<{name}>{} 0 R", specification.get()));
        associated.push_str(&format!("{} 0 R ", specification.get()));
    }

    let catalog_place = pdf.len();
    let files = format!("/EmbeddedFiles<</Names[{names}]>>");
    let said = match ending.said.split_once("/Names<<") {
        Some((before, behind)) => format!("{before}/Names<<{files}{behind}"),
        None => format!("{}/Names<<{files}>>", ending.said),
    };
    let associated = if is_archival { format!("/AF[{}]", associated.trim_end()) } else { String::new() };
    pdf.extend(format!("{} 0 obj\n<<{said}{associated}>>\nendobj\n\n", ending.catalog.get()).into_bytes());

    let table_place = pdf.len();
    for place in [catalog_place].into_iter().chain(added) {
        table.extend(format!("{place:010} 00000 n\r\n").into_bytes());
    }
    let count = next + 1;
    pdf.extend(format!("xref\n0 {count}\n").into_bytes());
    pdf.extend(table);
    let trailer = ending.trailer;
    pdf.extend(format!("trailer\n<</Size {count}{trailer}>>\nstartxref\n{table_place}\n%%EOF").into_bytes());
    Some(pdf)
}

/// The end of a PDF as its writer wrote it.
struct Ending {
    catalog: Ref,
    catalog_place: usize,
    /// What stands in the catalog
    said: String,
    /// The lines of the table in front of that of the catalog, which is the last
    table: Vec<u8>,
    /// The trailer behind its /Size
    trailer: String,
    /// When the PDF was made, as it says of itself
    date: Option<String>,
}

impl Ending {
    fn read(pdf: &[u8]) -> Option<Self> {
        let start = find_last(pdf, b"startxref")?;
        let place = text(pdf.get(start..)?)?.strip_prefix("startxref\n")?.strip_suffix("\n%%EOF")?;
        let table_place: usize = place.parse().ok()?;
        let tail = pdf.get(table_place..start)?;
        let trailer_place = find_last(tail, b"trailer")?;
        let trailer =
            text(tail.get(trailer_place..)?)?.strip_prefix("trailer\n<</Size ")?.trim_end().strip_suffix(">>")?;
        let (size, trailer) = trailer.split_once('/').map(|(size, rest)| (size, format!("/{rest}")))?;
        let size: usize = size.trim().parse().ok()?;
        let catalog = reference(&trailer, "/Root ").filter(|number| *number + 1 == size)?;

        let head = format!("xref\n0 {size}\n");
        let table = tail.get(..trailer_place)?.strip_prefix(head.as_bytes())?;
        let place_of = |number: usize| -> Option<usize> {
            let line = text(table.get(number * LINE..(number + 1) * LINE)?)?;
            line.get(..10)?.parse().ok()
        };
        let catalog_place = place_of(catalog)?;
        let object = text(pdf.get(catalog_place..table_place)?)?.trim_end();
        let said = object.strip_prefix(&format!("{catalog} 0 obj\n<<"))?.strip_suffix("endobj")?.trim_end();
        let said = said.strip_suffix(">>").filter(|said| !said.contains("/EmbeddedFiles"))?;
        let info = reference(&trailer, "/Info ").and_then(place_of);
        let date = info.and_then(|place| {
            let object = pdf.get(place..catalog_place)?;
            let object = object.get(..find(object, b"endobj")?)?;
            let date = object.get(find(object, b"/CreationDate(")?..)?.strip_prefix(b"/CreationDate(")?;
            text(date.get(..find(date, b")")?)?).map(str::to_string)
        });
        Some(Self {
            catalog: Ref::new(i32::try_from(catalog).ok()?),
            catalog_place,
            said: said.to_string(),
            table: table.get(..catalog * LINE)?.to_vec(),
            trailer,
            date,
        })
    }
}

/// 12 of `/Root 12 0 R`
fn reference(trailer: &str, key: &str) -> Option<usize> {
    let (_, behind) = trailer.split_once(key)?;
    behind.split(' ').next()?.parse().ok()
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF without pages as the writer ends one, and where its table stands
    fn small(names: &str) -> Vec<u8> {
        let info = "1 0 obj\n<</CreationDate(D:20250901000000Z)>>\nendobj\n\n";
        let catalog = format!("2 0 obj\n<</Type/Catalog{names}>>\nendobj\n\n");
        let head = "%PDF-1.7\n\n";
        let (first, second) = (head.len(), head.len() + info.len());
        let table = second + catalog.len();
        let lines = format!("0000000000 65535 f\r\n{first:010} 00000 n\r\n{second:010} 00000 n\r\n");
        let trailer = "trailer\n<</Size 3/Root 2 0 R/Info 1 0 R/ID[(a)(b)]>>";
        format!("{head}{info}{catalog}xref\n0 3\n{lines}{trailer}\nstartxref\n{table}\n%%EOF").into_bytes()
    }

    #[test]
    fn files_are_found_beside_what_was_named_before() {
        let file = |name: &str| Attachment::new(name.into(), "text/csv", "表".into(), false, "あ,1\r\n".as_bytes());
        for names in ["", "/Names<</Dests<</Names[(p1)1 0 R]>>>>"] {
            let made = attach(small(names), &[file("集計.csv"), file("事業.csv")], true).unwrap();
            let document = lopdf::Document::load_mem(&made).unwrap();
            assert_eq!(document.objects.len(), 6);
            let catalog = document.catalog().unwrap();
            let found = catalog.get(b"Names").unwrap().as_dict().unwrap();
            assert_eq!(found.has(b"Dests"), !names.is_empty());
            let entries = found.get(b"EmbeddedFiles").unwrap().as_dict().unwrap().get(b"Names").unwrap();
            let entries = entries.as_array().unwrap();
            assert_eq!(entries.first().unwrap().as_str().unwrap(), "事業.csv".as_bytes());
            let (_, first) = document.dereference(entries.get(1).unwrap()).unwrap();
            let stream = first.as_dict().unwrap().get(b"EF").unwrap().as_dict().unwrap().get(b"UF").unwrap();
            let (_, stream) = document.dereference(stream).unwrap();
            let stream = stream.as_stream().unwrap();
            assert_eq!(stream.decompressed_content().unwrap(), "あ,1\r\n".as_bytes());
            let about = stream.dict.get(b"Params").unwrap().as_dict().unwrap();
            assert_eq!(about.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20250901000000Z");
            assert_eq!(catalog.get(b"AF").unwrap().as_array().unwrap().len(), 2);
        }
    }

    #[test]
    fn a_file_that_ends_otherwise_is_not_touched() {
        let whole = small("");
        for end in 0..whole.len() {
            assert_eq!(attach(whole.get(..end).unwrap().to_vec(), &[], false), None, "{end}");
        }
    }
}
