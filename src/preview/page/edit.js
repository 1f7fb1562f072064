// Owns the box in which a printed line's source is changed: what is typed is kept as a draft until it is saved or thrown away, and a
// text that another program changed meanwhile is shown beside it. The box is an ordinary text area: input methods, spelling and undo
// are the browser's. An answer that comes late speaks of the stretch that it was asked for, whatever is open by then.

import { announce, byId, element, setText, tellSaved } from "./dom.js";
import { quiet } from "./boxes.js";
import { forget, forgetDraft, isDirty, keep, keepAtLast, keepSoon, kindOf, newId, plain, sendAll, startStretch } from "./stretch.js";

const form = byId("edit");
const box = byId("edit-text");
const said = byId("edit-said");
const conflict = byId("edit-conflict");

// What is open: its file, mark, place, text in the file and text in the box, its stretch, and what is under way for it.
let open = null;
let afterSave = () => {};
let reveal = () => {};
let leave = async () => true;

export const isOpen = () => open !== null;

function say(words) {
  // The same words are only spoken again if the text changes in between.
  said.textContent = "";
  said.hidden = words === "";
  setTimeout(() => { said.textContent = words; }, 20);
}

/** As high as its lines. */
function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function fill(it, text) {
  it.value = text;
  box.value = text;
  fit();
}

/** Both texts of a conflict, theirs first. */
const both = ({ text, value, kind }) => [text, value].filter(Boolean).join(kind === "prose" ? "\n" : "　");

// While nobody has chosen, the draft is both texts: who takes it up again may have forgotten that there was another one.
const draftOf = (it) => (it.conflict && it.conflict.before !== null ? { ...it, value: both(it) } : it);

const stretchFor = (it, id = newId(it.kind)) => startStretch(() => draftOf(it), (words) => { if (open === it) say(words); }, id);

/** Opens a stretch; `typed` is a draft's text. */
export function openEdit({ id, file, seen, start, end, text, kind = "prose" }, typed = text) {
  const it = { file, seen, start, end, kind, text: plain(text), value: "", conflict: null, saving: null };
  it.stretch = stretchFor(it, id);
  open = it;
  form.hidden = false;
  showChoice(false);
  byId("edit-utf8").hidden = true;
  hint(it);
  say("");
  fill(it, plain(typed));
  box.focus({ preventScroll: true });
}

function hint({ kind }) {
  byId("edit-hint").textContent = kind === "prose"
    ? "Enter で保存、Shift＋Enter で改行、Esc で書いた文を捨てる"
    : "Enter で保存、Esc で書いた文を捨てる";
}

export function closeEdit() {
  clearTimeout(open?.stretch.timer);
  open = null;
  form.hidden = true;
}

/** Throws away what was typed; what is being saved is saved. */
export async function discard() {
  const it = open;
  if (!it) return;
  if (it.saving) await it.saving;
  if (open !== it) return;
  if (isDirty(it.stretch)) announce("書いた文を捨てました");
  closeEdit();
  forget(it.stretch);
}

/** What keeps a text from being saved, in words. */
function faultOf({ kind, value }) {
  if (kind !== "prose" && value.includes("\n")) return "ここでは改行できません。1行にしてください。";
  if (kind === "cell" && /[｜|│\t]/.test(value)) return "「｜」は欄の区切りになるので、この欄には書けません。";
  return "";
}

/** Until one of two texts is chosen there is nothing to save. */
function showChoice(isOpen) {
  conflict.hidden = !isOpen;
  byId("edit-save").hidden = isOpen;
  byId("edit-hint").hidden = isOpen;
  setText(byId("edit-label"), isOpen ? "あなたが書いた文" : "原稿の文");
}

function showConflict(it, answer) {
  it.conflict = answer;
  showChoice(true);
  byId("edit-theirs").textContent = answer.theirs || "（消されています）";
  if (answer.before === null) {
    byId("edit-choices").replaceChildren(element("p", {}, "どこを直したのかが分からなくなりました。下の文を写して、「書いた文を捨てる」を押し、頁から開き直してください。"));
    say("保存する前に、ほかの画面かメモ帳で、このファイルが書き換えられました。");
    return;
  }
  Object.assign(it, { seen: answer.seen, start: answer.start, end: answer.end, text: plain(answer.theirs) });
  fill(it, plain(answer.mine));
  widen(it, answer);
  const button = (words, act) => {
    const made = element("button", { type: "button" }, words);
    made.addEventListener("click", () => {
      act();
      box.focus({ preventScroll: true });
    });
    return made;
  };
  const decide = () => {
    it.conflict = null;
    showChoice(false);
  };
  const join = () => {
    decide();
    fill(it, both(it));
    keep(it.stretch);
    say("両方の文を並べました。1つの文に直してから、「保存」を押してください。");
  };
  byId("edit-choices").replaceChildren(
    button("下の欄の文で保存する", () => { decide(); save(); }),
    button("今のファイルの文のままにする", () => { decide(); fill(it, it.text); save(); }),
    button("両方を並べて直す", join),
  );
  say("保存する前に、同じ所がほかの画面かメモ帳で書き換えられました。どちらにするか選んでください。");
}

