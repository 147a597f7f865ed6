// The configuration of the portal in a real browser: every page with axe in both languages and on phones, and the whole
// way without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSound, browserTest } from "./site.mjs";

const BASE = "/staff/configuration";
const LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
// A form of twenty fields and more, with long labels.
const CONFIG = Array.from({ length: 10 },
  (_, i) => `[extra.own_${i}]\nlabel_sv = ${i ? `Fält ${i}` : LONG}\nkind = ${i === 1 ? "choice\nchoices = a:Ett|One; "
    + "b:Två|Two" : "text"}\n`).join("");
const PAGES = ["", "/publish", "/look", "/form", "/form/title", "/form/extra_own_1", "/search", "/actions", "/access",
  "/answers", "/mails", "/history", "/history/1", "/import", "/preview", "/preview/login", "/preview/new-case",
  "/preview/search"];

async function prepare() {
  const client = await site.client("chef");
  const mark = async (page) => /name="mark" value="([^"]*)"/.exec((await client.get(BASE + page)).text)[1];
  const look = async (name) => client.postForm(`${BASE}/look`,
    { mark: await mark("/look"), portal_name: name, portal_colour: "#a01010", portal_contact_sv: LONG });
  await look("Första");
  await client.postForm(`${BASE}/publish`, { mark: await mark("/publish"), note: LONG }, [], `${BASE}/publish`);
  await look(`Samfälligheten ${LONG}`.slice(0, 80));
  await client.postForm(`${BASE}/form/extra_own_0/remove`, { mark: await mark("/form/extra_own_0") }, [],
    `${BASE}/form/extra_own_0`);
}

const site = browserTest({
  config: CONFIG,
  files: { "cases.csv": "number,title,created,extra_own_0\nC1,Kran,2026-03-01T08:00:00,x\n" },
  logins: { chef: { email: "chef@firma.se", role: "administrator" } },
  prepare,
});

for (const [locale, colorScheme] of [["sv-SE", "light"], ["en-GB", "dark"]]) {
  test(`every page of the configuration is accessible and fits every screen: ${locale}, ${colorScheme}`, async () => {
    const page = await site.open(undefined, { locale, colorScheme });
    for (const path of PAGES) {
      await site.go(page, BASE + path);
      await assertSound(page, path || "the configuration", { widths: [320, 1280] });
    }
  });
}

test("forms that were refused are accessible too", async () => {
  for (const [path, name, typed] of [["/look", "portal_name", ""], ["/form", "position_title", "x"],
    ["/search", "columns_title", "x"]]) {
    const page = await site.open(BASE + path);
    await page.fill(`[name=${name}]`, typed);
    await page.locator("main form button.btn-primary").first().click();
    await page.waitForSelector("[aria-invalid=true]");
    await assertSound(page, `${path} refused`);
    await site.close(page);
  }
});

test("a new field reaches the form of customers, by keyboard alone, without JavaScript", async () => {
  const page = await site.open(`${BASE}/form`, { javaScriptEnabled: false, width: 390, height: 800 });
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
  await site.go(page, `${BASE}/preview/new-case`);
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
});

test("nothing can be sent from a preview", async () => {
  const page = await site.open(`${BASE}/preview/login`, { mayFault: true });
  await page.fill("#username", "x");
  await page.fill("#password", "y");
  const refused = page.evaluate(() =>
    new Promise((done) => addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective))));
  await page.locator("main button[type=submit]").click({ noWaitAfter: true });
  assert.equal(await refused, "form-action");
});
