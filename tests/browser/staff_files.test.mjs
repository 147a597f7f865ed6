// Files kept by staff in a real browser: dropped on the page and without JavaScript, without faults of access, within
// the screen.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { storeFiles } from "../http/stored.mjs";
import { browserTest } from "./site.mjs";

const K1 = "/staff/customers/K1/files";
const site = browserTest({
  files: {
    "picklists.csv": "list,key,label_sv,label_en\nfile_category,ritning,Ritning,Drawing\n",
    "customers.csv": "number,name\nK1,Bostadsrättsföreningen Eken i Västra Frölunda\n",
    "cases.csv": "number,title,customer,created\n260301-0001,Läckande kran i undercentralen,K1,2026-03-01T08:00:00\n",
  },
  logins: { hand: { email: "hand@firma.se", role: "handler" } },
  prepare: ({ portal }) => storeFiles(portal, [
    { key: "a", name: "Ritning över undercentralen, plan 0 och kulvert, reviderad 2026-02-28 efter ombyggnad.pdf",
      type: "application/pdf", customer: "K1", category: "ritning" },
    { key: "b", name: "mätprotokoll.txt", case: "260301-0001", visible: false },
  ]),
});

const PAGES = ["/staff/files", "/staff/files?q=finns-inte", K1, "/staff/cases/260301-0001/files", "/staff/files/1",
  "/staff/files/1/remove", "/staff/cases/260301-0001"];

test("pages have no faults of access and fit their screen", async () => {
  for (const path of PAGES) await site.assertSound(path);
});

// The browser's own drag of files, as from a folder on the desktop.
async function drop(page, selector, paths) {
  const box = await page.locator(selector).first().boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"])
    await session.send("Input.dispatchDragEvent", { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data });
}

test("files dropped beside the field are added to it, and sent", async () => {
  const page = await site.open(K1);
  const folder = `${site.portal.folder}/dropped`;
  mkdirSync(`${folder}/pärm`, { recursive: true });
  for (const name of ["ett.txt", "två.txt", "tre.txt"]) writeFileSync(`${folder}/${name}`, `innehåll i ${name}`);
  await drop(page, "h1", [`${folder}/ett.txt`, `${folder}/pärm`]);
  await page.waitForSelector(".upload-list li");
  assert.match(await page.innerText("[data-upload] .field-error[role=alert]"), /pärm är en mapp/);
  await drop(page, "[data-upload]", [`${folder}/två.txt`, `${folder}/tre.txt`]);
  await page.waitForSelector(".upload-list li:nth-child(3)");
  assert.equal(await page.locator(".upload--over").count(), 0);
  await page.click(".upload-list li:nth-child(2) button");
  await page.selectOption("[name=category]", "ritning");
  await page.click("form[enctype] button[type=submit]");
  await page.waitForSelector("[role=status]");
  assert.equal(new URL(page.url()).pathname, K1);
  const rows = site.portal.sql(
    "SELECT f.name, p.key, f.visible FROM file f JOIN picklist_item p ON p.id = f.category_id WHERE f.name LIKE "
      + "'t%.txt' OR f.name LIKE 'ett%' ORDER BY f.name");
  assert.deepEqual(rows, [["ett.txt", "ritning", "1"], ["tre.txt", "ritning", "1"]]);
});

test("without JavaScript the field takes several files", async () => {
  const page = await site.open("/staff/cases/260301-0001/files", { javaScriptEnabled: false });
  await page.setInputFiles("[name=files]", [{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") },
    { name: "b.html", mimeType: "text/html", buffer: Buffer.from("<!doctype html><p>b") }]);
  await page.click("form[enctype] button[type=submit]");
  assert.match(await page.innerText("#files-error"), /b\.html/);
  assert.match(await page.innerText("main"), /1 fil har lagts till/);
  assert.match(await page.innerText("table"), /a\.txt/);
});
