// Owns the tab 作業: a button for each daily work with the few fields that it needs, and what is to be chosen from.

import { byId, element, setText } from "./dom.js";
import { check, choose, form, labelled } from "./inputs.js";
import { get, wish } from "./post.js";
import { showTasks, startTaskList } from "./task-list.js";
import { makeImport } from "./import.js";

const panel = byId("tasks");
const tab = byId("tab-tasks");

const department = element("select", { required: true });
const draft = check("下書き（誤りがあっても作る）");
const old = element("input", { type: "text", required: true, spellcheck: "false", list: "neighbours" });
const neighbours = element("datalist", { id: "neighbours" });
const errata = check("正誤表の案も PDF で作る");
const errataDate = element("input", { type: "text", placeholder: "令和3年9月1日" });
const folder = element("input", { type: "text", required: true, spellcheck: "false" });
const beside = element("p", { class: "hint" });
const outPlace = element("p", { class: "hint" });
// Made only where the page may write: it takes what is dropped on the window.
let importForm = null;

/** Begins a task; gives words where it cannot be begun. */
async function begin(task) {
  const answer = await wish("task", task);
  if (!answer.ok) return answer.words;
  showTasks(answer.value);
  return null;
}

const hint = (words) => element("p", { class: "hint" }, words);
const button = (name, words, task) => form(name, [hint(words)], name, () => begin(task));

function group(title, ...forms) {
  const id = `group-${title}`;
  return element("section", { class: "group", "aria-labelledby": id }, element("h2", { id }, title), ...forms);
}

function excerpt() {
  return form("課の抜粋", [hint("決裁や確認のために、1つの課の頁だけの PDF を作ります。"), labelled("課", department), draft.node],
    "抜粋を作る", () => begin({ kind: "excerpt", department: department.value, draft: draft.box.checked }));
}

function comparison() {
  const date = labelled("正誤表に入れる日付（なくてもよい）", errataDate);
  date.hidden = true;
  errata.box.addEventListener("change", () => { date.hidden = !errata.box.checked; });
  const parts = [
    hint("印刷に回したときの写しなど、前の状態のフォルダーと比べ、印刷の変わる所を一覧にします。"),
    labelled("前の状態のフォルダー", old), neighbours, errata.node, date,
  ];
  return form("前の状態との比較", parts, "比べる", () => begin({
    kind: "compare",
    old: old.value,
    errata: errata.box.checked,
    date: errata.box.checked && errataDate.value.trim() ? errataDate.value : null,
  }));
}

function exports() {
  const named = (name, format) => {
    const made = element("button", { type: "button" }, name);
    made.addEventListener("click", async () => setText(wrong, (await begin({ kind: "export", format })) ?? ""));
    return made;
  };
  const wrong = element("p", { class: "wrong", role: "alert" });
  return element("div", { class: "work" }, hint("事業・指標・合計のデータ、Word の文書、ウェブで公開する頁を書き出します。誤りがあると書き出しません。"),
    element("p", { class: "actions" }, named("Word", "docx"), named("ウェブの頁", "html"), named("Excel", "xlsx"), named("CSV", "csv"), named("CSV（シフトJIS）", "csv_cp932"), named("JSON", "json")), wrong);
}

function nextYear() {
  return form("次年度の報告書", [
    hint("名前・順番・変わらない文を引き継ぎ、今年度の値を前年度の欄に移します。元の報告書は変わりません。"),
    labelled("新しいフォルダーの名前", folder), beside,
  ], "次年度の報告書を作る", () => begin({ kind: "next_year", folder: folder.value }));
}

/** Asks again what there is to choose from. */
async function refresh() {
  const choices = await get("choices");
  if (choices) show(choices);
}

function show(choices) {
  choose(department, choices.departments.map((name) => ({ value: name, label: name })));
  neighbours.replaceChildren(...choices.neighbours.map((path) => element("option", { value: path })));
  if (!folder.value && document.activeElement !== folder) folder.value = choices.next_year;
  setText(beside, `「${choices.beside}」の中に作ります。`);
  setText(outPlace, `作ったものは「${choices.out}」に入ります。`);
  importForm.update(choices);
}

function build() {
  importForm = makeImport();
  const works = element("div", { class: "works" },
    outPlace,
    group("作る",
      button("正式な PDF を作る", "印刷に回せる PDF を作ります。誤りがあると作りません。", { kind: "official" }),
      button("下書きの PDF を作る", "誤りがあっても作り、直す所に赤い印を付けます。", { kind: "draft" }),
      excerpt(), comparison()),
    group("集める", importForm.node),
    group("知らせる",
      button("課ごとのお知らせを作る", "指摘と未提出の事業を、課ごとに1つの文（メモ帳で開けます）にします。", { kind: "letters" }),
      button("提出状況の表を作る", "Excel で開ける表と、印刷できる頁を作ります。", { kind: "status" }),
      element("p", { class: "work" }, element("a", { href: "./progress.html", target: "_blank", rel: "noopener" }, "進み具合を開く"))),
    group("書き出す", exports()),
    group("来年度", nextYear()),
  );
  // The list has room of its own: nothing that is pressed moves as it grows.
  panel.append(works, startTaskList(() => byId("tab-messages").click()));
}

/** Shows the tab where the page may write; true then. */
export async function startTasks() {
  const choices = await get("choices");
  if (!choices) return false;
  build();
  show(choices);
  tab.hidden = false;
  tab.addEventListener("click", refresh);
  tab.addEventListener("focus", refresh);
  showTasks();
  return true;
}