/** Whole lines or rows may be in question where one cell or line was: then the text is theirs, and so is its draft's name. */
function widen(it, { mine, theirs, before }) {
  const parting = it.kind === "cell" ? /[\r\n｜|│\t]/ : /[\r\n]/;
  const isWider = it.kind !== "prose" && [mine, theirs, before].some((text) => parting.test(text));
  if (!isWider) return keep(it.stretch);
  const old = it.stretch;
  clearTimeout(old.timer);
  it.kind = "prose";
  it.stretch = stretchFor(it);
  hint(it);
  return keep(it.stretch).then(() => forget(old));
}

/** Closes what is open, for two texts that are to be shown; false where it cannot be closed. */
export const clear = () => leave();

/** Shows two texts for one stretch, of a box elsewhere. Where nobody knows any more what it was, its place is that of the text as it was
    seen: the answer's is the whole file. */
export function settle({ id, now }, answer) {
  const { file, seen, start, end, text, value } = now();
  reveal({ file });
  if (answer.before === null) openEdit({ id, file, seen, start, end, text }, value);
  else openEdit({ id, file, ...answer, text: answer.theirs, kind: kindOf(id) }, answer.mine);
  showConflict(open, answer);
}

/** Saves what the box of a stretch holds; true when nothing of it is left to save. */
async function attempt(it, asUtf8) {
  const close = () => {
    if (open !== it) return;
    closeEdit();
    afterSave();
  };
  await quiet();
  if (!isDirty(it.stretch)) {
    forget(it.stretch);
    close();
    return true;
  }
  const fault = faultOf(it);
  if (fault || it.conflict) {
    say(fault || "どちらの文にするか選んでください。");
    return false;
  }
  const { saved, value, conflict: found, refused, failed } = await sendAll(it.stretch, asUtf8, undefined, quiet);
  if (saved) {
    Object.assign(it, saved, { text: value });
    tellSaved();
    if (open !== it) return true;
    if (!isDirty(it.stretch)) {
      close();
      return true;
    }
    // What was typed meanwhile is saved too.
    await keep(it.stretch);
    return attempt(it, asUtf8);
  }
  if (open !== it) return false;
  if (found) showConflict(it, found);
  if (refused) byId("edit-utf8").hidden = !refused.unencodable;
  if (refused || failed) say(failed ?? refused.message);
  return false;
}

/** Saves what is open; true when nothing is left to save. */
export async function save({ asUtf8 = false } = {}) {
  const it = open;
  if (!it) return true;
  it.saving ??= attempt(it, asUtf8).finally(() => { it.saving = null; });
  return it.saving;
}

/** Offers what was typed in an earlier visit and never saved. */
async function offerDrafts() {
  let drafts = [];
  try {
    const answer = await fetch("./drafts");
    if (answer.ok) drafts = await answer.json();
  } catch {
    // Without a line there is nothing to write with either.
  }
  const banner = byId("drafts");
  banner.hidden = drafts.length === 0;
  const offer = (draft) => {
    const take = element("button", { type: "button" }, "続きを書く");
    const drop = element("button", { type: "button" }, "捨てる");
    const where = draft.is_there ? `　${draft.file}　` : `　${draft.file}（このファイルは今ありません）　`;
    const entry = element("li", {}, element("span", { class: "source", role: "group", "aria-label": "保存していない文", tabindex: "0" }, draft.text), where, draft.is_there && take, drop);
    const done = () => {
      entry.remove();
      banner.hidden = byId("draft-list").children.length === 0;
    };
    take.addEventListener("click", async () => {
      if (!(await leave())) return;
      done();
      reveal(draft);
      openEdit({ kind: kindOf(draft.id), ...draft, text: draft.before }, draft.text);
    });
    drop.addEventListener("click", () => {
      done();
      forgetDraft(draft.id);
    });
    return entry;
  };
  byId("draft-list").replaceChildren(...drafts.map(offer));
}

/** `onSaved` is called after a save, `show` shows where a draft belongs, `close` closes what is open, or says no. */
export function startEdit(onSaved, show, close) {
  [afterSave, reveal, leave] = [onSaved, show, close];
  box.addEventListener("input", () => {
    fit();
    if (!open) return;
    open.value = box.value;
    keepSoon(open.stretch);
  });
  box.addEventListener("keydown", (event) => {
    // An input method's own Enter chooses a word.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !(event.shiftKey && open?.kind === "prose")) {
      event.preventDefault();
      save();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  byId("edit-utf8").addEventListener("click", () => save({ asUtf8: true }));
  addEventListener("beforeunload", (event) => { if (open && isDirty(open.stretch)) event.preventDefault(); });
  addEventListener("pagehide", () => { if (open) keepAtLast(open.stretch); });
  offerDrafts();
}
