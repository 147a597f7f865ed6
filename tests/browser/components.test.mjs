// The shared parts of pages in a real browser: every state of a field, with and without scripts, on wide screens,
// phones and paper, in both colour schemes. The pages come from samples.c; what scripts ask a server for is answered
// here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { waitFor } from "../http/harness.mjs";
import { serveSamples } from "./sample_pages.mjs";
import { assertSound, assertTargets, browserTest } from "./site.mjs";

const OBJECTS = Array.from({ length: 30 }, (_, i) => ({
  value: String(1000 + i),
  label: `Storgatan ${i}`,
  detail: `${1000 + i} · Göteborg`,
  proposes: { priority: { value: "3", label: "Akut" } },
}));

const drafts = [];
const sent = [];

function answer(request, response, url) {
  if (request.method === "POST") {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      (url.pathname === "/draft" ? drafts : sent).push(Buffer.concat(parts).toString());
      // Slow enough for a second press to come before the answer.
      setTimeout(() => response.writeHead(url.pathname === "/draft" ? 204 : 200).end(), 300);
    });
  } else if (url.pathname === "/objects") {
    const words = url.searchParams.get("q").toLowerCase();
    const hits = OBJECTS.filter((one) => `${one.label} ${one.detail}`.toLowerCase().includes(words)).slice(0, 20);
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(hits));
  } else {
    return false;
  }
  return true;
}

const site = browserTest({ serve: () => serveSamples("#7a1fa2", { answer }) });

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390, 320]) {
    test(`pages are accessible and fit in ${width} px, ${colorScheme}`, async () => {
      for (const path of ["/form.html", "/refused.html", "/list.html"]) {
        const page = await site.visit(path, { width, height: 800, colorScheme, hasTouch: width < 500 });
        await assertSound(page, `${path} ${colorScheme}`, { widths: [width] });
      }
    });
  }
}

test("what a finger presses is at least 44 px high", async () => {
  const page = await site.open("/form.html", { width: 390, height: 800, hasTouch: true });
  const small = await page.$$eval(
    "header a, header button, form .btn, .form-control, .form-select, .form-check, .picker-clear", (all) =>
    all.filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML));
  assert.deepEqual(small, []);
});

test("a first view transfers less than 60 kB and asks no other host", async () => {
  const page = await site.open();
  const responses = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(`${site.url}/list.html`, { waitUntil: "networkidle" });
  assert.deepEqual(responses.map((one) => one.url()).filter((url) => !url.startsWith(site.url)), []);
  assert.ok(responses.length >= 6);
  const bodies = await Promise.all(responses.map((one) => one.body()));
  const bytes = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
  assert.ok(bytes > 5000 && bytes < 60_000, `${bytes} bytes`);
});

test("the picker chooses by keyboard and proposes what belongs to the choice", async () => {
  const page = await site.open("/form.html");
  const box = page.getByRole("combobox", { name: "Objekt" });
  const value = () => page.$eval("input[type=hidden][name=object]", (input) => input.value);
  assert.equal(await box.inputValue(), "Storgatan 1, Göteborg");
  assert.equal(await value(), "1001");
  await box.fill("storgatan 1");
  await page.getByRole("listbox").waitFor();
  assert.equal(await page.locator("[role=option]").count(), 11);
  assert.equal(await page.locator(".picker [role=status]").textContent(), "11 träffar, välj med piltangenterna");
  await box.press("ArrowDown");
  await box.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"),
    await page.locator("[role=option]").nth(1).getAttribute("id"));
  await box.press("Enter");
  assert.equal(await value(), "1010");
  assert.equal(await box.inputValue(), "Storgatan 10");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator("#priority").inputValue(), "3");
  await page.getByRole("button", { name: "Ta bort valet" }).click();
  assert.equal(await value(), "");
  await box.fill("finns inte");
  await page.getByText("Inga träffar").waitFor();
  assert.equal(await box.getAttribute("name"), "object_search"); // so that the server can look for it
});

test("without scripts the picker is a search box with radio buttons", async () => {
  const page = await site.open("/form.html", { javaScriptEnabled: false });
  assert.equal(await page.getByRole("radio", { name: "Storgatan 1, Göteborg" }).isChecked(), true);
  assert.equal(await page.getByRole("radio").count(), 3);
  assert.equal(await page.locator("button[name=search]").getAttribute("value"), "object");
  assert.equal(await page.locator("[data-theme-switch]").isVisible(), false);
});

