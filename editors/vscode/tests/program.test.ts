import assert from "node:assert/strict";
import { test } from "node:test";

import { findProgram, type Machine } from "../src/program";
import { ended, missing, notStarted } from "../src/words";

const unix = (...files: string[]): Machine => ({
  isWindows: false,
  searched: "relative::/usr/local/bin:/usr/bin",
  isFile: (file) => files.includes(file),
});
const windows = (...files: string[]): Machine => ({
  isWindows: true,
  searched: "bin;.;C:\\Windows;D:\\道具",
  isFile: (file) => files.includes(file),
});
const places = { setting: "", folders: ["/報告書/令和2年度/01_人材"], extension: "/拡張" };

test("the setting comes first, and nothing takes its place", () => {
  const machine = unix("/道具/report", "/usr/bin/report");
  assert.deepEqual(findProgram({ ...places, setting: ' "/道具/report" ' }, machine), {
    kind: "found",
    program: "/道具/report",
    from: "setting",
  });
  assert.deepEqual(findProgram({ ...places, setting: "/無い/report" }, machine), {
    kind: "wrong setting",
    program: "/無い/report",
  });
});

test("then what is open and its report, this extension, PATH", () => {
  const all = ["/報告書/令和2年度/01_人材/report", "/報告書/令和2年度/report", "/拡張/bin/report", "/usr/bin/report"];
  const from = ["folder", "folder", "extension", "path"];
  for (let first = 0; first < all.length; first += 1) {
    const found = findProgram(places, unix("/報告書/令和2年度/報告書.jigyo", ...all.slice(first)));
    assert.deepEqual(found, { kind: "found", program: all[first], from: from[first] });
  }
  assert.deepEqual(findProgram(places, unix("relative/report", "report", "/report.exe")), { kind: "none" });
});

test("nothing is started from above the report, nor from above a folder without one", () => {
  const above = ["/report", "/報告書/report"];
  assert.deepEqual(findProgram(places, unix("/報告書/令和2年度/報告書.jigyo", ...above)), { kind: "none" });
  assert.deepEqual(findProgram(places, unix("/報告書/令和2年度/report", ...above)), { kind: "none" });
});

test("Windows has its own names and separators", () => {
  const own = { setting: "", folders: ["C:\\令和2年度\\01_人材"], extension: "C:\\拡張" };
  const at = (file: string) => findProgram(own, windows("C:\\令和2年度\\報告書.jigyo", file));
  assert.deepEqual(at("C:\\令和2年度\\report.exe"), { kind: "found", program: "C:\\令和2年度\\report.exe", from: "folder" });
  assert.deepEqual(at("D:\\道具\\report.exe"), { kind: "found", program: "D:\\道具\\report.exe", from: "path" });
  assert.deepEqual(at(".\\report.exe"), { kind: "none" });
  assert.deepEqual(at("bin\\report.exe"), { kind: "none" });
});

test("what is said is plain, and says that writing goes on", () => {
  const said = [
    missing({ kind: "none" }),
    missing({ kind: "wrong setting", program: "C:\\report.exe" }),
    notStarted("C:\\report.exe", Object.assign(new Error("spawn UNKNOWN"), { code: "UNKNOWN" })),
    notStarted("/report", new Error("spawn EACCES")),
    notStarted("/report", new Error("…")),
    ended("/report"),
  ];
  for (const words of said) {
    assert.match(words, /原稿の色付けだけを行います/);
    assert.doesNotMatch(words, /サーバー|プロトコル|エラーコード|undefined/);
  }
  assert.match(said[2]!, /許されていません/);
  assert.match(said[3]!, /許されていません/);
  assert.doesNotMatch(said[4]!, /許されていません/);
});
