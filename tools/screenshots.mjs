// make screenshots: takes the pictures of the README from the demonstration company, into docs/screenshots.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { codeOf } from "../tests/http/staff.mjs";

const ROOT = resolve(fileURLToPath(import.meta.url), "../..");
const PROGRAM = resolve(ROOT, process.env.KP_TEST_PROGRAM ?? "build/kundportal");
const OUT = join(ROOT, "docs/screenshots");
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };
const folder = mkdtempSync(join(tmpdir(), "kundportal-pictures-"));
const place = ["--database", `sqlite:${join(folder, "portal.db")}`, "--data", join(folder, "data")];

function serve() {
  const server = spawn(PROGRAM, ["serve", "--listen", "127.0.0.1:0", ...place], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, KUNDPORTAL_NAME: "Björks Hiss & Fastighetsservice" },
  });
  return new Promise((done, fail) => {
    server.on("exit", () => fail(new Error("the portal did not start")));
    server.stdout.on("data", (text) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) done({ server, url: found[0] });
    });
  });
}

async function enter(browser, url, options) {
  const context = await browser.newContext({ locale: "sv-SE", timezoneId: "Europe/Stockholm", ...options });
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.fill("[name=username]", "karin.lindqvist@bjorkstaden.example");
  await page.fill("[name=password]", "Demo-2026-kund");
  await page.click("main button[type=submit]");
  await page.waitForURL(`${url}/`);
  return page;
}

// The administrator of the demonstration company, who sets up a second factor when they log in.
async function enterStaff(browser, url, options) {
  const context = await browser.newContext({ locale: "sv-SE", timezoneId: "Europe/Stockholm", ...options });
  const page = await context.newPage();
  await page.goto(`${url}/staff/login`);
  await page.fill("[name=email]", "anna.bjork@bjorkshiss.example");
  await page.fill("[name=password]", "Demo-2026-kund");
  await page.click("main button[type=submit]");
  await page.waitForSelector("[name=secret]", { state: "attached" });
  await page.fill("[name=code]", codeOf(await page.inputValue("[name=secret]")));
  await page.click("main button[type=submit]");
  await page.waitForSelector("main code");
  return page;
}

// `height`: of a longer page than the screen, so that its charts are in the picture.
async function take(page, url, path, name, height = 0) {
  const size = page.viewportSize();
  if (height) await page.setViewportSize({ width: size.width, height });
  await page.goto(url + path);
  await page.screenshot({ path: join(OUT, `${name}.png`) });
  await page.setViewportSize(size);
}

const demo = spawnSync(PROGRAM, ["demo", ...place], { stdio: "ignore" });
if (demo.status !== 0) throw new Error("no demonstration company");
const { server, url } = await serve();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  mkdirSync(OUT, { recursive: true });
  const wide = await enter(browser, url, { viewport: WIDE });
  await take(wide, url, "/cases?q=hissen", "search");
  const number = await wide.locator("a.cell-link").first().getAttribute("href");
  await take(wide, url, number, "case");
  await wide.goto(`${url}/cases?q=hissen&status=finished`);
  const finished = await wide.locator("a.cell-link").first().getAttribute("href");
  await take(wide, url, `${finished}/actions`, "actions");
  await take(wide, url, "/dashboards/throughput", "dashboard", 1400);
  await wide.goto(`${url}/invoices`);
  const specification = await wide.locator("a.cell-link").first().getAttribute("href");
  await take(wide, url, specification, "invoice");
  const staff = await enterStaff(browser, url, { viewport: WIDE });
  await take(staff, url, "/staff", "staff-inbox");
  const known = await staff.locator(".inbox-list a").first().getAttribute("href");
  await take(staff, url, known.replace(/[?#].*/, ""), "staff-case", 1100);
  await take(staff, url, "/staff/cases", "staff-cases");
  await take(staff, url, "/staff/configuration/form", "staff-configuration");
  const phone = await enter(browser, url, { viewport: PHONE, hasTouch: true });
  await take(phone, url, "/", "start-phone");
  await take(phone, url, "/cases/new", "new-case-phone");
  await take(phone, url, "/invoices", "invoices-phone");
  await take(phone, url, "/files", "files-phone");
  await take(phone, url, "/dashboards/cases", "dashboard-phone", 1000);
  const dark = await enter(browser, url, { viewport: PHONE, hasTouch: true, colorScheme: "dark" });
  await take(dark, url, number, "case-phone-dark");
} finally {
  await browser.close();
  server.removeAllListeners("exit").kill();
  rmSync(folder, { recursive: true, force: true });
}
