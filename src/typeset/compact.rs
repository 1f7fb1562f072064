//! A smaller PDF of the same content: its objects are packed into compressed streams, which old readers (before PDF 1.5)
//! do not know.

use lopdf::{Document, SaveOptions};

/// Packs the objects. Nothing where the bytes are no PDF.
pub(super) fn compact(pdf: &[u8]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(pdf).ok()?;
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(200)
        .compression_level(9)
        .build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).ok()?;
    Some(bytes)
}
