//! The contract as a JSON Schema, made from the types themselves.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::contract::{FORMAT, ProgramView, View};

/// The schema of `report.json`, and under `$defs/ProgramView` that of each `programs/….json`, as a text for people.
pub fn schema() -> String {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let program = generator.subschema_for::<ProgramView>();
    let mut schema = generator.into_root_schema_for::<View<String>>();
    schema.insert("title".to_string(), json!(format!("report.json, format {FORMAT}")));
    let words = format!(
        "What a template of format {FORMAT} reads. /report.json is described here; each file of /programs/, whose path stands \
         in `chapters[].programs[]`, is a ProgramView ({}). Every key is always there; what may be absent is null.",
        program.as_value().get("$ref").and_then(Value::as_str).unwrap_or_default()
    );
    schema.insert("description".to_string(), json!(words));
    if let Some(format) = schema.pointer_mut("/properties/format") {
        *format = json!({ "const": FORMAT });
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
