// A browser for the tests and the screenshots: Debian's Chromium, without a network.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const folder = process.env.INTRIGUE_PAGES ?? new URL("../../out/pages", import.meta.url).pathname;
export const made = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => join(folder, name)).sort();

const executable = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

export async function launch() {
  if (!executable) throw new Error("no Chromium found: install Debian's package `chromium`, or set CHROMIUM to its path");
  return chromium.launch({ executablePath: executable, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
}

export async function open(browser, file, { width = 1400, height = 1000, dark = false } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? "dark" : "light" });
  const complaints = [];
  page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith("file:")) complaints.push(`fetches ${request.url()}`); });
  await page.goto(`file://${file}`);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  return { page, complaints };
}
