// Owns the way from print back to the file: a click or Enter on a line asks where it came from and shows it in a small
// panel that does not block the page.

import { announce, byId } from "./dom.js";
import { currentScale } from "./view.js";
import { indexOf, pageAtIndex } from "./pages.js";
import { drawMark, lineAt } from "./text.js";
import { editorLink } from "./messages.js";
import { writeButton } from "./writes.js";
import { closeEdit, discard, isOpen, openEdit, save, startEdit } from "./edit.js";
import { mayGoBack, mayWrite, openButtons } from "./mends.js";
import { openEarlier } from "./earlier.js";
import { openRemark, showRemarksOn, showThread } from "./remarks.js";

// A double click selects a word; waiting this long tells it from a single click.
const DOUBLE_CLICK = 220;
const panel = byId("source-panel");

let asked = 0;
let timer = 0;
let mark = null;
let returnTo = null;
let placeText = "";
let shownFile = null;
// By what a remark finds the line again.
let shownPlace = null;
let hadSelection = false;
let programsAround = () => [];

// So many lines beside a place without letters are asked whose they are.
const NEIGHBOURS = 6;

const hasSelection = () => !document.getSelection().isCollapsed;

function close() {
  asked += 1;
  clearTimeout(timer);
  mark?.remove();
  mark = null;
  if (panel.hidden) return;
  const focusInside = panel.contains(document.activeElement);
  panel.hidden = true;
  if (focusInside) (returnTo?.isConnected ? returnTo : byId("pages")).focus({ preventScroll: true });
}

/** Saves what was typed, and closes; stays where that cannot be saved. */
async function leave() {
  if (!(await save())) return false;
  closeEdit();
  close();
  return true;
}

function show(answer, byKeyboard) {
  const found = answer.file !== undefined;
  placeText = found ? `${answer.file}　${answer.line}行目` : "";
  byId("source-place").textContent = found ? placeText : answer.message;
  const line = byId("source-line");
  line.hidden = !found || !answer.source;
  line.textContent = answer.source ?? "";
  byId("source-copy").parentElement.hidden = !found;
  byId("source-copy").hidden = !found;
  byId("source-copy").textContent = "ファイル名と行をコピー";
  const link = editorLink(answer.link);
  byId("source-link").hidden = link === null;
  if (link) byId("source-link").href = link;
  showOpening(answer.file ?? null);
  shownPlace = answer.place ?? null;
  showRemarksOn(shownFile, answer.line);
  byId("source-remark").hidden = !shownFile || !mayWrite();
  offerForm(found ? answer.file : null, answer.line);
  panel.hidden = false;
  byId("source-title").textContent = answer.edit ? "ここを書き換える" : "原稿の場所";
  if (answer.edit) {
    openEdit({ file: answer.file, ...answer.edit });
    return;
  }
  closeEdit();
  if (byKeyboard) panel.focus();
  else announce(byId("source-place").textContent);
}

/** The way to the form of a program, at a line where one is known. */
function offerForm(file, line = null) {
  const write = file ? writeButton(file, "この事業を書く", "この事業を書く", line) : null;
  write?.addEventListener("click", leave);
  byId("source-write").replaceChildren(...(write ? [write] : []));
  if (write) byId("source-copy").parentElement.hidden = false;
}

/** What stands at a point in pt of a page, as the server knows it. */
async function sourceAt(page, x, y) {
  const response = await fetch(`./source?page=${page.hash}&x=${x.toFixed(2)}&y=${y.toFixed(2)}`);
  return response.ok ? response.json() : null;
}

/** Of a photograph, or a place where nothing stands: the program whose lines are beside it. */
async function offerAround(index, y, isWanted) {
  const files = programsAround({ page: index, y }).map(({ file }) => file);
  const page = pageAtIndex(index);
  const away = ({ entry }) => Math.max(entry.y - y, y - entry.y - entry.height, 0);
  const lines = [...page.text.children].toSorted((one, other) => away(one) - away(other)).slice(0, files.length > 0 ? NEIGHBOURS : 0);
  const answers = await Promise.all(lines.map(({ entry }) => sourceAt(page, ...firstLetter(entry))));
  const found = answers.map((answer) => answer?.file).filter(Boolean);
  // A list names other programs too.
  if (isWanted() && found.length > 0 && found.every((file) => files.includes(file))) offerForm(found[0]);
}

