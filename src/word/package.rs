//! The parts of a document as one file (ZIP), in a fixed order and without a time: the same report gives the same bytes. Parts for
//! remarks and footnotes, of which there are none, stay out.

use std::io::{Cursor, Write};

use docx_rs::XMLDocx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipWriter};

const JPEG_START: &[u8] = &[0xFF, 0xD8, 0xFF];

/// What a picture's file is called behind its name; the bytes decide.
pub(super) fn ending(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(JPEG_START) { "jpeg" } else { "png" }
}

pub(super) fn packed(parts: XMLDocx) -> Option<Vec<u8>> {
    let media = parts.media.into_iter().map(|(id, bytes)| (format!("word/media/{id}.{}", ending(&bytes)), bytes));
    let numbered = |name: &'static str, all: Vec<Vec<u8>>| {
        (1..).zip(all).map(move |(number, bytes): (usize, _)| (format!("word/{name}{number}.xml"), bytes))
    };
    let named = [
        ("[Content_Types].xml", parts.content_type),
        ("_rels/.rels", parts.rels),
        ("docProps/app.xml", parts.doc_props.app),
        ("docProps/core.xml", parts.doc_props.core),
        ("docProps/custom.xml", parts.doc_props.custom),
        ("word/_rels/document.xml.rels", parts.document_rels),
        ("word/document.xml", parts.document),
        ("word/styles.xml", parts.styles),
        ("word/settings.xml", parts.settings),
        ("word/fontTable.xml", parts.font_table),
        ("word/numbering.xml", parts.numberings),
    ];
    let named = named.into_iter().map(|(name, bytes)| (name.to_string(), bytes));
    let all = named.chain(numbered("header", parts.headers)).chain(numbered("footer", parts.footers)).chain(media);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // Not the one that the program runs on: the bytes are the same everywhere.
        .system(System::Unix)
        .last_modified_time(zip::DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in all {
        archive.start_file(name, options).ok()?;
        archive.write_all(&bytes).ok()?;
    }
    archive.finish().ok().map(Cursor::into_inner)
}
