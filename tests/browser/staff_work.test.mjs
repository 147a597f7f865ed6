// Work on a case in a real browser: by keyboard, without faults of access, and within its screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startPortal } from "../http/harness.mjs";
import { addStaff, choosePassword, STAFF_PASSWORD } from "../http/staff.mjs";
import { launch } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let portal, browser, state;
before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv,label_en\nwork_order_type,service,Service och underhåll,Service\n"
      + "action_code,byte,Byte,Replacement\n",
    "articles.csv": "number,name,article_type,unit,unit_price\nT10,Arbetstid servicetekniker,time,tim,520.50\n",
    "cases.csv": "number,title,created\n260301-0001,Läckande kran i undercentralen,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,title,type,resource,booked_from,booked_to,status,created,started\n"
      + "260301-0001-1,260301-0001,Byt packning,service,Maja "
      + "Lind,2026-03-04T09:00:00,2026-03-04T11:00:00,started,2026-03-02T09:00:00,2026-03-04T09:05:00\n",
    "article_rows.csv": "number,case,date,title,quantity,unit,unit_price,discount,status\n"
      + "R1,260301-0001,2026-03-03,Packning 15 mm,2,st,1249.90,0.125,invoiced\n"
      + "R2,260301-0001,2026-03-03,Resa till och från platsen,1,st,50,0,attested\n"
      + "R3,260301-0001,2026-03-03,Slang,1,m,10,0,cancelled\nR4,260301-0001,2026-03-04,Rörskål,3,m,88.5,0,editable\n",
  } });
  await choosePassword(portal, await addStaff(portal, "hand@firma.se", "handler"));
  browser = await launch();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${portal.url}/staff/login`);
  await page.fill("[name=email]", "hand@firma.se");
  await page.fill("[name=password]", STAFF_PASSWORD);
  await page.press("[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.includes("login"));
  state = await page.context().storageState();
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function open(path, locale = "sv-SE", width = 1280) {
  const page = await (await browser.newContext({ storageState: state, locale, viewport: { width, height: 900 } }))
    .newPage();
  await page.goto(portal.url + path);
  return page;
}

const CASE = "/staff/cases/260301-0001";
const PAGES = { work: "/work", "new order": "/work-orders/new", order: "/work-orders/260301-0001-1",
  "new row": "/rows/new", row: "/rows/R4", "locked row": "/rows/R1" };

test("pages have no faults of access and fit their screen", async () => {
  for (const [name, path] of [...Object.entries(PAGES).map(([one, rest]) => [one, CASE + rest]),
    ["articles", "/staff/articles"], ["article", "/staff/articles/T10"]]) {
    for (const [width, locale] of [[1280, "sv-SE"], [390, "sv-SE"], [1280, "en-GB"], [390, "en-GB"]]) {
      const what = `${name} ${width} ${locale}`;
      const page = await open(path, locale, width);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${what} scrolls sideways`);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => (await globalThis.axe.run())
        .violations.map((one) => `${one.id}: ${one.nodes[0].html}`));
      assert.deepEqual(found, [], what);
      if (process.env.KP_SHOTS) await page.screenshot({ path: `${process.env.KP_SHOTS}/work ${what}.png`,
        fullPage: true });
      await page.context().close();
    }
  }
});

test("a row is registered by keyboard alone, and a refused form keeps what was typed", async () => {
  const page = await open(`${CASE}/rows/new`);
  await page.focus("[name=article]");
  await page.keyboard.type("T10");
  await page.focus("[name=quantity]");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("halv");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-error-summary]");
  assert.equal(await page.inputValue("[name=article]"), "T10");
  assert.equal(await page.inputValue("[name=title]"), "Arbetstid servicetekniker");
  await page.fill("[name=quantity]", "0,5");
  await page.press("[name=quantity]", "Enter");
  await page.waitForURL(`**${CASE}/work`);
  assert.match(await page.innerText("main"), /260,25\skr/);
  await page.context().close();
});

test("all rows are chosen at once and attested", async () => {
  const page = await open(`${CASE}/work`);
  await page.check(".choose-all input");
  await page.click("button[value=attest]");
  await page.waitForURL(`**${CASE}/work`);
  assert.match(await page.innerText("body"), /Raderna är attesterade/);
  assert.deepEqual(portal.sql("SELECT status FROM article_row WHERE number = 'R4'")[0], ["attested"]);
  await page.context().close();
});

test("a work order is finished with one press", async () => {
  const page = await open(`${CASE}/work-orders/260301-0001-1`);
  await page.click("button[value=finish]");
  await page.waitForURL(`**${CASE}/work`);
  assert.match(await page.innerText("main"), /Avslutad/);
  assert.equal(String(portal.sql("SELECT status FROM cases WHERE number = '260301-0001'")[0][0]), "2");
  await page.context().close();
});
