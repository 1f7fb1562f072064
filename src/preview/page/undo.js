// Owns what can be taken back: every save that this page made, over all files, as long as its tab is open.
//
// Whoever saves over `save`, `mend`, `acknowledge` or `restore` calls, with what the server answered,
//
//   saved({ file, words, seen, stretches })      stretches: [{ start, end, before, after }]
//
// where `seen` is the mark of the file as the save left it, `start` and `end` say in bytes where `after` stands in it now, and `before`
// is what stood there. `words` name the save in the titles of the buttons; without them it is the program and how many places. Saves of
// several files that are one act for the reader: savedTogether(words, [{ file, seen, stretches }, …]).
// Whoever has boxes that may hold unsaved words registers `beforeUndo(saveAll)`, where `saveAll` saves them and answers whether nothing is
// left: what is just being typed is then the last act, and is not saved behind the back of the one that is taken back.
// Taking back is a save like any other: what somebody else changed meanwhile stays, and is told.

import { byId, setText, tellDone } from "./dom.js";
import { NO_LINE, post } from "./post.js";
import { rememberInTab, rememberedInTab } from "./store.js";

// More acts are none that a person remembers; each holds the texts that it changed.
const MOST = 500;

// A page that is loaded anew can still take back what it saved before.
const ACTS = "acts";
const { done, undone } = rememberedInTab(ACTS, { done: [], undone: [] });
const boxes = [];
let names = new Map();
let running = Promise.resolve();

/** What a file is called where a reader sees it: its program or chapter. */
export function nameOf(file) {
  return names.get(file) || file.split("/").at(-1).replace(/\.jigyo$/, "");
}

/** `saveAll` is called before each undo and redo: true when nothing is left to save. */
export const beforeUndo = (saveAll) => boxes.push(saveAll);

/** A save that succeeded can be taken back. */
export function saved({ file, words, seen, stretches }) {
  savedTogether(words, [{ file, seen, stretches }]);
}

/** Saves of several files that are taken back together. */
export function savedTogether(words, saves) {
  const changes = ({ stretches }) => stretches.some(({ before, after }) => before !== after);
  const made = saves.filter(changes);
  if (made.length === 0) return;
  const places = made.reduce((sum, { stretches }) => sum + stretches.length, 0);
  const others = made.length > 1 ? `など${made.length}件` : "";
  done.push({ words: words ?? `${nameOf(made[0].file)}${others}の${places}か所`, saves: made });
  if (done.length > MOST) done.shift();
  undone.length = 0;
  tell("");
  changed();
}

/** Above the pages, and in the form of a program where that lies over them. */
const buttons = (id) => [byId(id), byId(`program-${id}`)];

function show() {
  for (const [id, acts, verb, keys] of [["undo", done, "元に戻す", "Ctrl+Z"], ["redo", undone, "やり直す", "Ctrl+Y"]]) {
    const act = acts.at(-1);
    for (const button of buttons(id)) {
      // A button that is switched off would lose the focus.
      button.setAttribute("aria-disabled", String(!act));
      button.title = act ? `${verb}：${act.words}（${keys}）` : `${verb}ものはありません`;
    }
  }
}

function changed() {
  rememberInTab(ACTS, { done, undone });
  show();
}

function tell(words) {
  const banner = byId("undo-said");
  banner.hidden = words === "";
  setText(banner, words);
}

const back = ({ start, end, before }) => ({ start, end, text: before });

/** Takes one act back, file by file; the acts that undo what was made, and the files that somebody else changed. */
async function takeBack({ saves }) {
  const made = [];
  const kept = [];
  for (const { file, seen, stretches } of saves.toReversed()) {
    const answer = await post("mend", { file, seen, edits: stretches.map(back), as_utf8: true, verbatim: true });
    if (answer.ok) made.unshift({ file, ...(await answer.json()) });
    else kept.push(file);
  }
  return { made, kept };
}

/** Saves what boxes hold; false where something of it cannot be saved. */
async function boxesAreSaved() {
  for (const saveAll of boxes) if (!(await saveAll())) return false;
  return true;
}

async function turn(from, to, verb) {
  if (!(await boxesAreSaved())) return tell(`まだ保存できていない文があるので、${verb}ことはしていません。先にその文を保存するか、欄で Esc キーを押して元の文に戻してください。`);
  const act = from.pop();
  if (!act) return;
  try {
    const { made, kept } = await takeBack(act);
    if (made.length > 0) to.push({ words: act.words, saves: made });
    if (kept.length > 0) {
      tell(`「${kept.map(nameOf).join("」「")}」は${verb}ことができません。その後に、同じ所がほかの画面かメモ帳で書き換えられています。`);
    } else {
      tell("");
      tellDone(`${verb === "元に戻す" ? "元に戻しました" : "やり直しました"}：${act.words}`);
    }
  } catch {
    from.push(act);
    tell(NO_LINE);
  }
  changed();
}

/** One after the other, however fast the keys come. */
function soon(from, to, verb) {
  running = running.then(() => turn(from, to, verb)).catch(() => tell(NO_LINE));
}

const undo = () => soon(done, undone, "元に戻す");
const redo = () => soon(undone, done, "やり直す");

const inTextBox = ({ target }) => target instanceof Element
  && target.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])");

function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  if (inTextBox(event) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const act = key === "z" ? (event.shiftKey ? redo : undo) : (key === "y" && redo);
  if (!act) return;
  event.preventDefault();
  act();
}

/** The state's names, and whether this page writes at all. */
export function updateUndo({ writing, chapters }) {
  names = new Map(chapters.flatMap(({ file, title, programs }) =>
    [[file, title], ...programs.map((program) => [program.file, program.name])]));
  byId("undo-tools").hidden = !writing.is_on;
}

export function startUndo() {
  for (const button of buttons("undo")) button.addEventListener("click", undo);
  for (const button of buttons("redo")) button.addEventListener("click", redo);
  document.addEventListener("keydown", (event) => { if (!byId("undo-tools").hidden) onKey(event); });
  show();
}
