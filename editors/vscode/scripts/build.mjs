//! Makes dist/extension.js; with --tests the tests too, in which what only an editor has is replaced.

import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build } from "esbuild";

const home = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const common = { bundle: true, platform: "node", target: "node18", format: "cjs", absWorkingDir: home, logLevel: "warning" };

rmSync(path.join(home, "dist"), { recursive: true, force: true });
await build({ ...common, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"], minify: true });

if (process.argv.includes("--tests")) {
  const tests = readdirSync(path.join(home, "tests")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `tests/${name}`),
    outdir: "dist/tests",
    // Read at run time, from beside their own files
    external: ["vscode-textmate", "vscode-oniguruma"],
    alias: {
      vscode: path.join(home, "tests/editor.ts"),
      "vscode-languageclient/node": path.join(home, "tests/client.ts"),
    },
  });
}
