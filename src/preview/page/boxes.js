// Owns a box for one piece of a program: an input, a list to choose from or a text area, which keeps its draft, saves when it is left,
// and takes over what the file has without ever changing what is being typed.

import { announce, element } from "./dom.js";
import { headingFault, headingIn } from "./rows.js";
import { end, forget, isDirty, keepSoon, newId, plain, startStretch } from "./stretch.js";

let count = 0;
export const newName = () => `piece-${count += 1}`;

// Only one word is composed at a time, wherever it is.
let composed = null;
let waiting = [];

function endComposing() {
  composed = null;
  for (const go of waiting.splice(0)) go();
}

document.addEventListener("compositionstart", ({ target }) => { composed = target; }, true);
// After the listeners of the box itself, which take the word.
addEventListener("compositionend", endComposing);
// A box that goes away ends none.
addEventListener("focusout", ({ target }) => { if (target === composed) setTimeout(() => { if (target === composed) endComposing(); }, 0); });

/** Waits until no word is being composed: one that is not chosen yet is none. */
export function quiet() {
  if (composed === null || document.activeElement !== composed) return Promise.resolve();
  return new Promise((resolve) => { waiting.push(resolve); }).then(quiet);
}

/** Without blank lines at either end, which say nothing. */
const trimmed = (text) => text.replace(/^(\s*\n)+/, "").replace(/\s+$/, "");

/** What is to stand in the file for what a box holds. */
function whole({ before, between, after, value, text, is_there }, typed) {
  if (trimmed(typed) === trimmed(value)) return is_there ? plain(text) : "";
  if (trimmed(typed) === "") return "";
  return before + trimmed(typed).split("\n").join(between) + after;
}

