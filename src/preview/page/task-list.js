// Owns the list of tasks that were begun: when, how far each is, what it said, what it made. While one is under way it is asked for again
// and again, ever more seldom while nothing comes of it; nothing that has the focus is made anew. The last ones are shown.

import { announce, byId, clockTime, element, setText } from "./dom.js";
import { get, wish } from "./post.js";
import { remember, remembered } from "./store.js";

const AGAIN_AFTER = 400;
const SLOWER = 1.25;
const AT_MOST = 2000;
// Where nobody answers
const LATER = 3000;
const SHOWN = 20;
const OPEN = ["waiting", "running"];
const BAD = ["refused", "failed"];

const WORDS = {
  waiting: () => "順番を待っています",
  running: ({ seconds }) => (seconds > 0 ? `作っています…　${seconds}秒` : "作っています…"),
  done: () => "済みました",
  done_with_errors: () => "済みました（報告書に誤りがあります）",
  refused: () => "誤りがあるため、できませんでした",
  failed: () => "できませんでした",
  stopped: () => "止めました",
};

const list = element("ol", { id: "task-list" });
const section = element("section", { id: "begun", "aria-labelledby": "begun-title", tabindex: "0", hidden: true },
  element("h2", { id: "begun-title" }, "始めた作業（新しい順）"), list);
const items = new Map();
let timer = 0;
let pause = AGAIN_AFTER;
// What the last answer said, but for the seconds.
let known = "";
let goToMessages = () => {};

// When each was begun, of this run of the server, as nobody else tells it.
const BEGUN = "tasks-begun";
const run = location.host + location.pathname;

const timesBegun = () => {
  const known = remembered(BEGUN, null);
  return known?.run === run ? known.times : {};
};

function noteBegun(id, seconds = 0) {
  const times = timesBegun();
  if (times[id] === undefined) remember(BEGUN, { run, times: { ...times, [id]: Date.now() - seconds * 1000 } });
}

/** When a task was begun: as it was first seen under way; null where it never was. */
function begunAt({ id, stage, seconds }) {
  if (OPEN.includes(stage)) noteBegun(id, seconds ?? 0);
  const time = timesBegun()[id];
  return time === undefined ? null : new Date(time);
}

function pressed(words, act, name = null) {
  const made = element("button", { type: "button", "aria-label": name }, words);
  made.addEventListener("click", act);
  return made;
}

function make(task) {
  const begun = begunAt(task);
  const item = {
    stage: null,
    told: "",
    words: element("span", { class: "stage" }),
    again: element("span", { class: "again", hidden: true }, "（前の回）"),
    bar: element("progress", { "aria-label": `${task.label}の進み` }),
    said: element("pre", { class: "said", tabindex: "0", role: "group", "aria-label": `${task.label}のくわしい結果` }),
    files: element("ul", { class: "made" }),
    wrong: element("p", { class: "wrong", role: "alert", hidden: true }),
  };
  item.stop = pressed("止める", () => wish("stop", { id: task.id }), `${task.label}を止める`);
  item.messages = pressed("指摘を見る", () => goToMessages());
  item.details = element("details", { hidden: true }, element("summary", {}, "くわしく"), item.said);
  item.node = element("li", { class: "task" },
    element("p", { class: "head" }, begun && element("time", { datetime: begun.toISOString() }, clockTime(begun)), begun && " ",
      element("b", {}, task.label), item.again, " ", item.words),
    item.bar, element("p", { class: "actions" }, item.stop, item.messages), item.files, item.wrong, item.details);
  list.prepend(item.node);
  items.set(task.id, item);
  return item;
}

function madeFiles(task, item) {
  const open = async (what, file) => {
    const answer = await wish("open-made", file === undefined ? { id: task.id, what } : { id: task.id, what, file });
    item.wrong.hidden = answer.ok;
    item.wrong.textContent = answer.words ?? "";
  };
  const most = 12;
  const files = task.report ? [] : task.files;
  const rows = files.slice(0, most).map((name, index) => element("li", {},
    element("span", { class: "name" }, name), " ",
    pressed("開く", () => open("file", index), `${name}を開く`),
    pressed("フォルダーを開く", () => open("folder", index), `${name}のフォルダーを開く`)));
  if (files.length > most) rows.push(element("li", {}, `ほか ${files.length - most} 個`));
  if (task.report) {
    rows.push(element("li", {}, element("span", { class: "name" }, task.report), " ",
      pressed("この報告書を開く", () => open("report"))));
  }
  item.files.replaceChildren(...rows);
}

function update(task) {
  const item = items.get(task.id) ?? make(task);
  setText(item.words, WORDS[task.stage](task));
  if (item.told !== task.said) setText(item.said, task.said);
  item.told = task.said;
  item.details.hidden = task.said === "";
  if (item.stage === task.stage) return;
  const isOpen = OPEN.includes(task.stage);
  const isNews = item.stage !== null && !isOpen;
  const hadFocus = item.stop === document.activeElement;
  item.stage = task.stage;
  item.node.dataset.stage = task.stage;
  item.bar.hidden = !isOpen;
  item.stop.hidden = !isOpen;
  item.messages.hidden = task.stage !== "refused" && task.stage !== "done_with_errors";
  item.details.open = BAD.includes(task.stage) || task.files.length === 0;
  if (!isOpen) madeFiles(task, item);
  if (hadFocus && !isOpen) item.details.querySelector("summary").focus();
  if (isNews) announce(`${task.label}：${WORDS[task.stage](task)}`);
}

/** The last ones, and all that are under way; of the others nothing is kept. */
function updateAll(tasks) {
  section.hidden = tasks.length === 0;
  const shown = tasks.filter(({ stage }, index) => index >= tasks.length - SHOWN || OPEN.includes(stage));
  shown.forEach(update);
  // What was begun later of the same kind is what counts.
  tasks.forEach(({ id, label }, at) => {
    const item = items.get(id);
    if (item) item.again.hidden = !tasks.slice(at + 1).some((other) => other.label === label);
  });
  const ids = new Set(shown.map(({ id }) => id));
  for (const [id, { node }] of items) {
    if (ids.has(id) || node.contains(document.activeElement)) continue;
    node.remove();
    items.delete(id);
  }
}

/** How long to wait for the next answer: longer and longer while this one says nothing new. */
function nextPause(tasks) {
  const said = JSON.stringify(tasks.map(({ id, stage, said: words }) => [id, stage, words.length]));
  pause = said === known ? Math.min(pause * SLOWER, AT_MOST) : AGAIN_AFTER;
  known = said;
  return pause;
}

/** Shows the tasks; `wanted` is one that was just begun. */
export async function showTasks(wanted = null) {
  clearTimeout(timer);
  if (wanted !== null) noteBegun(wanted);
  const tasks = await get("tasks");
  if (tasks) {
    updateAll(tasks);
    const open = tasks.filter(({ stage }) => OPEN.includes(stage)).length;
    setText(byId("task-count"), open > 0 ? `${open}` : "");
    const item = items.get(wanted);
    if (item) {
      item.node.scrollIntoView({ block: "nearest" });
      announce(`${item.node.querySelector("b").textContent}を始めました`);
    }
    if (open === 0) return;
  }
  clearTimeout(timer);
  timer = setTimeout(() => showTasks(), tasks ? nextPause(tasks) : LATER);
}

export function startTaskList(messages) {
  goToMessages = messages;
  return section;
}
