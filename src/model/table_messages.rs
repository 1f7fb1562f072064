//! The words of J020 to J026: what is wrong with a row, and what to type instead.

use super::bar_look_alikes::{is_bar_alone, look_alike_bar, mended, parted_by_blanks, parted_by_commas, propose_bars};
use super::indicator::Column;
use super::year::FiscalYear;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::is_cell_separator;

fn list(names: &[String]) -> String {
    names.join("・")
}

pub(super) fn late_header(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J021, span, "見出しの行が表の途中にあります。")
        .help("この行を消してください。年度の見出しは自動で入ります。別の表なら、上に【指標】を書いて分けてください。")
}

pub(super) fn blank_header(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J021, span, "見出しの行に空の欄があります。")
        .help("この行を消せば年度の見出しが自動で入ります。独自の見出しなら「項目名｜目標｜実績」のように全部書いてください。")
}

/// A head of known columns without 項目名 in front.
pub(super) fn misnamed_header(span: Span, label: Span, typed: &str, row: &str) -> Diagnostic {
    // A Tab in front of the row is no part of its text.
    let behind = row.split_once(is_cell_separator).map_or("", |(_, columns)| columns);
    let columns = if typed.is_empty() { row.trim_start_matches(is_cell_separator) } else { behind };
    let columns = columns.replace(is_cell_separator, "｜");
    let help = format!("見出しの行は「項目名」で始め、「項目名｜{columns}」と書いてください。");
    if typed.is_empty() {
        return Diagnostic::new(Code::J022, span, "見出しの行の1つ目の欄が空です。").help(help);
    }
    Diagnostic::new(Code::J021, label, format!("見出しの行が「{typed}」で始まっています。"))
        .help(help)
        .proposal(label, "項目名")
}

pub(super) fn too_many_columns(span: Span, count: usize) -> Diagnostic {
    Diagnostic::new(Code::J020, span, format!("見出しが{count}列あります。項目名のほかに6列までです。"))
        .help("列を6つまでに減らすか、表を2つに分け、それぞれの上に【指標】と書いてください。")
}

pub(super) fn wrong_years(
    span: Span,
    file: &SourceFile,
    columns: &[Column],
    current: FiscalYear,
    is_pair: bool,
) -> Diagnostic {
    let typed: Vec<&str> =
        columns.iter().filter(|column| column.year.is_some()).map(|column| file.slice(column.label.span)).collect();
    let expected = format!("{}・{}", current.previous().column(), current.column());
    let message = match typed.as_slice() {
        [a, b] if is_pair && a == b => format!("年度の見出しが「{a}」「{b}」と同じです。"),
        _ => format!("年度の見出し「{}」が、この報告書の年度（{}）と合いません。", typed.join("」「"), current.label()),
    };
    let years: Vec<FiscalYear> =
        columns.iter().filter_map(|column| column.year).map(|year| year.resolve(current)).collect();
    let help = if is_pair && years == [current, current.previous()] {
        format!("値の欄が逆に並んでいます。どの行も左右の値を入れ替えて{expected}の順にし、この行を消してください。")
    } else if is_pair {
        format!("この行を消せば自動で正しく（{expected}）入ります。")
    } else if let [.., last] = years.as_slice()
        && *last > current
    {
        let last = last.column();
        format!(
            "{last}が予算や目標の欄なら、「{last}当初」「{last}目標」のように書き添えてください。実績の欄なら、{}で終わるように直してください。",
            current.column()
        )
    } else {
        format!("古い年度から順に、{}で終わるように書いてください。", current.column())
    };
    Diagnostic::new(Code::J021, span, message).help(help)
}

pub(super) fn blank_label(span: Span, label: Span, is_empty: bool) -> Diagnostic {
    let place = Span { start: span.start.min(label.start), ..span };
    if is_empty {
        return Diagnostic::new(Code::J022, place, "項目名も値もない行です。").help("この行を消してください。");
    }
    Diagnostic::new(Code::J022, place, "項目名が空です。").help(
        "「参加者数｜8名｜9名」のように、初めに何の数かを、続けてどの欄にも値を書いてください。上の行の続きなら行頭に「＋」、内訳なら「・」と項目名を書きます。行頭に余分な「｜」やタブがあれば消してください。",
    )
}

/// ↑ where a label should be.
pub(super) fn shared_label(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "「↑」は項目名の欄には使えません。")
        .help("項目名を書いてください。内訳の行なら、まとめる項目の下に「・」で始めて書きます。")
}

