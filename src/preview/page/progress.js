// Owns the page that stays open beside the work: how far each department and each program is, anew with every change.

import { announce, byId, element, setText } from "./dom.js";
import { get } from "./post.js";
import { connect } from "./connection.js";
import { remember, remembered } from "./store.js";

const STAGES = {
  missing: () => "ファイルがありません",
  blank: () => "書き始めていません",
  open: ({ count }) => `書きかけ（あと${count}か所）`,
  wrong: ({ count }) => `誤りあり（${count}件）`,
  done: () => "できました",
};
const COLUMNS = [
  ["予定", "expected"], ["提出", "handed_in"], ["未記入", "blank", true], ["未提出", "missing", true],
  ["エラー", "with_errors", true], ["注意", "with_warnings"], ["未記入の箇所", "open", true],
];

const onlyOpen = byId("only-open");
let shown = "";
let progress = null;

const isOver = (deadline) => deadline?.left < 0;

function deadlineOf(own) {
  if (!own.deadline) return null;
  return element("span", { class: isOver(own.deadline) && own.programs.some(({ stage }) => stage !== "done") ? "over" : null }, `締切 ${own.deadline.words}`);
}

function row(own, hasDeadlines) {
  const cells = COLUMNS.map(([, key, isTrouble]) => element("td", { class: isTrouble && own[key] > 0 ? "look" : null }, String(own[key])));
  const done = own.programs.filter(({ stage }) => stage === "done").length;
  const bar = element("progress", { class: "bar", max: String(Math.max(own.programs.length, 1)), value: String(done), "aria-label": `${own.name}のできた事業` });
  if (own.remarks !== null) cells.push(element("td", { class: own.remarks > 0 ? "look" : null }, String(own.remarks)));
  return element("tr", {}, element("th", { scope: "row" }, own.name), ...cells,
    element("td", {}, own.last_change ?? "—"), hasDeadlines && element("td", { class: "words" }, own.deadline?.words ?? "—"),
    element("td", { class: "words" }, element("span", { class: "filled" }, element("span", {}, `${done}／${own.programs.length}`), " ", bar)));
}

function program({ name, file, stage, count, remarks }) {
  const title = file ? element("a", { href: `./#${file.split("/").map(encodeURIComponent).join("/")}` }, name) : name;
  return element("li", {}, element("span", { class: `state ${stage}` }, STAGES[stage]({ count })), element("span", {}, title),
    remarks && element("span", { class: "said" }, remarks));
}

function department(own) {
  const programs = own.programs.filter(({ stage }) => !onlyOpen.checked || stage !== "done");
  if (programs.length === 0) return null;
  const done = own.programs.filter(({ stage }) => stage === "done").length;
  return element("section", { class: "department" },
    element("h3", {}, own.name, element("span", {}, `${own.programs.length}事業のうち ${done} ができました`), deadlineOf(own)),
    element("ul", {}, ...programs.map(program)));
}

function draw() {
  const { title, now, deadline, departments, total } = progress;
  setText(byId("title"), `進み具合　${title}`);
  document.title = `進み具合　${title}`;
  setText(byId("when"), now ? `${now} 現在` : "");
  byId("deadline").hidden = deadline === null;
  setText(byId("deadline"), deadline ? `締切 ${deadline.words}` : "");
  const key = JSON.stringify([departments, total, onlyOpen.checked]);
  // Nothing that somebody reads or tabs through is made anew without a reason.
  if (key === shown) return false;
  shown = key;
  const hasDeadlines = departments.some((own) => own.deadline);
  const heads = ["担当課", ...COLUMNS.map(([head]) => head), total.remarks !== null && "連絡", "最終更新", hasDeadlines && "締切", "できた事業"];
  byId("heads").replaceChildren(...heads.filter(Boolean).map((head) => element("th", { scope: "col" }, head)));
  byId("rows").replaceChildren(...departments.map((own) => row(own, hasDeadlines)));
  const all = { ...total, deadline: null, programs: departments.flatMap(({ programs }) => programs) };
  byId("total").replaceChildren(row(all, hasDeadlines));
  tellWidth();
  const focused = document.activeElement?.getAttribute("href");
  const list = departments.map(department).filter(Boolean);
  byId("departments").replaceChildren(...(list.length > 0 ? list : [element("p", {}, "ありません。")]));
  if (focused) [...document.querySelectorAll("#departments a")].find((link) => link.getAttribute("href") === focused)?.focus();
  return true;
}

/** Says that the table goes on, where it does. */
function tellWidth() {
  const wide = document.querySelector(".wide");
  byId("wider").hidden = wide.scrollWidth <= wide.clientWidth;
}

async function refresh() {
  const next = await get("progress.json");
  if (!next) return;
  const isFirst = progress === null;
  progress = next;
  if (draw() && !isFirst) announce("進み具合が変わりました");
}

onlyOpen.checked = remembered("only-open", false) === true;
onlyOpen.addEventListener("change", () => {
  remember("only-open", onlyOpen.checked);
  if (progress) draw();
});
new ResizeObserver(tellWidth).observe(document.querySelector(".wide"));
connect(refresh);
// Days go by, too.
setInterval(refresh, 60 * 60 * 1000);
