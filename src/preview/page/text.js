// Owns the text that lies unseen over a page's picture: it can be selected, found with Ctrl+F and read aloud, and its
// lines can be walked with the arrow keys. Also draws rectangles (search hits, picked lines) in the same coordinates.

import { element } from "./dom.js";

// Layers are laid out at 4 px a pt and scaled down, as some browsers refuse letters below a least size.
export const UNIT = 4;

const LETTERS = '"BIZ UDGothic", "MS Gothic", "Yu Gothic", "Hiragino Sans", sans-serif';
const canvas = document.createElement("canvas").getContext("2d");

function place(node, { x, y, width, height }) {
  node.style.left = `${x * UNIT}px`;
  node.style.top = `${y * UNIT}px`;
  node.style.height = `${height * UNIT}px`;
  if (width !== undefined) node.style.width = `${width * UNIT}px`;
}

function makeLine(entry) {
  const line = element("div", { class: "line", tabindex: "-1" }, entry.text);
  const size = Math.max(entry.height * UNIT * 0.92, 1);
  const { x, y, height } = entry;
  place(line, { x, y, height });
  line.style.fontSize = `${size}px`;
  line.style.lineHeight = `${height * UNIT}px`;
  // The picture's font is not here; stretching makes the selection cover the printed letters.
  canvas.font = `${size}px ${LETTERS}`;
  const natural = canvas.measureText(entry.text).width;
  if (natural > 0 && entry.width > 0) line.style.transform = `scaleX(${(entry.width * UNIT) / natural})`;
  line.entry = entry;
  return line;
}

/** Replaces a page's lines. Focus inside them goes to the page, as its line may be gone. */
export function layText(page, entries) {
  const hadFocus = page.text.contains(document.activeElement);
  page.text.replaceChildren(...entries.map(makeLine));
  if (hadFocus) page.section.focus({ preventScroll: true });
}

/** Draws a rectangle on a page and returns it. */
export function drawMark(page, area, kind) {
  const mark = element("div", { class: kind });
  place(mark, area);
  page.marks.append(mark);
  return mark;
}

/** The line nearest below the point, or holding it. */
export function lineAt(page, x, y) {
  return [...page.text.children].find(({ entry }) =>
    x >= entry.x - 2 && x <= entry.x + entry.width + 2 && y >= entry.y - 2 && y <= entry.y + entry.height + 2);
}

/** Moves the focus one line down (+1) or up (−1) from what has it; returns false at the end of the page. */
export function walkLines(page, step) {
  const lines = [...page.text.children];
  const now = lines.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : -1) : now + step;
  if (!lines[next]) return false;
  lines[next].focus({ preventScroll: true });
  return true;
}
