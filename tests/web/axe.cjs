// Opens pages from their folder in Chromium and has axe-core judge them: 320 and 1280 px wide, light and dark.   usage: axe.cjs PAGE …
const fs = require("node:fs");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 1280];
const SCHEMES = ["light", "dark"];

async function judge(page, path) {
  let found = 0;
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 });
    for (const scheme of SCHEMES) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (tooWide) { console.log(`${path} ${width} ${scheme}: wider than its window`); found += 1; }
      for (const { id, help, nodes } of violations) {
        found += nodes.length;
        console.log(`${path} ${width} ${scheme}: ${id}: ${help}`);
        for (const node of nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 200)}`);
      }
    }
  }
  return found;
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--allow-file-access-from-files"],
  });
  let found = 0;
  // A page may ask for nothing outside its folder.
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (!/^(file|data|about|blob):/.test(request.url())) { console.log(`asks for ${request.url()}`); found += 1; }
  });
  page.on("pageerror", (error) => { console.log(`${page.url()}: ${error}`); found += 1; });
  for (const path of process.argv.slice(2)) found += await judge(page, path);
  await browser.close();
  process.exit(found > 0 ? 1 : 0);
}

main();
