// Owns what is done with the row in use, by buttons and by keys, and what is offered for an empty cell.

import { element } from "./dom.js";
import { clean, hasBelow, hasCells, newRow } from "./rows.js";
import { addLast, blockOf, partRows } from "./table.js";
import { picksFor } from "./suggest.js";

// What is done with one another stands together, also where the buttons take two lines.
const TOOLS = [[
  { id: "below", words: "＋下に行", title: "下に行を足す（Ctrl＋Enter）", act: (view) => view.addRows(freshRows(view), true) },
  { id: "above", words: "＋上に行", title: "上に行を足す（Ctrl＋Shift＋Enter）", act: (view) => view.addRows(freshRows(view), false) },
], [
  { id: "child", words: "内訳にする", title: "上の行の内訳にする（Alt＋Shift＋→）", act: (view) => shift(view, 1) },
  { id: "parent", words: "内訳をやめる", title: "内訳をやめる（Alt＋Shift＋←）", act: (view) => shift(view, -1) },
  { id: "group", words: "まとまり", title: "名前だけを書いた行をまとまりの名前にする。下に行のないまとまりは、ふつうの行に戻す。ほかの行では、まとまりを足す（Alt＋Shift＋G）", act: addGroup },
], [
  { id: "up", words: "上へ", title: "行を上へ動かす（Alt＋Shift＋↑）", act: (view) => move(view, -1) },
  { id: "down", words: "下へ", title: "行を下へ動かす（Alt＋Shift＋↓）", act: (view) => move(view, 1) },
], [
  { id: "note", words: "※注", title: "表の注を足す（Alt＋Shift＋N）", act: (view) => view.addRows([newRow("note")], true) },
], [
  { id: "column", words: "＋右に列", title: "右に列を足す", act: addColumn },
  { id: "uncolumn", words: "列を消す", title: "使っている列を消す", act: removeColumn },
], [
  { id: "remove", words: "行を消す", title: "行を消す（Alt＋Delete）", act: remove },
]];
const MOST_COLUMNS = 6;
const COLUMNS = ["column", "uncolumn"];
// Where the columns stand as rows, levels are the form's.
const LEVELS = ["child", "parent", "group"];

/** A new row; of a table whose columns stand as rows all of them. */
const freshRows = ({ table, current }) =>
  (table.grid.parts.length > 0 ? partRows(table.grid) : [newRow("row", current?.row.level ?? 0)]);

/** A row with a name and nothing else is the name of a group: it gets a first row below, where it has none. */
function makeHeading(view, row) {
  const { table } = view;
  const below = blockOf(table, row).slice(1);
  Object.assign(row, { kind: "group", level: 0, cells: [] });
  const first = below[0] ?? newRow("row", 1);
  if (below.length === 0) table.rows.splice(table.rows.indexOf(row) + 1, 0, first);
  view.tell(`「${clean(row.label)}」をまとまりの名前にしました。もう書いてある行は、「内訳にする」で中に入れられます。`);
  settle(view, first, -1);
}

const isNameAlone = (row) => isOwn(row) && row.kind === "row" && clean(row.label) !== "" && row.cells.every((cell) => clean(cell) === "");

function mayBeHeading({ table, current }) {
  const { row } = current ?? {};
  return isNameAlone(row) && (row.level === 0 || (row.level === 1 && blockOf(table, row).length === 1));
}

/** A name of a group that nothing stands below may have been meant for a row with values. */
function makeRow(view, row) {
  Object.assign(row, { kind: "row", cells: [] });
  view.tell(`「${clean(row.label)}」に値の欄を出しました。`);
  settle(view, row, 0);
}

function addGroup(view) {
  const { parts } = view.table.grid;
  const { row } = view.current ?? {};
  if (isOwn(row) && row.kind === "group" && blockOf(view.table, row).length === 1) return makeRow(view, row);
  if (parts.length === 0 && mayBeHeading(view)) return makeHeading(view, view.current.row);
  view.addRows(parts.length > 0 ? freshRows(view) : [newRow("group"), newRow("row", 1)], true);
}

