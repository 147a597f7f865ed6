// Imports in a real browser: dropped, checked, run and undone while the page tells by itself how far it is; and without
// JavaScript.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { makeWorkbook } from "../http/workbooks.mjs";
import { browserTest } from "./site.mjs";

const LONG = "Bostadsrättsföreningen Eken och Björken i Västra Frölunda med samfällighet";
const site = browserTest({
  files: { "customers.csv": `number,name,city\nK1,${LONG},Göteborg\n` },
  logins: { chef: { email: "chef@firma.se", role: "administrator" } },
  prepare: () => site.client("chef"),
});
const status = (page, words) =>
  page.waitForFunction((text) => document.querySelector("[data-poll-status]")?.textContent.includes(text), words);

test("files are dropped, checked, imported and taken back, and the page follows by itself", async () => {
  const page = await site.open("/staff/imports");
  const folder = `${site.portal.folder}/dropped`;
  mkdirSync(folder);
  writeFileSync(`${folder}/customers.csv`, `number,name,city\nK1,${LONG},Mölndal\nK2,Brf Alen,\n`);
  writeFileSync(`${folder}/mer.xlsx`,
    makeWorkbook({ Contacts: [["number", "first_name", "last_name", "customers"], ["P1", "Kim", "Ek", "K2"]] }));
  const box = await page.locator("h1").boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [`${folder}/customers.csv`, `${folder}/mer.xlsx`], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await session.send("Input.dispatchDragEvent",
    { type, x: box.x + 5, y: box.y + 5, data });
  await page.waitForSelector(".upload-list li:nth-child(2)");
  await page.click("form[enctype] button[type=submit]");
  await status(page, "Kontrollerad");
  assert.match(await page.innerText("main"), /Mölndal/);
  await page.click("text=Importera nu");
  await status(page, "Importerad");
  assert.deepEqual(site.portal.sql("SELECT number, city FROM customer ORDER BY number"),
    [["K1", "Mölndal"], ["K2", ""]]);
  await page.click("button:has-text('Ångra importen')");
  await page.click("button:has-text('Ångra importen')"); // it asks first
  await status(page, "Ångrad");
  assert.deepEqual(site.portal.sql("SELECT number, city FROM customer"), [["K1", "Göteborg"]]);
  assert.equal(await page.locator("[data-poll-by-hand]").count(), 0);
});

test("without JavaScript the field takes files, and a link shows how far it is", async () => {
  const page = await site.open("/staff/imports", { javaScriptEnabled: false, width: 390 });
  await page.setInputFiles("[name=files]",
    [{ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from("number,name\nK3,Brf Ny\n") }]);
  await page.click("form[enctype] button[type=submit]");
  const follow = async (words) => {
    for (let i = 0; i < 500 && !(await page.innerText("[data-poll-status]")).includes(words); i++) {
      const link = page.locator("[data-poll-by-hand]");
      if (await link.count()) await link.click();
      else await page.reload();
    }
    assert.match(await page.innerText("[data-poll-status]"), new RegExp(words));
  };
  await follow("Kontrollerad");
  await page.click("text=Importera nu");
  await follow("Importerad");
  assert.deepEqual(site.portal.sql("SELECT name FROM customer WHERE number = 'K3'"), [["Brf Ny"]]);
});

// Runs in every state that a page shows, each as it would be.
function states() {
  const samples = (id) =>
    `INSERT INTO import_sample (run_id, position, file, line, key, field, before, after)
      VALUES (${id}, 0, 0, 2, 'K1', 'name', '${LONG}', '${LONG} (upphörd)'),
    (${id}, 1, 0, 2, 'K1', 'city', '', 'Göteborg'), (${id}, 2, 0, 3, 'K9', '', '', 'Brf Ny')`;
  const problem =
    'cases.csv:2: customer: no customer has this number: "K-2026-000000000000000000000000000000000000000000000001"';
  const make = (id, state, more = "") =>
    `INSERT INTO import_run (id, staff_id, who, created, state, checked, started, started_by,
      finished${more ? ", problem_total" : ""})
    SELECT ${id}, id, email, 1, '${state}', 1, 1, email, 1${more} FROM staff;
    INSERT INTO import_file (run_id, position, name, sheet, stored, size, file)
    VALUES (${id}, 0, 'kunder och kontakter för hela regionen 2026.xlsx', 'Kunder', '',
      123456, ${state === "choosing" ? "''" : "'customers.csv'"})`;
  const found = (id) => `UPDATE import_file SET stored = 'gone' WHERE run_id = ${id};
    INSERT INTO import_group (run_id, position, file, field, what, found, count, lines)
    VALUES (${id}, 0, 0, 'article_type', 'must be one of material, travel, time, purchase, other', 'Material av trä',
      812, '2 3 4 5 6 7 8 9 10 11');
    INSERT INTO import_question (run_id, position, kind, file, field, text, options, answer, count)
    VALUES (${id}, 0, 'word', 0, 'status', 'Avslutad', 'cases.status', '', 812),
      (${id}, 1, 'dates', 0, 'created', '03.04.2026', 'dmy mdy', '', 0),
      (${id}, 2, 'dates', 0, 'finished', '13.04.2026', 'dmy', '2026-04-13', 0);
    INSERT INTO import_sample (run_id, position, file, line, key, field, before, after)
    VALUES (${id}, 1000000, 0, 0, '', 'Kundnummer', '', 'K1'), (${id}, 1000001, 0, 0, '', 'Benämning', '', '${LONG}')`;
  site.portal.sql([make(101, "checked"), samples(101), make(102, "refused", ", 900"), found(102),
    make(103, "done", ", 1"), make(104, "choosing"), make(105, "running"),
    `INSERT INTO import_problem (run_id, position, text) VALUES (102, 0, '${problem}'), (103, 0, 'cases.csv: C1: was `
      + `changed later')`].join(";"));
}

test("pages have no faults of access and fit their screen", async () => {
  // The work process is held still, so that the pages show a run that waits.
  const work = site.portal.children().at(-1);
  process.kill(work, "SIGSTOP");
  try {
    states();
    writeFileSync(`${site.portal.data}/imports/progress`, `${"105".padEnd(20)}  42 ${"work_orders.csv".padEnd(54)}\n`);
    for (const path of ["/staff/imports", ...[101, 102, 103, 104, 105].map((id) => `/staff/imports/${id}`),
      "/staff/imports/102/columns/0"])
      await site.assertSound(path);
  } finally {
    process.kill(work, "SIGCONT");
  }
});
