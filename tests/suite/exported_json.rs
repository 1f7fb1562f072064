//! What an export's JSON says, read back in the form of `exported`.

use serde_json::Value as Json;

use crate::exported::{Facts, line, plain_number};

/// The facts of the document; what it says in English is put as the tables say it.
pub(crate) fn facts_of_json(json: &Json) -> Facts {
    let mut facts = Facts::default();
    let sum = |chapter: String, label: &str, sum: &Json| {
        line(&[&chapter, label, &word(&sum["programs"]), &word(&sum["new_programs"]), &word(&sum["amount"])])
    };
    for chapter in list(&json["chapters"]) {
        let order = word(&chapter["order"]);
        facts.sums.push(sum(order.clone(), "小計", &chapter["subtotal"]));
        json_texts(&mut facts.texts, &[&order, "", "取組の概要", "1", ""], &chapter["overview"]);
        for (place, row) in list(&chapter["list"]).iter().enumerate() {
            let kind = if row["relisted"] == true { "再掲" } else { "掲載" };
            let numbers = [(place + 1).to_string(), word(&row["id"]), word(&row["chapter"]), word(&row["no"])];
            facts.list.push(line(&[&order, &numbers[0], kind, &numbers[1], &numbers[2], &numbers[3]]));
        }
        for program in list(&chapter["programs"]) {
            let start = [&json["fiscal_year"]["year"], &chapter["order"], &chapter["number"], &chapter["title"]];
            let start = line(&start.map(word).each_ref().map(String::as_str));
            facts.programs.push(line(&[&start, &json_program(program, &json["unit"])]));
            json_program_facts(&mut facts, &order, program);
        }
    }
    facts.sums.push(sum(String::new(), "合計", &json["total"]));
    facts
}

fn word(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => value.to_string(),
    }
}

fn list(value: &Json) -> &[Json] {
    value.as_array().unwrap()
}

fn json_program(program: &Json, unit: &Json) -> String {
    let state = match program["amount_state"].as_str().unwrap() {
        "number" => "数値",
        "not_applicable" => "該当なし",
        other => panic!("{other}"),
    };
    let words = ["no", "id", "name", "reading"].map(|field| word(&program[field]));
    line(&[
        &line(&words.each_ref().map(String::as_str)),
        &word(program["former_names"].get(0).unwrap_or(&Json::Null)),
        &word(&program["category"]),
        &word(&program["amount"]),
        &word(unit),
        state,
        if program["counted"] == true { "含む" } else { "含まない" },
        &word(&program["not_counted_because"]),
        &list(&program["departments"]).len().to_string(),
    ])
}

fn json_program_facts(facts: &mut Facts, order: &str, program: &Json) {
    let id = word(&program["id"]);
    for (place, department) in list(&program["departments"]).iter().enumerate() {
        let parts = ["name", "group", "office"].map(|field| word(&department[field]));
        facts.departments.push(line(&[&id, &(place + 1).to_string(), &parts[0], &parts[1], &parts[2]]));
    }
    let mut push = |heading: &str, place: usize, title: &Json, blocks: &Json| {
        json_texts(&mut facts.texts, &[order, &id, heading, &place.to_string(), &word(title)], blocks);
    };
    push("事業概要", 1, &Json::Null, &program["overview"]);
    push("事業実績", 1, &Json::Null, &program["results"]);
    for (place, table) in list(&program["indicators"]).iter().enumerate() {
        push("指標", place + 1, &table["caption"], &table["notes"]);
        json_table(&mut facts.cells, &id, place + 1, table);
    }
    push("成果", 1, &Json::Null, &program["outcome"]);
    push("課題", 1, &Json::Null, &program["issues"]);
    push("今後の方向", 1, &Json::Null, &program["direction"]);
    let mut count = 0;
    for (place, case) in list(&program["cases"]).iter().enumerate() {
        let title = word(&case["title"]);
        json_texts(&mut facts.texts, &[order, &id, "事例", &(place + 1).to_string(), &title], &case["blocks"]);
        json_photos(&mut facts.texts, [order, &id], &title, &case["photos"], &mut count);
    }
    json_photos(&mut facts.texts, [order, &id], "", &program["photos"], &mut count);
}

fn json_table(cells: &mut Vec<String>, id: &str, number: usize, table: &Json) {
    for (place, row) in list(&table["rows"]).iter().enumerate() {
        let label: String = list(&row["label"]).iter().map(word).collect();
        for (column, (value, head)) in list(&row["values"]).iter().zip(list(&table["columns"])).enumerate() {
            let lines: Vec<String> = list(&value["lines"]).iter().map(|line| word(&line["text"])).collect();
            let found: Vec<String> = list(&value["lines"])
                .iter()
                .flat_map(|line| list(&line["quantities"]))
                .map(|found| {
                    let number = plain_number(&word(&found["number"]));
                    format!("{}[{number}]{}", word(&found["prefix"]), word(&found["unit"]))
                })
                .collect();
            cells.push(line(&[
                id,
                &number.to_string(),
                &word(&table["caption"]),
                &(place + 1).to_string(),
                &word(&row["parent"]),
                &label,
                &(column + 1).to_string(),
                &word(&head["label"]).replace('\n', ""),
                &word(&head["fiscal_year"]["year"]),
                &word(&value["shared_with"]),
                &lines.join("/"),
                &found.join(" "),
            ]));
        }
    }
}

fn json_texts(list: &mut Vec<String>, start: &[&str], blocks: &Json) {
    for (place, block) in self::list(blocks).iter().enumerate() {
        let kind = match block["kind"].as_str().unwrap() {
            "paragraph" => "段落",
            "hanging" => "印のある段落",
            "subheading" => "小見出し",
            "item" => "項目",
            "bullet" => "箇条書",
            "note" => "注",
            other => panic!("{other}"),
        };
        json_lines(list, start, place + 1, [kind, &word(&block["number"]), &word(&block["mark"])], &block["lines"]);
    }
}

fn json_lines(list: &mut Vec<String>, start: &[&str], block: usize, kind: [&str; 3], texts: &Json) {
    for (place, text) in self::list(texts).iter().enumerate() {
        list.push(line(&[&line(start), &block.to_string(), &line(&kind), &(place + 1).to_string(), &word(text)]));
    }
}

fn json_photos(list: &mut Vec<String>, program: [&str; 2], title: &str, photos: &Json, count: &mut usize) {
    for photo in self::list(photos) {
        *count += 1;
        let start = [program[0], program[1], "写真", &count.to_string(), title];
        json_lines(list, &start, 1, ["写真のファイル", "", ""], &Json::Array(vec![photo["file"].clone()]));
        json_lines(list, &start, 2, ["写真の見出し", "", ""], &photo["caption"]);
        json_lines(list, &start, 3, ["写真の説明", "", ""], &photo["alt"]);
    }
}
