// Owns the words between the offices (連絡): their tab, their marks at programs and at printed lines, and the box in which one writes.
// They are asked for with every state; a box in which somebody writes is not touched by that.

import { announce, arrange, byId, element, setText } from "./dom.js";
import { mayWrite } from "./mends.js";
import { pageAtIndex } from "./pages.js";
import { NO_LINE, post, refusal } from "./post.js";
import { rememberOfPerson, rememberedOfPerson } from "./store.js";
import { drawMark } from "./text.js";
import { guardUnsent, keepUnsent, unsent } from "./unsent.js";
import { reveal } from "./view.js";
import { nameOf } from "./undo.js";

const SAYS = { 連絡: "連絡する", 回答: "回答する", 済: "済にする", 差戻し: "差し戻す", 確認: "確認した" };

let programs = [];
let marks = [];
let asked = 0;
let jumpTo = () => {};
let openList = () => {};
// What is being written: { file, kinds, place, thread, entry }.
let writing = null;
// Items by what they show: one that stays the same keeps its element.
let shown = new Map();

// A place quotes as many letters of its line at most.
const QUOTED = 40;

/** A quote as it is shown: where it was cut, not in the middle of a number. */
const shownQuote = (quote) => ([...quote].length < QUOTED ? quote : `${quote.replace(/[\d０-９][\d０-９,.，．]*$/, "")}…`);

const waiting = (program) => (program.open > 0 ? `連絡 ${program.open}` : "");

/** The badges of a program in the contents: what is open, and the last word on the whole of it. */
export function remarkBadges(file) {
  const program = programs.find((each) => each.file === file);
  if (!program) return [];
  return [
    waiting(program) && element("span", { class: "badge remark" }, waiting(program)),
    program.state && element("span", { class: `badge ${program.state.kind === "確認" ? "confirmed" : "sent-back"}` }, program.state.kind),
  ].filter(Boolean);
}

/** The threads on a line of a file. */
const threadsOn = (file, line) =>
  programs.filter((program) => program.file === file).flatMap(({ threads }) => threads.filter((thread) => thread.line === line));

/** Says how much is said of a line, and leads there; shown in the panel of a printed line. */
export function showRemarksOn(file, line) {
  const threads = file ? threadsOn(file, line) : [];
  const button = byId("source-remarks");
  button.hidden = threads.length === 0;
  button.textContent = `この行の連絡を見る（${threads.length}件）`;
  button.dataset.thread = threads[0]?.id ?? "";
}

function entryOf({ kind, date, who, words }, ...more) {
  return element("div", { class: "said-by" },
    element("p", { class: "who" }, element("b", {}, kind), " ", [date, who].filter(Boolean).join("　"), ...more),
    words && element("p", { class: "remark-words" }, words));
}

/** Whether an entry bears the name that is typed here. */
const isOwn = ({ who }) => rememberedOfPerson("name", "") !== "" && who === [rememberedOfPerson("office", ""), rememberedOfPerson("name", "")].filter(Boolean).join("　");

/** An entry of a thread; who wrote it may write it anew, and take it away while nothing follows. */
function entryIn(program, thread, entry) {
  if (!mayWrite() || !isOwn(entry)) return entryOf(entry);
  const mayGo = entry !== thread || thread.following.length === 0;
  const act = () => openRemark({ file: program.file, kinds: [entry.kind], entry: { id: entry.id, words: entry.words, mayGo } });
  return entryOf(entry, " ", button("書き直す…", act, "reword"));
}

const button = (words, act, name = "") => {
  const made = element("button", { type: "button", class: name }, words);
  made.addEventListener("click", act);
  return made;
};

