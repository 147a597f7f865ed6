// The four dashboards of the portal in a real browser: what they draw, where their bars lead, on phones, in both
// languages and on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { badTexts, compareMarks, drawAll } from "./chart_checks.mjs";
import { print } from "./paper.mjs";
import { assertSound, browserTest, PASSWORD } from "./site.mjs";

const BOARDS = ["cases", "work-orders", "throughput", "article-rows"];
const CASES = 120;

// One period, whatever the day of the run: how many weeks it has and where they begin moves what is drawn.
const PERIOD = "from=2026-01-05&to=2026-04-04";
const day = (ago) => new Date(Date.UTC(2026, 3, 4 - ago)).toISOString().slice(0, 10);
const range = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const number = (i) => `${day(88 - (i * 7) % 88).slice(2).replaceAll("-", "")}-${String(1000 + i)}`;
const ago = (i) => 88 - ((i * 7) % 88);
const finished = (i) => i % 5 !== 0 && ago(i) > 12;
const object = (i) => `H${100 + (i * i) % 14}`;

const files = {
  "picklists.csv": ["list,key,label_sv,label_en", "case_type,fel,Felanmälan,Fault",
    "case_type,best,Beställning av tilläggsarbete och besiktning,Order",
    "action_code,byte,Byte,Replacement", "action_code,just,Justering,Adjustment", "work_order_type,jour,Jour,Emergency",
      "work_order_type,plan,Planerat,Planned"],
  "customers.csv": ["number,name", "A,Bostadsrättsföreningen Aspen och Björken i Västra Hamnen", "B,Brf Eken"],
  "objects.csv": ["number,name,customer,street,city",
    ...range(14, (i) =>
      `H${100 + i},${i % 3 ? `Hus ${i}` : `Ängsgatan ${i}–${i + 30} gårdshuset med undercentralen för fjärrvärme`},`
        + `${i % 4 ? "A" : "B"},Ängsgatan ${i},Åmål`)],
  "contacts.csv": ["number,first_name,last_name,email,customers", "K1,Bo,Ek,bo@x.se,A|B", "K2,Tom,Ek,tom@x.se,A"],
  "accounts.csv": ["email,password,verified", `bo@x.se,${PASSWORD},yes`],
  "articles.csv": ["number,name,article_type,unit,unit_price", "100,Tekniker,time,h,650", "200,Resa,travel,st,350",
    "300,Styrkort,material,st,12500.5"],
  "cases.csv": ["number,title,type,customer,object,status,created,started,finished",
    ...range(CASES, (i) => [number(i), "Läckande kran", i % 4 ? "fel" : "best",
    Number(object(i).slice(1)) % 4 ? "A" : "B", object(i), finished(i) ? "finished" : "not_started",
      `${day(ago(i))}T08:00:00`,
    finished(i) ? `${day(ago(i) - (i % 3))}T10:00:00` : "",
      finished(i) ? `${day(ago(i) - 3 - (i % 9))}T15:30:00` : ""].join(","))],
  "work_orders.csv": ["number,case,title,type,status,booked_from,booked_to,created,finished",
    ...range(CASES, (i) => [`${number(i)}-1`, number(i), "Laga", i % 3 ? "jour" : "plan",
    finished(i) ? "finished" : "not_started", `${day(ago(i))}T09:00:00`, `${day(ago(i) - 5)}T16:00:00`,
      `${day(ago(i))}T08:30:00`, finished(i) ? `${day(ago(i) - 3 - (i % 9))}T15:00:00` : ""].join(","))],
  "article_rows.csv": ["number,case,article,date,title,action_code,article_type,quantity,unit_price",
    ...range(CASES * 2, (i) => [`R${i}`, number(i % CASES), ["100", "200", "300"][i % 3], day(ago(i % CASES)),
    ["Tekniker", "Resa", "Styrkort"][i % 3], i % 2 ? "byte" : "just", ["time", "travel", "material"][i % 3],
      i % 17 === 0 ? -2 : 1.5 + (i % 4), ["650", "350", "12500.5"][i % 3]].join(","))],
};

const site = browserTest({ files, logins: { bo: "bo@x.se" } });

