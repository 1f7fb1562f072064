// Owns what mends a message: its buttons, the reason of a 確認済, and all certain mends of the report at once.

import { byId, element, setText, tellDone } from "./dom.js";
import { NO_LINE, get, post, refusal } from "./post.js";
import { nameOf, saved, savedTogether } from "./undo.js";
import { guardUnsent, keepUnsent, unsent } from "./unsent.js";

// As much of a text as a button shows.
const SHOWN = 24;
const AROUND = 4;

let writing = { is_on: false };
let messages = [];
// What was shown of all certain mends, as the server told it.
let certain = [];
// Whose 確認済 is being written.
let acknowledging = null;

export const mayWrite = () => writing.is_on;
export const mayGoBack = () => writing.is_on && writing.has_history;

const shortened = (text) => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text).replace(/[\r\n]+/g, "↵");

/** The part of two texts that differs, with a little around it. */
function differing(was, text) {
  const most = Math.min(was.length, text.length);
  let head = 0;
  while (head < most && was[head] === text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && was.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  const part = (whole) => {
    const from = Math.max(head - AROUND, 0);
    const to = Math.min(whole.length - tail + AROUND, whole.length);
    return (from > 0 ? "…" : "") + whole.slice(from, to) + (to < whole.length ? "…" : "");
  };
  return was.length > SHOWN || text.length > SHOWN ? [part(was), part(text)] : [was, text];
}

function wordsOf({ was, text }, short) {
  const [old, now] = (short ? differing(was, text) : [was, text]).map(short ? shortened : String);
  if (was === "") return `「${now}」を入れる`;
  return text === "" ? `「${old}」を消す` : `「${old}」を「${now}」にする`;
}

function labelOf({ certain, edits }, short) {
  const more = edits.length > 1 ? `（${edits.length}か所）` : "";
  return certain ? `直す${more}` : wordsOf(edits[0], short) + more;
}

/** Sends what mends a message; the message goes with the next state. */
async function mend(item, asUtf8) {
  const { message, mends } = item;
  if (mends.busy) return;
  mends.busy = true;
  const { mend: { seen, edits } , file } = message;
  try {
    const wanted = edits.map(({ start, end, text }) => ({ start, end, text }));
    const answer = await post("mend", { file, seen, edits: wanted, as_utf8: asUtf8 });
    if (answer.ok) {
      saved({ file, ...(await answer.json()) });
      say(mends, "");
      tellDone("直しました");
    } else {
      const { message: words, unencodable } = await refusal(answer);
      say(mends, answer.status === 409 ? `${words}指摘が新しくなってから、もう一度押してください。` : words);
      mends.utf8.hidden = !unencodable;
    }
  } catch {
    say(mends, NO_LINE);
  }
  mends.busy = false;
}

function say({ said }, words) {
  said.hidden = words === "";
  setText(said, words);
}

const button = (name, words, act, hidden = false) => {
  const made = element("button", { type: "button", class: name, hidden }, words);
  made.addEventListener("click", act);
  return made;
};

/** Opens the source where the system has a program for it. */
export function openButtons(file, said) {
  const open = async (what) => {
    try {
      const answer = await post("open", { file: file(), what });
      said(answer.ok ? "" : (await refusal(answer)).message);
    } catch {
      said(NO_LINE);
    }
  };
  return [button("open-editor", "メモ帳で開く", () => open("editor")), button("open-folder", "フォルダーを開く", () => open("folder"))];
}

/** The buttons of a message, whose element holds the message as it is now. Nothing on a page that only shows. */
export function addMends(item, where) {
  const { message } = item;
  if (!writing.is_on) return;
  const said = element("p", { class: "said", role: "alert", hidden: true });
  const utf8 = button("mend-utf8", "ファイルを UTF-8 にして直す", () => mend(item, true), true);
  item.mends = { said, utf8, busy: false };
  const actions = [
    message.mend && button(message.mend.certain ? "mend certain" : "mend", labelOf(message.mend, true), () => mend(item, false)),
    message.acknowledge && button("acknowledge", "確認済にする…", () => askReason(item)),
  ].filter(Boolean);
  if (message.mend && !message.mend.certain) actions[0].title = message.mend.edits.map((edit) => wordsOf(edit, false)).join("\n");
  if (actions.length > 0) item.append(element("p", { class: "mends" }, ...actions, utf8));
  item.append(said);
  where?.append(element("span", { class: "opens" }, ...openButtons(() => item.message.file, (words) => say(item.mends, words))));
}

function lineOf({ code, acknowledge: { word } }, reason) {
  return `確認済：${code}${word && `「${word}」`}　${reason}`;
}

/** What a reason belongs to. */
const reasonPlace = ({ code, acknowledge: { file, word } }) => ["reason", file, code, word];

function askReason(item) {
  acknowledging = item;
  const { message } = item;
  setText(byId("reason-message"), message.message);
  setText(byId("reason-file"), `「${message.acknowledge.file}」の題名の下に、次の行を書きます。`);
  // A reason that was not sent stays for its message.
  byId("reason").value = unsent(reasonPlace(message));
  byId("reason-said").hidden = true;
  showLine();
  byId("reason-box").showModal();
  byId("reason").focus();
}

function showLine() {
  setText(byId("reason-line"), lineOf(acknowledging.message, byId("reason").value.trim() || "（ここに理由）"));
}

function sayReason(words) {
  byId("reason-said").hidden = words === "";
  setText(byId("reason-said"), words);
}

async function acknowledge() {
  const item = acknowledging;
  const { message } = item;
  const { code, acknowledge: { file, seen, at, word } } = message;
  const reason = byId("reason").value;
  if (reason.trim() === "") return sayReason("理由を書いてください。");
  if (item.mends.busy) return;
  item.mends.busy = true;
  // The box may be closed by now, or open for another message.
  const isHere = () => acknowledging === item && byId("reason-box").open;
  const refused = (words) => (isHere() ? sayReason(words) : say(item.mends, words));
  try {
    const answer = await post("acknowledge", { file, seen, at, code, word, reason });
    if (answer.ok) {
      saved({ file, words: `${nameOf(file)}の確認済`, ...(await answer.json()) });
      keepUnsent(reasonPlace(message), "");
      if (isHere()) byId("reason-box").close();
      tellDone("確認済にしました");
    } else {
      refused((await refusal(answer)).message);
    }
  } catch {
    refused(NO_LINE);
  }
  item.mends.busy = false;
}

/** The line of a message around a stretch that it mends, as it is and as it will be: two short texts. */
function around({ was, text }, message) {
  const { source, start, end, mend: { edits } } = message;
  if (edits.length > 1 || source.slice(start, end) !== was) return [was, text];
  return differing(source, source.slice(0, start) + text + source.slice(end));
}

/** A certain mend in the list of all: its line, what stands there and what will. */
function lineOfMend(file, edit) {
  const message = messages.find((each) => each.file === file && each.mend?.edits.some(({ start, end }) => start === edit.start && end === edit.end));
  const [was, now] = (message ? around(edit, message) : [edit.was, edit.text]).map(shortened);
  return element("li", {}, message && element("span", { class: "at" }, `${message.line}行目`), element("span", { class: "gone" }, was || "（なし）"),
    element("span", {}, "→"), element("span", { class: "new" }, now || "（消す）"));
}

/** Shows what would be mended: just that is mended then. */
async function askAll() {
  certain = await get("certain");
  if (certain === null) return sayAll(NO_LINE);
  sayAll("");
  byId("mend-all-done").hidden = true;
  const places = certain.reduce((sum, { edits }) => sum + edits.length, 0);
  setText(byId("mend-all-words"), `${places}か所を次のように直します。直した後でも、「元に戻す」で元に戻せます。`);
  byId("mend-all-list").replaceChildren(...certain.map(({ file, edits }) =>
    element("li", {}, element("b", {}, nameOf(file)), element("ul", {}, ...edits.map((edit) => lineOfMend(file, edit))))));
  byId("mend-all-box").showModal();
  byId("mend-all-yes").focus();
}

/** Makes every certain mend that was shown, a save for each file; what was changed meanwhile is left. */
async function mendAll() {
  byId("mend-all-box").close();
  const made = [];
  let left = 0;
  try {
    for (const { file, seen, edits } of certain) {
      const answer = await post("mend", { file, seen, edits: edits.map(({ start, end, text }) => ({ start, end, text })) });
      if (answer.ok) made.push({ file, ...(await answer.json()) });
      else left += 1;
    }
    sayAll(left > 0 ? `${left}個のファイルは直していません。ほかで書き換えられたか、文字コードにない字があります。指摘ごとに直してください。` : "");
  } catch {
    sayAll(NO_LINE);
  }
  savedTogether(undefined, made);
  const places = made.reduce((sum, { stretches }) => sum + stretches.length, 0);
  tellDone(`${places}か所を直しました`);
  byId("mend-all-done").hidden = places === 0;
  setText(byId("mend-all-done"), `${places}か所を直しました。「元に戻す」で元に戻せます。`);
}

function sayAll(words) {
  byId("mend-all-said").hidden = words === "";
  setText(byId("mend-all-said"), words);
}

/** To be called before the messages of a state are shown. */
export function updateMends(state) {
  ({ writing, messages } = state);
  // Where there is something to mend again, it was taken back.
  if (writing.certain > 0) byId("mend-all-done").hidden = true;
  byId("mend-all").hidden = !writing.is_on || writing.certain === 0;
  setText(byId("mend-all"), `この報告書の確かな誤りをすべて直す（${writing.certain}か所）`);
}

export function startMends() {
  byId("reason").addEventListener("input", () => {
    showLine();
    keepUnsent(reasonPlace(acknowledging.message), byId("reason").value);
  });
  guardUnsent(byId("reason-box"), byId("reason"));
  byId("reason-form").addEventListener("submit", (event) => {
    event.preventDefault();
    acknowledge();
  });
  byId("reason-cancel").addEventListener("click", () => byId("reason-box").close());
  byId("mend-all").addEventListener("click", askAll);
  byId("mend-all-yes").addEventListener("click", mendAll);
  byId("mend-all-no").addEventListener("click", () => byId("mend-all-box").close());
}