function makeThread(program, thread) {
  const item = element("li", { class: `thread ${thread.is_open ? "open" : ""}`, "data-thread": thread.id, tabindex: "-1" });
  const place = [thread.section && `【${thread.section}】`, shownQuote(thread.quote ?? "")].filter(Boolean).join("");
  if (place) {
    const gone = thread.line === null && "（この行は今の原稿にありません）";
    item.append(thread.at
      ? button(place, () => goTo(thread), "jump remark-place")
      : element("p", { class: "remark-place" }, place, gone || ""));
  }
  item.append(...[thread, ...thread.following].map((entry) => entryIn(program, thread, entry)));
  if (mayWrite()) {
    const act = (kind) => button(SAYS[kind], () => openRemark({ file: program.file, kinds: [kind], thread: thread.id }));
    item.append(element("p", { class: "mends" }, act("回答"), thread.is_open && act("済")));
  }
  return item;
}

function goTo({ at }) {
  if (!pageAtIndex(at.page)) return;
  jumpTo();
  reveal(at);
  const mark = drawMark(pageAtIndex(at.page), at, "picked");
  setTimeout(() => mark.remove(), 2600);
}

function makeProgram(program) {
  const key = JSON.stringify([program, rememberedOfPerson("office", ""), rememberedOfPerson("name", "")]);
  const known = shown.get(program.file);
  if (known?.key === key) return known;
  const head = element("h2", {}, program.name, ...remarkBadges(program.file).flatMap((badge) => [" ", badge]));
  const state = program.state && entryOf({ ...program.state, words: "" });
  // What is open comes first.
  const threads = program.threads.toSorted((one, other) => Number(other.is_open) - Number(one.is_open));
  const list = element("ol", {}, ...threads.map((thread) => makeThread(program, thread)));
  const more = mayWrite() && program.anchor !== null
    && element("p", { class: "mends" }, button("連絡・差戻し・確認…", () => openRemark({ file: program.file, kinds: ["連絡", "差戻し", "確認"] })));
  return { key, node: element("section", { class: "remarks-of" }, head, state, list, more) };
}

function draw() {
  for (const mark of marks) mark.remove();
  const open = programs.flatMap(({ threads }) => threads).filter(({ is_open: isOpen, at }) => isOpen && at && pageAtIndex(at.page));
  marks = open.map(({ at }) => drawMark(pageAtIndex(at.page), at, "remarked"));
}

function show(open) {
  const order = programs.toSorted((one, other) => Number(other.open > 0) - Number(one.open > 0));
  const items = new Map(order.map((program) => [program.file, makeProgram(program)]));
  const focused = document.activeElement?.closest?.("#remarks [data-thread]")?.dataset.thread;
  arrange(byId("remark-list"), [...items.values()].map(({ node }) => node));
  if (focused && !document.activeElement?.closest("#remarks")) focusThread(focused);
  shown = items;
  byId("no-remarks").hidden = programs.length > 0;
  setText(byId("remark-count"), open > 0 ? `${open}件` : "");
  draw();
}

/** Leads to a thread of the list. */
export function showThread(id) {
  openList();
  focusThread(id);
}

function focusThread(id) {
  const node = [...document.querySelectorAll("#remarks [data-thread]")].find(({ dataset }) => dataset.thread === id);
  node?.scrollIntoView({ block: "nearest" });
  node?.focus();
}

/** Asks what is said now, and calls `after` when the contents can show it. */
export async function updateRemarks(state, closeSidebar, after) {
  jumpTo = closeSidebar;
  byId("tab-remarks").hidden = !state.writing.is_on;
  byId("source-remark").hidden = !state.writing.is_on;
  if (!state.writing.is_on) return;
  const turn = ++asked;
  try {
    const answer = await (await fetch("./remarks")).json();
    if (turn !== asked) return;
    const before = JSON.stringify(programs.map(({ file, open, state: last }) => [file, open, last?.kind]));
    ({ programs } = answer);
    show(answer.open);
    if (before !== JSON.stringify(programs.map(({ file, open, state: last }) => [file, open, last?.kind]))) after();
  } catch {
    // The banner tells that the connection is lost; the next state asks again.
  }
}

function sayWriting(words) {
  byId("remark-said").hidden = words === "";
  setText(byId("remark-said"), words);
}

