//! The parts of 前付 and 後付: where each has its page, and by which template.

use crate::view::PartView;

/// 表紙 and 目次 are the front page.
pub(super) fn has_page(part: &PartView) -> bool {
    !matches!(part, PartView::Cover | PartView::Contents(_))
}

pub(super) fn anchor_of(part: &PartView) -> &str {
    match part {
        PartView::Cover => "part-cover",
        PartView::Contents(own) => &own.anchor,
        PartView::Summary(own) | PartView::Departments(own) => &own.anchor,
        PartView::Index(own) => &own.anchor,
        PartView::Charts(own) => &own.anchor,
    }
}

pub(super) fn heading_of(part: &PartView) -> &str {
    match part {
        PartView::Cover => "",
        PartView::Contents(own) => &own.heading,
        PartView::Summary(own) | PartView::Departments(own) => &own.heading,
        PartView::Index(own) => &own.heading,
        PartView::Charts(own) => &own.heading,
    }
}

pub(super) fn template_of(part: &PartView) -> &'static str {
    match part {
        PartView::Cover | PartView::Contents(_) => "index.html",
        PartView::Summary(_) | PartView::Departments(_) => "sums.html",
        PartView::Index(_) => "names.html",
        PartView::Charts(_) => "charts.html",
    }
}
