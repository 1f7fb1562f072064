// Owns taking in files of an office: they are chosen or dropped, what they hold is shown beside what would come of them, and nothing
// is written before that was agreed to.

import { announce, byId, element } from "./dom.js";
import { choose, form, labelled } from "./inputs.js";
import { inBase64, wish } from "./post.js";
import { openTab as showTab } from "./sidebar.js";

const LARGEST = 12 * 1024 * 1024;
const ENDINGS = ".xlsx,.xlsm,.xls,.ods,.docx,.docm,.csv,.tsv,.txt";

const chapter = element("select", { required: true });
const chosen = element("input", { type: "file", multiple: true, accept: ENDINGS });
const stop = element("button", { type: "button", hidden: true }, "読むのをやめる");
const dialog = element("dialog", { id: "import-view", "aria-labelledby": "import-title" });
let files = [];
let shown = null;
let openTab = () => {};

/** Reads what was chosen and shows it; gives words where nothing can be read. */
async function read(mapping = "") {
  if (files.length === 0) return "ファイルを選んでください。";
  if (files.reduce((sum, file) => sum + file.size, 0) > LARGEST) {
    return "ファイルが大きすぎます。合わせて12MBまでです。写真や図を除いて保存し直すか、分けて取り込んでください。";
  }
  let read;
  try {
    read = await Promise.all([...files].map(async (file) => ({ name: file.name, data: await inBase64(file) })));
  } catch {
    return "ファイルを読めません。ほかのソフトで開いていれば閉じてください。";
  }
  const { answer, isStopped } = await untilStopped((signal) => wish("import", { files: read, chapter: chapter.value, mapping }, signal));
  if (isStopped) return "やめました。何も取り込んでいません。";
  if (!answer.ok) return answer.words;
  show(answer.value, mapping);
  return null;
}

/** What is waited for, with a button to give it up: until it was agreed to nothing is written, so nothing is left of it. */
async function untilStopped(ask) {
  const controller = new AbortController();
  stop.onclick = () => controller.abort();
  stop.hidden = false;
  const answer = await ask(controller.signal);
  stop.hidden = true;
  return { answer, isStopped: controller.signal.aborted };
}

/** A cell of somebody's table: the first row names the columns, the first column the rows; an empty cell names nothing. */
function cellOf(cell, row, column) {
  const isHead = cell.trim() !== "" && (row === 0 || column === 0);
  return isHead ? element("th", { scope: row === 0 && column > 0 ? "col" : "row" }, cell) : element("td", {}, cell);
}

function block(it) {
  if (it.table) {
    const rows = it.table.map((cells, row) => element("tr", {}, ...cells.map((cell, column) => cellOf(cell, row, column))));
    return element("div", { class: "wide" }, element("table", {}, element("tbody", {}, ...rows)));
  }
  return element("p", { class: it.heading === undefined ? null : "heading" }, it.heading ?? it.paragraph);
}

function original({ name, blocks, unsent }) {
  return element("section", {}, element("h4", {}, name), ...blocks.map(block),
    unsent > 0 && element("p", { class: "hint" }, `ほかに ${unsent} 行あります。ここには出しませんが、取り込みます。`));
}

const lines = (said) => element("ul", {}, ...said.map((line) => element("li", {}, line)));

function column(title, id, ...parts) {
  return element("section", { class: "side", tabindex: "0", "aria-labelledby": id }, element("h3", { id }, title), ...parts);
}

function mappingPart(mapping) {
  const box = element("textarea", { rows: "3", spellcheck: "false" });
  box.value = mapping;
  const made = form("対応表", [
    element("p", { class: "hint" }, "取り込み元の言葉がどの項目かを、1行に1つ「今年度の実績,事業実績」のように書きます。"),
    labelled("対応表", box),
  ], "読み直す", () => read(box.value));
  const fold = element("details", { open: mapping !== "" }, element("summary", {}, "言葉の対応を決めて読み直す"), made);
  fold.addEventListener("toggle", () => { if (fold.open && mapping === "") fold.scrollIntoView({ block: "center" }); });
  return fold;
}

