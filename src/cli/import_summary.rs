//! What `import` says at its end: what a person must decide, what was found in all, what was written.

use std::collections::BTreeMap;

use super::import_writer::WriteSummary;
use crate::import::{Message, Written};
use crate::model::{Context, format_amount};

/// One thing that is to be decided in many places is reported once, and counted.
pub(super) fn say_messages(said: &[(String, Message)], lines: &mut Vec<String>) {
    const MANY: usize = 5;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, message) in said {
        *counts.entry(&message.what).or_default() += 1;
    }
    for (place, Message { text, what, .. }) in said {
        let count = counts.get_mut(what.as_str());
        if count.as_ref().is_none_or(|count| **count > 0) {
            lines.push(format!("{place}：{text}"));
        }
        if let Some(count) = count.filter(|count| **count >= MANY) {
            lines.push(format!("　同じことが、ほか {} か所にあります。", *count - 1));
            *count = 0;
        }
    }
}

/// What a run found in all
pub(super) struct Total<'a> {
    pub(super) programs: Vec<&'a Written>,
    /// 事業費 in the report's unit
    pub(super) sum: i64,
    /// As the files have it, and in the report's unit
    pub(super) subtotal: Option<(String, Option<i64>)>,
}

pub(super) fn summary(
    imported: &Total<'_>,
    kept: &WriteSummary,
    context: &Context,
    dry: bool,
    lines: &mut Vec<String>,
) {
    let written = kept.written;
    let unit = context.unit().name();
    let total = format_amount(imported.sum);
    let count = imported.programs.len();
    let sum = match &imported.subtotal {
        Some((typed, Some(value))) if *value == imported.sum => format!("取り込み元の小計 {typed} と一致します"),
        Some((typed, Some(value))) => {
            let difference = format_amount(imported.sum - value);
            format!("取り込み元の小計 {typed} と {difference}{unit} 違います。事業費を確かめてください")
        }
        Some((typed, None)) => format!("取り込み元の小計「{typed}」は読めません"),
        None => "取り込み元に小計はありません".to_string(),
    };
    let decisions: usize = imported.programs.iter().map(|program| program.messages.len()).sum();
    let decisions =
        if decisions > 0 { format!("人が決める所が {decisions} か所あります。") } else { String::new() };
    // What a table of the form computes is added up by `check`.
    if context.form.has_amount() && context.form.amount_table().is_none() {
        lines.push(format!("{count}事業、事業費の合計 {total}{unit}（{sum}）。{decisions}"));
    } else {
        lines.push(format!("{count}事業。{decisions}"));
    }
    if kept.refused > 0 {
        lines.push(format!("このうち{}事業は、上の理由で書きませんでした。", kept.refused));
    }
    if dry && !kept.files.is_empty() {
        lines.push("書くことになるファイル：".to_string());
        lines.extend(kept.files.iter().map(|file| format!("　{file}")));
    }
    match (dry, written) {
        (true, _) => lines.push(format!("試しに読んだだけで、{written}個のファイルはまだ書いていません。")),
        (false, 0) => lines.push("書いたファイルはありません。".to_string()),
        (false, _) => lines.push(format!("{written}個のファイルを書きました。「report check」で確かめてください。")),
    }
}
