// Owns what is offered for a box: the words that a field may take, and for a cell of a table the kinds of absence, the cell above, and
// what stands elsewhere in its column.

import { element } from "./dom.js";
import { clean } from "./rows.js";

/** The words for a field, as a list that its input names. */
export function wordList(id) {
  const list = element("datalist", { id });
  return {
    list,
    update(words) {
      const key = words.join("\n");
      if (list.dataset.key === key) return;
      list.dataset.key = key;
      list.replaceChildren(...words.map((word) => element("option", { value: word })));
    },
  };
}

const ABSENT = [
  { value: "—", words: "該当なし（—）", name: "実績がないときに書く「—」" },
  { value: "中止", words: "中止", name: "予定したが中止した" },
  { value: "0件", words: "0件", name: "行ったが0件だった" },
];
const ABOVE = { value: "↑", words: "上と同じ（↑）", name: "上の欄と同じ枠にする" };
const MOST = 8;

/** Words of figures: 58名 gives 名. */
const unitOf = (cell) => cell.match(/^[\d,.０-９，．]+\s*(\p{L}{1,3})$/u)?.[1] ?? null;

function others(table, row, at) {
  const cells = table.rows.filter((other) => other !== row && other.kind === "row").map((other) => clean(other.cells[at] ?? ""));
  return [...new Set(cells.filter((cell) => cell && !cell.includes("\n")))];
}

/** What may be put into an empty cell; `at` is −1 for a label. */
export function picksFor(table, row, at) {
  const { grid, rows } = table;
  if (row.kind !== "row" && row.kind !== "group") return [];
  const plain = (value) => ({ value, words: value, name: value });
  if (at < 0) {
    const used = new Set(rows.map(({ label }) => clean(label)));
    return grid.labels.filter((label) => !used.has(label)).slice(0, MOST).map(plain);
  }
  const above = rows.slice(0, rows.indexOf(row)).findLast(({ kind }) => kind === "row");
  const mayShare = above !== undefined && above.level === row.level;
  if (grid.columns[at]?.is_text) return [...(mayShare ? [ABOVE] : []), ...others(table, row, at).slice(0, MOST).map(plain)];
  if (grid.columns[at]?.is_amount) return [ABSENT[0], { value: "0", words: "0", name: "0円" }, ...(mayShare ? [ABOVE] : [])];
  // A count of the row's own unit.
  const unit = row.cells.map((cell) => unitOf(clean(cell))).find(Boolean) ?? "件";
  const absent = ABSENT.map((pick) => (pick.value === "0件" ? { ...pick, value: `0${unit}`, words: `0${unit}`, name: `行ったが0${unit}だった` } : pick));
  return [...absent, ...(mayShare ? [ABOVE] : [])];
}
