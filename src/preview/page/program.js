// Owns the panel in which a whole program is written: which one is open, one save after the other, and what is shown of the file as it is
// after each. Boxes belong to other modules; each says what it would save.

import { announce, byId, setText, tellNothing, tellSaved } from "./dom.js";
import { fit, quiet } from "./boxes.js";
import { clear, settle } from "./edit.js";
import { makeField } from "./fields.js";
import { boxBelow, firstBox, inputFor, missingBox, tellIn } from "./program_messages.js";
import { emptyParts, showSections, updateOthers } from "./sections.js";
import { makeRoom } from "./sidebar.js";
import { refusal } from "./post.js";
import { remember, remembered } from "./store.js";
import { forget, isDirty, keepAtLast, send, sendAll, startStretch } from "./stretch.js";
import { beforeUndo } from "./undo.js";
import { onWrite, setWritable } from "./writes.js";
import { apply as fitPages } from "./zoom.js";
import { makeWhereabouts } from "./whereabouts.js";

const panel = byId("program");
const OPENED = "program";
const TITLE = { name: "事業名", kind: "text", is_required: true, may_repeat: false, is_extra: false, hint: "", unit: null, choices: [], suggestions: [], add: null };

let state = null;
let open = null;
let goTo = () => {};
// One save after the other: each knows where the one before left its stretch.
let queue = Promise.resolve();
let returnTo = null;

const inTurn = (act) => {
  queue = queue.then(act).catch((error) => {
    // For whoever looks into it; an officer is helped by what to do next.
    console.error(error);
    say("うまくいきませんでした。書いた文はこの欄に残っています。もう一度保存してもだめなら、文を写してから、この画面を開き直してください。");
  });
  return queue;
};

function say(words) {
  const said = byId("program-said");
  said.hidden = words === "";
  setText(said, words);
}

/** What boxes ask of the panel. */
function makeOwner(file) {
  const names = new Set(["メモ", "事業", "構成"]);
  const owner = { file: () => file, names: () => names, setNames: (all) => all.forEach((name) => names.add(name)) };
  owner.save = (saver, asUtf8 = false) => inTurn(() => attempt(owner, saver, asUtf8));
  owner.settled = () => queue;
  // What was said of boxes that are not saved is true no more.
  owner.tookBack = () => { if (!savers().some((saver) => saver.isUnsaved())) say(""); };
  owner.insert = (piece, seen, name) => inTurn(() => insert(owner, piece, seen, name));
  return owner;
}

async function attempt(owner, saver, asUtf8) {
  await quiet();
  // Without it nobody knows where the save before left its stretch.
  if (owner.isBehind) await refresh(owner);
  const it = saver.stretch;
  if (!it) return;
  if (!isDirty(it)) {
    forget(it);
    saver.close();
    return;
  }
  const fault = saver.fault();
  if (fault) {
    saver.say(fault);
    return;
  }
  it.isUnderway = true;
  try {
    await transmit(owner, saver, it, asUtf8);
  } finally {
    it.isUnderway = false;
  }
}

async function transmit(owner, saver, it, asUtf8) {
  const { saved, value, conflict, isBarred, refused, failed } = await answerFor(saver, it, asUtf8);
  if (saved) {
    saver.say("");
    saver.saved(saved, value, it);
    tellSaved();
  } else if (!conflict) {
    saver.say(failed ?? refused.message, refused?.unencodable ? () => owner.save(saver, true) : null);
    return;
  } else if (isBarred) {
    saver.say("ほかの画面かメモ帳で、同じ所が書き換えられました。先に、開いている欄を保存するか閉じてください。");
    return;
  } else {
    // Both texts are shown in the box for single lines, which keeps the draft from now on.
    settle(it, conflict);
    saver.handOver();
  }
  await refresh(owner);
}

/** The server's answer to all that was typed, also while it was asked and while what is open elsewhere was closed. */
async function answerFor(saver, it, asUtf8) {
  for (;;) {
    const answer = await sendAll(it, asUtf8, saver.sending, quiet);
    if (!answer.conflict) return answer;
    if (!(await clear())) return { ...answer, isBarred: true };
    await quiet();
    if (it.now().value === answer.value) return answer;
  }
}

/** Writes a heading of which there may be several, and goes below it. */
async function insert(owner, piece, seen, name) {
  const { start, end, before } = piece;
  const it = startStretch(() => ({ file: owner.file(), seen, start, end, text: "", value: before }), say);
  const { saved } = await send(it);
  if (!saved) {
    say(`【${name}】を足せませんでした。`);
    return;
  }
  await refresh(owner);
  const last = open?.sections.filter(({ key }) => key.startsWith(`${name}#`)).at(-1);
  last?.node.querySelector("textarea, input")?.focus();
}

/** Asks for the form of the file as it is now. */
async function refresh(owner) {
  if (open?.owner !== owner) return;
  owner.isBehind = true;
  let form;
  try {
    await quiet();
    const answer = await fetch(`./program?file=${encodeURIComponent(owner.file())}`);
    if (open?.owner !== owner) return;
    if (!answer.ok) {
      say((await refusal(answer)).message);
      return;
    }
    form = await answer.json();
  } catch {
    return;
  }
  if (open?.owner !== owner) return;
  owner.isBehind = false;
  say("");
  show(form);
}