function showKind() {
  const kind = chosenKind();
  setText(byId("remark-save"), writing.entry ? "書き直す" : SAYS[kind]);
  const place = kind === "連絡" && writing.place;
  byId("remark-place").hidden = !place;
  setText(byId("remark-place"), place ? `所：${place.section ? `【${place.section}】` : ""}「${shownQuote(place.quote)}」` : "");
}

const chosenKind = () => byId("remark-kinds").querySelector("input:checked")?.value ?? writing.kinds[0];

/** What the words in the box belong to. */
const unsentPlace = ({ file, thread, place, entry }) => ["remark", file, thread, place?.section ?? null, place?.quote ?? null, ...(entry ? [entry.id] : [])];

/** Opens the box in which one writes: `kinds` are what one may say, `place` the line that is meant, `thread` what is answered, `entry`
    what is written anew. */
export function openRemark({ file, kinds, place = null, thread = null, entry = null }) {
  writing = { file, kinds, place, thread, entry };
  byId("remark-who").hidden = entry !== null;
  byId("remark-gone").hidden = !entry?.mayGo;
  setText(byId("remark-file"), nameOf(file));
  byId("remark-kinds").hidden = kinds.length < 2;
  byId("remark-kinds").replaceChildren(element("legend", { class: "unseen" }, "何をするか"), ...(kinds.length < 2 ? [] : kinds.map((kind, index) =>
    element("label", { class: "check" }, element("input", { type: "radio", name: "kind", value: kind, checked: index === 0 }), SAYS[kind]))));
  byId("remark-office").value = rememberedOfPerson("office", "");
  byId("remark-name").value = rememberedOfPerson("name", "");
  // Words that were not sent stay for their place.
  byId("remark-words").value = unsent(unsentPlace(writing)) || (entry?.words ?? "");
  byId("remark-words").readOnly = false;
  sayWriting("");
  showKind();
  byId("remark-box").showModal();
  (byId("remark-name").value ? byId("remark-words") : byId("remark-office")).focus();
}

/** What is said, as it is asked for. */
function wishOf({ file, place, thread }) {
  const kind = chosenKind();
  const [office, name] = [byId("remark-office").value.trim(), byId("remark-name").value.trim()];
  rememberOfPerson("office", office);
  rememberOfPerson("name", name);
  return { file, kind, office, name, words: byId("remark-words").value, place: kind === "連絡" ? place : null, thread };
}

const reworded = ({ file, entry }, words) => sent("reword", { file, entry: entry.id, words });

async function send(isGone = false) {
  const it = writing;
  byId("remark-save").setAttribute("aria-disabled", "true");
  // Nothing is typed behind what is sent.
  byId("remark-words").readOnly = true;
  const refused = await (it.entry ? reworded(it, isGone ? null : byId("remark-words").value) : sent("remark", wishOf(it)));
  byId("remark-save").setAttribute("aria-disabled", "false");
  if (refused === null) {
    keepUnsent(unsentPlace(it), "");
    announce(isGone ? "消しました" : "書きました");
  }
  // The box may be open for something else by now.
  if (writing !== it) return;
  byId("remark-words").readOnly = false;
  if (refused !== null) return sayWriting(refused);
  byId("remark-words").value = "";
  byId("remark-box").close();
}

/** Sends what is written: the words why not, or null. */
async function sent(path, wish) {
  try {
    const answer = await post(path, wish);
    return answer.ok ? null : (await refusal(answer)).message;
  } catch {
    return NO_LINE;
  }
}

/** `open` shows the list of remarks. */
export function startRemarks(open) {
  openList = open;
  byId("remark-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (byId("remark-save").getAttribute("aria-disabled") !== "true") send();
  });
  byId("remark-kinds").addEventListener("change", showKind);
  byId("remark-words").addEventListener("input", () => keepUnsent(unsentPlace(writing), byId("remark-words").value));
  guardUnsent(byId("remark-box"), byId("remark-words"));
  byId("remark-gone").addEventListener("click", () => {
    if (byId("remark-save").getAttribute("aria-disabled") !== "true") send(true);
  });
  byId("remark-cancel").addEventListener("click", () => byId("remark-box").close());
}
