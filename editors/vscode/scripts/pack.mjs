//! Makes the .vsix: `npm run pack`, or `npm run pack -- --program PATH/report.exe` with the program inside.
//!
//! With a program the file is for one kind of machine: `--target win32-x64` (the default for a program that ends in .exe),
//! `linux-x64` and the like.

import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { parseArgs } from "node:util";

const home = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { program: { type: "string" }, target: { type: "string" }, out: { type: "string" } } });

run("scripts/build.mjs", []);
const bin = path.join(home, "bin");
rmSync(bin, { recursive: true, force: true });
const license = path.join(home, "LICENSE");
copyFileSync(path.join(home, "../../LICENSE"), license);
const wanted = ["package", "--no-dependencies", "--allow-missing-repository"];
if (values.program) {
  const isWindows = values.program.toLowerCase().endsWith(".exe");
  const packed = path.join(bin, isWindows ? "report.exe" : "report");
  mkdirSync(bin);
  copyFileSync(path.resolve(values.program), packed);
  chmodSync(packed, 0o755);
  wanted.push("--target", values.target ?? (isWindows ? "win32-x64" : `${process.platform}-${process.arch}`));
}
if (values.out) wanted.push("--out", path.resolve(values.out));
run("node_modules/@vscode/vsce/vsce", wanted);
rmSync(bin, { recursive: true, force: true });
rmSync(license);

function run(script, args) {
  const { status } = spawnSync(process.execPath, [path.join(home, script), ...args], { cwd: home, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
