// The configuration of the portal in a real browser: every page with axe in both languages and on phones, and the whole
// way without JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { staffClient } from "../http/staff.mjs";
import { launch } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BASE = "/staff/configuration";
const LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
// A form of twenty fields and more, with long labels.
const CONFIG = Array.from({ length: 10 },
  (_, i) => `[extra.own_${i}]\nlabel_sv = ${i ? `Fält ${i}` : LONG}\nkind = ${i === 1 ? "choice\nchoices = a:Ett|One; "
    + "b:Två|Two" : "text"}\n`).join("");
const PAGES = ["", "/publish", "/look", "/form", "/form/title", "/form/extra_own_1", "/search", "/actions", "/access",
  "/answers", "/mails", "/history", "/history/1", "/import",
  "/preview", "/preview/login", "/preview/new-case", "/preview/search"];

let portal, browser, cookies;
before(async () => {
  portal = await startPortal({ config: CONFIG,
    files: { "cases.csv": "number,title,created,extra_own_0\nC1,Kran,2026-03-01T08:00:00,x\n" } });
  const { client } = await staffClient(portal, "chef@firma.se", "administrator");
  const mark = async (page) => /name="mark" value="([^"]*)"/.exec((await client.get(BASE + page)).text)[1];
  const look = async (name) => client.postForm(`${BASE}/look`,
    { mark: await mark("/look"), portal_name: name, portal_colour: "#a01010", portal_contact_sv: LONG });
  await look("Första");
  await client.postForm(`${BASE}/publish`, { mark: await mark("/publish"), note: LONG }, [], `${BASE}/publish`);
  await look(`Samfälligheten ${LONG}`.slice(0, 80));
  await client.postForm(`${BASE}/form/extra_own_0/remove`, { mark: await mark("/form/extra_own_0") }, [],
    `${BASE}/form/extra_own_0`);
  cookies = [...client.cookies].map(([name, value]) => ({ name, value, url: portal.url }));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "sv-SE", bypassCSP: true,
    ...options });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(portal.url + path);
  return page;
}

async function examine(page, what) {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${what}: ${over} px too wide at ${width}`);
  }
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await globalThis.axe.run())
    .violations.map((one) => `${one.id}: ${one.nodes[0].html}`));
  assert.deepEqual(found, [], what);
}

for (const [locale, colorScheme] of [["sv-SE", "light"], ["en-GB", "dark"]]) {
  test(`every page of the configuration is accessible and fits every screen: ${locale}, ${colorScheme}`, async () => {
    const page = await open(BASE, { locale, colorScheme });
    for (const path of PAGES) {
      await page.goto(portal.url + BASE + path);
      await examine(page, path);
    }
    await page.context().close();
  });
}

test("forms that were refused are accessible too", async () => {
  for (const [path, name, typed] of [["/look", "portal_name", ""], ["/form", "position_title", "x"],
    ["/search", "columns_title", "x"]]) {
    const page = await open(BASE + path);
    await page.fill(`[name=${name}]`, typed);
    await page.locator("main form button.btn-primary").first().click();
    await page.waitForSelector("[aria-invalid=true]");
    await examine(page, `${path} refused`);
    await page.context().close();
  }
});

test("from a field of one's own to what customers see, by keyboard alone, without JavaScript", async () => {
  const page = await open(`${BASE}/form`, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await page.fill("#key", "plan");
  await page.fill("#label_sv", "Plan");
  await page.selectOption("#kind", "date");
  await page.focus("#label_sv");
  await page.keyboard.press("Enter");
  await page.waitForURL(/form\/extra_plan$/);
  await page.fill("#hint_sv", "Vilken dag?");
  await page.focus("#hint_sv");
  await page.keyboard.press("Enter");
  await page.waitForURL(/form$/);
  await page.fill("[name=position_extra_plan]", "1");
  await page.focus("[name=position_extra_plan]");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]); /* to the same address */
  assert.equal(await page.inputValue("[name=position_extra_plan]"), "10");
  await page.goto(`${portal.url}${BASE}/preview/new-case`);
  assert.match(await page.locator(".viewing").innerText(), /Förhandsgranskning/);
  assert.match(await page.locator("main").innerText(), /Vilken dag\?/);
  await page.getByRole("link", { name: "Tillbaka till konfigurationen" }).press("Enter");
  await page.getByRole("link", { name: "Publicera …" }).press("Enter");
  await page.waitForURL(/publish$/);
  await page.fill("#note", "Plan");
  await page.focus("#note");
  await page.keyboard.press("Enter");
  await page.waitForURL(/configuration$/);
  assert.match(await page.locator("main").innerText(), /Version 2 gäller/);
  await page.context().close();
});

test("nothing can be sent from a preview", async () => {
  const page = await open(`${BASE}/preview/login`, { bypassCSP: false });
  await page.fill("#username", "x");
  await page.fill("#password", "y");
  const refused = page.evaluate(() =>
    new Promise((done) => addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective))));
  await page.locator("main button[type=submit]").click({ noWaitAfter: true });
  assert.equal(await refused, "form-action");
  await page.context().close();
});
