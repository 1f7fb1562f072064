// Owns the photographs of a program: each with its picture, its caption and what it shows. A file that is chosen or dropped is copied
// beside the program; the rows are those of a table.

import { announce, arrange, element } from "./dom.js";
import { fit, newName } from "./boxes.js";
import { inBase64, post } from "./post.js";
import { clean, newRow } from "./rows.js";
import { insertRows, makeTable } from "./table.js";
import { tableSaver, touched, takeOver } from "./table_saver.js";

const PARTS = [
  { at: 0, name: "見出し（写真の下に印刷する文）" },
  { at: 1, name: "何が写っているか（目の見えない人に読み上げる文）" },
];

const PICTURES = "image/*,.heic,.heif,.tif,.tiff,.svg";

export function makePhotos(owner, name) {
  const view = { owner, name, stretch: null, own: null };
  const id = newName();
  view.list = element("ul", { class: "photos" });
  view.boxes = view.list;
  view.said = element("p", { class: "said", role: "alert", hidden: true });
  view.input = element("input", { id, type: "file", accept: PICTURES, multiple: true });
  view.drop = element("div", { class: "drop" }, element("label", { for: id }, "写真を選ぶか、ここへ引いてきて放す"), view.input);
  // One for all photographs: it is opened for the one that gets another file.
  view.other = element("input", { type: "file", accept: PICTURES, hidden: true });
  view.hint = element("p", { class: "hint" }, "Enter：次の欄へ　Shift＋Enter：欄の中で改行");
  view.node = element("div", {}, view.hint, view.list, view.drop, view.other, view.said);
  view.table = makeTable(owner, () => draw(view));
  Object.assign(view, tableSaver(view));
  listen(view);
  return view;
}

export function updatePhotos(view, grid, seen) {
  // A name alone is a photograph too, and may get its caption.
  const rows = grid.rows.map((entry) => (entry.kind === "group" ? { ...entry, kind: "row" } : entry));
  // No empty row is typed in: a row begins with its file.
  takeOver(view, { ...grid, rows, is_free: false }, seen);
}

function listen(view) {
  view.input.addEventListener("change", async () => {
    await send(view, [...view.input.files]);
    view.input.value = "";
  });
  view.other.addEventListener("change", async () => {
    await replace(view, view.replaced, view.other.files[0]);
    view.other.value = "";
  });
  view.drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    view.drop.classList.add("over");
  });
  view.drop.addEventListener("dragleave", () => view.drop.classList.remove("over"));
  view.drop.addEventListener("drop", (event) => {
    event.preventDefault();
    view.drop.classList.remove("over");
    send(view, [...event.dataTransfer.files]);
  });
}

/** Copies a file into the report: `name` is what a row calls it, or `fault` says why not. */
async function copied(view, file) {
  view.say(`「${file.name}」を写しています…`);
  try {
    const answer = await post("photo", { file: view.owner.file(), name: file.name, data: await inBase64(file) });
    return answer.ok ? await answer.json() : { fault: await answer.text() };
  } catch {
    return { fault: `「${file.name}」を写せませんでした。つながっているか確かめてください。` };
  }
}

/** A photograph gets another file, and keeps its words. */
async function replace(view, row, file) {
  if (!file) return;
  const { name, fault = "" } = await copied(view, file);
  view.say(fault);
  if (fault || !view.table.rows.includes(row)) return;
  row.label = name;
  draw(view);
  touched(view);
  announce("写真を替えました。前の写真のファイルは残っています。");
  view.leave();
}

/** Copies files into the report, and adds a row for each. */
async function send(view, files) {
  const faults = [];
  let first = null;
  for (const file of files) {
    const { name, fault } = await copied(view, file);
    if (fault) {
      faults.push(fault);
      continue;
    }
    const row = { ...newRow("row"), label: name };
    first ??= row;
    insertRows(view.table, view.table.rows.at(-1) ?? null, [row]);
    touched(view);
  }
  view.say(faults.join("　"));
  if (!first) return;
  announce("写真を足しました");
  first.node.querySelector("textarea")?.focus();
  view.leave();
}

