// Owns the small forms above the list in which a new program or a new chapter is named.

import { byId, element, tellDone } from "./dom.js";
import { currentAnchor } from "./contents.js";
import { choose, form, labelled } from "./inputs.js";
import { get, wish } from "./post.js";
import { openForm } from "./writes.js";

const panel = byId("contents");
// What a list keeps free beside its words, in px.
const BESIDE = 44;
const measure = document.createElement("canvas").getContext("2d");
const name = element("input", { type: "text", required: true, maxlength: "80" });
const title = element("input", { type: "text", required: true, maxlength: "80" });
const chapter = element("select", { required: true });
const department = element("select");
// A list shows no more of a name than its own width.
const chapterName = element("p", { class: "hint", "aria-hidden": "true" });

let chapters = [];
// The file that was made: the page goes to it as soon as it is printed.
let wanted = null;
let goTo = () => {};

const folderOf = (file) => file.slice(0, Math.max(file.lastIndexOf("/"), 0));
const showName = () => {
  const words = chapter.selectedOptions[0]?.textContent ?? "";
  measure.font = getComputedStyle(chapter).font;
  chapterName.textContent = measure.measureText(words).width > chapter.clientWidth - BESIDE ? words : "";
};
const offered = () => chapters.map(({ file, title: words, number }) => ({ value: folderOf(file), label: `${number} ${words || folderOf(file)}` }));

async function add(entry, box, button) {
  const answer = await wish("new", entry);
  if (!answer.ok) return answer.words;
  wanted = answer.value;
  box.value = "";
  open(button, false);
  button.focus();
  tellDone("作りました");
  return null;
}

const program = element("button", { type: "button", "aria-expanded": "false", "aria-controls": "new-program" }, "新しい事業");
const division = element("button", { type: "button", "aria-expanded": "false", "aria-controls": "new-chapter" }, "新しい章");

/** One of the two is open, or none. */
function open(button, is) {
  for (const each of [program, division]) {
    const chosen = each === button && is;
    each.setAttribute("aria-expanded", String(chosen));
    byId(each.getAttribute("aria-controls")).hidden = !chosen;
  }
}

/** After the list shows a new state: what was made is gone to. */
export function updateAdd(state) {
  ({ chapters } = state);
  choose(chapter, offered());
  const made = wanted && chapters.flatMap((own) => [own, ...own.programs]).find(({ file }) => file === wanted);
  if (!made) return;
  wanted = null;
  if (made.page !== null) goTo(made.anchor);
  if (!made.programs) return openForm(made.file);
  panel.querySelector(`li[data-anchor="${CSS.escape(made.anchor)}"] .entry`)?.focus();
}

function leave(button) {
  open(button, false);
  button.focus();
}

/** The chapter that is looked at is the one that is most likely meant. */
function chooseChapter() {
  const anchor = currentAnchor();
  const seen = chapters.find((own) => own.anchor === anchor || own.programs.some((other) => other.anchor === anchor));
  if (seen) chapter.value = folderOf(seen.file);
  showName();
}

/** `tools` is where its buttons go; `jump` goes to an anchor. */
export function startAdd(tools, jump) {
  goTo = jump;
  const programForm = form("新しい事業", [labelled("事業名", name), labelled("章", chapter), chapterName, labelled("担当課", department)], "作る",
    () => add({ kind: "program", name: name.value, chapter: chapter.value, department: department.value || null }, name, program), () => leave(program));
  const chapterForm = form("新しい章", [labelled("章の題名", title)], "作る",
    () => add({ kind: "chapter", title: title.value }, title, division), () => leave(division));
  programForm.id = "new-program";
  chapterForm.id = "new-chapter";
  programForm.hidden = true;
  chapterForm.hidden = true;
  tools.append(program, division);
  tools.after(programForm, chapterForm);
  program.addEventListener("click", async () => {
    open(program, program.getAttribute("aria-expanded") === "false");
    if (programForm.hidden) return;
    chooseChapter();
    name.focus();
    const choices = await get("choices");
    if (choices) choose(department, choices.organization.map((own) => ({ value: own, label: own })), "（後で決める）");
  });
  division.addEventListener("click", () => {
    open(division, division.getAttribute("aria-expanded") === "false");
    if (!chapterForm.hidden) title.focus();
  });
  choose(chapter, offered());
  chapter.addEventListener("change", showName);
}
