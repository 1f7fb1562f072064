//! The conditions of a row of 【見出し】: 必須, 何度でも, 印刷しない, Xの下, and the role of a section.

use super::lines::{Row, Text, parted};
use super::messages::{fault, unknown};
use super::names::is_alike;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::syntax::chars::without_blanks;
use crate::syntax::{SectionRole, Shape, interned};

pub(super) const CONDITIONS: &[&str] =
    &["必須", "何度でも", "印刷しない", "（見出し）の下", "事業概要として", "事業実績として", "指標として"];

/// The conditions of a row.
pub(super) struct Conditions {
    pub(super) is_required: bool,
    pub(super) may_repeat: bool,
    pub(super) is_printed: bool,
    pub(super) role: Option<SectionRole>,
    pub(super) below: Option<&'static str>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { is_required: false, may_repeat: false, is_printed: true, role: None, below: None }
    }
}

impl Conditions {
    pub(super) fn read(&mut self, condition: &Text, above: &[&Text], diagnostics: &mut Diagnostics) {
        match without_blanks(&condition.value).as_str() {
            "必須" => self.is_required = true,
            "何度でも" => self.may_repeat = true,
            "印刷しない" => self.is_printed = false,
            "事業概要として" => self.take_role(SectionRole::Overview, condition, diagnostics),
            "事業実績として" => self.take_role(SectionRole::Results, condition, diagnostics),
            "指標として" => self.take_role(SectionRole::Indicators, condition, diagnostics),
            typed => match typed.strip_suffix("の下") {
                Some(owner) if above.iter().any(|name| is_alike(&name.value, owner)) => {
                    self.below = Some(interned(owner));
                }
                Some(owner) => diagnostics.push(fault(
                    condition.span,
                    format!("「{}」とありますが、この行より上に見出し「{owner}」がありません。", condition.value),
                    format!("「{owner}」の行をこの行より上に書くか、「{}」を消してください。", condition.value),
                )),
                None => diagnostics.push(unknown(condition.span, "見出しの条件", &condition.value, CONDITIONS)),
            },
        }
    }

    /// A section has one role.
    fn take_role(&mut self, role: SectionRole, condition: &Text, diagnostics: &mut Diagnostics) {
        if self.role.is_some_and(|first| first != role) {
            diagnostics.push(fault(
                condition.span,
                format!("「{}」があります。1つの見出しが持てる役目は1つです。", condition.value),
                "「…として」を1つだけ残してください。",
            ));
            return;
        }
        self.role = Some(role);
    }

    /// A role stands with the kind of section that it is looked for in.
    pub(super) fn check_role(&mut self, shape: Shape, kind: &Text, diagnostics: &mut Diagnostics) {
        let is_right = match self.role {
            None => true,
            Some(SectionRole::Indicators) => shape == Shape::Table,
            Some(SectionRole::Overview | SectionRole::Results) => shape == Shape::Prose,
        };
        if !is_right {
            self.role = None;
            diagnostics.push(fault(
                kind.span,
                format!("「{}」の見出しは、その役目を持てません。", kind.value),
                "「事業概要として」「事業実績として」は文章に、「指標として」は表に書きます。",
            ));
        }
    }
}

/// Roles that one section has.
const SINGLE: &[&str] = &["事業概要として", "事業実績として"];

/// A row without a role that a row above has.
pub(super) fn with_own_role(row: Row, roles: &mut Vec<(String, Span)>, diagnostics: &mut Diagnostics) -> Row {
    let Some(cell) = row.cell(2) else { return row };
    let conditions = parted(cell);
    let mut kept: Vec<&Text> = Vec::new();
    for condition in &conditions {
        let word = without_blanks(&condition.value);
        if let Some((_, first)) = roles.iter().find(|(role, _)| *role == word) {
            diagnostics.push(
                fault(
                    condition.span,
                    format!("「{word}」が2つの見出しにあります。"),
                    format!("どちらか1つの見出しにだけ「{word}」と書いてください。"),
                )
                .related(*first, "1つ目はここです"),
            );
            continue;
        }
        if SINGLE.contains(&word.as_str()) {
            roles.push((word, condition.span));
        }
        kept.push(condition);
    }
    if kept.len() == conditions.len() {
        return row;
    }
    let words: Vec<&str> = kept.iter().map(|condition| condition.value.as_str()).collect();
    let place = kept.first().map_or(Span { end: cell.span.start, ..cell.span }, |first| first.span);
    let kept = Text::new(words.join("、"), place);
    row.with_cell(2, kept)
}
