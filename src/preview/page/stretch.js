// Owns what becomes of one stretch of a file from the first letter to the save: its draft, and what the server answers. Knows no
// boxes: whoever writes says at any time what would be saved.

import { post } from "./post.js";
import { saved } from "./undo.js";

// Typing is kept this long after the last letter.
const KEEP_AFTER = 400;

// A draft's name says into what kind of box it was typed: what may be written there depends on it.
const KINDS = /^(cell|line|prose)/;

/** A name for a draft. */
export const newId = (kind = "prose") => kind + crypto.randomUUID().replaceAll("-", "");
export const kindOf = (id) => id.match(KINDS)?.[1] ?? "prose";
/** A box knows one kind of line end. */
export const plain = (text) => text.replace(/\r\n?/g, "\n");

/** A stretch that is written in. `now` gives { file, seen, start, end, text, value }: what stands there and what is to; `say` takes
    words about a draft that cannot be kept. */
export function startStretch(now, say, id = newId()) {
  return { id, now, say, keeping: Promise.resolve(), timer: 0, kept: 0, sent: 0, isUnderway: false };
}

/** To be called after the last save of a stretch: what was typed meanwhile is kept by the next one, before this one is forgotten. */
export function end(it, next = null) {
  clearTimeout(it.timer);
  const kept = next ? keep(next) : null;
  if (it.kept <= it.sent) return;
  if (kept) kept.then(() => forget(it));
  else forget(it);
}

export function isDirty({ now }) {
  const { text, value } = now();
  return text !== value;
}

function draftOf({ id, now }) {
  const { file, seen, start, end, value } = now();
  return { id, file, seen, start, end, text: value };
}

/** Keeps what is typed; one after the other, so that the latest stays. */
export function keep(it) {
  clearTimeout(it.timer);
  const draft = draftOf(it);
  it.kept += 1;
  it.keeping = it.keeping.then(async () => {
    try {
      if ((await post("draft", draft)).ok) return;
      it.say("書きかけの文を残せません。早めに保存してください。");
    } catch {
      it.say("つながっていません。この画面を閉じずに、書いた文をどこかに写してください。");
    }
  });
  return it.keeping;
}

/** Keeps it once nothing was typed for a moment. */
export function keepSoon(it) {
  clearTimeout(it.timer);
  it.timer = setTimeout(() => keep(it), KEEP_AFTER);
}

/** The last letters, when the page goes before they were kept. */
export function keepAtLast(it) {
  if (isDirty(it)) post("draft", draftOf(it), true);
}

export async function forget(it) {
  clearTimeout(it.timer);
  try {
    await it.keeping;
    await post("forget", { id: it.id });
  } catch {
    // It is offered once more, and can be thrown away then.
  }
}

/** Forgets a draft of an earlier visit. */
export const forgetDraft = (id) => forget({ id, timer: 0, keeping: Promise.resolve() });

/** Saves what is to stand there; `sending` is called as it is read for the last time, and `quiet` waits until no word is being composed. With the `value` that was sent one of: `saved`,
    the new mark and place; `conflict`; `refused`; `failed`, words. */
export async function send(it, asUtf8 = false, sending = () => {}, quiet = () => {}) {
  clearTimeout(it.timer);
  for (let kept = null; kept !== it.keeping;) {
    kept = it.keeping;
    await kept;
    await quiet();
  }
  sending();
  it.sent = it.kept;
  const { file, seen, start, end, value } = it.now();
  let answer;
  try {
    answer = await post("save", { file, seen, start, end, text: value, as_utf8: asUtf8, draft: it.id });
  } catch {
    return { failed: "つながっていません。書いた文は残っています。つながってから、もう一度保存してください。" };
  }
  if (answer.ok) {
    const { seen, stretches } = await answer.json();
    saved({ file, seen, stretches });
    const [place] = stretches;
    return { saved: { seen, start: place.start, end: place.end }, value };
  }
  await keep(it);
  if (answer.status === 409) return { conflict: await answer.json(), value };
  if (answer.status === 422) return { refused: await answer.json(), value };
  return { value, failed: "保存できませんでした。書いた文は残っています。" };
}

/** Saves as `send` does. Where somebody else changed the same and more was typed meanwhile, the answer is one to all of it. */
export async function sendAll(it, asUtf8, sending, quiet) {
  for (;;) {
    const answer = await send(it, asUtf8, sending, quiet);
    if (!answer.conflict) return answer;
    await quiet();
    if (it.now().value === answer.value) return answer;
  }
}
