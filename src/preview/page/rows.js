// Owns how a table's rows are written in the file, and which stretch of it a change touches. Pure: it knows no page and no server.

// Rows that stand in a file.
const REAL = new Set(["head", "row", "group", "note", "other", "blank"]);
const KINDS = { open: "row", opengroup: "group" };
const NO_CELLS = new Set(["group", "note", "other", "blank", "computed"]);

/** The lines of a cell without blanks around them; a blank line says nothing. */
export const clean = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");

export const isReal = ({ kind }) => REAL.has(kind);
/** Whether rows may belong to it. */
export const hasBelow = ({ kind }) => !["note", "other", "blank"].includes(kind);
export const hasCells = ({ kind }) => !NO_CELLS.has(kind);

/** A row of a table: `base` is what stands in the file, absent for one that does not. */
export function makeRow(entry) {
  const { kind, level, lead, label, cells, computed, is_fixed } = entry;
  const base = isReal(entry) ? entry : null;
  return { base, kind: KINDS[kind] ?? kind, level, lead, label, cells: [...cells], computed, fixed: is_fixed };
}

/** A row that somebody adds. */
export const newRow = (kind, level = 0, label = "") =>
  ({ base: null, kind, level, lead: "", label, cells: [], computed: [], fixed: label !== "" });

/** What an entry of the server is, as a row is written. */
const kindOf = ({ kind }) => KINDS[kind] ?? kind;

const sameCells = (one, other) => {
  const count = Math.max(one.length, other.length);
  return Array.from({ length: count }, (_, at) => clean(one[at] ?? "") === clean(other[at] ?? "")).every(Boolean);
};

/** Whether a row says what an entry says. */
export const says = (row, entry) => row.kind === kindOf(entry) && row.level === entry.level
  && clean(row.label) === clean(entry.label) && (!hasCells(row) || sameCells(row.cells, entry.cells));

/** Whether a row is as it stands in the file. */
export const isUntouched = (row) => row.base !== null && says(row, row.base);

export const isBlank = (row) => clean(row.label) === "" && row.cells.every((cell) => clean(cell) === "");

const isFilled = (row) => (row.fixed ? row.cells.some((cell) => clean(cell) !== "") : !isBlank(row));

/** The rows that are written: those of the file, those that somebody filled in, and those that such a one belongs to. */
export function written(rows) {
  let deepest = -1;
  const found = [];
  for (const row of rows.toReversed()) {
    if (row.kind === "computed") continue;
    // A row above holds what stands deeper below it.
    const holds = deepest > row.level;
    if (row.base || isFilled(row) || (holds && clean(row.label) !== "")) {
      found.push(row);
      if (hasBelow(row)) deepest = row.level;
    }
  }
  return found.reverse();
}

const leadOf = ({ level }) => (level === 0 ? "" : `　${"・".repeat(level)}`);
const levelOf = (lead) => [...lead].filter((sign) => "・･•‧".includes(sign)).length;

/** What stands in front of a row's label: as the file has it, as its sisters have it, or as it is usual. */
function leadFor(row, rows) {
  if (row.base && levelOf(row.lead) === row.level) return row.lead;
  // Where others that hang as deep stand in the file as they are shown; the row itself may just have been moved there.
  const sister = rows.find((other) => other.base && row.level > 0 && other.level === row.level && levelOf(other.lead) === row.level && hasCells(other));
  return sister?.lead ?? leadOf(row);
}

/** The cells that are written, without those that may be left out at the end. */
function cellsOf(row, { columns, behind }) {
  const cells = Array.from({ length: Math.max(columns.length, row.cells.length) }, (_, at) => clean(row.cells[at] ?? ""));
  const isTyped = columns.some(({ is_computed }, at) => is_computed && cells[at] !== "");
  const kept = cells.map((cell, at) => ({ cell, at }))
    .filter(({ cell, at }) => (at < columns.length ? isTyped || !columns[at].is_computed : cell !== ""));
  const last = behind > 0 ? kept.slice(-behind) : [];
  const all = last.length === behind && last.every(({ cell, at }) => cell === "" && at < columns.length) ? kept.slice(0, kept.length - behind) : kept;
  return all.map(({ cell }) => cell);
}

/** The line of a row of which one cell changed: its other bytes stay. Null where more changed, or anything else. */
function withOneCell(row, cells, { columns, behind }) {
  const { base } = row;
  if (!base || /[\r\n]/.test(base.text) || row.kind !== kindOf(base) || row.level !== base.level || !hasCells(row)) return null;
  const parts = base.text.split(/([｜|│])/);
  const all = parts.length > 1 ? parts : base.text.split(/(\t)/);
  const count = (all.length + 1) / 2;
  // Which column a cell belongs to may depend on how many there are.
  const mayBeShort = behind === 0 && !columns.some(({ is_computed }) => is_computed);
  const isShort = mayBeShort && cells.slice(count).every((cell) => cell === "");
  if (count > cells.length || (count < cells.length && !isShort)) return null;
  const textAt = (at) => (at === 0 ? all[0].slice(base.lead.length) : all[at * 2]);
  const changed = cells.slice(0, count).map((cell, at) => at).filter((at) => clean(textAt(at)) !== cells[at]);
  if (changed.length !== 1 || cells[changed[0]].includes("\n") || !all[0].startsWith(base.lead)) return null;
  const [at] = changed;
  const [, front, back] = textAt(at).match(/^(\s*)[^]*?(\s*)$/);
  all[at * 2] = `${at === 0 ? base.lead : ""}${front}${cells[at]}${back}`;
  return all.join("");
}

