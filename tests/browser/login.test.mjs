// Logging in, registering and the account in a real browser: every page state in both languages and on three widths, by
// keyboard and without scripts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { mailTo } from "../http/mails.mjs";
import { launch } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const files = { "customers.csv": "number,name,login\nK1,Brf Eken,eken/Ekollon-2026\n" };
const LOOKS = [
  { viewport: { width: 1280, height: 900 }, locale: "sv-SE", colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, locale: "sv-SE", colorScheme: "dark" },
  { viewport: { width: 320, height: 700 }, locale: "en-GB", colorScheme: "light" },
];
let portal, browser;

before(async () => {
  portal = await startPortal({ files });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function open(path, options = {}) {
  const context = await browser.newContext({ ...LOOKS[0], reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  await page.goto(portal.url + path);
  return page;
}

async function assertFine(page, state) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`), [], state);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false,
    `${state} scrolls sideways`);
  assert.deepEqual(page.faults, [], state);
}

const send = (page) => page.locator("main button[type=submit]").first().click();

for (const [i, look] of LOOKS.entries()) {
  const name = `${look.locale} ${look.viewport.width} ${look.colorScheme}`;
  const email = `person${i}@example.com`;

  test(`logging in and out, ${name}`, async () => {
    const page = await open("/login", look);
    await assertFine(page, "login");
    await send(page);
    await assertFine(page, "login left empty");
    for (let n = 0; n < 6; n++) {
      await page.fill("#username", `nobody${i}`);
      await page.fill("#password", "fel");
      await send(page);
      if (n === 0) await assertFine(page, "login refused");
    }
    assert.equal(await page.inputValue("#username"), `nobody${i}`);
    await assertFine(page, "login limited");
    await page.fill("#username", "eken");
    await page.fill("#password", "Ekollon-2026");
    await send(page);
    await page.goto(`${portal.url}/account`);
    await assertFine(page, "account of a customer");
    await page.goto(`${portal.url}/logout`);
    await assertFine(page, "logout");
    await send(page);
    await assertFine(page, "logged out");
    await page.goBack();
    await page.waitForURL(/\/login/);
    await page.context().close();
  });

  test(`registering, the account and a forgotten password, ${name}`, async () => {
    const page = await open("/register", look);
    await assertFine(page, "register");
    await page.fill("#email", "fel");
    await page.fill("#password", "smörgåstårta");
    await send(page);
    await assertFine(page, "register refused");
    await page.fill("#email", email);
    await page.fill("#password", "promenad-i-regn");
    await send(page);
    await assertFine(page, "register sent");
    const confirm = await mailTo(portal, email);
    const other = await open(confirm.path, look);
    await assertFine(other, "confirm on another device");
    await other.context().close();
    await page.goto(portal.url + confirm.path);
    await assertFine(page, "confirm");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${portal.url}/`);
    await page.goto(`${portal.url}/account`);
    await assertFine(page, "account");
    await page.fill("#current_password", "fel");
    await page.fill("#new_password", "kort");
    await page.press("#new_password", "Enter");
    await assertFine(page, "account refused");
    await page.context().clearCookies();
    await page.goto(`${portal.url}/password/forgot`);
    await assertFine(page, "forgot");
    await page.fill("#email", email);
    await send(page);
    await assertFine(page, "forgot sent");
    await page.goto(portal.url + (await mailTo(portal, email, 2)).path);
    await assertFine(page, "reset");
    await page.goto(`${portal.url}/verify?token=spent`);
    await assertFine(page, "spent");
    await page.context().close();
  });
}

test("the cursor stands where one writes, and a password can be shown", async () => {
  const page = await open("/login");
  // the browser moves the cursor there at its first frame, which may be after the load
  await page.waitForSelector("#username:focus");
  await page.keyboard.type("eken");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Ekollon-2026");
  await page.keyboard.press("Tab");
  assert.equal(await page.textContent(":focus"), "Visa lösenordet");
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute("#password", "type"), "text");
  assert.equal(await page.textContent(":focus"), "Dölj lösenordet");
  await page.press("#password", "Enter");
  await page.waitForURL(`${portal.url}/`);
  await page.context().close();
});

test("without scripts one logs in, changes nothing by accident, and logs out", async () => {
  const page = await open("/login?next=%2Faccount", { javaScriptEnabled: false });
  assert.equal(await page.locator(".password-switch").count(), 0);
  await page.fill("#username", "eken");
  await page.fill("#password", "Ekollon-2026");
  await page.press("#password", "Enter");
  await page.waitForURL(`${portal.url}/account`);
  await page.locator("header form[action='/logout'] button").click();
  await page.waitForURL(`${portal.url}/login`);
  await page.context().close();
});

test("a password manager finds name and password", async () => {
  const page = await open("/register");
  assert.deepEqual(await page.$$eval("main input:not([type=hidden])", (all) => all.map((one) => one.autocomplete)),
    ["username", "new-password"]);
  await page.goto(`${portal.url}/login`);
  assert.deepEqual(await page.$$eval("main input:not([type=hidden])", (all) => all.map((one) => one.autocomplete)),
    ["username", "current-password"]);
  await page.context().close();
});
