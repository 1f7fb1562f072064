// Owns what a paste of cells from a spreadsheet is: rows of cells, a head of years left out. Pure.

/** The cells of a text that a spreadsheet gave: parted by Tabs and line ends; a cell in quotation marks may hold both, and doubled
    marks. Null for a text that is one cell alone. */
export function parseCells(text) {
  const plain = text.replace(/\r\n?/g, "\n");
  const rows = [[""]];
  let quoted = false;
  let fresh = true;
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    const row = rows.at(-1);
    if (quoted) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (plain[at + 1] === '"') {
        row[row.length - 1] += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && fresh && closes(plain, at)) {
      quoted = true;
      fresh = false;
    } else if (sign === "\t") {
      row.push("");
      fresh = true;
    } else if (sign === "\n") {
      rows.push([""]);
      fresh = true;
    } else {
      row[row.length - 1] += sign;
      fresh = false;
    }
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows.length === 1 && rows[0].length === 1 ? null : rows;
}

/** Whether a quotation mark has a partner that ends its cell: else it is a mere letter. */
function closes(text, at) {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    if (text[end + 1] === '"') end += 1;
    else return end + 1 === text.length || text[end + 1] === "\t" || text[end + 1] === "\n";
  }
  return false;
}

const YEAR = /^(令和|平成|昭和|[RHS])?(元|\d{1,2})年度$|^[RHS](元|\d{1,2})$|^20\d\d(年度)?$|^(前々?|当|今|翌)年度$/;
const HEADS = new Set(["項目名", "項目", "指標名", "指標", "名称", "区分", "内容", "事項", "費目", "年度", ""]);

/** Whether a pasted row names the columns: years, or the columns' own names. `names` are those of the columns. */
export function isHead(row, names) {
  const plain = (text) => text.normalize("NFKC").replace(/\s/g, "");
  const cells = row.map(plain);
  const own = new Set(names.map(plain));
  const isName = (cell) => YEAR.test(cell) || own.has(cell);
  const [first, ...rest] = cells;
  const filled = rest.filter(Boolean);
  return (filled.length > 0 && filled.every(isName) && (HEADS.has(first) || isName(first)))
    || (rest.length > 0 && filled.length === 0 && ["項目名", "指標名"].includes(first));
}

/** A pasted cell as it is written: bars would part it. */
export const asCell = (text) => text.replace(/[｜|│]/g, "／").replace(/\t/g, " ").trim();