function show(preview, mapping) {
  shown = preview;
  const write = element("button", { type: "button", class: "main" }, "この内容で取り込む");
  const leave = element("button", { type: "button" }, "やめる");
  const wrong = element("p", { class: "wrong", role: "alert", hidden: true });
  write.addEventListener("click", () => accept(write, wrong));
  leave.addEventListener("click", close);
  const results = preview.files.map(({ path, text }) =>
    element("section", {}, element("h4", {}, path), element("pre", { class: "source" }, text)));
  const parts = [
    element("h2", { id: "import-title" }, "取り込む前に見比べる"),
    preview.unread.length > 0 && element("section", { class: "unread", tabindex: "0", "aria-labelledby": "unread-title" },
      element("h3", { id: "unread-title" }, "読まなかったもの・消されていたもの"), lines(preview.unread)),
    element("section", { class: "decide", tabindex: "0", "aria-labelledby": "decide-title" },
      element("h3", { id: "decide-title" }, "確かめること"), lines(preview.said), mappingPart(mapping)),
    element("div", { class: "sides" },
      column("元のファイル", "side-original", ...preview.documents.map(original)),
      column("できる原稿", "side-result", ...(results.length > 0 ? results : [element("p", {}, "できる原稿はありません。")]))),
    element("div", { class: "foot" }, wrong, element("p", { class: "actions" }, preview.files.length > 0 && write, leave)),
  ];
  dialog.replaceChildren(...parts.filter(Boolean));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  (preview.files.length > 0 ? write : leave).focus({ preventScroll: true });
  announce("元のファイルと、できる原稿を並べました");
}

async function accept(button, wrong) {
  if (button.disabled) return;
  button.disabled = true;
  const answer = await wish("import-write", { id: shown.id });
  if (!answer.ok) {
    button.disabled = false;
    wrong.hidden = false;
    wrong.textContent = answer.words;
    return;
  }
  files = [];
  chosen.value = "";
  const done = element("button", { type: "button", class: "main" }, "閉じる");
  done.addEventListener("click", close);
  const head = answer.value.written > 0 ? `${answer.value.written}個の原稿を作りました` : "原稿は作りませんでした";
  dialog.replaceChildren(element("h2", { id: "import-title" }, head), lines(answer.value.said),
    element("div", { class: "foot" }, element("p", { class: "actions" }, done)));
  done.focus();
  announce(head);
}

function close() {
  dialog.close();
}

// Photographs belong into the box of a program. Some systems know no kind for those of telephones.
const isImage = ({ type, name = "" }) => type.startsWith("image/") || /\.(heic|heif|tiff?|jpe?g|png)$/i.test(name);

/** Files that somebody drags over the page, and that no box there takes. */
const hasFiles = (event) => Boolean(event.dataTransfer?.types.includes("Files")) && !event.defaultPrevented;

/** Whether they are taken here; before they are let go their names are not known. */
function isTaken({ dataTransfer: { items } }) {
  const known = [...items].filter(({ kind }) => kind === "file");
  return !document.querySelector("dialog[open]") && !(known.length > 0 && known.every(isImage));
}

function take(dropped) {
  const kept = new DataTransfer();
  for (const file of dropped) kept.items.add(file);
  files = dropped;
  chosen.files = kept.files;
  openTab();
  chapter.focus();
  announce(`${files.length}個のファイルを受け取りました。入れる章を選んで「読んで見比べる」を押してください`);
}

/** Files that are dropped anywhere on the page. */
function startDrop() {
  const mark = (is) => document.body.classList.toggle("dropping", is);
  addEventListener("dragover", (event) => {
    const taken = hasFiles(event) && isTaken(event);
    mark(taken);
    if (!hasFiles(event)) return;
    // Or else the browser would show the file in place of the page.
    event.preventDefault();
    if (!taken) event.dataTransfer.dropEffect = "none";
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(false); });
  addEventListener("drop", (event) => {
    mark(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    const dropped = [...event.dataTransfer.files].filter((file) => !isImage(file));
    if (isTaken(event) && dropped.length > 0) take(dropped);
    else announce("受け取りませんでした。写真は、事業を書く画面の写真の欄に放してください");
  });
}

/** The form; `update` takes what there is to choose from. */
export function makeImport() {
  document.body.append(dialog);
  dialog.addEventListener("close", () => wish("import-forget"));
  chosen.addEventListener("change", () => { files = [...chosen.files]; });
  openTab = () => {
    showTab("tab-tasks");
    byId("tab-tasks").click();
  };
  startDrop();
  const node = form("Word・Excel の取り込み", [
    element("p", { class: "hint" }, "課から届いた Word・Excel・CSV・文から、事業の原稿を作ります。元のファイルと見比べてから決められます。ここへ引いてきて放しても構いません。"),
    labelled("ファイル", chosen), labelled("入れる章", chapter),
  ], "読んで見比べる", () => read());
  node.querySelector(".actions").append(stop);
  const update = ({ chapters }) =>
    choose(chapter, chapters.map(({ folder, title }) => ({ value: folder, label: title || folder })));
  return { node, update };
}