/** What else can be done with the file that is shown. */
function showOpening(file) {
  shownFile = file;
  say("");
  byId("source-open").hidden = !file || !mayWrite();
  byId("source-earlier").hidden = !file || !mayGoBack();
}

function say(words) {
  byId("source-said").hidden = words === "";
  byId("source-said").textContent = words;
}

/** Asks for the source of a point in pt on a page; `from` gets the focus back when asked by keyboard. */
async function ask(index, x, y, from) {
  if (!(await leave())) return;
  const turn = ++asked;
  returnTo = from;
  const page = pageAtIndex(index);
  const line = lineAt(page, x, y);
  if (line) mark = drawMark(page, line.entry, "picked");
  let answer = { message: "原稿の場所を調べられませんでした。もう一度クリックしてください。" };
  try {
    answer = (await sourceAt(page, x, y)) ?? answer;
  } catch {
    // The answer above says it.
  }
  if (turn !== asked) return;
  show(answer, from !== null);
  // Without an answer the words above stay.
  if (answer.file === undefined) offerAround(index, y, () => turn === asked).catch(() => {});
}

const firstLetter = ({ x, y, width, height }) => [x + Math.min(width, height) / 2, y + height / 2];

/** Asks for the source of a line of text, from its first letter. */
export function askLine(line) {
  ask(indexOf(line), ...firstLetter(line.entry), line);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(placeText);
    byId("source-copy").textContent = "コピーしました";
  } catch {
    // Some managed browsers forbid it; selecting the words leaves Ctrl+C to the reader.
    document.getSelection().selectAllChildren(byId("source-place"));
    byId("source-copy").textContent = "選びました（Ctrl＋C）";
  }
  announce(byId("source-copy").textContent);
}

/** The page numbers may have moved, so what the panel's mark points at may be elsewhere. */
export function forgetPicked() {
  // What is being typed is never taken away.
  if (!isOpen()) close();
}

function showDraft(draft) {
  byId("source-place").textContent = draft.file;
  byId("source-title").textContent = "ここを書き換える";
  byId("source-line").hidden = true;
  byId("source-copy").parentElement.hidden = true;
  byId("source-write").replaceChildren();
  panel.hidden = false;
}

/** `around` gives the programs that a place on a page may be of. */
export function startSource(around) {
  programsAround = around;
  const pageArea = byId("pages");
  // A click that only clears a selection is not a question.
  pageArea.addEventListener("pointerdown", () => { hadSelection = hasSelection(); });
  pageArea.addEventListener("click", (event) => {
    clearTimeout(timer);
    const section = event.target.closest("[data-page]");
    if (!section || event.detail > 1 || hadSelection || hasSelection()) return;
    const box = section.getBoundingClientRect();
    const x = (event.clientX - box.left) / currentScale();
    const y = (event.clientY - box.top) / currentScale();
    timer = setTimeout(() => ask(indexOf(section), x, y, null), DOUBLE_CLICK);
  });
  byId("source-close").addEventListener("click", leave);
  byId("edit-cancel").addEventListener("click", async () => {
    await discard();
    close();
  });
  byId("source-open").replaceChildren(...openButtons(() => shownFile, say));
  byId("source-earlier").addEventListener("click", async () => {
    const file = shownFile;
    if (await leave()) openEarlier(file);
  });
  byId("source-remarks").addEventListener("click", async ({ currentTarget: { dataset: { thread } } }) => {
    if (await leave()) showThread(thread);
  });
  byId("source-remark").addEventListener("click", async () => {
    const [file, place] = [shownFile, shownPlace];
    if (await leave()) openRemark({ file, kinds: ["連絡", "差戻し", "確認"], place });
  });
  startEdit(close, showDraft, leave);
  byId("source-copy").addEventListener("click", copy);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    // Elsewhere it is another box's key: what is typed here stays.
    if (!isOpen()) close();
    else if (panel.contains(event.target)) discard().then(close);
  });
}
