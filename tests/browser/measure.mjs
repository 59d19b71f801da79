// How large the pages are, and how soon they can be used: node measure.mjs [TIMES]
// Ready: from the start of navigation until the script has run. Used: until after a click on an event its card is painted.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { launch, made, open } from "./open.mjs";

const times = Number(process.argv[2] ?? 5);
const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const browser = await launch();
console.log("| page | KB | events | ready, ms | a click later, ms |\n|---|---|---|---|---|");
for (const file of made(".html")) {
  const ready = [], used = [];
  let events = 0;
  for (let i = 0; i < times; i++) {
    const { page } = await open(browser, file);
    ready.push(await page.evaluate(() => performance.getEntriesByName("ready")[0].startTime));
    events = await page.locator("#storyline .event").count();
    used.push(await page.evaluate(() => new Promise((done) => {
      const began = performance.now();
      document.querySelector('#storyline .event[data-event="2"]').dispatchEvent(new MouseEvent("click", { bubbles: true }));
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    })));
    await page.close();
  }
  console.log(`| ${basename(file)} | ${Math.round(readFileSync(file).length / 1000)} | ${events} | ${Math.round(middle(ready))} | ${Math.round(middle(used))} |`);
}
await browser.close();
