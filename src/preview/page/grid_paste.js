// Owns where pasted cells go in a table: from the cell in use on, to the right and down; what does not fit is told. Knows no boxes.

import { columnName } from "./grid_rows.js";
import { clean, newRow } from "./rows.js";

const plain = (text) => text.normalize("NFKC").replace(/[\s・]/g, "");

/** The columns that pasted cells go into. As many as all columns bring what is computed along, which is passed over. */
function targets({ columns }, from, width) {
  const all = columns.map((_, at) => at).filter((at) => at >= from);
  const typed = all.filter((at) => !columns[at].is_computed);
  return width > typed.length && width <= all.length ? all : typed;
}

/** The row that a pasted line goes into: a fixed one by its name, else the next one; a free table gets a new one. */
function rowFor(table, at, line, state) {
  const { rows, grid } = table;
  const isTarget = (row) => row.kind === "row" || row.kind === "group";
  if (at < 0 && !grid.is_free) {
    // The same label may stand below several rows: the next one is meant, and none twice.
    const isMeant = (row) => isTarget(row) && plain(row.label) === plain(line[0]) && !state.used.has(row);
    const ahead = rows.findIndex((row, index) => index >= state.next && isMeant(row));
    const found = ahead < 0 ? rows.findIndex(isMeant) : ahead;
    if (found < 0) return null;
    state.used.add(rows[found]);
    state.next = found + 1;
    return rows[found];
  }
  let next = rows.findIndex((row, index) => index >= state.next && isTarget(row));
  if (next < 0) {
    if (!grid.is_free) return null;
    rows.push(newRow("row"));
    next = rows.length - 1;
  }
  state.next = next + 1;
  return rows[next];
}

function setLabel(row, text, hasCells, isFollowed) {
  if (row.fixed) return;
  const [, marks, label] = text.match(/^([・･\s]*)([^]*)$/);
  row.level = Math.min([...marks].filter((sign) => sign === "・" || sign === "･").length, 2);
  row.label = label;
  if (/^※/.test(label) && !hasCells && !row.base) Object.assign(row, { kind: "note", label: label.replace(/^※\s*/, "") });
  else if (!row.base || row.kind === "group") row.kind = !hasCells && isFollowed ? "group" : "row";
}

/** Puts pasted lines into a table from a cell on; says in words what was left out. */
export function pasteRows(table, row, at, lines, isHead) {
  const { grid, rows } = table;
  const names = grid.columns.map(columnName).concat(grid.columns.map(({ name }) => name));
  const body = isHead(at < 0 ? lines[0] : ["", ...lines[0]], names) ? lines.slice(1) : lines;
  const state = { next: rows.indexOf(row), used: new Set() };
  const left = { cells: [], lines: [], groups: [] };
  let count = 0;
  body.forEach((line, index) => {
    const target = rowFor(table, at, line, state);
    if (!target) {
      left.lines.push(line.join(" "));
      return;
    }
    const values = at < 0 ? line.slice(1) : line;
    const columns = targets(grid, Math.max(at, 0), values.length);
    const isFollowed = at < 0 && /^[・･\s]*[・･]/.test(body[index + 1]?.[0] ?? "");
    if (at < 0) setLabel(target, line[0], values.some((value) => clean(value) !== ""), isFollowed);
    if (target.kind !== "row") left.groups.push(...values.filter((value) => clean(value) !== ""));
    else {
      values.forEach((value, place) => {
        const column = columns[place];
        if (column === undefined) {
          if (value !== "") left.cells.push(value);
        } else if (!grid.columns[column].is_computed) {
          while (target.cells.length < column) target.cells.push("");
          target.cells[column] = value;
        }
      });
    }
    count += 1;
  });
  return words(count, body.length < lines.length, left);
}

const some = (list) => list.slice(0, 3).map((text) => `「${text}」`).join("") + (list.length > 3 ? "など" : "");

function words(count, isWithoutHead, { cells, lines, groups }) {
  return [
    `${count}行を貼り付けました。`,
    isWithoutHead && "見出しの行は自動で付くので、入れていません。",
    cells.length > 0 && `列が足りないので、${some(cells)}は入れていません。`,
    groups.length > 0 && `まとまりの行には欄がないので、${some(groups)}は入れていません。`,
    lines.length > 0 && `様式にない行なので、${some(lines)}は入れていません。`,
  ].filter(Boolean).join("");
}
