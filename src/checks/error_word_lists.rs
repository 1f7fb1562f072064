//! The error words of Excel and Word and the prompts of Word's fields, narrow and in capitals, as `error_words` looks for them.

/// Behind #, with their ends. `?` and `!` may be missing where no word is spelt so.
pub(super) const OF_EXCEL: &[&str] = &[
    "REF!",
    "DIV/0!",
    "DIV/0",
    "N/A",
    "VALUE!",
    "VALUE",
    "NAME?",
    "NUM!",
    "NULL!",
    "SPILL!",
    "CALC!",
    "FIELD!",
    "DATA!",
    "BLOCKED!",
    "CONNECT!",
    "BUSY!",
    "UNKNOWN!",
    "EXTERNAL!",
    "ERROR!",
    "PYTHON!",
    "TIMEOUT!",
    "GETTING_DATA",
];
/// Without their #: whole lines only.
pub(super) const BARE_OF_EXCEL: &[&str] =
    &["REF!", "DIV/0!", "DIV/0", "VALUE!", "NAME?", "NUM!", "NULL!", "SPILL!", "CALC!", "GETTING_DATA"];
/// With their # and without the sign behind: whole lines only, as #NAME in a sentence may be a tag.
pub(super) const CUT_OFF_OF_EXCEL: &[&str] = &["#REF", "#NAME", "#NUM", "#NULL", "#SPILL", "#CALC"];
/// Excel's numbers for its errors, as programs that read workbooks write them (CVErr 2000 to 2050).
pub(super) const ERROR_NUMBERS: &[&str] = &[
    "-2146826288",
    "-2146826281",
    "-2146826273",
    "-2146826265",
    "-2146826259",
    "-2146826252",
    "-2146826246",
    "-2146826245",
];
pub(super) const WHOLE_VALUES: &[&str] =
    &["TRUE", "FALSE", "NAN", "#NAN", "NULL", "(NULL)", "NONE", "<NA>", "UNDEFINED", "[OBJECT OBJECT]"];
/// What Word puts behind エラー! and Error!.
pub(super) const OF_WORD: &[&str] = &[
    "ません",
    "自己参照",
    "誤りがあ",
    "無効です",
    "プロパティ名です",
    "だけで使用できます",
    "NOT ",
    "NO ",
    "INVALID",
    "CANNOT",
    "UNKNOWN",
    "REFERENCE",
];
pub(super) const PROMPTS: &[&str] = &[
    "図表目次項目が見つかりません",
    "目次項目が見つかりません",
    "NO TABLE OF FIGURES ENTRIES FOUND",
    "NO TABLE OF CONTENTS ENTRIES FOUND",
    "!構文エラー",
    "ここをクリックまたはタップして",
    "クリックまたはタップして",
    "ここをクリックして文字を入力",
    "ここをクリックしてテキストを入力",
    "アイテムを選択してください",
    "CLICK OR TAP",
    "CLICK HERE TO ENTER",
    "CHOOSE AN ITEM",
    "字以内で記入してください",
    "字以内で入力してください",
];
/// Prompts that are ordinary words inside a sentence.
pub(super) const WHOLE_PROMPTS: &[&str] = &[
    "ここに文字を入力",
    "ここに入力",
    "ここに記入",
    "テキストを入力してください",
    "日付を選択してください",
    "日付を選択",
    "選択してください",
    "項目を選択してください",
    "日付を入力してください",
];
pub(super) const EXAMPLES: &[&str] = &["(記入例)", "【記入例】", "[記入例]"];
