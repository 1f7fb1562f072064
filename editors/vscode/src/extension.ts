//! The editor's end: finds the program, starts it, and says in plain words where that cannot be. Colours need none of it.

import { spawn, type ChildProcess } from "node:child_process";
import { statSync } from "node:fs";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type ErrorHandler,
  type LanguageClientOptions,
} from "vscode-languageclient/node";

import { findProgram, type Machine } from "./program";
import * as words from "./words";

/** A program that ends so often within this time is let be. */
const MOST_ENDS = 3;
const WITHIN_MS = 60_000;

let client: LanguageClient | undefined;
/** What was said last: nobody wants to read it twice. */
let said: string | undefined;
/** Starts and stops, one behind the other: what overlaps would leave a program behind that nobody stops any more. */
let turn: Promise<void> = Promise.resolve();

function inTurn(step: () => Promise<void>): Promise<void> {
  const own = turn.then(step);
  turn = own.catch(() => undefined);
  return own;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const again = () =>
    inTurn(async () => {
      said = undefined;
      await stop();
      await start(context);
    });
  context.subscriptions.push(
    vscode.commands.registerCommand("jigyo.restart", again),
    vscode.workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration("jigyo.report") ? again() : undefined)),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
  );
  await inTurn(() => start(context));
}

export async function deactivate(): Promise<void> {
  await inTurn(stop);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  // A folder may bring a program with it: whether that is to run is for the person to say.
  if (!vscode.workspace.isTrusted) return;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const found = findProgram(
    {
      setting: vscode.workspace.getConfiguration("jigyo").get<string>("report", ""),
      folders: folders.map((folder) => folder.uri.fsPath),
      extension: context.extensionPath,
    },
    machine,
  );
  if (found.kind !== "found") return say(words.missing(found));
  const { program } = found;
  try {
    // Before the client is made: it has words of its own for a program that cannot be started.
    let first: ChildProcess | undefined = await launch(program);
    const next = (): Promise<ChildProcess> => {
      const child = first;
      first = undefined;
      return child ? Promise.resolve(child) : launch(program);
    };
    client = new LanguageClient("jigyo", "報告書の原稿", next, options(program));
    await client.start();
  } catch (error) {
    client = undefined;
    say(words.notStarted(program, error));
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // One that was ended and is started again by itself can be stopped only then.
  if (running?.state === State.Starting) await running.start().catch(() => undefined);
  if (running?.isRunning()) await running.stop().catch(() => undefined);
}

const machine: Machine = {
  isWindows: process.platform === "win32",
  searched: process.env.PATH,
  isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
};

/** The process, once it is sure that it runs. */
function launch(program: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    try {
      const child = spawn(program, ["lsp"], { windowsHide: true });
      child.once("error", reject);
      child.once("spawn", () => resolve(child));
    } catch (error) {
      // Some rules of Windows refuse at once.
      reject(error);
    }
  });
}

function options(program: string): LanguageClientOptions {
  return {
    documentSelector: [{ language: "jigyo" }],
    diagnosticCollectionName: "jigyo",
    errorHandler: errorHandler(program),
    // What goes wrong is said once, in our words.
    initializationFailedHandler: () => false,
  };
}

function errorHandler(program: string): ErrorHandler {
  const ends: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      ends.push(now);
      const lately = ends.filter((end) => now - end < WITHIN_MS).length;
      if (lately < MOST_ENDS) return { action: CloseAction.Restart, handled: true };
      say(words.ended(program));
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

function say(text: string): void {
  if (said === text) return;
  said = text;
  void vscode.window.showWarningMessage(text);
}
