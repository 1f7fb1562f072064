//! 索引: programs by reading and by department, in two columns.

use docx_rs::{Paragraph, SpecialIndentType, Tab, TabValueType};

use super::fields::add_runs;
use super::front::part_heading;
use super::look::{plain_twips, twips};
use super::program::subheading;
use super::styles::{INDEX, INDEX_HEADING};
use super::text::{PLAIN, run, said, tab};
use super::writer::{Section, Writer};
use crate::view::{EntryView, IndexListView, IndexView};

pub(super) fn index(writer: &mut Writer<'_>, view: &IndexView, breaks: bool) {
    part_heading(writer, (&view.heading, &view.anchor), breaks);
    let level = writer.levels.heads();
    for list in &view.lists {
        subheading(writer, &list.heading, level);
        in_columns(writer, list);
    }
}

fn in_columns(writer: &mut Writer<'_>, list: &IndexListView) {
    let around = writer.section();
    writer.begin(Section { columns: 2, on_new_page: false, first_page: None, ..around });
    for group in &list.groups {
        writer.add(said(INDEX_HEADING, &group.heading, PLAIN).keep_next(true));
        for line in &group.entries {
            let line = entry(writer, line);
            writer.add(line);
        }
    }
    writer.begin(Section { columns: 1, on_new_page: false, first_page: None, ..around });
}

/// The page stands beside the text, where no title reaches.
fn entry(writer: &Writer<'_>, view: &EntryView) -> Paragraph {
    let look = &writer.look;
    let column = (look.width - 2.0 * look.body) / 2.0;
    let hanging = SpecialIndentType::Hanging(twips(look.table));
    let paragraph = Paragraph::new()
        .style(INDEX)
        .indent(Some(twips(2.0 * look.table)), Some(hanging), None, None)
        .add_tab(Tab::new().val(TabValueType::Right).pos(plain_twips(column)))
        .add_run(run(&view.title, PLAIN))
        .add_run(tab());
    add_runs(paragraph, writer.page(&view.anchor))
}