const isOwn = (row) => row && !row.fixed && row.kind !== "computed";

/** What is moved and removed: the row in use; of a table whose columns stand as rows all of them. */
function unitOf({ table, current }) {
  if (!current || table.grid.parts.length === 0) return current?.row;
  const at = table.rows.indexOf(current.row);
  return table.rows.slice(0, at + 1).findLast(({ level }) => level === 0);
}

function shift(view, by) {
  const { row, at } = view.current ?? {};
  if (!isOwn(row)) return;
  const level = row.level + by;
  if ( !hasCells(row) || level < 0 || level > 2 || view.table.grid.parts.length > 0) return;
  const above = view.table.rows.slice(0, view.table.rows.indexOf(row));
  if (level > 0 && above.length === 0) return view.tell("初めの行は内訳にできません。");
  // A name without values that gets parts is the name of a group.
  const whole = above.findLast((other) => hasBelow(other) && other.level < level);
  if (isNameAlone(whole) && whole.level === 0) Object.assign(whole, { kind: "group", cells: [] });
  row.level = level;
  row.isPlaced = true;
  settle(view, row, at);
}

function move(view, by) {
  const { table, current } = view;
  const row = unitOf(view);
  if (!isOwn(row)) return;
  const { rows } = table;
  const block = blockOf(table, row);
  const from = rows.indexOf(row);
  const last = rows.at(-1);
  const others = rows.filter((other) => !block.includes(other));
  // Past the whole block of the neighbour of its own level.
  const neighbours = by < 0
    ? rows.slice(0, from).findLastIndex((other) => other.level <= row.level && other.kind !== "blank")
    : from + block.length;
  const neighbour = rows[neighbours];
  if (!neighbour || (by > 0 && neighbour === last && !last.base) || (neighbour.level < row.level)) return;
  const place = by < 0 ? others.indexOf(neighbour) : others.indexOf(neighbour) + blockOf(table, neighbour).length;
  others.splice(place, 0, ...block);
  table.rows = others;
  settle(view, current.row, current.at);
}

function remove(view) {
  const { table } = view;
  const row = unitOf(view);
  if (!isOwn(row)) return;
  const block = blockOf(table, row);
  const at = table.rows.indexOf(row);
  const next = table.rows[at + block.length] ?? table.rows[at - 1];
  table.rows = table.rows.filter((other) => !block.includes(other));
  view.tell(clean(row.label) === "" ? "空の行を消しました。" : `「${clean(row.label)}」の行を消しました。`);
  settle(view, next, -1);
}

/** The row that names the columns; where a table has none it gets one, with the names that they have. */
function headOf({ table }) {
  const known = table.rows.find(({ kind }) => kind === "head");
  if (known) return known;
  const head = Object.assign(newRow("head"), { label: "項目名", cells: table.grid.columns.map(({ name }) => name) });
  table.rows.unshift(head);
  return head;
}

/** Changes the columns of all rows alike. */
function withColumns(view, change) {
  const { table } = view;
  const head = headOf(view);
  for (const row of table.rows.filter(hasCells)) {
    while (row.cells.length < table.grid.columns.length) row.cells.push("");
    change(row.cells, row);
  }
  const plain = { group: null, is_computed: false, is_text: false, is_amount: false };
  table.grid.columns = head.cells.map((name) => ({ ...plain, name }));
  return head;
}

function addColumn(view) {
  const { grid } = view.table;
  if (grid.columns.length >= MOST_COLUMNS) return view.tell(`列は${MOST_COLUMNS}つまでです。`);
  const at = view.current && view.current.at >= 0 ? view.current.at + 1 : grid.columns.length;
  const head = withColumns(view, (cells, row) => cells.splice(at, 0, row.kind === "head" ? "新しい列" : ""));
  view.tell("列を足しました。見出しの行で名前を付けてください。");
  settle(view, head, at);
}

