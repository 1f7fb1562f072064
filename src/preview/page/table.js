// Owns a table between the file and the boxes that show it: its rows as they are typed, what of them is saved, and how the file's own
// rows are taken over without touching a box that is in use.

import { change, clean, faultOf, hasBelow, isBlank, isReal, isUntouched, makeRow, newRow, rowText, written } from "./rows.js";
import { plain } from "./stretch.js";

/** A table. `owner` names the file and saves; `draw` shows the rows after they changed. */
export function makeTable(owner, draw) {
  return { owner, draw, grid: null, rows: [], base: [], entries: [], seen: "", sent: null };
}

/** What would be saved, as a stretch wants it. */
export function stretchOf(table) {
  const { owner, seen, rows, base } = table;
  const { insert, columns, behind } = table.grid;
  const changed = change({ rows, base, insert, columns, behind });
  const place = changed ?? { start: insert.start, end: insert.start, text: "", value: "" };
  return { file: owner.file(), seen, ...place };
}

export const isChanged = ({ rows, base, grid }) =>
  change({ rows, base, insert: grid.insert, columns: grid.columns, behind: grid.behind }) !== null;

/** What keeps the table from being written, in words, and the row that is marked for it; empty where nothing does. */
export function faultIn({ rows, owner }) {
  const faulty = written(rows).find((row) => faultOf(row, owner.names()) !== "");
  for (const row of rows) row.node?.classList.toggle("refused", row === faulty);
  return faulty ? faultOf(faulty, owner.names()) : "";
}

/** To be called as a save is sent: which rows it writes. */
export function markSent(table) {
  const { rows, grid } = table;
  table.sent = written(rows).map((row) => ({ row, as: { ...row, cells: [...row.cells] }, text: rowText(row, rows, grid) }));
}

/** By which name each row is found again: its label below those above it, and how many of the same stand before it. A row of the file
    goes by the label that the file has. */
function keysOf(rows, labelOf = ({ label }) => label) {
  const above = [];
  const counts = new Map();
  return rows.map((row) => {
    const label = clean(labelOf(row));
    if (hasBelow(row)) above.length = Math.min(above.length, row.level);
    const name = JSON.stringify([above, row.level, label]);
    if (hasBelow(row)) above[row.level] = label;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return `${name}#${count}`;
  });
}

const isSameText = (one, other) => plain(one.text) === plain(other.text);
const isAlike = (one, other) => one.length === other.length && one.every((each, at) => isSameText(each, other[at]));

/** The rows that those of the file are. What was sent, and what stands there as it did, goes by its place; else by the texts. */
function partners(table, real, isOwn) {
  const { rows, sent } = table;
  const based = new Map(rows.filter(({ base }) => base).map((row) => [row.base, row]));
  if (isOwn && sent?.length === real.length) return new Map(real.map((entry, at) => [entry, sent[at]]));
  if (isAlike(real, table.base)) {
    const known = real.map((entry, at) => [entry, { row: based.get(table.base[at]), as: null }]);
    return new Map(known.filter(([, { row }]) => row));
  }
  const left = isOwn && sent ? [...sent] : [...based.values()].map((row) => ({ row, as: null, text: row.base.text }));
  const found = new Map();
  for (const entry of real) {
    const at = left.findIndex((known) => isSameText(known, entry));
    if (at >= 0) found.set(entry, left.splice(at, 1)[0]);
  }
  return found;
}

/** A row that the file has now: what was not typed on meanwhile is as it stands there. */
function take(row, entry, as) {
  const unchanged = (name) => as === null || row[name] === as[name];
  if (as === null ? isUntouched(row) : true) {
    if (unchanged("label")) row.label = entry.label;
    row.cells = Array.from({ length: Math.max(row.cells.length, entry.cells.length) }, (_, at) => {
      const typed = row.cells[at] ?? "";
      return as === null || typed === (as.cells[at] ?? "") ? entry.cells[at] ?? "" : typed;
    });
    if (as === null || (row.kind === as.kind && row.level === as.level)) Object.assign(row, { kind: makeRow(entry).kind, level: entry.level });
  }
  Object.assign(row, { base: entry, lead: entry.lead, computed: entry.computed, fixed: entry.is_fixed });
}

/** Whether rows were moved, added or removed since those of the file were sent. */
function isMovedOn({ rows, sent }) {
  const now = written(rows);
  return now.length !== sent.length || now.some((row, at) => row !== sent[at].row);
}

/** Whether anything was typed or moved since the save was sent. */
export const isTypedOn = (table) => table.sent !== null
  && (isMovedOn(table) || table.sent.some(({ row, text }) => rowText(row, table.rows, table.grid) !== text));

/** Takes over the rows of the file as they are now. `isOwn`: they are what was sent last. Where somebody else changed a table that is
    being typed in, it stays as it was seen: the save then finds out. True where they are what was sent. */