for (const board of BOARDS) {
  test(`${board}: every number is drawn, every text is readable, in every width, accessible`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const [width, locale] of [[1920, "en-GB"], [1280, "sv-SE"], [768, "en-GB"], [390, "sv-SE"],
        [320, colorScheme === "dark" ? "en-GB" : "sv-SE"]]) {
        const what = `${board} ${width} px, ${colorScheme}`;
        const page = await site.visit(`/dashboards/${board}?${PERIOD}`, { width, colorScheme, locale });
        await drawAll(page);
        const charts = await page.evaluate(compareMarks);
        assert.ok(charts.length >= 4, what);
        for (const { drawn, expected } of charts) assert.deepEqual(drawn.map(String).sort(),
          expected.map(String).sort(), what);
        assert.ok(charts.flatMap((one) => one.expected).length > 20, what);
        assert.deepEqual(await page.evaluate(badTexts), [], what);
        await assertSound(page, what, { widths: [width] });
      }
    }
  });

  test(`${board}: a bar leads to as many rows as it says`, async () => {
    const page = await site.visit(`/dashboards/${board}?${PERIOD}`);
    await drawAll(page);
    const marks = await page.$$eval(".chart-mark",
      (all) => all.map((one) => [one.getAttribute("aria-label"), one.getAttribute("href")]));
    const counted = marks.filter(([name, href]) => href && /: \d+$/.test(name));
    assert.ok(board === "article-rows" ? marks.length > 1 : counted.length > 1); // bars of article rows are sums
    for (const [name, href] of counted.filter((_, i) => i % Math.ceil(counted.length / 6) === 0)) {
      await site.go(page, href);
      assert.match(await page.locator("#result-title").textContent(), new RegExp(`\\b${/\d+$/.exec(name)[0]}\\b`),
        name);
    }
  });

  for (const [paper, options] of [["A4", { format: "A4" }], ["A4 across", { format: "A4", landscape: true }]]) {
    test(`${board} prints on ${paper} with heading, period, filters and date, and each chart under its heading`,
      async () => {
      const page = await site.visit(`/dashboards/${board}?${PERIOD}&customer=A`, { colorScheme: "dark" });
      const title = await page.locator("h1").textContent();
      const { sheets, outside } = await print(page, `${board} ${paper}`, options);
      const all = sheets.join("\n");
      assert.ok(sheets.length <= (options.landscape ? 12 : 7), `${sheets.length} pages`);
      assert.ok(sheets[0].includes(title));
      assert.match(sheets[0], /\d{4}-\d{2}-\d{2} – \d{4}-\d{2}-\d{2}/);
      assert.match(sheets[0], /Bostadsrättsföreningen Aspen/);
      assert.match(sheets[0], /Utskriven \d{4}-\d{2}-\d{2}/);
      assert.doesNotMatch(all, /https?:|\/dashboards|CSV|Logga ut|Sök ärende|Från och med/);
      const charts = await page.$$eval(".chart-block", (blocks) =>
        blocks.map((one) => [one.querySelector("h2").textContent, one.querySelectorAll("tbody tr").length]));
      assert.ok(charts.length >= 4, `${charts.length} charts`);
      for (const [heading, rows] of charts) {
        const sheet = sheets.find((text) => text.includes(heading));
        const lines = sheet.slice(sheet.indexOf(heading)).split("\n").filter((line) => line.trim());
        assert.ok(lines.length > Math.min(rows, 4), `${heading} stands without its chart`);
      }
      const blanks = /[\s\u00a0]+/g;
      const printed = all.replace(blanks, "");
      const rowsOfPage = await page.$$eval(".chart-table tr, .figure",
        (all) => all.map((one) => [...one.querySelectorAll("th, td, dt, dd > *")].map((cell) => cell.textContent)));
      assert.ok(rowsOfPage.flat().length > 20, "cells");
      for (const row of rowsOfPage)
        for (const cell of row) assert.ok(cell.length > 20 || printed.includes(cell.replace(blanks, "")),
          `${cell} is not on the paper`);
      assert.deepEqual(outside, [], "what stands outside of the margins");
    });
  }

  test(`${board} without scripts is tables`, async () => {
    const page = await site.open(`/dashboards/${board}?${PERIOD}`, { javaScriptEnabled: false });
    assert.ok(await page.locator(".chart-table").count() >= 4);
    assert.equal(await page.locator("svg.chart-drawing").count(), 0);
  });
}

test("three numbers beside a week have room on a phone", async () => {
  for (const board of ["cases", "work-orders"]) {
    const page = await site.open(`/dashboards/${board}?${PERIOD}`,
      { width: 390, isMobile: true });
    const beyond = await page.$eval("#chart-time .table-scroll", (one) => one.scrollWidth - one.clientWidth);
    assert.equal(beyond, 0, board);
    await site.close(page);
  }
});

