//! 検査 of 【報告書】: other severities for codes. An エラー stays one.

use super::fields::{Fields, not_understood};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::syntax::FieldName;
use crate::syntax::chars::is_blank;

/// 検査: another severity for a code in this report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleLevel {
    pub code: Code,
    pub severity: Severity,
}

pub(super) fn lower_rules(fields: &Fields, diagnostics: &mut Diagnostics) -> Vec<RuleLevel> {
    let mut rules = Vec::new();
    for field in fields.all(FieldName::Rules) {
        let Some((code, level)) = field.value.value.split_once(['=', '＝']) else {
            diagnostics.push(not_understood(field, "「検査：J034=注意」の形で書いてください。"));
            continue;
        };
        let severity = Severity::from_label(level.trim_matches(is_blank));
        match (code.trim_matches(is_blank).parse::<Code>(), severity) {
            (Ok(code), Some(severity)) => {
                if code.severity() == Severity::Error && severity != Severity::Error {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::J018,
                            field.value.span,
                            format!("検査「{}」はできません。", field.value.value),
                        )
                        .help("エラーを注意や参考に下げることはできません。この行を消してください。"),
                    );
                } else {
                    rules.push(RuleLevel { code, severity });
                }
            }
            (Err(()), Some(_)) => diagnostics.push(
                Diagnostic::new(
                    Code::J018,
                    field.value.span,
                    format!(
                        "検査「{}」：「{}」という番号の指摘はありません。",
                        field.value.value,
                        code.trim_matches(is_blank)
                    ),
                )
                .help("番号を確かめてください。「report explain」で一覧を表示します。"),
            ),
            (_, None) => diagnostics.push(not_understood(
                field,
                "「検査：J034=注意」の形で、エラー・注意・参考 のどれかを書いてください。",
            )),
        }
    }
    rules
}
