// Owns the box in which a printed line's source is changed: what is typed is kept as a draft until it is saved or thrown away, and a
// text that another program changed meanwhile is shown beside it. The box is an ordinary text area: input methods, spelling and undo
// are the browser's. An answer that comes late speaks of the stretch that it was asked for, whatever is open by then.

import { announce, byId, element } from "./dom.js";

// Typing is kept this long after the last letter.
const KEEP_AFTER = 400;

const form = byId("edit");
const box = byId("edit-text");
const said = byId("edit-said");
const conflict = byId("edit-conflict");

// The stretch that is open: its id, file, mark, place, text in the file, and what is under way for it.
let open = null;
let afterSave = () => {};

const newId = () => crypto.randomUUID().replaceAll("-", "");
// A text area knows one kind of line end.
const plain = (text) => text.replace(/\r\n?/g, "\n");

export const isOpen = () => open !== null;
const isDirty = (it) => box.value !== it.text;

function say(words) {
  // The same words are only spoken again if the text changes in between.
  said.textContent = "";
  said.hidden = words === "";
  setTimeout(() => { said.textContent = words; }, 20);
}

const post = (path, body, keepalive = false) => fetch(`./${path}`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  keepalive,
});

/** As high as its lines. */
function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

/** Opens a stretch; `typed` is a draft's text. */
export function openEdit({ id = newId(), file, seen, start, end, text, kind = "prose" }, typed = text) {
  open = { id, file, seen, start, end, kind, text: plain(text), conflict: null, saving: null, keeping: Promise.resolve(), timer: 0 };
  box.value = plain(typed);
  form.hidden = false;
  conflict.hidden = true;
  byId("edit-utf8").hidden = true;
  byId("edit-hint").textContent = kind === "prose"
    ? "Enter で保存、Shift＋Enter で改行、Esc で書いた文を捨てる"
    : "Enter で保存、Esc で書いた文を捨てる";
  say("");
  fit();
  box.focus({ preventScroll: true });
}

export function closeEdit() {
  clearTimeout(open?.timer);
  open = null;
  form.hidden = true;
}

const draftOf = ({ id, file, seen, start, end }) => ({ id, file, seen, start, end, text: box.value });

/** Keeps what is typed; one after the other, so that the latest stays. */
function keep(it) {
  clearTimeout(it.timer);
  const draft = draftOf(it);
  it.keeping = it.keeping.then(async () => {
    try {
      if ((await post("draft", draft)).ok) return;
      if (open === it) say("書きかけの文を残せません。早めに保存してください。");
    } catch {
      if (open === it) say("つながっていません。この画面を閉じずに、書いた文をどこかに写してください。");
    }
  });
  return it.keeping;
}

async function forget(it) {
  try {
    await it.keeping;
    await post("forget", { id: it.id });
  } catch {
    // It is offered once more, and can be thrown away then.
  }
}

/** Throws away what was typed; what is being saved is saved. */
export async function discard() {
  const it = open;
  if (!it) return;
  if (it.saving) await it.saving;
  if (open !== it) return;
  if (isDirty(it)) announce("書いた文を捨てました");
  closeEdit();
  forget(it);
}

/** What keeps a text from being saved, in words. */
function faultOf(it, text) {
  if (it.kind !== "prose" && text.includes("\n")) return "ここでは改行できません。1行にしてください。";
  if (it.kind === "cell" && /[｜|\t]/.test(text)) return "「｜」は欄の区切りになるので、この欄には書けません。";
  return "";
}

