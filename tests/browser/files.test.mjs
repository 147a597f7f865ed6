// Files in a real browser: nothing of what was uploaded runs in the portal's origin, PDF and pictures are shown,
// downloads and the zip work, and the list fits its screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { waitFor } from "../http/harness.mjs";
import { storeFiles } from "../http/stored.mjs";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const files = {
  "picklists.csv": "list,key,label_sv,label_en\nfile_category,ritning,Ritning,Drawing\n"
    + "file_category,avtal,Avtal,Agreement\n",
  "customers.csv": "number,name\nA,Bostadsrättsföreningen Aspen och Björken i Västra Hamnen\n",
  "objects.csv": "number,name,customer,parent\nO1,Området Norr,A,\nO2,Ängsgatan 1–31,A,O1\n"
    + "O3,Undercentralen för fjärrvärme,A,O2\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\ningen@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,created\n260301-0001,Läckande kran,A,2026-03-01T08:00:00\n",
};

// What each would do if it ran: tell the portal, take what is there, and mark the page.
const DEED = "fetch('/files.csv?ran');document.title='ran';try{localStorage.ran=1;document.cookie='ran=1'}catch(e){}";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
function pdf(script) {
  const text = "BT /F1 24 Tf 60 700 Td (Kundportal visar PDF) Tj ET";
  const objects = ["<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS 6 0 R >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /AA "
      + "<< /O << /S /URI /URI (/files.csv?ran) >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    `<< /Length ${script.length} >>\nstream\n${script}\nendstream`];
  let out = "%PDF-1.7\n";
  const places = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const at = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
    + `${places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")}`;
  return Buffer.from(`${out}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`);
}
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" `
  + `onload="${DEED.replaceAll('"', "&quot;")}"><script>${DEED}</script></svg>`;
const HTML = `<!doctype html><title>x</title><script>${DEED}</script><img src=x onerror="${DEED}"><iframe `
  + `srcdoc="<script>parent.${DEED}</script>"></iframe>`;
const XML = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="/files/evil-svg/x"?><html `
  + `xmlns="http://www.w3.org/1999/xhtml"><script>${DEED}</script></html>`;
const PDF_SCRIPT =
  `${DEED} app.alert('ran'); app.launchURL('/files.csv?ran', false); this.submitForm('/files.csv?ran'); `
    + `this.getURL('/files.csv?ran');`;
// As the store would have them, and as no store of ours would: with types that a browser would run if it were told
// them.
const EVIL = [
  { key: "evil-svg", name: "ritning.svg", type: "image/svg+xml", bytes: SVG },
  { key: "evil-html", name: "sida.html", type: "text/html", bytes: HTML },
  { key: "evil-xml", name: "data.xml", type: "application/xml", bytes: XML },
  { key: "evil-xhtml", name: "data.xhtml", type: "application/xhtml+xml", bytes: XML },
  { key: "evil-text", name: "sida2.html", type: "text/plain", bytes: HTML },
  { key: "evil-png", name: "bild.html", type: "image/png", bytes: HTML },
  { key: "evil-png-svg", name: "bild.svg", type: "image/png", bytes: SVG },
  { key: "evil-pdf-html", name: "dokument.html", type: "application/pdf", bytes: HTML },
  { key: "evil-pdf", name: "dokument.pdf", type: "application/pdf", bytes: pdf(PDF_SCRIPT) },
];
const GOOD = [
  { key: "avtal", name: "Serviceavtal 2026.pdf", type: "application/pdf", bytes: pdf("1"), customer: "A",
    category: "avtal" },
  { key: "foto", name: "Foto från besöket.png", type: "image/png", bytes: PNG, case: "260301-0001" },
  { key: "plan", name: "Planritning över undercentralen med alla ventiler.txt", object: "O3", category: "ritning" },
  ...Array.from({ length: 25 },
    (_, i) => ({ key: `p${i}`, name: `Protokoll ${i}.txt`, object: "O2", created: "2025-05-01T10:00:00Z" })),
];

const site = browserTest({
  files,
  logins: { bo: "bo@x.se", nobody: "ingen@x.se" },
  prepare: ({ portal }) => storeFiles(portal, [...GOOD, ...EVIL.map((file) => ({ ...file, customer: "A" }))]),
});
const settle = (page) => page.waitForTimeout(250);

test("nothing of an upload runs in the portal's origin, however it is opened", async () => {
  for (const browser of ["shell", "whole"]) {
    const page = await site.open("/files", { browser, mayFault: true });
    const deeds = [];
    page.context().on("request", (request) => request.url().includes("?ran") && deeds.push(request.url()));
    page.on("dialog", (dialog) => {
      deeds.push(`dialog ${dialog.message()}`);
      dialog.dismiss().catch(() => null);
    });
    for (const { key, name } of EVIL) {
      for (const query of ["", "?show=1"]) {
        await site.go(page, "/files");
        await page.goto(`${site.url}/files/${key}/${name}${query}`).catch(() => null); // a download ends the going
        await settle(page);
        assert.notEqual(await page.title().catch(() => ""), "ran", key + query);
      }
      // In the portal's own pages, as a picture, an object, a frame or a script.
      await site.go(page, "/files");
      await page.evaluate((address) => {
        for (const [tag, attribute] of [["img", "src"], ["iframe", "src"], ["object", "data"], ["embed", "src"],
          ["script", "src"]]) {
          const made = document.createElement(tag);
          made.setAttribute(attribute, address);
          document.body.append(made);
        }
      }, `/files/${key}/${name}?show=1`);
      await settle(page);
      assert.notEqual(await page.title(), "ran", `${key} within a page`);
    }
    await site.go(page, "/files");
    assert.equal(await page.evaluate(() => localStorage.ran), undefined);
    assert.deepEqual((await page.context().cookies()).filter((cookie) => cookie.name === "ran"), []);
    // The viewer runs scripts of a PDF in a world of its own, where alert() is the most that they reach.
    assert.deepEqual(deeds.filter((deed) => !deed.startsWith("dialog")), []);
    await site.close(page);
  }
});

test("a PDF is shown in the browser's own viewer", async () => {
  const page = await site.open("/files", { browser: "whole" });
  const [shown] = await Promise.all([page.context().waitForEvent("page"), page.click("a.file-show[href*='avtal']")]);
  await waitFor("the viewer", () => shown.frames().length >= 3
    && shown.frames().some((frame) => frame.url().startsWith("chrome-extension://")));
  assert.match(shown.url(), /show=1$/);
});

test("a picture is shown, alone and without an origin", async () => {
  // The browser wants styles of its own around a picture, and the policy refuses them.
  const page = await site.open("/files", { mayFault: true });
  const [shown] = await Promise.all([page.context().waitForEvent("page"), page.click("a.file-show[href*='foto']")]);
  await shown.waitForSelector("img");
  assert.equal(await shown.evaluate(() => document.images[0].naturalWidth), 1);
  assert.equal(await shown.evaluate(() => self.origin), "null");
});

test("chosen files are saved as one zip, all of a page by one box", async () => {
  const page = await site.open("/files?category=ritning");
  await page.click("text=Ladda ner valda");
  await page.locator("#choose-error").waitFor();
  await page.check(".choose-all input");
  assert.equal(await page.locator("#choose-error").isVisible(), false);
  assert.match(await page.locator("[data-chosen]").textContent(), /^Ladda ner 1 vald \([\d,]+.k?B\)$/);
  assert.equal(await page.locator("tbody input:checked").count(), 1);
  await site.go(page, "/files?owner=object&page_size=10");
  const all = page.locator(".choose-all input");
  await all.focus();
  await page.keyboard.press("Space");
  assert.equal(await page.locator("tbody input:checked").count(), 10);
  await page.locator("tbody input").first().uncheck();
  assert.equal(await all.evaluate((box) => box.indeterminate), true);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Ladda ner 9 valda")]);
  assert.equal(download.suggestedFilename(), "filer.zip");
  assert.equal(readFileSync(await download.path()).toString("latin1").split("PK\x01\x02").length - 1, 9);
  const [every] = await Promise.all([page.waitForEvent("download"), page.click("text=Ladda ner alla träffar")]);
  assert.equal(readFileSync(await every.path()).toString("latin1").split("PK\x01\x02").length - 1, 26);
  const [one] = await Promise.all([page.waitForEvent("download"), page.locator("a.cell-link").first().click()]);
  assert.match(one.suggestedFilename(), /\.txt$/);
});

test("without scripts files are chosen and saved too", async () => {
  const page = await site.open("/files", { javaScriptEnabled: false });
  assert.equal(await page.locator("thead input").count(), 0);
  await page.locator("tbody input").first().check();
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Ladda ner valda")]);
  assert.equal(download.suggestedFilename(), "filer.zip");
});

test("the list fits its screen, in both languages and both schemes, and is accessible", async () => {
  for (const [locale, heading] of [["sv-SE", "Filer"], ["en-GB", "Files"]]) {
    const page = await site.visit("/files", { locale });
    assert.equal(await page.textContent("h1"), heading);
    const widths = [1280, 768, 390, 320];
    await assertSound(page, `the list ${locale}`, { widths, axe: widths, schemes: ["light", "dark"] });
  }
});

test("who sees no files reads why", async () => {
  const page = await site.open("/files", { who: "nobody", width: 390 });
  assert.match(await page.textContent(".empty-state"), /inte kopplat till någon kontakt/);
  await assertSound(page, "no files");
  await site.go(page, "/files?sort=x", 400);
  await assertSound(page, "a refused order");
});
