//! The table as one page that can be mailed and printed: no script, nothing from outside, black and white.

use std::fmt::Write as _;

use super::deadline::deadline_lines;
use super::{Absent, Moment, Progress, UNDECIDED};

const GENERATOR: &str = "<meta name=\"generator\" content=\"report status\">";
const OPENING: &str = "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n";
const STYLE: &str = "\
body { font-family: 'BIZ UDPGothic', 'Yu Gothic', Meiryo, 'Hiragino Sans', 'Noto Sans CJK JP', sans-serif; color: #000; background: #fff; line-height: 1.6; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
.when { margin: .2rem 0 1.2rem; color: #333; }
.deadline { margin: .2rem 0; font-weight: bold; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding-bottom: .4rem; }
th, td { border: 1px solid #666; padding: .35rem .6rem; vertical-align: top; }
thead th { background: #e6e6e6; white-space: nowrap; }
tbody th, tfoot th { text-align: left; font-weight: normal; }
tfoot th, tfoot td { font-weight: bold; border-top: 3px double #333; }
td { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.look { font-weight: bold; text-decoration: underline; }
ul { margin: 0; padding-left: 1.4rem; }
.notes { font-size: .9rem; color: #333; }
@media print { .wide { overflow: visible; } body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } thead th { background: #e6e6e6; print-color-adjust: exact; } tr, li { break-inside: avoid; } thead { display: table-header-group; } tfoot { display: table-row-group; } @page { size: A4; margin: 15mm; } }
";

/// The page as it was at a moment.
pub fn render_page(progress: &Progress, now: Option<Moment>) -> String {
    let title = escape(&format!("提出状況　{}", progress.title));
    let mut page = format!(
        "{OPENING}{GENERATOR}\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    if let Some(Moment { date, hour, minute }) = now {
        let _ = writeln!(page, "<p class=\"when\">{} {hour:02}:{minute:02} 現在（日本時間）</p>", date.label());
    }
    for line in deadline_lines(progress, now) {
        let _ = writeln!(page, "<p class=\"deadline\">{}</p>", escape(&line));
    }
    push_table(&mut page, progress);
    page.push_str(
        "<p class=\"notes\">「エラー」「注意」は、その指摘のある事業の数です。「未記入」は、配られたままの原稿です。「未記入の箇所」は、まだ何も書かれていない所の数です（配られたままの原稿は1か所と数えます）。最終更新は、提出された原稿のうち最も新しいものの日本時間です。</p>\n",
    );
    for (head, is_blank) in [("未提出の事業", false), ("未記入の事業", true)] {
        push_absent(&mut page, head, progress.absent.iter().filter(|absent| absent.is_blank == is_blank));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn push_table(page: &mut String, progress: &Progress) {
    page.push_str("<div class=\"wide\">\n<table>\n<caption>課ごとの提出状況（未記入の箇所のほかは、事業の数）</caption>\n<thead>\n<tr>");
    for head in ["担当課", "予定", "提出", "未記入", "未提出", "エラー", "注意", "未記入の箇所", "最終更新"]
    {
        let _ = write!(page, "<th scope=\"col\">{head}</th>");
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &progress.departments {
        push_row(page, row);
    }
    page.push_str("</tbody>\n<tfoot>\n");
    push_row(page, &progress.total);
    page.push_str("</tfoot>\n</table>\n</div>\n");
}

fn push_row(page: &mut String, row: &super::DepartmentProgress) {
    let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escape(&row.department));
    // What someone must do stands out without colour.
    let cell = |number: usize, is_trouble: bool| match number {
        1.. if is_trouble => format!("<td class=\"look\">{number}</td>"),
        _ => format!("<td>{number}</td>"),
    };
    let numbers = [
        (row.expected(), false),
        (row.handed_in, false),
        (row.blank, true),
        (row.missing, true),
        (row.with_errors, true),
        (row.with_warnings, false),
        (row.open, true),
    ];
    for (number, is_trouble) in numbers {
        page.push_str(&cell(number, is_trouble));
    }
    let changed = row.last_change.map_or_else(|| "—".to_string(), Moment::label);
    let _ = writeln!(page, "<td>{changed}</td></tr>");
}

fn push_absent<'a>(page: &mut String, head: &str, absent: impl Iterator<Item = &'a Absent>) {
    let items: Vec<String> =
        absent.map(|absent| format!("<li>{}</li>\n", escape(&format!("{}{}", absent.name, absent.owner())))).collect();
    let _ = match items.len() {
        0 => write!(page, "<h2>{head}</h2>\n<p>ありません。</p>\n"),
        count => write!(page, "<h2>{head}（{count}）</h2>\n<ul>\n{}</ul>\n", items.concat()),
    };
}

impl Absent {
    /// `（監理課）`
    pub(super) fn owner(&self) -> String {
        if self.department == UNDECIDED { UNDECIDED.to_string() } else { format!("（{}）", self.department) }
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a file may be replaced: it begins as one of ours.
pub fn is_own_page(bytes: &[u8]) -> bool {
    bytes.starts_with(format!("{OPENING}{GENERATOR}").as_bytes())
}
