// Searching and following cases in a real browser: on a phone and a wide screen, with and without scripts, by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { print } from "./paper.mjs";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const houses = Array.from({ length: 60 }, (_, i) => `H${100 + i},Hus ${i},A,Ängsgatan ${i},Åmål`).join("\n");
const cases = Array.from({ length: 45 }, (_, i) => [`2603${String(1 + (i % 28)).padStart(2, "0")}-00${10 + i}`,
  i % 3 ? "Läckande kran i tvättstugan" : "Porten i den långa gångens trapphusentré går inte att stänga ordentligt",
    "fel", "akut", "A",
  `H${100 + i}`, `2026-03-${String(1 + (i % 28)).padStart(2, "0")}T08:00:00`].join(",")).join("\n");
const files = {
  "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\npriority,akut,Akut\naction_code,byte,Byte\n"
    + "work_order_type,jour,Jour\n",
  "customers.csv": `number,name,login\nA,Bostadsrättsföreningen Aspen,aspen/${PASSWORD}\n`
    + `B,Brf Björken,bjorken/${PASSWORD}\n`,
  "objects.csv": `number,name,customer,street,city\n${houses}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,type,priority,customer,object,created\n" + cases + "\n",
  "work_orders.csv": "number,case,title,type,status,resource,booked_from,booked_to,created\n"
    + "260301-0010-1,260301-0010,Laga "
    + "låset,jour,not_started,Ali,2026-03-05T08:00:00,2026-03-05T10:00:00,2026-03-02T08:00:00\n",
  "article_rows.csv": "number,case,date,title,description,action_code,article_type,quantity,unit,unit_price,discount\n"
    + "R1,260301-0010,2026-03-04,Låscylinder,Med nycklar,byte,material,2.5,st,1234.5,0.125\n"
    + "R2,260301-0010,2026-03-04,Resa,,,travel,1,,250,\n",
};
const OPEN = "260301-0010";

const site = browserTest({
  files,
  logins: { bo: "bo@x.se", ny: "ny@x.se", bjorken: "bjorken" },
  open: { height: 800, reducedMotion: "reduce" },
});
const numbers = (page) => page.locator("tbody .cell-link").allTextContents();

for (const [what, who, path, status] of [
  ["the start page", "bo", "/"],
  ["the start page of a shared login", "bjorken", "/"],
  ["the start page of an account without contact", "ny", "/"],
  ["the result", "bo", "/cases"],
  ["a page of the result", "bo", "/cases?page_size=10&sort=title"],
  ["a search without hits", "bo", "/cases?q=nothing&status=open&object=H107"],
  ["a refused search", "bo", "/cases?from=2026-02-30&object_search=hus", 400],
  ["no cases yet", "bjorken", "/cases"],
  ["an account without contact", "ny", "/cases"],
  ["a case", "bo", `/cases/${OPEN}`],
  ["the actions of a case", "bo", `/cases/${OPEN}/actions`],
  ["a case without actions", "bo", "/cases/260302-0011/actions"],
  ["a page that is not there", "bo", "/cases/none", 404],
]) {
  test(`${what} is accessible and fits every screen`, async () => {
    const page = await site.visit(path, { who, status });
    await assertSound(page, what, { widths: [320, 390, 768, 1280], schemes: ["light", "dark"] });
  });
}

for (const [width, height, limit] of [[1280, 900, 300], [390, 844, 500]]) {
  test(`the first case stands at most ${limit} px down at ${width} px`, async () => {
    const page = await site.open("/cases", { width, height });
    await page.locator("[data-filter-ready]").waitFor();
    const row = await page.locator("tbody tr").first().boundingBox();
    assert.ok(row.y <= limit, `${row.y} px`);
  });
}

test("the filter is closed where it would push the result down, at the side of wide screens, and open without scripts",
  async () => {
    const open = async (options) => {
      const page = await site.open("/cases", options);
      return [await page.locator("#type").isVisible(), page];
    };
    assert.equal((await open({ width: 1280 }))[0], false);
    const [shown, wide] = await open({ width: 1440 });
    assert.equal(shown, true);
    const [filter, result] = [await wide.locator(".filter").boundingBox(), await wide.locator("#result").boundingBox()];
    assert.ok(filter.x + filter.width <= result.x, "beside the result");
    assert.equal((await open({ width: 390, javaScriptEnabled: false }))[0], true);
  });

test("the bar of phones reaches everything, also without scripts", async () => {
  const page = await site.open("/", { width: 390, javaScriptEnabled: false });
  assert.equal(await page.getByRole("link", { name: "Filer" }).isVisible(), false);
  await page.locator(".phone-more summary").click();
  await page.getByRole("link", { name: "Mitt konto" }).click();
  await page.waitForURL(/\/account/);
  assert.match(await page.locator(".phone-more summary").getAttribute("class"), /current/);
});

test("a card of a case is pressed anywhere, and about a hundred pixels high on a phone", async () => {
  const page = await site.open("/cases", { width: 390 });
  for (const row of await page.locator("tbody tr").all()) {
    const { height } = await row.boundingBox();
    assert.ok(height <= 116, `${height} px`);
  }
  const box = await page.locator("tbody tr").first().boundingBox();
  await page.mouse.click(box.x + box.width - 20, box.y + box.height - 8);
  await page.waitForURL(/\/cases\/2/);
});

test("a refused date stays as it was typed", async () => {
  const page = await site.open("/cases?from=ig%C3%A5r&to=2026-02-30", { status: 400 });
  assert.deepEqual([await page.inputValue("#from"), await page.inputValue("#to")], ["igår", "2026-02-30"]);
});

test("a case is found by words, read, and its actions seen, by touch on a phone", async () => {
  const page = await site.open("/", { width: 390, hasTouch: true, isMobile: true });
  await page.locator(".phone-bar a[href='/cases']").tap();
  await page.fill("#q", "port 0010");
  await page.locator(".brief-line button").tap();
  await page.waitForURL(/q=port/);
  assert.deepEqual(await numbers(page), [OPEN]);
  await page.locator("tbody .case-link").tap();
  assert.match(await page.textContent("h1"), /^Porten/);
  await page.getByRole("link", { name: "Se åtgärder" }).tap();
  assert.match(await page.textContent("table"), /Låscylinder/);
});

test("an object among many is found by typing and chosen by keyboard, and narrows the result", async () => {
  const page = await site.open("/cases?status=open");
  if (!(await page.locator("#object").isVisible())) await page.locator("details.filter summary").click();
  await page.locator("#object").pressSequentially("ängsgatan 7");
  await page.getByRole("option", { name: /Hus 7/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".filter .form-actions button").click();
  await page.waitForURL(/object=H107/);
  assert.equal(new URL(page.url()).searchParams.get("status"), "open");
  assert.equal((await numbers(page)).length, 1);
  assert.match(await page.inputValue("#object"), /Hus 7/);
});

test("headings sort, pages follow, and the back button returns", async () => {
  const page = await site.open("/cases?page_size=20");
  const newest = await numbers(page);
  await page.getByRole("link", { name: "Ärendenummer" }).click();
  await page.waitForURL(/sort=number/);
  const first = await numbers(page);
  assert.deepEqual(first, [...first].sort());
  await page.getByRole("link", { name: "Nästa" }).click();
  await page.waitForURL(/after=/);
  assert.ok((await numbers(page))[0] > first.at(-1));
  await page.goBack();
  await page.goBack();
  assert.deepEqual(await numbers(page), newest);
});

test("without scripts Enter searches, and an object is chosen from hits", async () => {
  const page = await site.open("/cases", { javaScriptEnabled: false });
  await page.fill("#q", "kran");
  await page.press("#q", "Enter");
  await page.waitForURL(/q=kran/);
  assert.equal(new URL(page.url()).searchParams.has("search"), false);
  await page.fill("[name=object_search]", "hus 4");
  await page.locator("button[name=search][value=object]").click();
  await page.waitForURL(/search=object/);
  await page.getByRole("radio", { name: "Hus 4, Ängsgatan 4, Åmål (H104)" }).check();
  await page.locator(".form-actions button").click();
  await page.waitForURL(/object=H104/);
  assert.equal((await numbers(page)).length, 1);
});

test("a printed search says what was searched for, and when", async () => {
  const page = await site.open("/cases?q=porten&status=open&object=H103");
  const { sheets } = await print(page, "a search", { format: "A4" });
  assert.match(sheets[0], /Utskriven 20\d\d-\d\d-\d\d/);
  assert.match(sheets[0], /Sökord: porten/);
  assert.match(sheets[0], /Objekt: .*Hus 3/);
});

test("a browser knows which fields are about the person who reports", async () => {
  const page = await site.open("/cases/new", { who: "bjorken" });
  assert.equal(await page.getAttribute("#reporter", "autocomplete"), "name");
  assert.equal(await page.getAttribute("#reporter_phone", "autocomplete"), "tel");
  assert.equal(await page.getAttribute("#reporter_phone", "inputmode"), "tel");
});