test("on a phone figures stand two by two and each chart with its heading has room on one screen", async () => {
  for (const board of BOARDS) {
    const page = await site.open(`/dashboards/${board}?${PERIOD}`, { width: 390, height: 844, isMobile: true });
    const figures = await page.$$eval(".figure", (all) => all.map((one) => one.getBoundingClientRect().top));
    assert.equal(figures[0], figures[1], `${board}: two figures`);
    const bar = await page.locator(".phone-bar").evaluate((one) => one.getBoundingClientRect().top);
    assert.ok(figures[1] < bar / 2, `${board}: figures at ${figures[1]}`);
    for (const { title, height } of await page.$$eval(".chart-block", (all) => all.map((one) =>
      ({ title: one.querySelector("h2").textContent, height: one.getBoundingClientRect().height }))))
      assert.ok(height > 100 && height < bar, `${board}, ${title}: ${height}`);
    await site.close(page);
  }
});

test("on a wide screen charts stand two by two, the first two on the first screen", async () => {
  for (const width of [1280, 1920])
    for (const board of BOARDS) {
      const page = await site.visit(`/dashboards/${board}?${PERIOD}`, { width, height: 900 });
      const boxes = await page.$$eval(".chart-block", (all) => all.map((one) => one.getBoundingClientRect().toJSON()));
      const last = boxes.length - (boxes.length % 2);
      for (let i = 0; i < last; i += 2) assert.equal(boxes[i].top, boxes[i + 1].top, `${board} ${i}`);
      assert.ok(boxes[1].bottom < 900, `${board}: ${boxes[1].bottom}`);
      const line = await page.$$eval(".board-form > *", (all) => all.map((one) => one.getBoundingClientRect())
        .filter((box) => box.width > 1).map((box) => box.top + box.height / 2));
      assert.ok(Math.max(...line) - Math.min(...line) < 4, `${board}: the filter is one line: ${line}`);
    }
});

test("tables are folded behind Visa som tabell, open without scripts and on paper", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await site.open(`/dashboards/cases?${PERIOD}`, { javaScriptEnabled });
    const number = page.locator("#chart-type tbody a").first();
    assert.equal(await number.isVisible(), !javaScriptEnabled);
    await page.emulateMedia({ media: "print" });
    await number.waitFor();
    assert.equal(await page.locator("#chart-type summary").isVisible(), false);
    await page.emulateMedia({ media: "screen" });
    await number.waitFor({ state: javaScriptEnabled ? "hidden" : "visible" });
    if (!javaScriptEnabled) continue;
    await page.locator("#chart-type summary").click();
    await number.waitFor();
  }
});

test("the first view of a dashboard is below 60 kB in all", async () => {
  for (const board of BOARDS) {
    const page = await site.open(undefined, { width: 390 });
    const sizes = [];
    page.on("requestfinished", async (request) => sizes.push(request.sizes()));
    await page.goto(`${site.url}/dashboards/${board}?from=2017-01-05&to=2026-04-04`, { waitUntil: "networkidle" });
    const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one.responseBodySize, 0);
    assert.ok(sizes.length >= 5 && bytes > 20_000 && bytes < 60_000, `${board}: ${bytes} bytes`);
    await site.close(page);
  }
});

test("what is pressed on a dashboard is at least 24 px, but for marks, where the table leads too", async () => {
  for (const board of BOARDS) {
    const page = await site.open(`/dashboards/${board}?${PERIOD}`, { width: 390, height: 844, isMobile: true });
    await page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));
    const small = await page.$$eval("main :is(a, button, summary, input, select)", (all) => all
      .filter((one) => !one.closest("svg, [aria-hidden=true]"))
      .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24)
      .map(([name, box]) => `${name} ${box.width} ${box.height}`));
    assert.deepEqual(small, [], board);
    await site.close(page);
  }
});

test("no two parts of a dashboard have the same id", async () => {
  for (const board of BOARDS)
    for (const path of [`?${PERIOD}`, "?from=2100-01-01", "?from=x", `/rows?${PERIOD}`]) {
      const page = await site.visit(`/dashboards/${board}${path}`, { status: path === "?from=x" ? 400 : 200 });
      const ids = await page.$$eval("[id]", (all) => all.map((one) => one.id));
      assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), [], `${board}${path}`);
    }
});

test("nothing moves on a phone while a dashboard comes", async () => {
  for (const board of BOARDS) {
    const page = await site.open(undefined, { width: 412, height: 823, isMobile: true });
    await page.addInitScript(() => {
        window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.moved += one.value)))
        .observe({ type: "layout-shift", buffered: true });
    });
    await site.go(page, `/dashboards/${board}?${PERIOD}`);
    await drawAll(page);
    const moved = await page.evaluate(() => window.moved);
    assert.ok(moved <= 0.02, `${board}: ${moved}`);
    await site.close(page);
  }
});