function showConflict(it, answer) {
  it.conflict = answer;
  conflict.hidden = false;
  byId("edit-theirs").textContent = answer.theirs || "（消されています）";
  if (answer.before === null) {
    byId("edit-choices").replaceChildren(element("p", {}, "どこを直したのかが分からなくなりました。下の文を写して、「書いた文を捨てる」を押し、頁から開き直してください。"));
    say("保存する前に、ほかの画面かメモ帳で、このファイルが書き換えられました。");
    return;
  }
  Object.assign(it, { seen: answer.seen, start: answer.start, end: answer.end, text: plain(answer.theirs), kind: "prose" });
  box.value = plain(answer.mine);
  fit();
  keep(it);
  const button = (words, act) => {
    const made = element("button", { type: "button" }, words);
    made.addEventListener("click", () => {
      act();
      fit();
      box.focus({ preventScroll: true });
    });
    return made;
  };
  const decide = () => {
    it.conflict = null;
    conflict.hidden = true;
    save();
  };
  byId("edit-choices").replaceChildren(
    button("下の欄の文にする", decide),
    button("上の文にする", () => { box.value = it.text; decide(); }),
    button("両方を下の欄に並べる", () => { box.value = `${it.text}\n${box.value}`; keep(it); }),
  );
  say("保存する前に、同じ所がほかの画面かメモ帳で書き換えられました。どちらにするか選んでください。");
}

/** Saves what the box of a stretch holds; true when nothing of it is left to save. */
async function attempt(it, asUtf8) {
  const close = () => {
    if (open !== it) return;
    closeEdit();
    afterSave();
  };
  if (!isDirty(it)) {
    forget(it);
    close();
    return true;
  }
  const text = box.value;
  const fault = faultOf(it, text);
  if (fault || it.conflict) {
    say(fault || "どちらの文にするか選んでください。");
    return false;
  }
  clearTimeout(it.timer);
  await it.keeping;
  const { id, file, seen, start, end } = it;
  const answer = await post("save", { file, seen, start, end, text, as_utf8: asUtf8, draft: id });
  if (answer.ok) {
    Object.assign(it, await answer.json(), { text });
    announce("保存しました");
    if (open !== it) return true;
    if (box.value === text) {
      close();
      return true;
    }
    // What was typed meanwhile is saved too.
    await keep(it);
    return attempt(it, asUtf8);
  }
  if (open !== it) return false;
  await keep(it);
  if (answer.status === 409) {
    showConflict(it, await answer.json());
  } else if (answer.status === 422) {
    const refused = await answer.json();
    byId("edit-utf8").hidden = !refused.unencodable;
    say(refused.message);
  } else {
    say("保存できませんでした。書いた文は残っています。");
  }
  return false;
}

/** Saves what is open; true when nothing is left to save. */
export async function save({ asUtf8 = false } = {}) {
  const it = open;
  if (!it) return true;
  if (!it.saving) {
    it.saving = attempt(it, asUtf8)
      .catch(() => {
        if (open === it) say("つながっていません。書いた文は残っています。つながってから、もう一度保存してください。");
        return false;
      })
      .finally(() => { it.saving = null; });
  }
  return it.saving;
}

/** Offers what was typed in an earlier visit and never saved. `leave` closes what is open, or says no. */
async function offerDrafts(reveal, leave) {
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
    const entry = element("li", {}, element("span", { class: "source" }, draft.text), where, draft.is_there && take, drop);
    const done = () => {
      entry.remove();
      banner.hidden = byId("draft-list").children.length === 0;
    };
    take.addEventListener("click", async () => {
      if (!(await leave())) return;
      done();
      reveal(draft);
      openEdit({ ...draft, text: draft.before }, draft.text);
    });
    drop.addEventListener("click", () => {
      done();
      forget({ id: draft.id, keeping: Promise.resolve() });
    });
    return entry;
  };
  byId("draft-list").replaceChildren(...drafts.map(offer));
}

/** `onSaved` is called after a save, `reveal` shows where a draft belongs, `leave` closes what is open. */
export function startEdit(onSaved, reveal, leave) {
  afterSave = onSaved;
  box.addEventListener("input", () => {
    fit();
    const it = open;
    if (!it) return;
    clearTimeout(it.timer);
    it.timer = setTimeout(() => keep(it), KEEP_AFTER);
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
  addEventListener("beforeunload", (event) => { if (open && isDirty(open)) event.preventDefault(); });
  // The last letters, when the page goes before they were kept.
  addEventListener("pagehide", () => { if (open && isDirty(open)) post("draft", draftOf(open), true); });
  offerDrafts(reveal, leave);
}
