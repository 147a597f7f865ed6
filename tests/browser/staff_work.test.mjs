// Work on a case in a real browser: by keyboard, without faults of access, and within its screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { print } from "./paper.mjs";
import { browserTest } from "./site.mjs";

const site = browserTest({
  files: {
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
  },
  logins: { hand: { email: "hand@firma.se", role: "handler" } },
});

const CASE = "/staff/cases/260301-0001";
const PAGES = [...["/work", "/work-orders/new", "/work-orders/260301-0001-1", "/rows/new", "/rows/R4", "/rows/R1"]
  .map((path) => CASE + path), "/staff/articles", "/staff/articles/T10"];

test("pages have no faults of access and fit their screen", async () => {
  for (const path of PAGES) await site.assertSound(path);
});

test("the tables of a case are whole on a screen and on paper, without the forms", async () => {
  const page = await site.visit(CASE);
  const cut = await page.$$eval(".table-scroll", (all) => all.map((one) => one.scrollWidth - one.clientWidth));
  assert.ok(cut.length >= 2);
  assert.deepEqual(cut.filter((width) => width > 0), []);
  const { sheets, outside } = await print(page, "a case of staff", { format: "A4" });
  assert.deepEqual(outside, []);
  assert.match(sheets.join(""), /2\s187,33 kr/);
  assert.doesNotMatch(sheets.join(""), /Ny anteckning|Sök nummer/);
});

test("a row is registered by keyboard alone, and a refused form keeps what was typed", async () => {
  const page = await site.open(`${CASE}/rows/new`);
  await page.focus("[name=article]");
  await page.keyboard.type("T10");
  await page.focus("[name=quantity]");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("halv");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-error-summary]");
  assert.equal(await page.inputValue("[name=article]"), "T10");
  assert.equal(await page.inputValue("[name=title]"), "", "an empty title is that of the article");
  await page.fill("[name=quantity]", "0,5");
  await page.press("[name=quantity]", "Enter");
  await page.waitForURL(`**${CASE}/work`);
  assert.match(await page.innerText("main"), /Arbetstid servicetekniker.*260,25\skr/s);
});

test("all rows are chosen at once and attested", async () => {
  const page = await site.open(`${CASE}/work`);
  await page.check(".choose-all input");
  await page.click("button[value=attest]");
  await page.waitForURL(`**${CASE}/work`);
  assert.match(await page.innerText("body"), /Raderna är attesterade/);
  assert.deepEqual(site.portal.sql("SELECT status FROM article_row WHERE number = 'R4'")[0], ["attested"]);
});

test("a work order is finished with one press", async () => {
  const page = await site.open(`${CASE}/work-orders/260301-0001-1`);
  await page.click("button[value=finish]");
  await page.waitForURL(`**${CASE}/work`);
  assert.match(await page.innerText("main"), /Avslutad/);
  assert.equal(String(site.portal.sql("SELECT status FROM cases WHERE number = '260301-0001'")[0][0]), "2");
});
