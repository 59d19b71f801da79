// Every picture of every shipped story, in a browser.
import assert from "node:assert/strict";
import { basename } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, made, open } from "./open.mjs";

const pages = made(".html").filter((file) => !file.endsWith(".report.html"));
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

test("there are pages to look at", () => assert.ok(pages.length > 0));

/** Pairs of texts, found by a selector, whose boxes overlap by more than a pixel. */
const overlaps = (page, selector) => page.evaluate((selector) => {
  const boxes = [...document.querySelectorAll(selector)].filter((text) => text.checkVisibility({ contentVisibilityAuto: true })).map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
  const found = [];
  boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
    const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const tall = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (wide > 1 && tall > 1) found.push(`${one.text} / ${other.text}`);
  }));
  return found;
}, selector);

for (const file of pages) {
  describe(basename(file), () => {
    test("is drawn without a complaint", async () => {
      const { page, complaints } = await open(browser, file);
      for (const picture of ["storyline", "knowledge", "why", "tension", "audience", "relations", "orders"]) {
        const box = await page.locator(`#${picture} svg:visible`).last().boundingBox();
        assert.ok(box && box.width > 50 && box.height > 10, `${picture} is not there`);
      }
      assert.deepEqual(complaints, []);
      await page.close();
    });

    test("no names, sentences or headings overlap", async () => {
      const { page } = await open(browser, file);
      assert.deepEqual(await overlaps(page, "#storyline text.place"), []);
      assert.deepEqual(await overlaps(page, "#storyline text.sentence, #storyline text.scene, #storyline text.number"), []);
      assert.deepEqual(await overlaps(page, "#why text"), []);
      assert.deepEqual(await overlaps(page, "#relations text"), []);
      assert.deepEqual(await overlaps(page, "#orders text"), []);
      await page.evaluate(() => document.querySelectorAll("#tension details.wants").forEach((wants) => { wants.open = true; }));
      await page.waitForFunction(() => !document.querySelector("#tension [data-folded]"));
      assert.deepEqual(await overlaps(page, "#tension text"), []);
      assert.deepEqual(await overlaps(page, "#knowledge .values text, #knowledge text.who"), []);
      await page.close();
    });

    test("a person can be taken off", async () => {
      const { page } = await open(browser, file);
      const lines = page.locator("#storyline .line.off");
      assert.equal(await lines.count(), 0);
      await page.locator("#cast input").first().uncheck();
      assert.equal(await lines.count(), await page.locator("#storyline .line.p0").count());
      await page.locator("#nobody").click();
      assert.equal(await lines.count(), await page.locator("#storyline .line").count());
      await page.locator("#everybody").click();
      assert.equal(await lines.count(), 0);
      await page.close();
    });

    test("an event says why, by mouse and by keyboard", async () => {
      const { page } = await open(browser, file);
      const card = page.locator("#card");
      assert.equal(await card.isVisible(), false);
      await page.locator('#storyline .event[data-event="2"] .sentence').click();
      assert.match(await card.innerText(), /^×?\s*2\. /);
      assert.ok((await page.locator("#why .arc.on").count()) >= 0);
      await page.keyboard.press("Escape");
      assert.equal(await card.isVisible(), false);
      await page.locator('#storyline .event[data-event="1"]').focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      assert.match(await card.innerText(), /^×?\s*2\. /);
      await page.close();
    });

    test("what is pointed at says why, until it is left, and what that rests on", async () => {
      const { page } = await open(browser, file);
      const card = page.locator("#card");
      const number = await page.evaluate(() => {
        const reasons = (event) => event.getAttribute("aria-label").includes("means to go on");
        return [...document.querySelectorAll("#storyline .event")].find(reasons).dataset.event;
      });
      await page.locator(`#storyline .event[data-event="${number}"] .sentence`).hover();
      assert.match(await card.innerText(), /Why[^]*taking it that/);
      await page.locator("#h-storyline").hover();
      assert.equal(await card.isVisible(), false);
      await page.close();
    });

    test("who is taken off takes part in no picture", async () => {
      const { page } = await open(browser, file);
      await page.locator("#nobody").click();
      assert.equal(await page.locator("#relations .tie:visible").count(), 0);
      assert.equal(await page.locator("#said li").count(), 0);
      assert.ok((await page.locator("#storyline .event.faint").count()) > 0);
      await page.close();
    });

    test("nothing is cut off on paper", async () => {
      const { page } = await open(browser, file, { width: 1030, height: 700 });
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const cut = await page.evaluate(() => [...document.querySelectorAll("svg")].filter((svg) => svg.checkVisibility() && svg.getBoundingClientRect().right > innerWidth + 1).map((svg) => svg.getAttribute("aria-label")));
      assert.deepEqual(cut, []);
      const tall = await page.evaluate(() => [...document.querySelectorAll("#why svg")].filter((svg) => svg.checkVisibility() && svg.getBoundingClientRect().height > innerHeight).length);
      assert.equal(tall, 0);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      assert.equal(await page.locator("#why .slice").count(), 0);
      await page.close();
    });

    test("facts are found by name, ties follow the moment, the ground can be dark", async () => {
      const { page } = await open(browser, file);
      const shown = page.locator(".matter:visible");
      const all = await shown.count();
      await page.locator("#find").fill("no such fact anywhere");
      assert.equal(await shown.count(), 0);
      await page.locator("#find").fill("");
      assert.equal(await shown.count(), all);
      const ties = () => page.locator("#relations .tie:visible").count();
      const end = await ties();
      await page.locator("#moment").fill("0");
      assert.match(await page.locator("#when").innerText(), /opening/);
      assert.ok((await ties()) <= end || end === 0);
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await page.locator("#ground").click();
      assert.notEqual(await ground(), light);
      await page.close();
    });

    test("a card says nothing to more places than anybody reads", async () => {
      const { page } = await open(browser, file);
      for (const number of await page.locator("#storyline .event").evaluateAll((events) => events.map((event) => event.dataset.event))) {
        await page.evaluate((of) => document.querySelector(`#storyline .event[data-event="${of}"]`).dispatchEvent(new MouseEvent("click", { bubbles: true })), number);
        assert.doesNotMatch(await page.locator("#card").innerText(), /\d\.\d{4}/);
      }
      await page.close();
    });

    test("every event has a name for those who cannot see it", async () => {
      const { page } = await open(browser, file);
      const silent = await page.locator("#storyline .event").evaluateAll((events) => events.filter((event) => !event.getAttribute("aria-label")).length);
      assert.equal(silent, 0);
      await page.close();
    });
  });
}

for (const file of made(".report.html")) {
  test(`${basename(file)} opens without a complaint`, async () => {
    const { page, complaints } = await open(browser, file);
    assert.deepEqual(complaints, []);
    await page.locator('#verdict .num[data-event="2"]').click();
    assert.match(await page.locator("#card").innerText(), /2\. /);
    assert.equal(await page.locator("#card a").getAttribute("href"), "#event-2");
    await page.close();
  });
}