test("a draft is kept while typing and when the page is left, without files", async () => {
  const page = await site.open("/form.html");
  const kept = (title) => drafts.map((body) => new URLSearchParams(body)).find((draft) => draft.get("title") === title);
  await page.fill("#title", "Å");
  await page.getByText("Utkast sparat").waitFor();
  assert.equal(kept("Å").get("csrf_token"), "token");
  assert.equal(kept("Å").has("attachments"), false);
  await page.fill("#title", "Ä");
  await site.go(page, "/list.html");
  await waitFor("the draft that was kept on leaving", () => kept("Ä"));
});

test("files add up, can be removed, and too large ones are left out", async () => {
  const page = await site.open("/form.html");
  const file = (name, size) => ({ name, mimeType: "image/jpeg", buffer: Buffer.alloc(size) });
  await page.setInputFiles("#attachments", [file("a.jpg", 5000)]);
  await page.setInputFiles("#attachments", [file("b.jpg", 900_000), file("stor.jpg", 1_000_001)]);
  const names = () => page.$eval("#attachments", (input) => [...input.files].map((one) => one.name));
  assert.deepEqual(await names(), ["a.jpg", "b.jpg"]);
  assert.equal(await page.locator("[data-upload] [role=alert]").textContent(),
    "stor.jpg är för stor: högst 1\u00a0MB per fil");
  await page.getByRole("button", { name: "Ta bort a.jpg" }).click();
  assert.deepEqual(await names(), ["b.jpg"]);
});

test("a form is sent once, however often the button is pressed", async () => {
  const page = await site.open("/form.html");
  // Text is typed and the button pressed at once: no draft is kept after the form was sent.
  await page.$eval("form[data-draft-url] [type=submit]", (button) => {
    const title = document.getElementById("title");
    title.value = "En gång";
    title.dispatchEvent(new Event("input", { bubbles: true }));
    [1, 2, 3].forEach(() => button.click());
  });
  await page.waitForURL(/sent/);
  await page.waitForTimeout(1200);
  const titles = (bodies) => bodies.filter((body) => /En.g/.test(body)).length;
  assert.equal(titles(sent), 1);
  assert.equal(titles(drafts), 0); // what was sent must not come back as a draft
});

test("a refused form gives the focus to its summary", async () => {
  const page = await site.open("/refused.html");
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute("data-error-summary")), true);
  await page.getByRole("link", { name: "Objekt: Välj ett objekt." }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "object");
});

test("the colours chosen stay on the device", async () => {
  const page = await site.open("/form.html", { colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Mörka färger" }).click();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), dark);
});

test("paper gets the content alone, with the table's head on each page", async () => {
  const page = await site.open("/list.html", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("nav.site-menu").isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Logga ut" }).isVisible(), false);
  const style = (selector, name) => page.$eval(selector, (one, key) => getComputedStyle(one)[key], name);
  assert.equal(await style("thead", "display"), "table-header-group");
  assert.equal(await style("tbody tr", "breakInside"), "avoid");
  assert.equal(await style("body", "backgroundColor"), "rgb(255, 255, 255)");
  assert.equal(await style("td", "color"), "rgb(0, 0, 0)");
});

test("a target below 24 px is found where others are near, and its exceptions are known", async () => {
  const SMALL = "display: inline-block; width: 20px; height: 20px; margin: 0";
  const pages = [
    [`<button style="${SMALL}"></button><button style="${SMALL}"></button>`, 2],
    [`<button style="${SMALL}"></button><p style="margin: 0"><button style="width: 90px; height: 40px">x</button>`, 1],
    [`<button style="${SMALL}"></button><p style="margin: 40px"><button style="${SMALL}"></button>`, 0],
    ["<p>One reads <a href='#a'>this</a> <a href='#b'>and that</a> in it.</p>", 0],
    [`<a href="#a" style="${SMALL}"></a><a href="#b" style="${SMALL}"></a>`
      + '<p><a href="#a" style="padding: 9px">a</a>', 1],
    ...[["0", 2], ["5px", 0]].map(([padding, count]) => [(`<label style="display: block; padding: ${padding}">`
      + "<input type='checkbox' style='width: 9px; height: 9px; margin: 0'> A box</label>").repeat(2), count]),
  ];
  const page = await site.open(null, { who: null });
  for (const [html, count] of pages) {
    await page.setContent(`<!DOCTYPE html>${html}`);
    const said = await assertTargets(page, "it").then(() => "", (error) => error.message);
    assert.equal([...said.matchAll(/\d+ × \d+:/g)].length, count, `${html}: ${said}`);
  }
});