test("a filter keeps the address, and the dashboards beside keep the filter", async () => {
  const page = await site.open("/dashboards/cases?customer=A");
  assert.equal(await page.locator("[name=customer]").first().inputValue(), "A");
  await page.locator(".board-tabs a").nth(2).click();
  await page.waitForURL(/throughput/);
  assert.match(page.url(), /customer=A/);
});

const OTHER_PAGES = [`/dashboards/cases/rows?${PERIOD}`, `/dashboards/work-orders/rows?${PERIOD}&by=object&others=1`,
  `/dashboards/throughput/rows?${PERIOD}&by=object&is=H100`,
  `/dashboards/article-rows/rows?${PERIOD}`, `/dashboards/cases/rows?${PERIOD}&by=object&is=none`,
    "/dashboards/throughput?from=2100-01-01"];

for (const path of OTHER_PAGES) {
  test(`${path} fits every width and is accessible`, async () => {
    for (const [width, colorScheme, locale] of [[1280, "light", "sv-SE"], [390, "dark", "en-GB"],
      [320, "light", "sv-SE"]]) {
      const what = `${path} ${colorScheme}, ${locale}`;
      const page = await site.visit(path, { width, height: 800, colorScheme, locale });
      const cut = await page.$$eval(".cards tbody :is(td, th):not(.cell-empty, .case-cell)",
        (cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent.trim()));
      if (width < 400) assert.deepEqual(cut, [], what);
      await assertSound(page, what, { widths: [width] });
    }
  });
}

test("the faults of the form are shown and fit a phone", async () => {
  const page = await site.visit("/dashboards/article-rows?from=2026-02-01&to=2026-01-01&article_type=x",
    { width: 390, height: 800, status: 400 });
  await assertSound(page, "a refused period", { widths: [390] });
});

test("the form is used with the keyboard alone", async () => {
  const page = await site.open("/dashboards/cases");
  const focused = () => page.evaluate(() => document.activeElement.name || document.activeElement.textContent.trim());
  await page.locator(".board-periods a").first().focus();
  const order = [];
  for (let i = 0; i < 20 && order.at(-1) !== "Visa"; i++) {
    await page.keyboard.press("Tab");
    order.push(await focused());
    if (order.at(-1) === "Filter") await page.keyboard.press("Enter");
  }
  const names = order.filter((name, i) => name !== order[i - 1]); // a date has parts
  assert.deepEqual(names, ["3 månader", "12 månader", "I år", "Filter", "from", "to", "customer", "object", "type",
    "Visa"]);
  await page.locator("[name=type]").focus();
  await page.keyboard.press("ArrowDown");
  const chosen = await page.locator("[name=type]").inputValue();
  assert.notEqual(chosen, "");
  await page.locator("[name=from]").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/type=/);
  assert.equal(new URL(page.url()).searchParams.get("type"), chosen);
  assert.equal(new URL(page.url()).pathname, "/dashboards/cases");
  await page.locator(".board-periods a").nth(2).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("from") !== null && url.searchParams.get("type") === chosen);
  assert.equal(await page.locator(".board-periods [aria-current]").textContent(), "12 månader");
});

for (const board of BOARDS) {
  test(`${board}: the rows of a number are whole on a screen and on paper`, async () => {
    const page = await site.visit(`/dashboards/${board}/rows?${PERIOD}`);
    assert.ok(await page.locator("tbody tr").count() > 1);
    assert.deepEqual(await page.$$eval(".table-scroll", (all) => all.map((one) => one.scrollWidth - one.clientWidth)),
      [0]);
    const { outside } = await print(page, `the rows of ${board}`, { format: "A4" });
    assert.deepEqual(outside, []);
  });
}

test("the rows of a number print with the criteria of the number", async () => {
  const page = await site.visit(`/dashboards/article-rows/rows?${PERIOD}&by=article_type&is=time&customer=A`);
  const { sheets, outside } = await print(page, "the rows of a number", { format: "A4" });
  assert.match(sheets[0],
    /Artikelraderna bakom siffran\s+Artikeltyp: Tid · \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d · Kund: Bostadsrätts.*Aspen/);
  assert.match(sheets[0], /Summa \(exkl\. moms\): [\d\s]+,\d\d kr/);
  assert.deepEqual(outside, []);
});