pub(super) fn continued_header(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "見出しの行の下の「＋」は、見出しの欄に続きを書く行です。")
        .help("「＋｜（3月）｜（見込み）」のように、項目名の欄を空けて、見出しと同じ数だけ書いてください。")
}

/// A column of the table's own that is there twice, or whose year is yet to come.
pub(super) fn wrong_column(span: Span, label: &str, current: FiscalYear, is_double: bool) -> Diagnostic {
    let message = if is_double {
        format!("見出し「{label}」が2つあります。")
    } else {
        format!("見出し「{label}」の年度が、この報告書の年度（{}）より後です。", current.label())
    };
    let help = if is_double {
        "見出しの年度を直してください。"
    } else {
        "見出しの年度を直してください。予算や目標の欄なら、「当初」「目標」のように書き添えてください。"
    };
    Diagnostic::new(Code::J021, span, message).help(help)
}

/// 十 at the start of a row; below a row and with a blank cell it can only be ＋.
pub(super) fn like_plus(span: Span, is_certain: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::J026, span, "行頭の「十」（漢数字）は「＋」ではありませんか。")
        .help("上の行の続きなら「＋」に直してください。");
    if is_certain { diagnostic.fix(span, "＋") } else { diagnostic.proposal(span, "＋") }
}

/// `shares`: a ↑ would be right there. 上 may be a mark that somebody gave: 上・中・下.
pub(super) fn like_up(span: Span, text: &str, shares: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::J026, span, format!("「{text}」は「↑」ではありませんか。"))
        .help("上の欄と同じ枠にするなら「↑」と書いてください（「うえ」と打って変換すると出ます）。");
    if shares && text != "上" { diagnostic.fix(span, "↑") } else { diagnostic.proposal(span, "↑") }
}

/// 同上 where no cell stands above that ↑ could share.
pub(super) fn nothing_above_to_repeat(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::J026, span, format!("「{text}」の上に、同じまとまりの欄がありません。"))
        .help("値を書いてください。実績がなければ「—」と書きます。")
}

/// 同上 as a label.
pub(super) fn repeated_label(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::J026, span, format!("項目名が「{text}」です。"))
        .help("項目名を書いてください。内訳の行なら、まとめる項目の下に「・」で始めて書きます。")
}

/// 同上 in a line of a cell that goes on, where ↑ cannot be written.
pub(super) fn continued_repeat(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::J026, span, format!("欄の続きに「{text}」とあります。"))
        .help("値を書いてください。上の欄と同じ枠にするなら、項目名のある行に「↑」と書きます。")
}

/// The same where the column holds arrows, beside which ↑ cannot be written.
pub(super) fn like_up_beside(span: Span, text: &str, arrow: &str) -> Diagnostic {
    let message = format!("この列には「{arrow}」もあり、「{text}」が値か、上の欄と同じという印か分かりません。");
    Diagnostic::new(Code::J026, span, message).help(IN_WORDS)
}

/// What to write where ↑ is no value.
const IN_WORDS: &str = "「↑」は値に使えません。値なら「増」「減」「横ばい」のように、この列を言葉で書いてください。上の欄と同じなら、同じ値をもう一度書きます。";

pub(super) fn too_many_cells(span: Span, cells: &[Span], names: &[String]) -> Diagnostic {
    let place = cells.get(names.len()).map_or(span, |first| Span { end: span.end, ..*first });
    Diagnostic::new(
        Code::J020,
        place,
        format!("この行は項目名のほかに{}つあります。欄は{}つ（{}）です。", cells.len(), names.len(), list(names)),
    )
    .help(
        "余分な「｜」やタブを消してください。別の列が要るときは、表の1行目に「項目名｜目標｜実績」のように見出しを書きます。",
    )
}

pub(super) fn too_few_cells(span: Span, count: usize, names: &[String], row: &str) -> Diagnostic {
    let mut help =
        "足りない欄を「｜」で区切って書いてください。実績がなければ「—」、中止なら「中止」と書きます。上の行の続きなら行頭に「＋」を付けてください。".to_string();
    if let Some(mark) = look_alike_bar(row) {
        help =
            format!("「{mark}」は区切りの「｜」ではありませんか。「｜」は「たて」または「たてぼう」で変換できます。");
    }
    let diagnostic = Diagnostic::new(
        Code::J020,
        span,
        format!("この行は項目名のほかに{count}つしかありません。欄は{}つ（{}）です。", names.len(), list(names)),
    )
    .help(help);
    propose_bars(diagnostic, span, row, names.len())
}