function makeItem(view, row) {
  const picture = element("img", { alt: "" });
  const name = element("p", { class: "file" });
  // A note, or a line that is not understood, has no caption.
  const parts = row.kind === "row" ? PARTS : [];
  const boxes = parts.map((part) => {
    const id = newName();
    const box = element("textarea", { id, rows: "1", "data-at": part.at, spellcheck: "false" });
    Object.assign(box, { row, at: part.at });
    box.addEventListener("input", (event) => { if (!event.isComposing) take(view, box); });
    box.addEventListener("compositionend", () => take(view, box));
    box.addEventListener("blur", () => view.leave());
    box.addEventListener("focus", () => { box.before = box.value; });
    box.addEventListener("keydown", (event) => onKey(view, box, event));
    return element("div", { class: "wording" }, element("label", { for: id }, part.name), box);
  });
  const button = (words, act) => {
    const made = element("button", { type: "button" }, words);
    made.addEventListener("click", () => act(row));
    return made;
  };
  const tools = element("div", { class: "actions" },
    button("上へ", () => move(view, row, -1)), button("下へ", () => move(view, row, 1)), button("この写真を外す", () => remove(view, row)));
  const other = button("別の写真にする", () => {
    view.replaced = row;
    view.other.click();
  });
  // Here one mends what is said of the file.
  other.dataset.at = -1;
  const item = element("li", { class: "photo" }, element("div", {}, picture, name, row.kind === "row" && other), element("div", {}, ...boxes, tools));
  return Object.assign(item, { picture, name, kind: row.kind });
}

function onKey(view, box, event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    // What is saved by this key is no longer taken back by Esc.
    box.before = box.value;
    const all = [...view.list.querySelectorAll("textarea")];
    const next = all[all.indexOf(box) + 1];
    if (next) next.focus();
    else view.leave();
  } else if (event.key === "Escape" && box.value !== box.before) {
    event.stopPropagation();
    box.value = box.before;
    take(view, box);
  }
}

function take(view, box) {
  while (box.row.cells.length < box.at) box.row.cells.push("");
  box.row.cells[box.at] = box.value;
  fit(box);
  touched(view);
}

function draw(view) {
  const rows = view.table.rows.filter(({ kind }) => kind !== "blank");
  view.hint.hidden = rows.length === 0;
  for (const row of rows) drawItem(view, row);
  arrange(view.list, rows.map(({ node }) => node));
  for (const box of view.list.querySelectorAll("textarea")) fit(box);
}

function drawItem(view, row) {
  if (row.node?.kind !== row.kind) row.node = makeItem(view, row);
  const { picture, name } = row.node;
  const path = `./picture?file=${encodeURIComponent(view.owner.file())}&name=${encodeURIComponent(clean(row.label))}`;
  picture.hidden = row.kind !== "row";
  if (row.kind === "row" && picture.getAttribute("src") !== path) picture.src = path;
  name.textContent = row.kind === "row" ? row.label : row.base?.text ?? row.label;
  for (const box of row.node.querySelectorAll("textarea")) {
    const text = row.cells[box.at] ?? "";
    if (document.activeElement !== box && box.value !== text) box.value = text;
  }
}

function changed(view, row) {
  draw(view);
  touched(view);
  row?.node?.querySelector("textarea")?.focus();
  view.leave();
}

function move(view, row, by) {
  const { rows } = view.table;
  const from = rows.indexOf(row);
  if (!rows[from + by]) return;
  rows.splice(from, 1);
  rows.splice(from + by, 0, row);
  changed(view, row);
}

function remove(view, row) {
  view.table.rows = view.table.rows.filter((other) => other !== row);
  announce("写真を外しました。写真のファイルは残っています。");
  changed(view, view.table.rows[0]);
}
