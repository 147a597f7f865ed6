// The thread of a case in a real browser, on both sides: without faults of access, within the screen, and without
// JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { startPortal } from "../http/harness.mjs";
import { addStaff, choosePassword, STAFF_PASSWORD } from "../http/staff.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PASSWORD = "Ekollon-2026";
const LONG = "Fastighetsskötarlägenhetsuthyrningsverksamhetens".repeat(4);
let portal, browser;
const states = {};
const enter = async (address, fields) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(portal.url + address);
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await page.press("[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.includes("login"));
  const state = await page.context().storageState();
  await page.context().close();
  return state;
};
before(async () => {
  portal = await startPortal({ config: "[portal]\nname = Bergslagens Fastighetsservice\n", files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email\nP1,Kim,Ek,kim@x.se\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,contacts,created\n"
      + "260301-0001,Läckande kran i undercentralen,K1,P1,2026-03-01T08:00:00\n"
      + "260301-0002,Utan meddelanden,K1,P1,2026-03-01T08:00:00\n",
  } });
  portal.sql("INSERT INTO case_message (case_id, at, from_staff, who, body, waiting, submission) SELECT c.id, "
    + "1772355600000000 + n * 3600000000, s, w, b, 1 - s, 'k' || n"
    + " FROM cases c, (SELECT 1 AS n, 0 AS s, 'Kim Ek' AS w, 'Det droppar fortfarande. När kommer ni?' AS b UNION ALL "
    + "SELECT 2, 1, 'hand@firma.se',"
    + ` 'Maja kommer på torsdag mellan nio och elva.' UNION ALL SELECT 3, 0, 'Kim Ek', '${LONG}') few WHERE c.number `
    + `= '260301-0001'`);
  await choosePassword(portal, await addStaff(portal, "hand@firma.se", "handler"));
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  states.kim = await enter("/login", { username: "kim@x.se", password: PASSWORD });
  states.eken = await enter("/login", { username: "eken", password: PASSWORD });
  states.staff = await enter("/staff/login", { email: "hand@firma.se", password: STAFF_PASSWORD });
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function open(who, path, { locale = "sv-SE", width = 1280, ...rest } = {}) {
  const page = await (await browser.newContext({ storageState: states[who], locale, viewport: { width, height: 900 },
    ...rest })).newPage();
  await page.goto(portal.url + path);
  return page;
}

const PAGES = [["kim", "/cases/260301-0001"], ["eken", "/cases/260301-0002"], ["staff", "/staff/cases/260301-0001"],
  ["kim", "/account"], ["staff", "/staff/contacts/P1"], ["staff", "/staff/account"], ["staff", "/staff"], ["kim", "/"]];

test("both sides have no faults of access and fit their screen", async () => {
  for (const [who, path] of PAGES)
    for (const [width, locale] of [[1280, "sv-SE"], [390, "sv-SE"], [1280, "en-GB"], [390, "en-GB"]]) {
      const what = `${who} ${path.replaceAll("/", "_")} ${width} ${locale}`;
      const page = await open(who, path, { locale, width });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${what} scrolls sideways`);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => (await globalThis.axe.run())
        .violations.map((one) => `${one.id}: ${one.nodes[0].html}`));
      assert.deepEqual(found, [], what);
      if (process.env.KP_SHOTS) await page.screenshot({ path: `${process.env.KP_SHOTS}/messages ${what}.png`,
        fullPage: true });
      await page.context().close();
    }
});

test("a message is written, refused and sent by keyboard, also without JavaScript", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await open("eken", "/cases/260301-0002", { javaScriptEnabled });
    await page.fill("[name=message]", "Hissen låter illa");
    await page.press("[name=name]", "Enter");
    await page.waitForSelector(".error-summary");
    assert.equal(await page.inputValue("[name=message]"), "Hissen låter illa");
    await page.fill("[name=name]", "Bo Berg");
    await page.press("[name=name]", "Enter");
    await page.waitForSelector(".message-who");
    assert.match(await page.innerText(".message:last-child"), /Bo Berg[\s\S]*Hissen låter illa/);
    await page.context().close();
  }
});

test("on paper the thread stands without its form", async () => {
  const page = await open("kim", "/cases/260301-0001");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible(".thread form"), false);
  assert.equal(await page.isVisible(".message-body"), true);
  await page.context().close();
});
