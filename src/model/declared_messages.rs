//! The words about a table that the form declares.

use super::AmountError;
use super::amount::format_amount;
use super::indicator::DeclaredTable;
use super::table_messages::shortened;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::listed;
use crate::source::Span;

/// A row that the form has and nobody typed. `rows` as they are typed.
pub(super) fn missing_rows(place: Span, table: &str, names: &[String], rows: &[String]) -> Diagnostic {
    let help = format!("次の行を書いてください（数のない年度は「—」）。\n{}", rows.join("\n"));
    Diagnostic::new(Code::J012, place, format!("表【{table}】に「{}」の行がありません。", names.join("」「")))
        .help(help)
}

/// A row that the form does not have.
/// `guess`: the missing row that was probably meant.
pub(super) fn surplus_row(
    place: Span,
    table: &str,
    typed: &str,
    (known, guess): (&[&str], Option<&str>),
) -> Diagnostic {
    let near = guess.or_else(|| crate::syntax::nearest(typed, known.iter().copied()));
    let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
    let diagnostic = Diagnostic::new(
        Code::J018,
        place,
        format!("表【{table}】に「{}」という行はありません。{guess}", shortened(typed)),
    );
    diagnostic.help(format!("書けるのは {} です。説明なら「※」の行に書いてください。", listed(known)))
}

/// A row of the form in which another sign stands for ｜. `right` as it is to be typed.
pub(super) fn other_sign(place: Span, name: &str, sign: &str, right: &str) -> Diagnostic {
    Diagnostic::new(Code::J025, place, format!("「{}」の後の区切りが{sign}になっています。", shortened(name)))
        .help(format!("「{right}」と書いてください。"))
}

pub(super) fn row_twice(place: Span, typed: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::J017, place, format!("「{}」の行が2回あります。", shortened(typed)))
        .help("どちらか1つを消してください。")
        .related(first, "1つ目はここです")
}

/// `names`: the columns that are to be typed.
pub(super) fn wrong_count(place: Span, typed: &str, count: usize, names: &[String]) -> Diagnostic {
    Diagnostic::new(
        Code::J020,
        place,
        format!("「{}」の欄が{count}個です。この表は{}個です。", shortened(typed), names.len()),
    )
    .help(format!(
        "「{}｜{}」の順に書いてください。計算する欄は書きません。数がなければ「—」と書きます。",
        shortened(typed),
        names.join("｜")
    ))
}

/// As many cells as with what is computed and without the text behind, or the other way round. `names`: of all columns
pub(super) fn two_readings(place: Span, typed: &str, declared: &DeclaredTable, names: &[String]) -> Diagnostic {
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let left: Vec<&str> = names
        .iter()
        .enumerate()
        .map(|(column, name)| if declared.is_computed(column) { "" } else { name.as_str() })
        .collect();
    Diagnostic::new(
        Code::J020,
        place,
        format!("「{}」の欄は2通りに読めます。計算する欄を書いたのか、後ろの欄まで書いたのか、分かりません。", shortened(typed)),
    )
    .help(format!(
        "計算する欄も書くなら「{0}｜{1}」、書かないなら「{0}｜{2}」のように、空の欄も「｜」を残して全部の欄を書いてください。",
        shortened(typed),
        all.join("｜"),
        left.join("｜")
    ))
}

/// A figure in the column 単位: a cell was left out, or two are the wrong way round.
pub(super) fn unit_is_figure(place: Span, typed: &str, names: &[String]) -> Diagnostic {
    Diagnostic::new(Code::J020, place, format!("単位の欄が「{}」です。欄が1つずれていませんか。", shortened(typed)))
        .help(format!(
            "左から「{}」の順に書いてください。書くことのない欄も、区切り「｜」は残します。",
            names.join("｜")
        ))
}

/// A figure in a column of remarks: a column that is computed was typed as well. It may be a remark all the same.
pub(super) fn remark_is_figure(place: Span, column: &str, typed: &str, names: &[String]) -> Diagnostic {
    Diagnostic::new(Code::J020, place, format!("「{column}」の欄が、数だけの「{}」です。", shortened(typed)))
        .severity(Severity::Warning)
        .help(format!(
            "計算する欄まで書いていませんか。左から「{}」の順に書き、計算する欄は書きません。",
            names.join("｜")
        ))
        .or_acknowledge("【事業】", typed)
}

/// A sum in a table whose last row is one already.
pub(super) fn second_total(place: Span, typed: &str, total: &str) -> Diagnostic {
    Diagnostic::new(Code::J018, place, format!("「{}」の行は「{total}」に足されて、二重になります。", shortened(typed)))
        .help(format!(
            "この行を消してください。「{total}」は自動で計算して最後に入ります（書くなら「{total}」と書きます）。"
        ))
}