/** As high as its lines. */
export function fit(area) {
  if (area.tagName !== "TEXTAREA" || area.offsetParent === null) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

const isOneLine = (input) => input.tagName !== "TEXTAREA";

/** A box. `fault` says what keeps a text from being saved. */
export function makeBox(owner, input, fault = () => "") {
  const said = element("p", { class: "said", role: "alert", hidden: true });
  const box = { owner, input, said, piece: null, seen: "", stretch: null, base: null, own: null, composing: false };
  box.fault = () => fault(input.value) || ownFault(box);
  box.say = (words, again = null) => sayIn(said, words, again);
  Object.assign(box, {
    sending: () => { box.sent = input.value; },
    saved: (place, value, it) => saved(box, place, value, it),
    close: () => close(box),
    handOver: () => handOver(box),
    leave: () => leave(box),
    isUnsaved: () => isUnsaved(box),
  });
  input.addEventListener("input", () => typed(box));
  input.addEventListener("compositionstart", () => { box.composing = true; });
  input.addEventListener("compositionend", () => {
    box.composing = false;
    if (document.activeElement !== input) leave(box);
  });
  input.addEventListener("blur", () => { if (!box.composing) leave(box); });
  if (input.tagName === "SELECT") input.addEventListener("change", () => leave(box));
  input.addEventListener("keydown", (event) => onKey(box, event));
  return box;
}

/** Shows words below a box; `again` saves all the same. */
export function sayIn(said, words, again) {
  said.replaceChildren(words);
  said.hidden = words === "";
  if (!again) return;
  const button = element("button", { type: "button" }, "UTF-8 にして保存");
  button.addEventListener("click", again);
  said.append(" ", button);
}

function ownFault({ input, piece, owner, isMemo = false, holdsHeadings = false }) {
  const text = input.value;
  if (isOneLine(input) || holdsHeadings || text === piece.value) return "";
  // What stands in the file was read there as it is; only a first line may stand behind something.
  const known = new Set(plain(piece.value).split("\n"));
  const isBehind = piece.before !== "" && !piece.before.endsWith("\n");
  const lines = trimmed(text).split("\n").filter((line, at) => !known.has(line) && (at === 0 ? !isBehind : piece.between === "\n"));
  // A memo may hold anything but what ends it.
  const heading = headingIn(lines.join("\n"), isMemo ? owner.names() : null);
  return heading === null ? "" : headingFault(heading);
}

/** What was sent stands in the file now; what was typed meanwhile is written over that, and kept before the old draft goes. */
function saved(box, { seen, start, end: last }, value, it) {
  const piece = { ...box.base.piece, start, end: last, text: value, value: trimmed(box.sent), is_there: value !== "" };
  Object.assign(box, { piece, seen, latest: null, stretch: null, base: null, own: { seen, value: box.sent } });
  if (box.input.value !== box.sent) begin(box);
  end(it, box.stretch);
}

function begin(box) {
  if (box.stretch) return;
  box.base = { piece: box.piece, seen: box.seen };
  const now = () => {
    const { piece, seen } = box.base;
    const text = piece.is_there ? plain(piece.text) : "";
    return { file: box.owner.file(), seen, start: piece.start, end: piece.end, text, value: whole(piece, box.input.value) };
  };
  const isLine = box.piece.is_there && isOneLine(box.input);
  box.stretch = startStretch(now, (words) => box.say(words), newId(isLine ? "line" : "prose"));
}

function typed(box) {
  begin(box);
  fit(box.input);
  keepSoon(box.stretch);
  box.onTyped?.();
}

/** Saves what was typed. */
function leave(box) {
  if (!box.stretch) return settleDown(box);
  return box.owner.save(box);
}

const isUnsaved = (box) => box.stretch !== null && isDirty(box.stretch);

/** What was typed is as the file has it: the box shows that, unless it is in use. */
function settleDown(box) {
  if (box.stretch || !box.piece || document.activeElement === box.input) return;
  if (box.latest) [box.piece, box.seen, box.latest] = [box.latest.piece, box.latest.seen, null];
  show(box);
}

function show(box) {
  const { input, piece } = box;
  const value = piece.value;
  if (input.tagName === "SELECT") offer(box, value);
  if (input.value !== value) input.value = value;
  fit(input);
}

/** There is nothing left to save. */
function close(box) {
  box.stretch = null;
  box.base = null;
  box.say("");
  settleDown(box);
}

/** Takes back what was typed; what is being saved is saved. */
async function takeBack(box) {
  const typed = box.input.value;
  if (box.stretch.isUnderway) await box.owner.settled();
  const it = box.stretch;
  // Both texts are shown elsewhere, or it was typed on.
  if (!it || box.input.value !== typed) return;
  Object.assign(box, { stretch: null, base: null });
  box.input.value = box.piece.value;
  fit(box.input);
  box.say("");
  announce("書いた文を捨てました");
  box.owner.tookBack();
  forget(it);
}

/** Another box has taken over what was typed. */
function handOver(box) {
  clearTimeout(box.stretch.timer);
  Object.assign(box, { stretch: null, base: null });
  box.input.value = box.piece.value;
}

const isBusy = (box) => box.stretch !== null || document.activeElement === box.input;

/** Which part shows which piece: the one that showed it before, whatever came or went around it. `left` are those whose text is not
    saved yet and that belong to no piece any more. A part has a `box`. */
export function match(parts, pieces) {
  const free = new Set(parts);
  const found = pieces.map(() => null);
  const shows = ({ box }, piece) => box.piece !== null && box.piece.is_there === piece.is_there && box.piece.text === piece.text;
  const isOwn = ({ box }, piece) => box.own !== null && trimmed(box.own.value) === trimmed(piece.value);
  const claim = (fits) => pieces.forEach((piece, at) => {
    const part = found[at] ? null : [...free].find((other) => fits(other, piece, at));
    if (!part) return;
    found[at] = part;
    free.delete(part);
  });
  claim((part, piece, at) => part === parts[at] && shows(part, piece));
  claim(shows);
  claim(isOwn);
  claim((part, piece, at) => part === parts[at] && (pieces.length >= parts.length || !isBusy(part.box)));
  claim(({ box }) => !isBusy(box));
  return { found, left: [...free].filter(({ box }) => isBusy(box)), gone: [...free].filter(({ box }) => !isBusy(box)) };
}

/** Takes over the piece as the file has it now. What is typed in stays as it was seen where somebody else changed it. */
export function update(box, piece, seen) {
  const { input, own } = box;
  const isOwn = own !== null && trimmed(piece.value) === trimmed(own.value);
  const isSame = box.piece !== null && piece.is_there === box.piece.is_there && piece.text === box.piece.text;
  box.own = null;
  if (box.piece === null || isOwn || isSame) {
    Object.assign(box, { piece, seen, latest: null });
    if (box.stretch) box.base = { piece, seen };
    // What was typed while it was saved is still to be saved.
    if (isOwn && input.value !== own.value) typedOn(box);
  } else if (box.stretch || document.activeElement === input) {
    box.latest = { piece, seen };
    return;
  } else {
    Object.assign(box, { piece, seen, latest: null });
  }
  if (!box.stretch && document.activeElement !== input) show(box);
  else if (input.tagName === "SELECT") offer(box, input.value);
}

function typedOn(box) {
  begin(box);
  keepSoon(box.stretch);
  if (document.activeElement !== box.input && !box.composing) leave(box);
}

/** The choices of a list, with what was typed in the file. What holds where nothing is written is offered once: as nothing while the file
    has no such line, and by its own word from then on. */
function offer({ input, piece, choices, standard, isNeeded }, value) {
  const plain = (text) => text.normalize("NFKC");
  const known = choices.find((choice) => plain(choice) === plain(value));
  const isByItself = Boolean(standard) && !piece.is_there;
  const isEmpty = isByItself || value === "" || !(isNeeded || standard);
  const others = isByItself ? choices.filter((choice) => plain(choice) !== plain(standard)) : choices;
  const shown = [...(isEmpty ? [""] : []), ...others.map((choice) => (choice === known ? value : choice)), ...(known || value === "" ? [] : [value])];
  const nothing = isByItself ? standard : "選んでください";
  const key = JSON.stringify([shown, nothing]);
  if (input.dataset.key === key) return;
  input.dataset.key = key;
  const chosen = input.value;
  input.replaceChildren(...shown.map((choice) => element("option", { value: choice }, choice || nothing)));
  input.value = chosen;
}

function onKey(box, event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && isOneLine(box.input) && box.input.tagName !== "SELECT") {
    event.preventDefault();
    leave(box);
  } else if (event.key === "Escape" && isUnsaved(box)) {
    event.preventDefault();
    event.stopPropagation();
    takeBack(box);
  }
}
