// Criteria of WCAG that no other test is about (docs/accessibility.md names the test of each), and the statement.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFits, assertSound, browserTest, PASSWORD } from "./site.mjs";

const files = {
  "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\nwork_order_type,s,Service\n",
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
  "objects.csv": "number,name,customer\nO1,Hus 1,K1\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,type,customer,object,contacts,created\nC1,Läcka,fel,K1,O1,P1,2026-03-01T08:00:00\n",
  "work_orders.csv": "number,case,title,type,status,booked_from,booked_to,created\n"
    + "C1-1,C1,Byt pump,s,not_started,2026-03-02T08:00:00,2026-03-02T10:00:00,2026-03-01T09:00:00\n",
};
const PAGES = [["kim", "/"], ["kim", "/cases"], ["kim", "/cases/C1"], ["kim", "/cases/new"], ["kim", "/account"],
  ["chef", "/staff"], ["chef", "/staff/cases"], ["chef", "/staff/cases/C1"], ["chef", "/staff/cases/new"],
  [null, "/login"], [null, "/accessibility"]];

const site = browserTest({
  files,
  config: "[portal]\nname = Hissfirman\nphone = 031-123 45\ncontact_sv = Skriv till hjalp@firma.se\n",
  logins: { kim: "kim@x.se", chef: { email: "chef@firma.se", role: "administrator" } },
});

// What has the focus: whether an outline or a shadow shows it, and whether something lies over its middle.
const focused = () => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const isOwn = at && (one.contains(at) || at.contains(one) || [...(one.labels ?? [])].some((own) => own.contains(at)));
  const order = [...document.querySelectorAll("*")].indexOf(one);
  return { html: one.outerHTML.slice(0, 120), seen, isCovered: Boolean(at && !isOwn), order, url: location.href };
};

for (const [who, path] of PAGES) {
  test(`${path}: the focus is seen and not covered at each stop, goes in the order of the page and out again`,
    async () => {
    const page = await site.open(path, { who, width: 390, height: 700 });
    const url = page.url();
    await page.keyboard.press("Tab"); // marks of the focus are shown to those who use the keyboard
    await page.focus(".skip-link");
    const faults = [];
    let before = -1, stops = 0;
    for (let stop = await page.evaluate(focused); stop && stop.order > before; stop = await page.evaluate(focused)) {
      if (!stop.seen) faults.push(`no mark of the focus: ${stop.html}`);
      if (stop.isCovered) faults.push(`something lies over ${stop.html}`);
      assert.equal(stop.url, url, `the focus leads away: ${stop.html}`);
      before = stop.order;
      assert.ok(++stops < 300, "the Tab key goes round without an end");
      await page.keyboard.press("Tab");
    }
    assert.deepEqual(faults, []);
    assert.ok(stops > 3, `${stops} stops`);
  });

  test(`${path}: text may be spaced apart, and text twice as large fits, without loss`, async () => {
    const page = await site.open(path, { who, width: 640 });
    const cut = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        + " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [sheet];
      return [...document.querySelectorAll("main *, header *, footer *")]
        .filter((one) => one.clientWidth > 1 && /hidden|clip/.test(getComputedStyle(one).overflow)
          && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2))
        .map((one) => one.outerHTML.slice(0, 120));
    });
    assert.deepEqual(cut, [], "texts that are cut");
    await assertFits(page, `${path} with spaced text`);
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await assertFits(page, `${path} with text twice as large`);
  });

  test(`${path}: a page stands upright and across`, async () => {
    const page = await site.visit(path, { who, width: 390, height: 844 });
    await assertFits(page, `${path} upright`);
    await page.setViewportSize({ width: 844, height: 390 });
    await assertFits(page, `${path} across`);
    assert.ok(await page.locator("main").isVisible());
  });

  test(`${path}: a name has the words that are shown`, async () => {
    const page = await site.visit(path, { who });
    const apart = await page.evaluate(() => [...document.querySelectorAll(":is(a, button, input, select)[aria-label]")]
      .filter((one) => one.innerText?.trim() && /\p{L}/u.test(one.innerText)
        && !one.getAttribute("aria-label").toLowerCase().includes(one.innerText.trim().toLowerCase()))
      .map((one) => one.outerHTML));
    assert.deepEqual(apart, []);
  });

  test(`${path}: the first stop leads to the content`, async () => {
    const page = await site.open(path, { who });
    assert.equal(await page.evaluate(() => document.querySelector("a, button, input").className), "skip-link");
    await page.focus(".skip-link");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  });
}

for (const [who, path] of [["kim", "/cases"], ["kim", "/cases/new"], ["chef", "/staff/cases"],
  ["chef", "/staff/cases/new"]]) {
  test(`${path}: a choice in a list sends nothing`, async () => {
    const page = await site.open(path, { who });
    const url = page.url();
    for (const select of await page.locator("main select").all()) {
      await select.evaluate((one) => {
        one.selectedIndex = one.options.length - 1;
        one.dispatchEvent(new Event("input", { bubbles: true }));
        one.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    assert.equal(page.url(), url);
  });
}

for (const who of ["kim", "chef"]) {
  test(`the menu and the ways to help are the same on every page of ${who}`, async () => {
    const seen = new Set();
    for (const [, path] of PAGES.filter(([one]) => one === who)) {
      const page = await site.visit(path, { who });
      seen.add(await page.evaluate(() => JSON.stringify([...document.querySelectorAll("nav[aria-label='Huvudmeny'] a"),
        ...document.querySelectorAll(".site-footer a, .site-contact")]
        .map((one) => [one.getAttribute("href"), one.textContent.replace(/\d+/g, "").trim()]))));
    }
    assert.equal(seen.size, 1, [...seen].join("\n"));
  });
}

test("the statement is accessible and fits every screen, and each footer leads to it", async () => {
  await site.assertSound("/accessibility", { who: null, widths: [320, 390, 1280, 1920], schemes: ["light", "dark"] });
  for (const [who, path] of PAGES) {
    const page = await site.visit(path, { who });
    assert.equal(await page.locator(".site-footer a[href='/accessibility']").count(), 1, path);
  }
  const page = await site.open("/accessibility", { who: null });
  await assertSound(page, "the statement");
});
