//! What a section is, as templates read it: the keys of the language's table of sections.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::syntax::{FileKind, SectionKind, Vocabulary};

/// `overview`, `results`, `case` …
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionKey(pub SectionKind);

impl Serialize for SectionKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.spec().key)
    }
}

impl JsonSchema for SectionKey {
    fn schema_name() -> Cow<'static, str> {
        "SectionKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let standard = Vocabulary::standard();
        let kinds = standard.sections_of(FileKind::Program).filter(|kind| kind.is_content());
        let keys: Vec<&str> = kinds.map(|kind| kind.spec().key).collect();
        json_schema!({
            "description": format!("What a section is: {}, or the heading of a section of the office's own form.", keys.join(", ")),
            "type": "string"
        })
    }
}
