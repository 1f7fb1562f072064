//! What a section is, as templates read it: the keys of the language's table of sections.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::syntax::{SectionKind, Shape};

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
        let of_shape = |is_case: bool| {
            let kinds = SectionKind::of_programs().filter(move |kind| (kind.spec().shape == Shape::Case) == is_case);
            kinds.map(|kind| kind.spec().key)
        };
        let mut ways = vec![json_schema!({ "type": "string", "enum": of_shape(false).collect::<Vec<_>>() })];
        ways.extend(of_shape(true).map(|key| {
            json_schema!({
                "description": "【事例】: blocks, and the photographs that follow it",
                "type": "string",
                "const": key
            })
        }));
        json_schema!({ "description": "What a section is.", "oneOf": ways })
    }
}
