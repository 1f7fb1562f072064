//! The template engine: Jinja by `minijinja`, with what pages need beside it. Nothing of an author is ever markup: every value that a
//! template writes is escaped, and what a template does not find is a fault and not a gap.
//!
//! ```text
//! text|br              the text, escaped, a new line for each end of a line in it; a long run of letters may be parted
//! pieces(blocks)       paragraphs, sub-headings and lists in lists
//! table(t, prefix)     head and body of a table, each cell with its heads; `prefix` begins every id
//! list(l, columns, prefix)   the same of a chapter's list, with its sums
//! ```

use minijinja::value::{Value, ViaDeserialize};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, escape_formatter};

use super::blocks::pieces;
use super::lists::html_list;
use super::narrow::parted;
use super::table::{Table, html_table};
use super::template::WebTemplate;
use super::template_fault::TemplateFault;
use crate::view::{BlockView, ListColumnView, ListView};

/// The templates of the pages, read once.
pub struct Engine {
    environment: Environment<'static>,
    name: String,
}

impl Engine {
    /// Reads the templates.
    ///
    /// # Errors
    /// Where one is no Jinja.
    pub fn new(template: &WebTemplate) -> Result<Self, TemplateFault> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_formatter(write_value);
        environment.add_filter("br", lines);
        environment
            .add_function("pieces", |blocks: ViaDeserialize<Vec<BlockView>>| Value::from_serialize(pieces(&blocks)));
        environment.add_function("table", |table: ViaDeserialize<Table>, prefix: String| {
            Value::from_serialize(html_table(table.0, &prefix))
        });
        environment.add_function(
            "list",
            |list: ViaDeserialize<ListView>, columns: ViaDeserialize<Vec<ListColumnView>>, prefix: String| {
                Value::from_serialize(html_list(&list, &columns, &prefix))
            },
        );
        let name = template.name.clone();
        for (file, source) in &template.pages {
            let added = environment.add_template_owned(file.clone(), source.clone());
            added.map_err(|error| fault(&name, file, &error))?;
        }
        Ok(Self { environment, name })
    }

    /// Makes a page.
    ///
    /// # Errors
    /// Where the template names what is not there.
    pub(super) fn render(&self, file: &str, context: &Value) -> Result<String, TemplateFault> {
        let made = self.environment.get_template(file).and_then(|template| template.render(context));
        made.map_err(|error| fault(&self.name, file, &error))
    }
}

fn fault(template: &str, file: &str, error: &Error) -> TemplateFault {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_string);
    TemplateFault {
        template: template.to_string(),
        file: error.name().unwrap_or(file).to_string(),
        line: error.line(),
        reason,
    }
}

fn write_value(out: &mut Output<'_>, state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if value.is_safe() => out.write_str(text).map_err(Error::from),
        Some(text) => out.write_str(&escaped(text)).map_err(Error::from),
        None => escape_formatter(out, state, value),
    }
}

/// A text as it may stand in a page, inside an attribute too. What no page may hold is shown as a replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || is_no_character(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

fn is_no_character(c: char) -> bool {
    matches!(u32::from(c), 0xFDD0..=0xFDEF) || u32::from(c) & 0xFFFE == 0xFFFE
}

/// A new line for each end of a line.
fn lines(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("<br>");
        }
        for (number, part) in parted(line).into_iter().enumerate() {
            if number > 0 {
                out.push_str("<wbr>");
            }
            out.push_str(&escaped(part));
        }
    }
    Value::from_safe_string(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_author_is_markup() {
        assert_eq!(escaped("<b>&\"'\u{7}\u{FFFE}"), "&lt;b&gt;&amp;&quot;&#39;\u{FFFD}\u{FFFD}");
        assert_eq!(lines("<i>\n</i>").as_str(), Some("&lt;i&gt;<br>&lt;/i&gt;"));
    }
}
