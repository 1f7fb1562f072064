// Owns how the rows of a table look: real table rows with a text area in each cell that may be typed. A box in use keeps its element and
// its text.

import { arrange, element } from "./dom.js";
import { fit } from "./boxes.js";
import { clean, hasCells } from "./rows.js";

// In these columns an arrow is a value of its own.
const TREND = /(推移|増減|傾向)$/;
const SHARED = "上と同じ";

const isShared = (column) => column !== undefined && !TREND.test(column.name);
/** What a box shows of a cell, and the other way round. */
export const shownOf = (cell, column) => (cell === "↑" && isShared(column) ? SHARED : cell);
export const typedOf = (text, column) => (clean(text) === SHARED && isShared(column) ? "↑" : text);

export const columnName = ({ name, group }) => (group ? `${group} ${name}` : name);

/** The head of the table. */
export function drawHead(view) {
  const { columns } = view.table.grid;
  const key = JSON.stringify([columns, view.width]);
  if (view.head.dataset.key === key) return;
  view.head.dataset.key = key;
  const cell = (column) => element("th", { scope: "col", class: column.is_computed ? "computed" : null },
    column.group && element("span", { class: "group" }, column.group), column.name);
  const surplus = Array.from({ length: view.width - columns.length }, () => element("th", { scope: "col", class: "surplus" }, "余分な欄"));
  view.head.replaceChildren(element("tr", {}, element("th", { scope: "col" }, view.labelName), ...columns.map(cell), ...surplus));
}

function area(view, row, at, name) {
  const box = element("textarea", { rows: "1", "data-at": at, "aria-label": name, autocomplete: "off", spellcheck: "false" });
  box.row = row;
  box.at = at;
  return box;
}

const nameOf = (row) => clean(row.label).replace(/\n/g, "") || "新しい行";

function labelCell(view, row, tag, span) {
  const attributes = { class: `label level-${row.level}`, scope: tag === "th" ? "row" : null, colspan: span > 1 ? span : null };
  const mark = row.level > 0 ? element("span", { class: "mark", "aria-hidden": "true" }, "・".repeat(row.level)) : null;
  if (row.fixed || row.kind === "computed") {
    return element(tag, attributes, element("span", { class: "fixed" }, mark, element("span", {}, row.label)));
  }
  const sign = row.kind === "note" ? element("span", { class: "mark", "aria-hidden": "true" }, "※") : mark;
  const names = { note: "表の注", other: "読めない行", group: "まとまりの名前", head: "見出しの行の項目名" };
  return element(tag, attributes, element("span", { class: "typed" }, sign, area(view, row, -1, names[row.kind] ?? view.labelName)));
}

function makeCells(view, row) {
  const { columns } = view.table.grid;
  if (row.kind === "note" || row.kind === "other" || row.kind === "group") return [labelCell(view, row, "th", view.width + 1)];
  const cells = Array.from({ length: view.width }, (_, at) => {
    const column = columns[at];
    if (row.kind === "computed" || (column?.is_computed && row.kind !== "head" && !row.cells[at])) {
      return element("td", { class: "computed", "data-computed": at });
    }
    return element("td", {}, area(view, row, at, ""));
  });
  return [labelCell(view, row, "th", 1), ...cells];
}

/** What a row is made of: another row of elements where it changes. */
const shapeOf = (view, row) => JSON.stringify([row.kind, row.level, row.fixed, row.fixed && row.label, view.width,
  view.table.grid.columns.map(({ is_computed }, at) => is_computed && Boolean(row.cells[at]))]);

function drawRow(view, row) {
  row.node ??= element("tr");
  const { node } = row;
  const shape = shapeOf(view, row);
  const isNew = node.dataset.shape !== shape;
  const focused = isNew && node.contains(document.activeElement) ? document.activeElement : null;
  if (isNew) {
    node.dataset.shape = shape;
    node.dataset.kind = row.kind;
    node.replaceChildren(...makeCells(view, row));
  }
  for (const box of node.querySelectorAll("textarea")) drawBox(view, row, box);
  for (const cell of node.querySelectorAll("[data-computed]")) {
    cell.textContent = row.computed[cell.dataset.computed] ?? "";
  }
  // A box in use that gives way to another one has its text by now, and keeps its caret.
  const box = focused && node.querySelector(`[data-at="${focused.at}"]`);
  if (!box) return;
  box.focus();
  box.setSelectionRange(focused.selectionStart, focused.selectionEnd);
}

function drawBox(view, row, box) {
  const column = view.table.grid.columns[box.at];
  const text = box.at < 0 ? row.label : shownOf(row.cells[box.at] ?? "", column);
  if (box.at >= 0) {
    const name = row.kind === "head" ? `見出しの行　${box.at + 1}列目` : `${nameOf(row)}　${column ? columnName(column) : "余分な欄"}`;
    if (box.getAttribute("aria-label") !== name) box.setAttribute("aria-label", name);
  }
  // What is being typed is never changed from outside.
  if (document.activeElement !== box && box.value !== text) {
    box.value = text;
    box.stale = true;
  }
}

/** Shows all rows. */
export function drawRows(view) {
  const { rows, grid } = view.table;
  view.width = Math.max(grid.columns.length, ...rows.map((row) => (hasCells(row) ? row.cells.length : 0)));
  drawHead(view);
  const shown = rows.filter(({ kind }) => kind !== "blank");
  for (const row of shown) drawRow(view, row);
  arrange(view.body, shown.map(({ node }) => node));
  for (const box of view.body.querySelectorAll("textarea")) {
    if (box.stale || box.style.height === "") fit(box);
    box.stale = false;
  }
}
