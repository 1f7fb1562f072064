//! Laying out the next state of a report from where the last one settled.

use typst::comemo::{Constraint, Track};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::ecow::EcoVec;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Output, StyleChain, Target, TargetElem};
use typst::introspection::Introspector;
use typst::utils::Protected;
use typst::{World, compile};
use typst_layout::PagedDocument;

/// Lays out the pages. `before` is the last state of the same report: an edit seldom moves a page number, and where the
/// last numbers still hold one pass is enough where a start from nothing takes two.
///
/// A layout that settles from the last state answers every question about page numbers as it was asked: it is what a
/// start from nothing settles on too, unless a template's pages depend on their own numbers.
pub(super) fn lay_out(world: &dyn World, before: Option<&PagedDocument>) -> Warned<SourceResult<PagedDocument>> {
    let settled = before.and_then(|before| settle(world, before));
    settled.map_or_else(
        || compile::<PagedDocument>(world),
        |(document, warnings)| Warned { output: Ok(document), warnings },
    )
}

/// Passes from the last state: one where no number moves, a second one where some do. Nothing where that is not enough,
/// and for every fault: a start from nothing explains it.
fn settle(world: &dyn World, before: &PagedDocument) -> Option<(PagedDocument, EcoVec<SourceDiagnostic>)> {
    let world = world.track();
    let library = world.library();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let traced = Traced::default();
    let main = world.source(world.main()).ok()?;
    let mut sink = Sink::new();
    let module =
        typst_eval::eval(world, library, traced.track(), sink.track_mut(), Route::default().track(), &main).ok()?;
    let content = module.content();
    let mut numbers = before.introspector().clone();
    for _ in 0..2 {
        let constraint = Constraint::new();
        let asked: &dyn Introspector = numbers.as_ref();
        let mut said = Sink::new();
        let mut engine = Engine {
            library,
            world,
            introspector: Protected::new(asked.track_with(&constraint)),
            traced: traced.track(),
            sink: said.track_mut(),
            route: Route::default(),
        };
        let document = PagedDocument::create(&mut engine, &content, base.chain(&target)).ok()?;
        let found: &dyn Introspector = document.introspector().as_ref();
        if constraint.validate(found) {
            sink.extend_from_sink(said);
            return sink.delayed().is_empty().then(|| (document, sink.warnings()));
        }
        numbers = document.introspector().clone();
    }
    None
}
