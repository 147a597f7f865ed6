// Dashboards at their limits: names of 82 letters with and without blanks, more groups than a chart shows, many case
// types, long and short periods, sums of twelve digits, nothing at all, and what staff see when they view as a contact.
import assert from "node:assert/strict";
import { test } from "node:test";
import { badTexts, compareMarks, drawAll } from "./chart_checks.mjs";
import { print } from "./paper.mjs";
import { assertAccessible, assertFits, assertSound, browserTest, PASSWORD } from "./site.mjs";

const BOARDS = ["cases", "work-orders", "throughput", "article-rows"];
const WORD = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften";
const WORDS = "Bostadsrättsföreningen Ängsgatan 9–39, gårdshuset med undercentralen för fjärrvärme";
const range = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const nameOf = (i) => (i === 0 ? WORD : i === 1 ? `"${WORDS}"` : `Nr ${i} ${"bergvärmepump ".repeat(i % 3)}`.trim());
const day = (i) => new Date(Date.UTC(2026, 0, 5 + ((i * 11) % 180))).toISOString().slice(0, 10);
const kinds = (list, count) => range(count, (i) => `${list},k${i},${nameOf(i)},${nameOf(i)}`);

const files = {
  "picklists.csv": ["list,key,label_sv,label_en", ...kinds("case_type", 14), ...kinds("work_order_type", 14),
    ...kinds("action_code", 30)].join("\n"),
  "customers.csv": ["number,name", ...range(16, (i) => `C${i},${nameOf(i)}`), "E,Tomma Hus AB"].join("\n"),
  "objects.csv": ["number,name,customer", ...range(40, (i) => `O${i},${nameOf(i)},C${i % 16}`)].join("\n"),
  "contacts.csv": ["number,first_name,last_name,email,customers",
    `K1,Bo,Ek,bo@x.se,${range(16, (i) => `C${i}`).join("|")}`, "K2,Eva,Ek,eva@x.se,E"].join("\n"),
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\neva@x.se,${PASSWORD},yes\n`,
  "articles.csv": ["number,name,article_type,unit,unit_price",
    ...range(30, (i) => `A${i},${nameOf(i)},${["time", "material", "travel"][i % 3]},st,10`)].join("\n"),
  "cases.csv": ["number,title,type,customer,object,status,created,started,finished",
    ...range(200, (i) => `N${i},${WORD},k${i % 14},C${i % 16},O${i % 40},finished,${day(i)}T08:00:00,`
      + `${day(i)}T10:00:00,${day(i)}T${11 + (i % 12)}:30:00`)].join("\n"),
  "work_orders.csv": ["number,case,title,type,status,created,started,finished", ...range(200, (i) =>
    `N${i}-1,N${i},${WORD},k${i % 14},finished,${day(i)}T09:00:00,${day(i)}T10:00:00,${day(i)}T11:00:00`)].join("\n"),
  "article_rows.csv": ["number,case,article,date,title,action_code,quantity,unit_price", ...range(200, (i) =>
    [`R${i}`, `N${i}`, `A${i % 30}`, day(i), WORD, `k${i % 30}`, i === 7 ? -900000 : 1 + (i * i) % 9000, 99999.5]
      .join(","))].join("\n"),
};
const PERIODS = ["from=2026-01-01&to=2026-07-05", "from=2017-01-01&to=2026-12-31", "from=1900-01-01&to=2200-12-31",
  "from=2026-01-16&to=2026-01-16"];

const site = browserTest({
  files,
  logins: { bo: "bo@x.se", eva: "eva@x.se", chef: { email: "chef@x.se", role: "administrator" } },
});

for (const board of BOARDS) {
  test(`${board} fits all screens, folded and unfolded, however long names and periods are`, async () => {
    for (const period of PERIODS.slice(0, 2)) {
      for (const [width, colorScheme, locale] of [[320, "light", "sv-SE"], [390, "dark", "en-GB"],
        [1280, "dark", "sv-SE"], [1920, "light", "en-GB"]]) {
        const what = `${board} full ${period} ${width} ${colorScheme}`;
        const page = await site.visit(`/dashboards/${board}?${period}`, { width, colorScheme, locale });
        await drawAll(page);
        for (const { drawn, expected } of await page.evaluate(compareMarks))
          assert.deepEqual(drawn.map(String).sort(), expected.map(String).sort(), what);
        assert.deepEqual(await page.evaluate(badTexts), [], what);
        await assertSound(page, what, { widths: [width], axe: period === PERIODS[0] ? [width] : [] });
        await page.$$eval("main details", (all) => all.forEach((one) => (one.open = true)));
        await assertSound(page, `${what} unfolded`, { widths: [width], axe: [] });
      }
    }
  });

  test(`${board} holds for centuries and for a single day`, async () => {
    for (const period of PERIODS.slice(2)) {
      const page = await site.visit(`/dashboards/${board}?${period}`, { width: 390 });
      await drawAll(page);
      assert.deepEqual(await page.evaluate(badTexts), [], period);
      await assertFits(page, `${board} ${period}`);
    }
  });

  test(`${board} at its limits prints whole`, async () => {
    const page = await site.visit(`/dashboards/${board}?${PERIODS[0]}`, { colorScheme: "dark" });
    const { sheets, outside } = await print(page, `${board} full`, { format: "A4" });
    assert.deepEqual(outside, []);
    const printed = sheets.join("").replace(/[\s\u00a0]+/g, "");
    const heads = await page.$$eval("h2", (all) => all.map((one) => one.textContent.replace(/\s+/g, "")));
    assert.ok(heads.length >= 4);
    for (const head of heads) assert.ok(printed.includes(head), head);
    assert.doesNotMatch(printed, /Visasomtabell|Piltangenterna|Filter/);
  });

  test(`${board} without anything says so in every width`, async () => {
    for (const [width, colorScheme] of [[320, "dark"], [390, "light"], [1280, "light"], [1920, "dark"]])
      for (const locale of ["sv-SE", "en-GB"]) {
        const page = await site.visit(`/dashboards/${board}`, { who: "eva", width, colorScheme, locale });
        assert.match(await page.locator(".empty-state").textContent(), /Inget under perioden|Nothing in this period/);
        await assertSound(page, `${board} empty ${width} ${colorScheme} ${locale}`, { widths: [width] });
      }
  });
}

test("the text beside a bar is whole on the narrowest phone, though a word is wider than the screen", async () => {
  const page = await site.open(`/dashboards/cases?${PERIODS[0]}&object=O0`, { width: 320 });
  await drawAll(page);
  await page.locator("#chart-object .chart-mark").first().focus();
  const tip = page.locator("#chart-object .chart-tip");
  assert.ok((await tip.textContent()).replaceAll(" ", "").startsWith(WORD));
  const box = await tip.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
});

test("staff who view as a contact see the dashboards of the contact", async () => {
  const staff = await site.client("chef");
  assert.equal((await staff.postForm("/staff/view-as", { login: "bo@x.se", reason: "Fråga" })).status, 303);
  for (const [width, colorScheme] of [[320, "light"], [390, "dark"], [1280, "light"]])
    for (const board of BOARDS) {
      const page = await site.visit(`/dashboards/${board}?${PERIODS[0]}`, { who: "chef", width, colorScheme });
      await drawAll(page);
      assert.ok(await page.locator(".chart-mark").count() > 10, board);
      await assertFits(page, `${board} for staff ${width}`);
      await assertAccessible(page, `${board} for staff ${width}`);
    }
});