pub(super) fn blank_cells(place: Span, typed: &str, names: &[String]) -> Diagnostic {
    Diagnostic::new(Code::J023, place, format!("「{}」の「{}」が空です。", shortened(typed), names.join("」「")))
        .help("数を書いてください。数がなければ「—」と書きます。")
        .open()
}

pub(super) fn no_amount(place: Span, column: &str, typed: &str, unit: &str, error: &AmountError) -> Diagnostic {
    let help = match error.exact {
        Some(value) => format!("{unit}単位の数字だけで「{}」と書いてください。", format_amount(value)),
        None => format!("{unit}単位の数字だけで「1,234」のように書いてください。金額がなければ「—」と書きます。"),
    };
    Diagnostic::new(
        Code::J014,
        place,
        format!("「{column}」の「{}」は金額として読めません（{}）。", shortened(typed), error.reason),
    )
    .help(help)
}

/// A bare figure in a row whose others have a unit that is no money.
pub(super) fn without_unit(place: Span, row: &str, typed: &str, unit: &str) -> Diagnostic {
    Diagnostic::new(
        Code::J014,
        place,
        format!("「{}」の「{typed}」に単位がありません。この行のほかの欄は「{unit}」です。", shortened(row)),
    )
    .help(format!("「{typed}{unit}」のように、どの欄にも単位を書いてください。"))
}

pub(super) fn no_arrow(place: Span, column: &str) -> Diagnostic {
    Diagnostic::new(Code::J024, place, format!("金額の欄「{column}」に「↑」は書けません。"))
        .help("金額を書いてください。金額がなければ「—」と書きます。")
}

pub(super) fn no_continuation(place: Span, column: &str) -> Diagnostic {
    Diagnostic::new(Code::J024, place, format!("金額の欄「{column}」の数を「＋」で続けることはできません。"))
        .help("1つの欄に1つの金額を書いてください。内訳は「・」の行にします。")
}

pub(super) fn wrong_head(place: Span, typed: &str, names: &[String]) -> Diagnostic {
    Diagnostic::new(Code::J021, place, format!("見出しの行の「{}」は、この表の列ではありません。", shortened(typed)))
        .help(format!("この行を消してください。列の見出し（{}）は自動で入ります。", listed(names)))
}

/// A head that stands above another column than its own: the figures below may stand there too.
pub(super) fn head_out_of_place(place: Span, typed: &str, names: &[String]) -> Diagnostic {
    Diagnostic::new(Code::J021, place, format!("見出しの行の「{}」は、この場所の列ではありません。", shortened(typed)))
        .help(format!("列は {} の順です。下の行の数をこの順に直し、見出しの行は消してください。", listed(names)))
}

pub(super) fn lone_label(place: Span, typed: &str, names: &[String]) -> Diagnostic {
    Diagnostic::new(Code::J025, place, format!("「{}」に区切り「｜」と数がありません。", shortened(typed)))
        .help(format!("「{}｜{}」の形で書いてください。", shortened(typed), names.join("｜")))
}

pub(super) fn too_deep(place: Span, typed: &str) -> Diagnostic {
    Diagnostic::new(Code::J024, place, format!("「{}」の上に、1つ浅い行がありません。", shortened(typed)))
        .help("「・」の行は「・」の付かない行の下に、「・・」の行は「・」の行の下に書きます。")
}

/// A row above others whose sum is no amount.
pub(super) fn not_added_up(place: Span, label: &str) -> Diagnostic {
    Diagnostic::new(
        Code::J025,
        place,
        format!("「{}」の数がありません。下の「・」の行は金額ではないので、計算できません。", shortened(label)),
    )
    .help(format!("「{}｜」の後に、金額を書いてください。", shortened(label)))
}

/// A transposed table: figures beside the label above its ・ rows.
pub(super) fn cells_beside_label(place: Span, label: &str, rows: &[String]) -> Diagnostic {
    Diagnostic::new(
        Code::J020,
        place,
        format!("「{}」の右に欄があります。この表の数は、下の「・」の行に書きます。", shortened(label)),
    )
    .help(format!("次の形で書いてください。\n{}\n{}", shortened(label), rows.join("\n")))
}

/// A transposed table: ・ rows that lack below a label.
pub(super) fn missing_columns(place: Span, label: &str, names: &[String], rows: &[String]) -> Diagnostic {
    Diagnostic::new(
        Code::J012,
        place,
        format!("「{}」の下に「・{}」の行がありません。", shortened(label), names.join("」「・")),
    )
    .help(format!("次の行を書いてください（数のない年度は「—」）。\n{}", rows.join("\n")))
}
