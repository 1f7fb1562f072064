//! A table that the form declares.

use super::lower_indicator::lower_indicator;
use super::{Context, Indicator};
use crate::diagnostic::Diagnostics;
use crate::form::Table;
use crate::source::SourceFile;
use crate::syntax::Section;

/// Reads a table of the form.
pub(super) fn lower_declared(
    file: &SourceFile,
    section: &Section,
    _declared: &Table,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Indicator {
    lower_indicator(file, section, context, diagnostics)
}