function show(form) {
  const { owner, fields, title, sections } = open;
  owner.setNames(form.sections.map(({ name }) => name));
  title.update({ ...TITLE, values: [form.title] }, form.seen);
  setText(byId("program-name"), form.title.value || "（名前のない事業）");
  form.fields.forEach((field) => {
    if (!fields.has(field.name)) {
      const made = makeField(owner, field);
      fields.set(field.name, made);
      byId(field.is_extra ? "program-extras" : "program-fields").append(made.node);
    }
    fields.get(field.name).update(field, form.seen);
  });
  open.sections = showSections(owner, sections, form);
  updateOthers(owner, byId("program-others"), open.others, form.others, form.seen);
  open.isShown = true;
  tellMessages();
}

/** What may be missing. */
const formParts = () => [...open.fields.values(), ...open.sections];
const parts = () => (open ? [open.title, ...open.fields.values(), ...open.sections] : []);
const savers = () => parts().flatMap((part) => part.savers()).concat((open?.others ?? []).map(({ box }) => box));

const places = () => parts().flatMap((part) => part.places()).concat((open?.others ?? []).map(({ place }) => place())).filter(({ is }) => is);

let isTellingLater = false;

function tellMessages() {
  if (!open?.isShown || !state) return;
  isTellingLater = tellIn(panel, state.messages.filter(({ file }) => file === open.owner.file()), places(), formParts());
}

function reveal(line, message) {
  const missing = message && missingBox(panel, message, formParts());
  const below = () => message && boxBelow(message, open.sections);
  const input = missing ?? inputFor(places(), line, message) ?? below() ?? firstBox(byId("program-sections"));
  for (let fold = input?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  input?.focus();
  input?.scrollIntoView({ block: "center" });
}

function fitAll() {
  for (const area of panel.querySelectorAll("textarea")) fit(area);
}

/** Closes the form; false where something of it cannot be saved. */
async function leave() {
  await close();
  return open === null;
}

const entryOf = (file) => state?.chapters.flatMap(({ programs }) => programs).find((program) => program.file === file);

/** Opens the form of a program, at a line or at what a message misses, where one is given. */
async function openProgram(file, line, message = null) {
  if (open?.owner.file() !== file) {
    if (!(await saveAll())) {
      tellUnsaved();
      return;
    }
    returnTo = document.activeElement;
    panel.querySelector(".program-body").replaceChildren(...emptyParts(), makeWhereabouts(file, state.chapters, leave));
    const owner = makeOwner(file);
    const title = makeField(owner, TITLE);
    byId("program-title-field").append(title.node);
    open = { owner, title, fields: new Map(), sections: [], others: [], isShown: false };
    remember(OPENED, file);
    tellNothing();
    panel.hidden = false;
    makeRoom(true);
    await inTurn(() => refresh(owner));
    for (const fold of panel.querySelectorAll("details")) {
      if (fold.querySelector("#program-extras")) fold.open = [...open.fields.values()].some(({ is_extra, isFilled }) => is_extra && isFilled);
    }
    fitAll();
  }
  const entry = entryOf(file);
  if (entry) goTo(entry.anchor);
  if (line === null) byId("program-title").focus();
  else reveal(line, message);
}

/** Saves what is typed; true when nothing is left to save. */
async function saveAll() {
  for (const saver of savers()) if (saver.stretch) saver.leave();
  await queue;
  return !savers().some((saver) => saver.isUnsaved());
}

/** Why nothing else is opened, and where. */
function tellUnsaved() {
  const words = "保存していない欄があります。印の付いた欄を直して保存するか、元の文に戻してから、もう一度押してください。";
  say(words);
  announce(words);
  const said = panel.querySelector(".said:not([hidden])");
  for (let fold = said?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  said?.scrollIntoView({ block: "center" });
}

async function close() {
  if (!(await saveAll())) {
    tellUnsaved();
    return;
  }
  const entry = entryOf(open.owner.file());
  panel.hidden = true;
  open = null;
  makeRoom(false);
  remember(OPENED, null);
  // What was written is seen from its head on, in the room that the pages have now.
  fitPages();
  if (entry) goTo(entry.anchor);
  // The list may have been drawn anew meanwhile.
  const button = byId("contents").querySelector(`[data-anchor="${entry?.anchor}"] .write`);
  const target = [returnTo, button].find((node) => node?.isConnected && node.offsetParent !== null);
  (target ?? byId("pages")).focus({ preventScroll: true });
}

/** A new state: its messages, and the file as it may have been changed elsewhere. */
export function updateProgram(next) {
  state = next;
  setWritable(state);
  if (open) inTurn(() => (open ? refresh(open.owner) : null));
  else if (state.writing.is_on && remembered(OPENED, null) !== null) openAgain();
}

function openAgain() {
  const file = remembered(OPENED, null);
  remember(OPENED, null);
  const isThere = state.chapters.some(({ programs }) => programs.some((program) => program.file === file));
  if (isThere) openProgram(file, null);
}

/** `jump` shows an anchor's pages. */
export function startProgram(jump) {
  goTo = jump;
  onWrite(openProgram);
  beforeUndo(saveAll);
  byId("program-close").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  });
  panel.addEventListener("fit", fitAll);
  // What waited for whoever wrote there is told once they went on.
  panel.addEventListener("focusout", () => setTimeout(() => { if (isTellingLater) tellMessages(); }, 0));
  new ResizeObserver(fitAll).observe(panel);
  addEventListener("beforeunload", (event) => { if (savers().some((saver) => saver.isUnsaved())) event.preventDefault(); });
  addEventListener("pagehide", () => { for (const { stretch } of savers()) if (stretch) keepAtLast(stretch); });
}
