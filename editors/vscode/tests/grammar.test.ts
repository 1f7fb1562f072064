//! The colours of every sample, without an editor.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { loadWASM, OnigScanner, OnigString } from "vscode-oniguruma";
import { INITIAL, parseRawGrammar, Registry, type IGrammar, type StateStack } from "vscode-textmate";

// dist/tests/ lies in the extension, that in editors/, that in the project.
const extension = path.dirname(path.dirname(__dirname));
const project = path.dirname(path.dirname(extension));
const grammarFile = path.join(extension, "syntaxes/jigyo.tmLanguage.json");

async function grammar(): Promise<IGrammar> {
  await loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(grammarFile, "utf8"), grammarFile)),
  });
  return (await registry.loadGrammar("text.jigyo"))!;
}

const loaded = grammar();

interface Piece {
  text: string;
  scopes: string;
}

async function pieces(text: string): Promise<Piece[][]> {
  const own = await loaded;
  let state: StateStack = INITIAL;
  return text.split(/\r\n|[\r\n]/).map((line) => {
    const { tokens, ruleStack, stoppedEarly } = own.tokenizeLine(line, state, 500);
    assert.equal(stoppedEarly, false, line);
    state = ruleStack;
    return tokens.map((token) => ({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes.slice(1).join(" ") }));
  });
}

/** What a stretch of a text is. */
async function scopesOf(text: string, wanted: string): Promise<string> {
  const found = (await pieces(text)).flat().find((piece) => piece.text.trim() === wanted);
  assert.ok(found, `${wanted}: ${JSON.stringify(await pieces(text))}`);
  return found.scopes;
}

function samples(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return samples(file);
    return entry.name.endsWith(".jigyo") ? [file] : [];
  });
}

const PROGRAM = `【事業】風力発電関連業担い手育成事業
事業費：3,344千円
区分：新規
担当：エネルギー開発振興課　環境グループ

【事業概要】
時刻：10時、会場｜で区切る文章
（１）説明会
・対象
※注

【指標】表
(1) 開催回数｜6回｜↑
　・受講者数｜約107名｜—
＋｜続き｜続き

【メモ】
控え｜6回
区分：控え

【課題】
文章
`;

test("every kind of line has its colour", async () => {
  const scopes = (wanted: string) => scopesOf(PROGRAM, wanted);
  assert.match(await scopes("【事業】"), /markup\.heading/);
  assert.match(await scopes("風力発電関連業担い手育成事業"), /entity\.name\.section/);
  assert.match(await scopes("事業費"), /attribute-name/);
  assert.match(await scopes("3,344千円"), /constant\.numeric/);
  assert.match(await scopes("エネルギー開発振興課　環境グループ"), /string/);
  assert.match(await scopes("【事業概要】"), /markup\.heading/);
  assert.match(await scopes("（１）"), /punctuation\.definition\.list/);
  assert.match(await scopes("・"), /punctuation\.definition\.list/);
  assert.match(await scopes("注"), /markup\.quote/);
  assert.match(await scopes("(1)"), /keyword\.operator\.item/);
  assert.match(await scopes("開催回数"), /variable/);
  assert.match(await scopes("↑"), /constant\.language/);
  assert.match(await scopes("—"), /constant\.language/);
  assert.match(await scopes("約107"), /constant\.numeric/);
  assert.match(await scopes("【課題】"), /markup\.heading/);
});

test("fields stand in heads alone, and a memo ends with the next heading", async () => {
  const lines = await pieces(PROGRAM);
  const of = (start: string) => lines.find((line) => line.map((piece) => piece.text).join("").startsWith(start))!;
  assert.ok(of("時刻：").every((piece) => !piece.scopes.includes("attribute-name")));
  assert.ok(lines.at(-2)!.every((piece) => piece.scopes === ""), "after the memo prose is prose");
  // Which headings an office has, only the program knows: here each one ends a memo.
  const memo = lines.filter((line) => line.some((piece) => piece.scopes.includes("comment.block")));
  assert.deepEqual(memo.map((line) => line.map((piece) => piece.text).join("")), ["【メモ】", "控え｜6回", "区分：控え", ""]);
});

test("names and 再掲 of 【構成】", async () => {
  const text = "【章】人材の育成\n番号：1\n\n【構成】\n就職ガイダンス：開催｜事業\n再掲　訓練校事業\n";
  assert.match(await scopesOf(text, "就職ガイダンス：開催｜事業"), /string\.unquoted\.name/);
  assert.match(await scopesOf(text, "再掲"), /keyword/);
  assert.match(await scopesOf(text, "訓練校事業"), /string\.unquoted\.name/);
  assert.match(await scopesOf(text, "番号"), /attribute-name/);
});

test("every sample is coloured, its headings and the labels of its tables too", async () => {
  const files = [...samples(path.join(project, "reports")), ...samples(path.join(project, "templates"))];
  assert.ok(files.length > 100, `${files.length}`);
  let [headings, rows] = [0, 0];
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const line of await pieces(text)) {
      const whole = line.map((piece) => piece.text).join("");
      const isMemo = line.some((piece) => piece.scopes.includes("comment.block"));
      if (/^【[^】]+】/.test(whole)) {
        headings += 1;
        assert.match(line[0]!.scopes, /markup\.heading|comment\.block/, `${file}: ${whole}`);
      } else if (/^[^：※【＋]+｜/.test(whole) && !isMemo) {
        rows += 1;
        assert.ok(line.some((piece) => /separator|string/.test(piece.scopes)), `${file}: ${whole}`);
      }
    }
  }
  assert.ok(headings > 400 && rows > 300, `${headings} ${rows}`);
});

test("long and strange lines take no time and do no harm", async () => {
  const strange = ["【".repeat(5000), "｜".repeat(5000), "：".repeat(5000), "あ".repeat(60000), "𠮷葛\u{E0100}か\u3099｜１".repeat(500), "\0\x1b【\uFFFD】"];
  const began = Date.now();
  await pieces(`【事業】あ\n${strange.join("\n")}\n【指標】\n${strange.join("\n")}`);
  assert.ok(Date.now() - began < 20_000);
});