export function adopt(table, grid, seen, isOwn) {
  const real = grid.rows.filter(isReal);
  const isSent = isOwn || (table.sent !== null && isAlike(real, table.sent));
  const isSame = isAlike(real, table.base);
  const isBusy = table.grid !== null && isChanged(table);
  if (!isSent && isBusy && !isSame) return false;
  const partner = partners(table, real, isSent);
  // What was moved or removed is not saved yet: it is not taken back.
  const stays = isSent ? table.sent?.length === real.length && isMovedOn(table) : isBusy;
  const old = labelsBefore(table, partner);
  for (const [entry, { row, as }] of partner) take(row, entry, as);
  const rows = stays ? table.rows : rowsOf(table, grid, partner, old);
  if (!stays) keepUnsaved(table, rows, isSent);
  // Columns that were added or removed stand in the head that is not saved yet.
  const columns = stays && grid.has_own_columns ? table.grid.columns : grid.columns;
  Object.assign(table, { grid: { ...grid, columns }, seen, rows, base: real, entries: grid.rows, sent: null });
  addLast(table);
  table.draw();
  return isSent;
}

/** The rows that stand in no file, by their names before anything of them changed. */
function labelsBefore({ rows }, partner) {
  const labels = new Map([...partner].map(([entry, { row }]) => [row, entry.label]));
  const keys = keysOf(rows, (row) => labels.get(row) ?? row.label);
  return new Map(rows.map((row, at) => [keys[at], row]).filter(([, row]) => !row.base && !labels.has(row)));
}

/** The rows in the order of the file. Each row of the page is one of them once. */
function rowsOf(table, grid, partner, old) {
  const keys = keysOf(grid.rows);
  return grid.rows.map((entry, at) => {
    if (isReal(entry)) return partner.get(entry)?.row ?? makeRow(entry);
    const row = old.get(keys[at]);
    if (!row || row.kind !== makeRow(entry).kind) return makeRow(entry);
    old.delete(keys[at]);
    return Object.assign(row, { computed: entry.computed });
  });
}

/** Rows that somebody added and that were not saved yet stay behind the row that they stood behind, a row with all that belongs to it;
    an empty one only while it is in use. The last empty row is kept for the end. */
function keepUnsaved(table, rows, isSent) {
  const before = table.rows;
  const spare = before.at(-1);
  const asSent = new Map(isSent ? table.sent?.map(({ row, as }) => [row, as]) : []);
  const isInUse = (row) => row.node?.contains(document.activeElement);
  const isTyped = ({ cells }) => cells.some((cell) => clean(cell) !== "");
  // What was sent stands in the file, in whatever rows it is read.
  const isThere = (row) => asSent.has(row) && row.label === asSent.get(row).label && String(row.cells) === String(asSent.get(row).cells);
  before.forEach((row, at) => {
    if (row.base || row.kind === "computed" || rows.includes(row) || isThere(row)) return;
    const block = row.fixed ? [row] : blockOf(table, row);
    const isOwn = row.fixed ? isTyped(row) : row !== spare && block.some((each) => !each.fixed || isInUse(each) || isTyped(each));
    if (!isOwn) return;
    const above = before.slice(0, at).findLast((other) => rows.includes(other));
    const added = block.filter((each) => !each.base && !rows.includes(each));
    rows.splice(above ? rows.indexOf(above) + 1 : 0, 0, ...added);
  });
  if (spare && !spare.base && !spare.fixed && spare.kind !== "computed" && !rows.includes(spare) && !isThere(spare)) rows.push(spare);
}

/** The rows as the file had them when it was last seen: what was typed is kept elsewhere. */
export function reset(table) {
  table.rows = table.entries.map(makeRow);
  table.sent = null;
  addLast(table);
  table.draw();
}

/** A row of a table whose columns stand as rows: its name, and a row for each column that is typed. */
export const partRows = ({ parts }) => [newRow("group"), ...parts.map((part) => newRow("row", 1, part))];

/** A free table ends with an empty row, in which the next one is typed; true where that one is new or stands deeper or less deep. */
export function addLast(table) {
  const { grid, rows } = table;
  if (!grid.is_free) return false;
  if (grid.parts.length > 0) {
    const isEmpty = rows.length === 0;
    if (isEmpty) rows.push(...partRows(grid));
    return isEmpty;
  }
  const last = rows.at(-1);
  const isSpare = last && !last.base && last.kind === "row" && last.label === "" && last.cells.every((cell) => cell === "");
  if (!isSpare) rows.push(newRow("row"));
  const spare = rows.at(-1);
  const before = spare.level;
  if (!spare.isPlaced && !spare.node?.contains(document.activeElement)) spare.level = levelBehind(rows.at(-2));
  return !isSpare || spare.level !== before;
}

/** How deep a row behind another one stands, until somebody places it elsewhere: a list of parts goes on. */
const levelBehind = (row) => (row?.kind === "row" && !isBlank(row) ? row.level : 0);

/** A row with those that stand deeper right below it. */
export function blockOf({ rows }, row) {
  const from = rows.indexOf(row);
  const behind = rows.slice(from + 1);
  const end = behind.findIndex(({ kind, level }) => level <= (row?.level ?? 0) || kind === "blank");
  return rows.slice(from, end < 0 ? rows.length : from + 1 + end);
}

/** Puts rows behind another one, or in front of it. */
export function insertRows(table, anchor, added, below = true) {
  const at = table.rows.indexOf(anchor);
  table.rows.splice(at < 0 ? table.rows.length : at + Number(below), 0, ...added);
  addLast(table);
  table.draw();
}
