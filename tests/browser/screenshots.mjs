// Pictures of the pages, to be looked at: node screenshots.mjs FOLDER
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { launch, made, open } from "./open.mjs";

const out = process.argv[2];
if (!out) throw new Error("where to? node screenshots.mjs FOLDER");
mkdirSync(out, { recursive: true });
const browser = await launch();
for (const file of made(".html")) {
  for (const [name, options] of Object.entries({ light: {}, dark: { dark: true }, narrow: { width: 420, height: 900 } })) {
    const { page } = await open(browser, file, options);
    const name_ = basename(file, ".html");
    await page.screenshot({ path: join(out, `${name_}-${name}.png`), fullPage: name === "light" });
    for (const section of name === "light" && !name_.endsWith(".report") ? ["storyline", "knowledge", "why", "tension", "audience", "relations", "orders"] : []) {
      await page.locator(`#${section}`).screenshot({ path: join(out, `${name_}-${section}.png`) });
    }
    await page.close();
  }
}
await browser.close();
