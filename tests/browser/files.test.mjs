// Files in a real browser: nothing of what was uploaded runs in the portal's origin, PDF and pictures are shown,
// downloads and the zip work, and the list fits its screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startPortal, WAIT_SECONDS } from "../http/harness.mjs";
import { storeFiles } from "../http/stored.mjs";
import { launch, launchWhole } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PASSWORD = "Ekollon-2026";
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

let portal, browser, viewer, state;
async function login(email) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${portal.url}/login`);
  await page.fill("[name=username]", email);
  await page.fill("[name=password]", PASSWORD);
  await page.press("[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  const kept = await page.context().storageState();
  await page.context().close();
  return kept;
}
before(async () => {
  portal = await startPortal({ files });
  storeFiles(portal, [...GOOD, ...EVIL.map((file) => ({ ...file, customer: "A" }))]);
  browser = await launch();
  viewer = await launchWhole();
  state = await login("bo@x.se");
});
after(async () => {
  await browser?.close();
  await viewer?.close();
  await portal?.stop();
});

async function open(from = browser, options = {}) {
  const context = await from.newContext({ storageState: state, viewport: { width: 1280, height: 900 }, locale: "sv-SE",
    ...options });
  return context.newPage();
}
const settle = (page) => page.waitForTimeout(250);

test("nothing of an upload runs in the portal's origin, however it is opened", async () => {
  for (const from of [browser, viewer]) {
    const page = await open(from);
    const deeds = [];
    page.context().on("request", (request) => request.url().includes("?ran") && deeds.push(request.url()));
    page.on("dialog", (dialog) => {
      deeds.push(`dialog ${dialog.message()}`);
      dialog.dismiss().catch(() => null);
    });
    for (const { key, name } of EVIL) {
      for (const query of ["", "?show=1"]) {
        await page.goto(`${portal.url}/files`);
        await page.goto(`${portal.url}/files/${key}/${name}${query}`).catch(() => null); // a download ends the going
        await settle(page);
        assert.notEqual(await page.title().catch(() => ""), "ran", key + query);
      }
      // In the portal's own pages, as a picture, an object, a frame or a script.
      await page.goto(`${portal.url}/files`);
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
    await page.goto(`${portal.url}/files`);
    assert.equal(await page.evaluate(() => localStorage.ran), undefined);
    assert.deepEqual((await page.context().cookies()).filter((cookie) => cookie.name === "ran"), []);
    // The viewer runs scripts of a PDF in a world of its own, where alert() is the most that they reach.
    assert.deepEqual(deeds.filter((deed) => !deed.startsWith("dialog")), []);
    await page.context().close();
  }
});

test("a PDF is shown in the browser's own viewer", async () => {
  const page = await open(viewer);
  await page.goto(`${portal.url}/files`);
  const [shown] = await Promise.all([page.context().waitForEvent("page"), page.click("a.file-show[href*='avtal']")]);
  for (const deadline = Date.now() + WAIT_SECONDS * 1000; shown.frames().length < 3
    && Date.now() < deadline; ) await shown.waitForTimeout(100);
  assert.ok(shown.frames().some((frame) => frame.url().startsWith("chrome-extension://")), "the viewer");
  assert.match(shown.url(), /show=1$/);
  await page.context().close();
});

test("a picture is shown, alone and without an origin", async () => {
  const page = await open();
  await page.goto(`${portal.url}/files`);
  const [shown] = await Promise.all([page.context().waitForEvent("page"), page.click("a.file-show[href*='foto']")]);
  await shown.waitForSelector("img");
  assert.equal(await shown.evaluate(() => document.images[0].naturalWidth), 1);
  assert.equal(await shown.evaluate(() => self.origin), "null");
  await page.context().close();
});

test("chosen files are saved as one zip, all of a page by one box", async () => {
  const page = await open();
  await page.goto(`${portal.url}/files?category=ritning`);
  await page.check(".choose-all input");
  assert.equal(await page.locator("tbody input:checked").count(), 1);
  await page.goto(`${portal.url}/files?owner=object&page_size=10`);
  const all = page.locator(".choose-all input");
  await all.focus();
  await page.keyboard.press("Space");
  assert.equal(await page.locator("tbody input:checked").count(), 10);
  await page.locator("tbody input").first().uncheck();
  assert.equal(await all.evaluate((box) => box.indeterminate), true);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Ladda ner valda")]);
  assert.equal(download.suggestedFilename(), "filer.zip");
  assert.equal(readFileSync(await download.path()).toString("latin1").split("PK\x01\x02").length - 1, 9);
  const [every] = await Promise.all([page.waitForEvent("download"), page.click("text=Ladda ner alla träffar")]);
  assert.equal(readFileSync(await every.path()).toString("latin1").split("PK\x01\x02").length - 1, 26);
  const [one] = await Promise.all([page.waitForEvent("download"), page.locator("a.cell-link").first().click()]);
  assert.match(one.suggestedFilename(), /\.txt$/);
  await page.context().close();
});

test("without scripts files are chosen and saved too", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${portal.url}/files`);
  assert.equal(await page.locator("thead input").count(), 0);
  await page.locator("tbody input").first().check();
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Ladda ner valda")]);
  assert.equal(download.suggestedFilename(), "filer.zip");
  await page.context().close();
});

const SHAPES = [{ width: 1280, height: 900 }, { width: 768, height: 900 }, { width: 390, height: 780 },
  { width: 320, height: 640 }];
test("the list fits its screen, in both languages and both schemes, and is accessible", async () => {
  for (const viewport of SHAPES) {
    for (const colorScheme of ["light", "dark"]) {
      for (const locale of ["sv-SE", "en-GB"]) {
        const page = await open(browser, { viewport, colorScheme, locale });
        const what = `${viewport.width} ${colorScheme} ${locale}`;
        await page.goto(`${portal.url}/files`);
        assert.equal(await page.textContent("h1"), locale === "sv-SE" ? "Filer" : "Files", what);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
          `${what} scrolls sideways`);
        await page.evaluate(AXE);
        const found = await page.evaluate(async () => (await globalThis.axe.run())
          .violations.map((one) => `${one.id}: ${one.nodes[0].html}`));
        assert.deepEqual(found, [], what);
        if (process.env.KP_SHOTS) await page.screenshot({ path: `${process.env.KP_SHOTS}/files ${what}.png`,
          fullPage: true });
        await page.context().close();
      }
    }
  }
});

test("who sees no files reads why", async () => {
  const nobody = await login("ingen@x.se");
  const page = await open(browser, { storageState: nobody, viewport: SHAPES[2] });
  await page.goto(`${portal.url}/files`);
  assert.match(await page.textContent(".empty-state"), /inte kopplat till någon kontakt/);
  if (process.env.KP_SHOTS) await page.screenshot({ path: `${process.env.KP_SHOTS}/files nobody.png`, fullPage: true });
  await page.goto(`${portal.url}/files?sort=x`);
  if (process.env.KP_SHOTS) await page.screenshot({ path: `${process.env.KP_SHOTS}/files refused.png`,
    fullPage: true });
  await page.context().close();
});