/** What stands behind the columns of a table is no column: the columns stay as they are. */
function removeSurplus(view, at) {
  for (const { cells } of view.table.rows.filter(hasCells)) cells.splice(at, 1);
  view.tell("余分な欄を消しました。");
  settle(view, view.current.row, at - 1);
}

function removeColumn(view) {
  const { grid } = view.table;
  const at = view.current?.at ?? -1;
  if (at >= grid.columns.length) return removeSurplus(view, at);
  if (at < 0 || grid.columns.length < 2) return view.tell("消す列の欄を選んでから押してください。");
  const head = withColumns(view, (cells) => cells.splice(at, 1));
  view.tell("列を消しました。");
  settle(view, head, Math.max(at - 1, 0));
}

/** Shows and saves the rows as they are now, and stays in one of them. */
function settle(view, row, at) {
  addLast(view.table);
  view.draw();
  view.changed();
  if (row) view.focus(row, at)?.select();
  view.leave();
}

/** The tools of a grid: their nodes, and what a key does. */
export function makeTools(view) {
  const make = ({ id, words, title, act }) => {
    const button = element("button", { type: "button", title, tabindex: "-1", "data-tool": id }, words);
    button.addEventListener("click", () => act(view));
    return button;
  };
  const groups = TOOLS.map((tools) => element("span", { class: "tools-of" }, ...tools.map(make)));
  const buttons = groups.flatMap((group) => [...group.children]);
  buttons[0].tabIndex = 0;
  const bar = element("div", { class: "row-tools", role: "toolbar", "aria-label": `${view.name}の行` }, ...groups);
  bar.addEventListener("keydown", (event) => walk(event, buttons.filter(({ hidden }) => !hidden)));
  const picks = element("div", { class: "picks", role: "group", "aria-label": "空いている欄に入れる言葉" });
  picks.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      view.focus(view.current.row, view.current.at);
    } else walk(event, [...picks.querySelectorAll("button")]);
  });
  const run = (id) => TOOLS.flat().find((tool) => tool.id === id).act(view);
  const hint = element("p", { class: "hint" }, "Alt＋Enter：欄の中で改行");
  const showFor = ({ is_free, parts, has_own_columns }) => {
    bar.hidden = !is_free;
    for (const button of buttons) {
      const { tool } = button.dataset;
      button.hidden = (parts.length > 0 && LEVELS.includes(tool)) || (!has_own_columns && COLUMNS.includes(tool));
    }
  };
  return { nodes: [bar, element("div", { class: "picks-line" }, picks, hint)], picks, run, showFor };
}

/** Arrows move along a row of buttons. */
function walk(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

/** Offers words for the cell in use where it is empty. */
export function drawPicks(view) {
  const { picks } = view.tools;
  const { row, at } = view.current ?? {};
  const isEmpty = row !== undefined && clean(at < 0 ? row.label : row.cells[at] ?? "") === "";
  const offered = isEmpty && view.body.contains(document.activeElement) ? picksFor(view.table, row, at) : [];
  const key = JSON.stringify(offered);
  if (picks.dataset.key === key || picks.contains(document.activeElement)) return;
  picks.dataset.key = key;
  const button = ({ value, words, name }) => {
    const made = element("button", { type: "button", tabindex: "-1", title: name, "aria-label": words === name ? null : `${words}　${name}` }, words);
    // The cell keeps the focus.
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => {
      view.putInto(value);
      // A word for a whole cell is all that is to be typed there; a name alone would be saved as that of a group.
      if (at >= 0 && clean(row.label) !== "") view.leave();
    });
    return made;
  };
  picks.replaceChildren(...(offered.length > 0 ? [element("span", {}, "空欄に（Alt＋↓）："), ...offered.map(button)] : []));
}
