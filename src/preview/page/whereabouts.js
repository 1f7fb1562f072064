// Owns where a whole program is: it goes to another chapter, or leaves the report and comes back.

import { announce, byId, element } from "./dom.js";
import { choose, form, labelled } from "./inputs.js";
import { wish } from "./post.js";
import { nameOf } from "./undo.js";

const folderOf = (file) => file.split("/").slice(0, -1).join("/");

/** Says what became of a program, until that is read; `back` takes it back. */
function tell(words, back = null) {
  const said = byId("whereabouts-said");
  const button = (label, act) => {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("click", () => {
      said.hidden = true;
      act();
    });
    return made;
  };
  said.replaceChildren(element("span", {}, words), ...(back ? [button("戻す", back)] : []), button("閉じる", () => byId("pages").focus()));
  said.hidden = false;
  announce(words);
}

async function move(file, folder) {
  const name = nameOf(file);
  const answer = await wish("change-chapter", { file, chapter: folder });
  if (!answer.ok) return tell(answer.words);
  tell(`「${name}」を移しました。`, () => move(answer.value, folderOf(file)));
}

async function putAside(file) {
  const name = nameOf(file);
  const answer = await wish("put-aside", { file });
  if (!answer.ok) return tell(answer.words);
  const kept = answer.value;
  tell(`「${name}」を報告書から外しました。原稿は、報告書のフォルダーの「${kept}」にあります。`, async () => {
    const back = await wish("put-back", { kept, file });
    tell(back.ok ? `「${name}」を戻しました。章の終わりにあります。` : back.words);
  });
}

/** The part of a program's form. `leave` saves and closes the form: false where something cannot be saved. */
export function makeWhereabouts(file, chapters, leave) {
  const others = chapters.filter((chapter) => folderOf(chapter.file) !== folderOf(file));
  const chapter = element("select");
  choose(chapter, others.map((other) => ({ value: folderOf(other.file), label: [other.number, other.title].filter(Boolean).join("　") })));
  const act = (work) => async () => {
    if (await leave()) await work();
    return null;
  };
  const moving = form("章を移す", [labelled("移す先の章", chapter)], "この章へ移す", act(() => move(file, chapter.value)));
  const aside = form("報告書から外す", [
    element("p", { class: "hint" }, "間違えて作ったものや、やめたものを外します。原稿は「_旧」というフォルダーに残り、すぐに戻せます。"),
  ], "この事業を報告書から外す", act(() => putAside(file)));
  return element("details", { class: "whereabouts" }, element("summary", {}, "章を移す・報告書から外す"), others.length > 0 && moving, aside);
}
