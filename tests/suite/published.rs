//! A report's chapter as the text of its published pages: heads that were lost, cells that were merged and are blank, a
//! label that was lost, a year that stands twice.

use std::fs;

use crate::tools::root;

/// A program's file: its fields, its sections with their lines, and its rows with ＋ lines joined.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    pub(crate) name: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) sections: Vec<(String, Vec<String>)>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Facts {
    pub(crate) fn of(text: &str) -> Self {
        let mut facts = Self::default();
        let mut section = String::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if let Some((name, rest)) = line.strip_prefix('【').and_then(|line| line.split_once('】')) {
                section = name.to_string();
                match name {
                    "事業" => facts.name = rest.to_string(),
                    "指標" | "メモ" => {}
                    _ => facts.sections.push((section.clone(), Vec::new())),
                }
                continue;
            }
            match section.as_str() {
                "事業" => facts.fields.extend(line.split_once('：').map(|(a, b)| (a.to_string(), b.to_string()))),
                "指標" => facts.row(line),
                "メモ" => {}
                _ => facts.sections.last_mut().unwrap().1.push(line.to_string()),
            }
        }
        facts.fields.retain(|(field, _)| ["事業費", "区分", "担当"].contains(&field.as_str()));
        facts
    }

    fn row(&mut self, line: &str) {
        let cells: Vec<&str> = line.trim_start_matches('　').split('｜').collect();
        if cells[0] != "＋" {
            self.rows.push(cells.iter().map(ToString::to_string).collect());
            return;
        }
        let last = self.rows.last_mut().unwrap();
        for (cell, more) in last.iter_mut().zip(&cells).skip(1).filter(|(_, more)| !more.is_empty()) {
            cell.push(' ');
            cell.push_str(more);
        }
    }

    fn field(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }
}

/// The programs of the report's chapter, in order.
pub(crate) fn chapter() -> Vec<Facts> {
    let folder = root().join("reports/aomori-r2/01_人材");
    let head = fs::read_to_string(folder.join("章.jigyo")).unwrap();
    let names = head.split("【構成】").nth(1).unwrap().lines().filter(|line| !line.is_empty());
    names.map(|name| Facts::of(&fs::read_to_string(folder.join(format!("{name}.jigyo"))).unwrap())).collect()
}

/// The text of the published pages.
pub(crate) fn published(programs: &[Facts]) -> String {
    let mut text = String::from(
        "\n\n(2) 令和2年度実施状況\n\n① 人材の育成\n\n【取組の概要】\n\n二つの柱で取り組んだ。\n\n○ 若者の就業支援\n\n相談に応じた。\n\n【基本方針事業一覧】\n\nNo.\t事業名\tR2事業費 (千円)\tR2 新規\t担当課等\t掲載頁\n",
    );
    for (index, program) in programs.iter().enumerate() {
        let amount = program.field("事業費")[0].trim_end_matches("千円");
        let mark = if program.field("区分") == ["新規"] { "○" } else { "" };
        let offices: Vec<String> = program.field("担当").iter().map(|office| in_list(office)).collect();
        text +=
            &format!("{}\t{}\t{amount}\t{mark}\t{}\t{}\n", index + 1, program.name, offices.join(" "), 22 + index / 2);
    }
    text += "\t小計\t845,745\t\t\t\n\n";
    for (index, program) in programs.iter().enumerate() {
        if index < 2 {
            let amount = program.field("事業費")[0].replace("千円", " 千円");
            text += &format!("{}\n\n{}\n\n事業費 {amount}\n\n", index + 1, program.name);
        }
        text += &body(program, index + 1);
    }
    text
}

fn in_list(office: &str) -> String {
    let name = office.split(['　', '（']).next().unwrap();
    let regional = office.split_once('（').map(|(_, regional)| format!(" ({})", regional.trim_end_matches('）')));
    format!("{name}{}", regional.unwrap_or_default())
}

fn body(program: &Facts, number: usize) -> String {
    let mut text = String::new();
    for (section, lines) in &program.sections {
        text += &format!("【 {section} 】\n\n");
        for line in lines {
            text += &match line.strip_prefix('（').and_then(|line| line.split_once('）')) {
                Some((digits, rest)) if digits.chars().all(char::is_numeric) => {
                    let digits: String =
                        digits.chars().map(|c| char::from(b'0' + (c as u32 - '０' as u32) as u8)).collect();
                    format!("- ({digits}) {rest}\n")
                }
                _ => format!("{line}\n\n"),
            };
        }
        text += "\n";
    }
    text += if number == 12 { "項目名\t元年度\t元年度\n" } else { "項目名\t元年度\t2年度\n" };
    text += &rows(program);
    let offices = program.field("担当");
    for (index, office) in offices.iter().enumerate() {
        // The list alone names the second department of No. 9; the bracket of another's was lost.
        text += &match (index, number) {
            (0, _) => format!("\n(担当課：{})\n", office.replace('　', " ").replace('（', " (").replace('）', ")")),
            (_, 9) => String::new(),
            _ => format!("\n{}）\n", office.replace('　', " ")),
        };
    }
    text + "\n"
}

fn rows(program: &Facts) -> String {
    let mut text = String::new();
    let mut lost = Vec::new();
    let mut group = "";
    for row in &program.rows {
        match row.as_slice() {
            [label] => group = label,
            [label, before, now] if label.starts_with('・') => {
                text += &format!("{group}\t{}\t{before}\n", label.trim_start_matches('・'));
                lost.push(now.as_str());
                group = "";
            }
            _ => text += &(row.join("\t").replace('↑', "") + "\n"),
        }
    }
    if !lost.is_empty() {
        text += &format!("\t\t{}\n", lost.join(" "));
    }
    text
}
