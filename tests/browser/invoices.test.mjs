// Invoice specifications in a real browser: the list and the page on phones and wide screens, by keyboard, in both
// languages, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { print } from "./paper.mjs";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const ROWS = 500;
const LONG = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const range = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const files = {
  "customers.csv": ["number,name", "A,Bostadsrättsföreningen Aspen",
    `C,Samfälligheten Övre Trädgårdsstadens gemensamma värmeanläggningsförening och ${LONG}`, "B,Brf Björken"],
  "objects.csv": ["number,name,customer", "H1,Undercentralen i gårdshuset mot Ängsgatan,A", "H2,Hus 2,B"],
  "contacts.csv": ["number,first_name,last_name,email,customers", "K1,Bo,Ek,bo@x.se,A|C"],
  "accounts.csv": ["email,password,verified", `bo@x.se,${PASSWORD},yes`],
  "articles.csv": ["number,name,article_type,unit,unit_price", "100,Tekniker,time,h,650"],
  "cases.csv": ["number,title,customer,object,created", ...range(40,
    (i) => `260301-${1000 + i},Läckande kran i tvättstugan ${i},${i % 5 === 4 ? "B,H2" : "A,H1"},2026-03-01T08:00:00`)],
  "article_rows.csv": [
    "number,case,article,date,title,description,article_type,quantity,unit,unit_price,discount,status",
    ...range(ROWS, (i) => [`R${i}`, `260301-${1000 + (i % 40)}`, i % 2 ? 100 : "",
    `2026-03-${String(1 + (i % 28)).padStart(2, "0")}`, i % 50 ? `Rad${i}.` : `Rad${i}. ${LONG}`,
      i % 3 ? "" : "Bytte packning och rensade filter; provade och lämnade i drift", i % 2 ? "time" : "material",
    i % 11 ? 1.5 + (i % 3) : -1, i % 2 ? "h" : "st", (650 + i * 0.37).toFixed(2), i % 5 ? "" : 0.125,
    "attested"].join(","))],
  "invoice_specifications.csv": [
    "number,customer,title,period_from,period_to,status,your_reference,rows,decided_by,decided_at,comment",
    `F-1,A,Mars 2026,2026-03-01,2026-03-31,awaiting_approval,Ref 77,${range(ROWS, (i) => `R${i}`).join("|")},,,`,
    "F-2,A,Februari 2026,2026-02-01,2026-02-28,approved,,R1|R2,Bo Ek,2026-03-05T10:00:00,Ser bra ut",
    "F-3,A,Januari 2026,2026-01-01,2026-01-31,rejected,,R3|R4,Bo Ek,2026-02-05T10:00:00,Resan stämmer inte",
    `F-${LONG},C,${LONG},2026-01-01,,invoiced,${LONG},R3,,,`,
    "F-5,C,Utan period,,,awaiting_approval,,R6,,,",
    `F-6,A,April 2026,2026-04-01,2026-04-30,awaiting_approval,Ref 78,${range(60, (i) => `R${i}`).join("|")},,,`,
    "F-7,A,Maj 2026,2026-05-01,2026-05-31,awaiting_approval,,R1|R8|R9,,,",
    ...range(12, (i) =>
      `G-${100 + i},A,Månad ${i},2025-${String(1 + i).padStart(2, "0")}-01,2025-${String(1 + i).padStart(2, "0")}-28,`
        + `invoiced,,R7,,,`)],
};

const site = browserTest({
  files,
  logins: { bo: "bo@x.se" },
  prepare: async (all) => {
    const bo = await all.client("bo");
    await bo.submit(await bo.get("/invoices/F-7/approve"), {}, { form: "/invoices/F-7/approve" });
    await all.portal.importFiles({
      "article_rows.csv": "number,case,date,title,quantity,unit_price,status\n"
        + "R1,260301-1001,2026-03-02,Rad1.,2,650,attested\n" });
  },
});

