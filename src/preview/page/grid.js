// Owns the grid of a table: which cell is in use, what is typed into it, and when its rows are saved.

import { announce, element } from "./dom.js";
import { fit } from "./boxes.js";
import { addLast, blockOf, insertRows, isChanged, makeTable } from "./table.js";
import { drawRows, shownOf, typedOf } from "./grid_rows.js";
import { startGridKeys } from "./grid_keys.js";
import { drawPicks, makeTools } from "./grid_tools.js";
import { asCell, isHead, parseCells } from "./paste.js";
import { pasteRows } from "./grid_paste.js";
import { forget } from "./stretch.js";
import { tableSaver, takeOver, touched } from "./table_saver.js";

/** The grid of a table; `name` is its heading, `labelName` the head of its first column. */
export function makeGrid(owner, name, labelName = "項目名") {
  const view = { owner, name, labelName, width: 0, current: null, stretch: null, composing: false, own: null };
  view.table = makeTable(owner, () => drawRows(view));
  view.head = element("thead");
  view.body = element("tbody");
  view.boxes = view.body;
  view.said = element("p", { class: "said", role: "alert", hidden: true });
  view.told = element("p", { class: "told", role: "status" });
  view.tools = makeTools(view);
  view.node = element("div", { class: "grid" }, ...view.tools.nodes,
    element("div", { class: "scroll" }, element("table", { "aria-label": name }, view.head, view.body)), view.told, view.said);
  Object.assign(view, tableSaver(view), {
    closed: () => refit(view),
    handedOver: () => { view.current = null; },
    focus: (row, at) => focusCell(view, row, at),
    changed: () => touched(view),
    draw: () => drawRows(view),
    tell: (words) => tell(view, words),
    putInto: (value) => putInto(view, value),
    takeBack: (box) => takeBack(view, box),
    addRows: (rows, below) => addRows(view, rows, below),
  });
  startTyping(view);
  startGridKeys(view);
  forgetTold(view);
  return view;
}

/** Takes over the table as the file has it now. */
export function updateGrid(view, grid, seen) {
  takeOver(view, grid, seen, () => {
    if (!view.table.rows.includes(view.current?.row)) view.current = null;
    drawPicks(view);
  });
}

/** The text of a box goes into its row. */
function take(view, box) {
  const { row, at } = box;
  const column = view.table.grid.columns[at];
  if (at < 0) row.label = box.value;
  else {
    while (row.cells.length < at) row.cells.push("");
    row.cells[at] = typedOf(box.value, column);
  }
  fit(box);
  if (addLast(view.table)) drawRows(view);
  touched(view);
  drawPicks(view);
}

/** A box that was left shows its cell as it is written. */
function refit(view) {
  for (const box of view.body.querySelectorAll("textarea")) {
    const text = box.at < 0 ? box.row.label : shownOf(box.row.cells[box.at] ?? "", view.table.grid.columns[box.at]);
    if (document.activeElement !== box && box.value !== text) {
      box.value = text;
      fit(box);
    }
  }
}

function startTyping(view) {
  const { body } = view;
  body.addEventListener("focusin", ({ target }) => {
    if (target.row === undefined) return;
    view.current = { row: target.row, at: target.at };
    view.before = target.value;
    drawPicks(view);
  });
  body.addEventListener("focusout", ({ target }) => {
    if (target.row !== undefined && !view.composing) view.leave();
  });
  // As in a spreadsheet: the first click takes the whole cell, the next one goes to a letter.
  let entered = null;
  body.addEventListener("pointerdown", ({ target }) => { entered = document.activeElement === target ? null : target; });
  body.addEventListener("click", ({ target }) => {
    if (target.row !== undefined && target === entered && target.selectionStart === target.selectionEnd) target.select();
    entered = null;
  });
  // A word that is not chosen yet is none: it is not written.
  body.addEventListener("input", (event) => {
    if (event.target.row !== undefined && !event.isComposing) take(view, event.target);
  });
  body.addEventListener("compositionstart", () => { view.composing = true; });
  body.addEventListener("compositionend", ({ target }) => {
    view.composing = false;
    if (target.row === undefined) return;
    take(view, target);
    if (document.activeElement !== target) view.leave();
  });
  body.addEventListener("paste", (event) => paste(view, event));
}

function paste(view, event) {
  const { target } = event;
  if (target.row === undefined) return;
  const text = event.clipboardData.getData("text/plain");
  const cells = parseCells(text);
  if (cells === null) {
    // One cell comes with a line end, which says nothing.
    if (!/[\r\n]$/.test(text)) return;
    event.preventDefault();
    document.execCommand("insertText", false, text.replace(/[\r\n]+$/, ""));
    return;
  }
  event.preventDefault();
  const { row, at } = target;
  const said = pasteRows(view.table, row, at, cells.map((line) => line.map(asCell)), isHead);
  target.value = at < 0 ? row.label : shownOf(row.cells[at] ?? "", view.table.grid.columns[at]);
  fit(target);
  addLast(view.table);
  drawRows(view);
  touched(view);
  tell(view, said);
  view.leave();
}

/** What was told of an act goes with the next one. */
function forgetTold(view) {
  const forget = ({ key }) => { if (!["Alt", "Control", "Meta", "Shift"].includes(key)) view.told.textContent = ""; };
  for (const kind of ["keydown", "pointerdown", "input", "paste"]) view.node.addEventListener(kind, forget, true);
}

function tell(view, words) {
  view.told.textContent = words;
  announce(words);
}

/** Puts a word into the cell in use. */
function putInto(view, value) {
  const { row, at } = view.current;
  const box = focusCell(view, row, at);
  if (!box) return;
  box.select();
  // So that Ctrl+Z takes it back.
  document.execCommand("insertText", false, shownOf(value, view.table.grid.columns[at]));
}

function focusCell(view, row, at) {
  const boxes = [...(row.node?.querySelectorAll("textarea") ?? [])];
  const box = boxes.find((each) => each.at === at) ?? boxes[0];
  box?.focus();
  return box;
}

/** What stands in the file of the cell of a box. */
const kept = ({ row: { base }, at }, { grid }) =>
  (base === null ? "" : at < 0 ? base.label : shownOf(base.cells[at] ?? "", grid.columns[at]));

/** Takes back what was typed into a cell since it was entered, or of a row that cannot be saved what is not in the file; false where nothing
    was. */
function takeBack(view, box) {
  const isRefused = box.row.node.classList.contains("refused");
  const before = box.value === view.before && isRefused ? kept(box, view.table) : view.before;
  if (box.value === before) return false;
  box.value = before;
  take(view, box);
  // What is being saved is saved, and what was taken back is saved then.
  if (!isChanged(view.table) && view.stretch && !view.stretch.isUnderway) {
    const it = view.stretch;
    view.stretch = null;
    forget(it);
  }
  announce("欄の文を戻しました");
  return true;
}

/** The row beside which rows are added: none comes between a row and those that stand deeper below it. */
function anchorFor(view, { kind, level }, below) {
  const { rows } = view.table;
  const last = rows.findLast((row) => row.base || row.kind !== "row");
  if (kind === "note") return last;
  let at = rows.indexOf(view.current?.row ?? last);
  if (at < 0) return null;
  while (at > 0 && rows[at].level > level) at -= 1;
  return below ? blockOf(view.table, rows[at]).at(-1) : rows[at];
}

/** Adds rows beside the one in use, and goes to the first of them. */
function addRows(view, rows, below) {
  insertRows(view.table, anchorFor(view, rows[0], below), rows, below || rows[0].kind === "note");
  touched(view);
  view.focus(rows[0], -1);
}
