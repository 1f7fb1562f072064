//! The table of codes. A code never changes its meaning; its severity stands here, but for the few messages that have a milder
//! form.

use std::fmt;
use std::str::FromStr;

/// How much a message weighs. The order is the order of the terminal: errors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// エラー: no official PDF.
    Error,
    /// 注意: someone should look.
    Warning,
    /// 参考: counted, shown with `--all`.
    Info,
}

impl Severity {
    /// The word an officer reads and types.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "エラー",
            Self::Warning => "注意",
            Self::Info => "参考",
        }
    }

    /// The word of the machine-readable formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Info].into_iter().find(|severity| severity.label() == label)
    }
}

macro_rules! codes {
    ($($code:ident $severity:ident $title:literal,)*) => {
        /// A rule of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($code,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// `J024`
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)* }
            }

            /// The rule in a few words, for lists.
            pub fn title(self) -> &'static str {
                match self { $(Self::$code => $title,)* }
            }

            /// The severity unless the message or the report says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)* }
            }

            /// The page that `report explain` prints.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!("explain/", stringify!($code), ".md")),)*
                }
            }
        }
    };
}

codes! {
    J001 Error "文字コードが読み取れない",
    J002 Error "表示できない文字がある",
    J003 Error "写しや一時ファイルがある",
    J004 Error "最初の見出しが違う",
    J005 Error "ファイル・行・表が大きすぎる",
    J006 Error "報告書.jigyo がない、または2つある",
    J007 Error "事業や章の置き方が違う",
    J008 Error "写しらしい事業がある",
    J010 Error "題名がない",
    J011 Error "知らない見出し",
    J012 Error "必要な見出しがない、または2つある",
    J013 Error "知らない項目",
    J014 Error "事業費が読めない",
    J015 Warning "円で書いたらしい事業費",
    J016 Error "担当課がない",
    J017 Error "同じ項目が2回ある",
    J018 Error "項目の値が分からない",
    J019 Error "項目の形になっていない行",
    J020 Error "欄の数が違う",
    J021 Error "年度の見出しが違う",
    J022 Error "項目名が空",
    J023 Error "欄が空",
    J024 Error "↑・＋・・の上に何もない",
    J025 Error "項目名だけの行",
    J026 Warning "よく似た別の文字",
    J027 Error "ここには書けない行",
    J028 Error "1つの担当に課が2つある",
    J030 Warning "集計できない数",
    J031 Warning "項目名と単位が合わない",
    J032 Info "何の数か分からない項目名",
    J033 Warning "本文と表で単位が違う",
    J034 Info "新規なのに前年度の実績がある",
    J035 Warning "年度で単位が違う",
    J036 Warning "数に単位がない",
    J037 Warning "内訳が全体より多い",
    J038 Warning "けた違いかもしれない",
    J039 Warning "昨年の報告書と値が違う",
    J040 Error "番号が飛んでいる、重なっている",
    J041 Error "番号の指す項目がない",
    J042 Error "かっこの数が合わない",
    J043 Warning "文の途中で改行している",
    J044 Error "仮の文字が残っている",
    J045 Warning "語の中に空白がある",
    J046 Info "「延」だけの延べ数",
    J047 Info "端末で表示されないことがある文字",
    J048 Warning "本文と表で数字の順が違う",
    J050 Warning "名前の書き方が2通りある",
    J051 Warning "年度が古いまま残っている",
    J052 Warning "元号と西暦が合わない",
    J053 Warning "用語集の誤りの形",
    J054 Info "用語集の避ける形",
    J055 Error "題名の年度が違う",
    J056 Info "昨年と全く同じ文章",
    J057 Warning "印刷では分かれない段",
    J060 Error "【構成】とファイルが合わない",
    J061 Error "同じ名前が2つある",
    J062 Error "再掲する事業がない",
    J063 Warning "台帳・組織と違う",
    J064 Warning "本文の数が集計と違う",
    J065 Error "台帳・用語・組織の CSV が読めない",
    J066 Warning "要らなくなった確認済",
    J067 Info "指標がない",
    J068 Warning "発行日がない",
    J069 Warning "発行日が年度の終わりより前",
    J070 Error "写真が使えない",
    J071 Error "内訳と全体が合わない",
    J072 Warning "書かれた率や差が計算と違う",
    J073 Error "様式が読めない",
    J080 Error "体裁で組版できない",
    J081 Error "印刷できる字体がない",
    J082 Error "頁番号が決まらない",
    J083 Error "表の列が紙に収まらない",
}

impl Code {
    /// Whether 確認済 may silence an エラー of this code.
    pub fn error_can_be_acknowledged(self) -> bool {
        matches!(self, Self::J008 | Self::J028 | Self::J042 | Self::J044)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Reads `J024` in any width and case.
impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let narrow = narrowed(text);
        Self::ALL.iter().copied().find(|code| code.name() == narrow).ok_or(())
    }
}

fn narrowed(text: &str) -> String {
    let narrow: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .collect();
    narrow.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_every_width() {
        assert_eq!("Ｊ０２４".parse(), Ok(Code::J024));
        assert_eq!(" j024 ".parse(), Ok(Code::J024));
        assert_eq!("J999".parse::<Code>(), Err(()));
    }
}
