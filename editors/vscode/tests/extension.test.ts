//! The extension in as much of an editor as it touches; the processes are real.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, test } from "node:test";

import { activate, deactivate } from "../src/extension";
import { CloseAction, started } from "./client";
import { forget, registered, set, state, told, trust } from "./editor";

const home = mkdtempSync(path.join(tmpdir(), "jigyo-"));
const isWindows = process.platform === "win32";

function program(folder: string, mode = 0o755): string {
  const file = path.join(home, folder, isWindows ? "report.exe" : "report");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\nexec cat\n");
  chmodSync(file, mode);
  return file;
}

async function start(): Promise<void> {
  // What is not asked of the context is not there.
  await activate({ subscriptions: [], extensionPath: path.join(home, "拡張") } as never);
}

afterEach(async () => {
  await deactivate();
  forget();
  started.length = 0;
  rmSync(path.join(home, "拡張"), { recursive: true, force: true });
});

test("the program that was packed is started, and again when a person asks", { skip: isWindows }, async () => {
  const own = program("拡張/bin");
  await start();
  assert.deepEqual(started.map((one) => one.program), [own]);
  await registered.get("jigyo.restart")?.();
  assert.equal(started.length, 2);
  assert.deepEqual(told, []);
});

test("without a program it is said once, and the colours stay", async () => {
  const before = process.env.PATH;
  process.env.PATH = home;
  await start();
  process.env.PATH = before;
  assert.equal(started.length, 0);
  assert.equal(told.length, 1);
  assert.match(told[0]!, /見つからないので.*色付けだけを行います/);
});

test("a program that may not be started is no fault of the person", { skip: isWindows || process.getuid?.() === undefined }, async () => {
  state.report = program("禁止", 0o644);
  await start();
  assert.equal(started.length, 0);
  assert.match(told.join(), /起動が、この端末では許されていません.*色付けだけを行います/);
});

test("restarts that overlap leave one program, and what is put away leaves none", { skip: isWindows }, async () => {
  program("拡張/bin");
  const begun = start();
  const again = registered.get("jigyo.restart")!;
  await Promise.all([begun, again(), again(), again()]);
  const running = () => started.filter((one) => one.client.isRunning()).length;
  assert.equal(running(), 1);
  // While one is being started.
  const last = again();
  await deactivate();
  await last;
  assert.equal(running(), 0);
  // One that starts again by itself.
  await start();
  const own = started.at(-1)!.client;
  await own.stop();
  void own.start();
  await deactivate();
  assert.equal(running(), 0);
});

test("another setting starts another program", { skip: isWindows }, async () => {
  program("拡張/bin");
  await start();
  const other = program("別");
  await set(other);
  assert.equal(started.at(-1)?.program, other);
  await set(path.join(home, "無い"));
  assert.match(told.join(), /設定「jigyo.report」の場所に、プログラムがありません/);
});

test("nothing is started in a folder that nobody trusts", { skip: isWindows }, async () => {
  state.isTrusted = false;
  state.folders = [path.dirname(program("報告書"))];
  await start();
  assert.deepEqual([started.length, told.length], [0, 0]);
  await trust();
  assert.equal(started.length, 1);
});

test("a program that ends again and again is let be", { skip: isWindows }, async () => {
  program("拡張/bin");
  await start();
  const handler = started[0]!.client.options.errorHandler;
  const actions = [handler.closed(), handler.closed(), handler.closed()].map((closed) => closed.action);
  assert.deepEqual(actions, [CloseAction.Restart, CloseAction.Restart, CloseAction.DoNotRestart]);
  assert.match(told.join(), /何度起動しても終わってしまいます/);
});
