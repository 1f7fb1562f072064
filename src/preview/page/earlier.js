// Owns the way back to an earlier day of a file: the days that were kept, what would change, and the save that goes back.

import { announce, byId, element, setText, tellDone } from "./dom.js";
import { NO_LINE, post, refusal } from "./post.js";
import { nameOf, saved } from "./undo.js";

const SIGN = { gone: "今", new: "戻す", same: "", skipped: "" };

const box = byId("earlier-box");
let file = null;
// The day that is shown, and the file as it was compared with it.
let chosen = null;

/** 2026-11-30 as 11月30日 */
const label = (day) => day.replace(/^\d+-0?(\d+)-0?(\d+)$/, "$1月$2日");

function say(words) {
  byId("earlier-said").hidden = words === "";
  setText(byId("earlier-said"), words);
}

async function ask(query) {
  const answer = await fetch(`./earlier?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function lineOf({ kind, text }) {
  if (kind === "skipped") return element("li", { class: kind }, "…");
  return element("li", { class: kind }, element("span", { class: "sign" }, SIGN[kind]), element("span", { class: "words" }, text || " "));
}

async function choose(day, button) {
  const { seen, lines } = await ask({ file, day });
  chosen = { day, seen };
  for (const other of byId("earlier-days").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  byId("earlier-lines").replaceChildren(...lines.map(lineOf));
  byId("earlier-legend").hidden = lines.length === 0;
  byId("earlier-back").hidden = lines.length === 0;
  setText(byId("earlier-back"), `${label(day)}の朝の文に戻す`);
  const words = lines.length === 0 ? "今の文と同じです。" : `${label(day)}に初めて書き換える前の文に戻すと、次のように変わります。`;
  setText(byId("earlier-words"), words);
  announce(words);
}

/** Shows the days of a file. */
export async function openEarlier(path) {
  file = path;
  chosen = null;
  say("");
  setText(byId("earlier-file"), nameOf(path));
  byId("earlier-lines").replaceChildren();
  byId("earlier-back").hidden = true;
  byId("earlier-legend").hidden = true;
  let days = [];
  try {
    ({ days } = await ask({ file }));
  } catch {
    say(NO_LINE);
  }
  setText(byId("earlier-words"), days.length === 0
    ? "この原稿は、この10日の間、この画面からは書き換えられていません。"
    : "どの日の朝の文に戻すか選んでください。戻す前に、変わる所を見られます。");
  byId("earlier-days").replaceChildren(...days.map((day) => {
    const button = element("button", { type: "button", "aria-pressed": "false" }, `${label(day)}の朝`);
    button.addEventListener("click", () => choose(day, button).catch(() => say(NO_LINE)));
    return element("li", {}, button);
  }));
  if (!box.open) box.showModal();
  (byId("earlier-days").querySelector("button") ?? byId("earlier-close")).focus();
}

async function goBack() {
  const { day, seen } = chosen;
  try {
    const answer = await post("restore", { file, day, seen });
    if (!answer.ok) return say((await refusal(answer)).message);
    saved({ file, words: `${nameOf(file)}を${label(day)}の朝の文に`, ...(await answer.json()) });
    box.close();
    tellDone(`${label(day)}の朝の文に戻しました`);
  } catch {
    say(NO_LINE);
  }
}

export function startEarlier() {
  byId("earlier-back").addEventListener("click", goBack);
  byId("earlier-close").addEventListener("click", () => box.close());
}
