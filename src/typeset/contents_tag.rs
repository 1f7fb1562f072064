//! `contents-tag`, for templates: what tags entries as a table of contents in the PDF.
//!
//! The typesetter's own `outline` does so too, but asks the laid-out pages for its entries: that is a third pass over the
//! report, where the entries are known before the first.

use std::sync::LazyLock;

use typst::Library;
use typst::foundations::{CastInfo, Content, Func, IntoValue, NativeFuncData, NativeFuncPtr, Scope};
use typst::pdf::PdfMarkerTag;

/// Takes content that holds `outline.entry` elements.
static CONTENTS_TAG: NativeFuncData = NativeFuncData {
    function: NativeFuncPtr(&|_, _, arguments| {
        let body: Content = arguments.expect("body")?;
        Ok(PdfMarkerTag::OutlineBody(body).into_value())
    }),
    name: "contents-tag",
    title: "Contents Tag",
    docs: "",
    def_site: None,
    keywords: &[],
    contextual: false,
    scope: LazyLock::new(&|| Scope::new()),
    params: LazyLock::new(&|| Vec::new()),
    returns: LazyLock::new(&|| CastInfo::Any),
};

pub(super) fn define_in(library: &mut Library) {
    library.global.scope_mut().define(CONTENTS_TAG.name, Func::from(&CONTENTS_TAG));
    library.std = typst::foundations::Binding::detached(library.global.clone());
}