pub(super) fn too_many_in_continuation(span: Span, names: &[String]) -> Diagnostic {
    Diagnostic::new(
        Code::J020,
        span,
        format!("「＋」の行の欄が多すぎます。欄は{}つ（{}）です。", names.len(), list(names)),
    )
    .help("余分な「｜」を消してください。")
}

/// `row` is the row with — in its blank cells, as it could be written.
pub(super) fn blank_cells(span: Span, blanks: &[usize], names: &[String], row: &str) -> Diagnostic {
    let named: Vec<String> = blanks.iter().filter_map(|index| names.get(*index).cloned()).collect();
    Diagnostic::new(Code::J023, span, format!("{}の欄が空です。", list(&named)))
        .help(format!(
            "値を書いてください。実績がなければ「—」、中止なら「中止」、上の欄と同じ枠にするなら「↑」と書きます（例：{row}）。"
        ))
        .open()
}

/// The place of the first blank cell, with the ｜ before it so that there is something to mark.
pub(super) fn blank_place(row: Span, cells: &[Span], blanks: &[usize]) -> Span {
    let Some(cell) = blanks.first().and_then(|index| cells.get(*index)) else {
        return row;
    };
    let before = blanks.first().and_then(|index| index.checked_sub(1)).and_then(|index| cells.get(index));
    let start = before.map_or(row.start, |before| before.end);
    Span { start: start.min(cell.start), end: cell.end.min(row.end).max(start.min(cell.start)), ..row }
}

pub(super) fn child_without_parent(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "「・」の行の上に、まとめる項目がありません。")
        .help("上の行に項目名を書くか、行頭の「・」を消してください。")
}

pub(super) fn nothing_to_share(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "「↑」の上に欄がありません。").help(
        "値を書いてください。実績がなければ「—」と書きます。「↑」は同じまとまりのすぐ上の行とだけ枠を共にします。",
    )
}

pub(super) fn arrow_as_value(span: Span, arrow: &str) -> Diagnostic {
    Diagnostic::new(
        Code::J024,
        span,
        format!("この列には「{arrow}」もあり、「↑」が値の矢印か、上の欄と同じ枠にする印か分かりません。"),
    )
    .help(IN_WORDS)
}

pub(super) fn share_in_continuation(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "「＋」の行に「↑」は書けません。")
        .help("上の欄と同じ枠にするなら、項目名のある行に「↑」と書いてください。")
}

pub(super) fn continued_share(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "「↑」の欄には続きを書けません。")
        .help("続きは、枠の始まる上の行の「＋」に書いてください。")
}

pub(super) fn continued_group(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "値のない項目の下の「＋」には、値を書けません。")
        .help("値は「・」の行に書いてください。")
}

pub(super) fn label_alone(span: Span, child: bool, text: Span, file: &SourceFile, names: &[String]) -> Diagnostic {
    let label = file.slice(text);
    let label_shown = shortened(label);
    let example = vec!["58名"; names.len()].join("｜");
    let commas = parted_by_commas(label, names.len());
    let blanks =
        parted_by_blanks(label, names.len()).filter(|_| !mended(label).is_some_and(|(mark, _)| is_bar_alone(mark)));
    let mark_of_child = if child { "・" } else { "" };
    let help = match (&commas, mended(label), &blanks) {
        (Some(row), _, _) => {
            format!("「,」や「、」ではなく「｜」で区切って、「{mark_of_child}{row}」と書いてください。")
        }
        (None, Some((mark, row)), _) if is_bar_alone(mark) => {
            format!("「{mark}」は区切りの「｜」ではありませんか。「{row}」と書いてください。")
        }
        (None, _, Some(row)) => {
            format!("空白ではなく「｜」で区切って、「{mark_of_child}{row}」と書いてください。")
        }
        (None, Some((mark, row)), None) => {
            format!("「{mark}」は区切りの「｜」ではありませんか。「{row}」と書いてください。")
        }
        (None, None, None) if child => {
            format!("「・{label_shown}｜{example}」のように、{}の値を「｜」で区切って書いてください。", list(names))
        }
        (None, None, None) => format!(
            "「{label_shown}｜{example}」のように、{}の値を「｜」で区切って書いてください。次の行からが内訳なら、その行を「・」で始めます。",
            list(names)
        ),
    };
    let diagnostic =
        Diagnostic::new(Code::J025, span, format!("「{label_shown}」の行に区切り「｜」がありません。")).help(help);
    match commas.or(blanks) {
        Some(row) => diagnostic.proposal(text, row),
        None => propose_bars(diagnostic, text, label, names.len()),
    }
}

pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(30).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