// Texts cut by the edge of what they stand in, but for tables that scroll by themselves.
const cutTexts = () => [...document
  .querySelectorAll(".status, .facts dd, .spec-line :is(td, th):not(.cell-empty), td .badges")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
    .map((one) => one.textContent.trim());

for (const [what, path, status] of [
  ["the list", "/invoices"],
  ["all of the list", "/invoices?status="],
  ["a page of the list", "/invoices?page_size=10&sort=-total"],
  ["a list without hits", "/invoices?q=finnsinte&from=2026-01-01"],
  ["a refused search", "/invoices?from=2026-02-30&page_size=7&status=x", 400],
  ["a specification of 500 rows", "/invoices/F-1"], // fits; its rows are those of the next, many times
  ["a specification of 60 rows", "/invoices/F-6"],
  ["one that changed", "/invoices/F-2"],
  ["one whose changes are marked", "/invoices/F-7"],
  ["one that was rejected", "/invoices/F-3"],
  ["long names", "/invoices?status=invoiced&customer=C"],
]) {
  test(`${what} is accessible and fits every screen`, async () => {
    for (const [locale, colorScheme] of [["sv-SE", "light"], ["en-GB", "dark"]]) {
      const page = await site.visit(path, { locale, colorScheme, status });
      if (what === "long names") await page.locator(".cell-link").first().click();
      await assertSound(page, `${what} ${locale} ${colorScheme}`, {
        widths: [320, 390, 768, 1024, 1280],
        axe: path.endsWith("F-1") ? [] : [1280],
        each: async (_, state) => assert.deepEqual(await page.evaluate(cutTexts), [], `texts are cut: ${state}`),
      });
    }
  });
}

test("a specification is found and opened by keyboard alone, and its table scrolls nothing away", async () => {
  const page = await site.open("/invoices");
  await page.focus("#q");
  await page.keyboard.type("mars 77");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=mars/);
  const link = page.locator("tbody .cell-link");
  assert.equal(await link.count(), 1);
  for (let i = 0; i < 40
    && !(await link.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/invoices\/F-1$/);
  assert.equal(await page.locator("h1").textContent(), "Mars 2026");
  assert.equal(await page.locator(".spec-line").count(), ROWS);
  assert.equal(await page.locator(".spec-line:visible").count(), 0);
  const fold = page.locator(".spec-fold").first();
  for (let i = 0; i < 60
    && !(await fold.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await fold.getAttribute("aria-expanded"), "true");
  assert.equal(await page.locator(".spec-line:visible").count(), 13);
  await page.getByRole("button", { name: "Alla rader" }).click();
  assert.equal(await page.locator(".spec-line:visible").count(), ROWS);
  assert.equal(await page.locator(".spec-fold[aria-expanded=false]").count(), 0);
  const table = await page.locator(".table-scroll").evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.equal(table, 0);
});

test("headings sort, say so, and states differ in shape, not in colour alone", async () => {
  const page = await site.open("/invoices?page_size=100", { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Summa (exkl. moms)" }).click();
  assert.equal(await page.locator("[aria-sort=descending]").textContent(), "Summa (exkl. moms)");
  assert.equal(await page.locator("tbody .cell-link").first().textContent(), "F-1");
  const shapes = await page.$$eval(".status", (all) => Object.fromEntries(all.map((one) => {
    const style = getComputedStyle(one, "::before");
    return [one.className,
      `${style.borderRadius} ${style.borderTopWidth} ${style.clipPath} ${style.backgroundImage !== "none"} `
        + `${style.backgroundColor === "rgba(0, 0, 0, 0)"}`];
  })));
  assert.ok(Object.keys(shapes).length >= 4);
  assert.equal(new Set(Object.values(shapes)).size, Object.keys(shapes).length);
});

test("each case is one line with its sum, and all rows are open without scripts", async () => {
  const lines = async (page) => [await page.locator(".spec-case-head td:visible").count(),
    await page.locator(".spec-line:visible").count(), await page.locator(".spec-fold:visible").count()];
  assert.deepEqual(await lines(await site.open("/invoices/F-6")), [40, 0, 40]);
  assert.deepEqual(await lines(await site.open("/invoices/F-6", { javaScriptEnabled: false })), [40, 60, 0]);
});

test("a phone shows each row with its sum, and what it is made of", async () => {
  const page = await site.open("/invoices/F-2", { width: 390, height: 800, hasTouch: true, isMobile: true });
  await page.getByRole("button", { name: "Alla rader" }).click();
  const [what, total] = await Promise.all([".spec-what",
    ".spec-total"].map((part) => page.locator(part).first().boundingBox()));
  assert.ok(Math.abs(what.y - total.y) < 4 && total.x > what.x, "what and its sum stand on one line");
  assert.match(await page.locator(".spec-sum").innerText(), /Totalsumma/);
  for (const button of await page.locator(".form-actions .btn").all()) assert.ok((await button.boundingBox())
    .height >= 40);
});

for (const [paper, options] of [["A4", { format: "A4" }], ["A4 across", { format: "A4", landscape: true }]]) {
  test(`500 rows print on ${paper}: all of them, with heads, sums and numbers on the pages`, async () => {
    const page = await site.visit("/invoices/F-1", { colorScheme: "dark" });
    const sum = await page.locator(".spec-sum td").innerText();
    const { sheets } = await print(page, `a specification ${paper}`, options);
    const all = sheets.join("\n").replaceAll("\u00a0", " ");
    assert.ok(sheets.length >= 8 && sheets.length <= 45, `${sheets.length} pages`);
    assert.match(sheets[0], /Fakturaspecifikation F-1/);
    assert.match(sheets[0], /Mars 2026/);
    assert.match(sheets[0], /Bostadsrättsföreningen Aspen/);
    assert.match(sheets[0], /Utskriven \d{4}-\d{2}-\d{2}/);
    sheets.forEach((sheet, i) => {
      assert.match(sheet, new RegExp(`\\b${i + 1} / ${sheets.length}\\b`), `number of page ${i + 1}`);
      assert.match(sheet, /Datum +Vad +Antal +À-pris +Rabatt/, `heads of page ${i + 1}`);
      assert.doesNotMatch(sheet.trim().split("\n").at(-2), /^ *Ärende 2603/,
        `page ${i + 1} ends with the head of a case`);
    });
    for (let i = 0; i < ROWS; i++) assert.ok(all.includes(`Rad${i}.`), `row ${i}`);
    assert.equal(all.match(/^ *Ärende 2603.* kr$/gm).length, 40, "each case has its sum");
    assert.equal(all.match(/Totalsumma/g).length, 1);
    assert.ok(sheets.at(-1).replaceAll("\u00a0", " ").includes(sum.replaceAll("\u00a0", " ")));
    assert.doesNotMatch(all, /https?:|Logga ut|Sök ärende|CSV|Godkänn …|Alla fakturaspecifikationer/);
  });
}

test("the list prints on one page without its form", async () => {
  const page = await site.visit("/invoices?status=awaiting_approval");
  const { sheets } = await print(page, "the list of specifications", { format: "A4" });
  assert.equal(sheets.length, 1);
  assert.match(sheets[0], /F-1 .*Bostadsrättsföreningen Aspen/);
  assert.doesNotMatch(sheets[0], /Sökord|CSV|Logga ut/);
});
