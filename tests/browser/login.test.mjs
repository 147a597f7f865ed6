// Logging in, registering and the account in a real browser: every page state in both languages and on three widths, by
// keyboard and without scripts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mailTo } from "../http/mails.mjs";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const LOOKS = [
  { width: 1280, height: 900, locale: "sv-SE", colorScheme: "light" },
  { width: 390, height: 844, locale: "sv-SE", colorScheme: "dark" },
  { width: 320, height: 700, locale: "en-GB", colorScheme: "light" },
];
const site = browserTest({ files: { "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n` },
  open: { reducedMotion: "reduce" } });
const examine = (page, what) => assertSound(page, what, { widths: [page.viewportSize().width] });

const send = (page) => page.locator("main button[type=submit]").first().click();

for (const [i, look] of LOOKS.entries()) {
  const name = `${look.locale} ${look.width} ${look.colorScheme}`;
  const email = `person${i}@example.com`;

  test(`logging in and out, ${name}`, async () => {
    const page = await site.open("/login", look);
    await examine(page, "login");
    await send(page);
    await examine(page, "login left empty");
    for (let n = 0; n < 6; n++) {
      await page.fill("#username", `nobody${i}`);
      await page.fill("#password", "fel");
      await send(page);
      if (n === 0) await examine(page, "login refused");
    }
    assert.equal(await page.inputValue("#username"), `nobody${i}`);
    await examine(page, "login limited");
    await page.fill("#username", "eken");
    await page.fill("#password", PASSWORD);
    await send(page);
    await site.go(page, "/account");
    await examine(page, "account of a customer");
    await site.go(page, "/logout");
    await examine(page, "logout");
    await send(page);
    await examine(page, "logged out");
    await page.goBack();
    await page.waitForURL(/\/login/);
  });

  test(`registering, the account and a forgotten password, ${name}`, async () => {
    const page = await site.open("/register", look);
    await examine(page, "register");
    await page.fill("#email", "fel");
    await page.fill("#password", "smörgåstårta");
    await send(page);
    await examine(page, "register refused");
    await page.fill("#email", email);
    await page.fill("#password", "promenad-i-regn");
    await send(page);
    await examine(page, "register sent");
    const confirm = await mailTo(site.portal, email);
    const other = await site.open(confirm.path, look);
    await examine(other, "confirm on another device");
    await site.close(other);
    await site.go(page, confirm.path);
    await examine(page, "confirm");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.url}/`);
    await site.go(page, "/account");
    await examine(page, "account");
    await page.fill("#current_password", "fel");
    await page.fill("#new_password", "kort");
    await page.press("#new_password", "Enter");
    await examine(page, "account refused");
    await page.context().clearCookies();
    await site.go(page, "/password/forgot");
    await examine(page, "forgot");
    await page.fill("#email", email);
    await send(page);
    await examine(page, "forgot sent");
    await site.go(page, (await mailTo(site.portal, email, 2)).path);
    await examine(page, "reset");
    await site.go(page, "/verify?token=spent", 404);
    await examine(page, "spent");
  });
}

test("the cursor stands where one writes, and a password can be shown", async () => {
  const page = await site.open("/login");
  // the browser moves the cursor there at its first frame, which may be after the load
  await page.waitForSelector("#username:focus");
  await page.keyboard.type("eken");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Tab");
  assert.equal(await page.textContent(":focus"), "Visa lösenordet");
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute("#password", "type"), "text");
  assert.equal(await page.textContent(":focus"), "Dölj lösenordet");
  await page.press("#password", "Enter");
  await page.waitForURL(`${site.url}/`);
});

test("without scripts one logs in, changes nothing by accident, and logs out", async () => {
  const page = await site.open("/login?next=%2Faccount", { javaScriptEnabled: false });
  assert.equal(await page.locator(".password-switch").count(), 0);
  await page.fill("#username", "eken");
  await page.fill("#password", PASSWORD);
  await page.press("#password", "Enter");
  await page.waitForURL(`${site.url}/account`);
  await page.locator("header form[action='/logout'] button").click();
  await page.waitForURL(`${site.url}/login`);
});

test("a password manager finds name and password", async () => {
  const page = await site.open("/register");
  assert.deepEqual(await page.$$eval("main input:not([type=hidden])", (all) => all.map((one) => one.autocomplete)),
    ["username", "new-password"]);
  await site.go(page, "/login");
  assert.deepEqual(await page.$$eval("main input:not([type=hidden])", (all) => all.map((one) => one.autocomplete)),
    ["username", "current-password"]);
});