/** The lines of a row. */
export function rowText(row, rows, table) {
  if (isUntouched(row)) return row.base.text.replace(/\r\n?/g, "\n");
  if (row.kind === "blank") return "";
  if (row.kind === "other") return row.label.replace(/^\n+|\n+$/g, "");
  if (row.kind === "note") return `※${clean(row.label).split("\n").join("\n＋")}`;
  const texts = [clean(row.label), ...(hasCells(row) ? cellsOf(row, table) : [])];
  const kept = withOneCell(row, texts, table);
  if (kept !== null) return kept;
  const cells = texts.map((cell) => cell.split("\n"));
  const height = Math.max(...cells.map((lines) => lines.length));
  const line = (at) => cells.map((lines) => lines[at] ?? "");
  const more = Array.from({ length: height - 1 }, (_, at) => `＋${line(at + 1).join("｜").replace(/｜+$/, "")}`);
  return [`${leadFor(row, rows)}${line(0).join("｜")}`, ...more].join("\n");
}

const textOf = ({ text }) => text.replace(/\r\n?/g, "\n");

/** The stretch that is to be changed so that the file has the rows, from the first to the last one that differs: where, what stands
    there and what is to. `base` are the rows of the file, `insert` says where a first one is written. Null where nothing differs. */
export function change({ rows, base, insert, ...table }) {
  const wanted = written(rows);
  const stays = (row, entry) => row !== undefined && entry !== undefined && row.base === entry && isUntouched(row);
  let first = 0;
  while (stays(wanted[first], base[first])) first += 1;
  let tail = 0;
  while (tail < Math.min(wanted.length, base.length) - first && stays(wanted.at(-1 - tail), base.at(-1 - tail))) tail += 1;
  const old = base.slice(first, base.length - tail);
  const now = wanted.slice(first, wanted.length - tail);
  const value = now.map((row) => rowText(row, rows, table)).join("\n");
  const text = old.map(textOf).join("\n");
  const above = base[first - 1];
  if (old.length === 0 && now.length === 0) return null;
  if (old.length > 0 && now.length > 0) return { start: old[0].start, end: old.at(-1).end, text, value };
  if (now.length > 0) {
    return above
      ? { start: above.end, end: above.end, text: "", value: `\n${value}` }
      : { start: insert.start, end: insert.start, text: "", value: `${insert.before}${value}${insert.after}` };
  }
  if (above) return { start: above.end, end: old.at(-1).end, text: `\n${text}`, value: "" };
  const below = base[old.length];
  return { start: old[0].start, end: below?.start ?? old.at(-1).end, text: below ? `${text}\n` : text, value: "" };
}

/** The name of a line that would be read as a heading. Without `names` any in 【 】: the form knows words for a heading that the page does
    not, and one that nobody knows is a mistake in the file. */
export function headingIn(text, names = null) {
  const lines = text.split("\n").map((line) => line.match(/^\s*【([^】【]*)】/)?.[1].replace(/\s/g, ""));
  return lines.find((name) => name !== undefined && (names === null || names.has(name))) ?? null;
}

/** What to type in the place of a heading, in words. */
export const headingFault = (name) =>
  `「【${name}】」で始まる行は、次の見出しになります。「${name}」のように【 】を外してください。残すときは「次の【${name}】」のように前に言葉を置きます。`;

/** What keeps a row from being written, in words; empty where nothing does. */
export function faultOf(row, names) {
  if (isUntouched(row) || row.kind === "blank") return "";
  if (row.kind === "other") {
    const known = new Set((row.base?.text ?? "").split(/\r\n?|\n/));
    const name = headingIn(row.label.split("\n").filter((line) => !known.has(line)).join("\n"));
    return name === null ? "" : headingFault(name);
  }
  const cells = [row.label, ...(hasCells(row) ? row.cells : [])];
  const label = clean(row.label);
  const name = label.split("\n")[0] || "名前のない行";
  // A row that is one cell is parted by the bars that are typed in it.
  if (cells.some((cell) => /[｜|│\t]/.test(cell)) && row.kind !== "note" && row.kind !== "group") {
    return `「${name}」の欄に「｜」か「|」があります。欄の区切りになる記号なので、「／」などに書き換えてください。`;
  }
  if (row.kind === "note") return /[｜|│\t]/.test(label) ? "注に「｜」は書けません。「／」などに書き換えてください。" : "";
  if (/^[＋+]/.test(label)) {
    return `「${name}」の初めの「＋」は、上の行の続きの印になります。「＋」を消すか、「プラス」と書いてください。`;
  }
  if (row.kind === "group" && label.startsWith("※")) return `「${name}」は注です。「※注」で行を足して、そこに書いてください。`;
  // Behind ・ nothing is a heading; with cells behind it only a name that is known.
  if (row.level > 0) return "";
  const isAlone = row.kind === "group" || row.cells.every((cell) => clean(cell) === "");
  const heading = headingIn(label.split("\n")[0], isAlone ? null : names);
  return heading === null ? "" : headingFault(heading);
}
