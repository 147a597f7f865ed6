// The rows of the figures of the four dashboards over HTTP (domain 8), and their files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  as, BOARDS, chart, csv, karin, many, MARCH, numbersOf, page, rowsCsv, told, withoutChance,
} from "./dashboards.mjs";
import { everyMatch, linkOf, tableOf, textOf, unescape } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";

// --- the rows of a figure --------------------------------------------------------------------------------------------

test("every number leads to as many rows as it says, and sums to their sum", async () => {
  for (const board of BOARDS) {
    const html = await page(`/dashboards/${board}?${MARCH}`);
    const numbers = [...html.matchAll(/<td class="cell-number" data-value="([^"]*)">(?:<a href="([^"]*)">)?/g)];
    assert.ok(numbers.length > 20, board);
    for (const [, value, link] of numbers) {
      if (!link) assert.equal(Number(value), 0, `${board}: a number without rows`);
      if (!link || board === "throughput") continue;
      const href = unescape(link);
      const rows = (await csv(rowsCsv(href))).slice(1);
      const list = await page(href);
      assert.equal(told(list), rows.length, href);
      const sum = rows.reduce((all, row) => all + Math.round(Number(row[15]) * 100), 0) / 100;
      if (board !== "article-rows" || Number.isInteger(Number(value)) && !value.includes(".")) assert.equal(rows.length,
        Number(value), href);
      else assert.equal(sum, Number(value), href);
    }
  }
});

test("the rows of the ten largest and of the others are all rows", async () => {
  const client = await as("maja@x.se");
  const html = await page("/dashboards/cases?from=2026-01-01&to=2026-01-31", client);
  const { rows, links } = chart(html, "object");
  assert.equal(rows.length, 11);
  assert.deepEqual([rows[0][1], rows[10].slice(0, 2)], ["16", ["Övriga", "32"]]);
  const found = [];
  for (const [i, [href]] of links.entries()) {
    const numbers = await numbersOf(rowsCsv(href), client);
    assert.equal(numbers.length, Number(rows[i][1]), href);
    found.push(...numbers);
  }
  assert.deepEqual(found.sort(), many.map((one) => one.number).sort());
  assert.match(links[10][0], /by=object&others=1$/);
  assert.match(textOf(await page(links[10][0], client)), /Objekt: Övriga · 2026-01-01 – 2026-01-31/);
});

test("a list of rows is walked forward and back", async () => {
  const client = await as("maja@x.se");
  const first = "/dashboards/cases/rows?from=2026-01-01&to=2026-01-31";
  const pages = [];
  const walk = async (path, text) => {
    const found = [];
    for (; path; path = linkOf(found.at(-1).html, text)) found.push({ path, html: await page(path, client) });
    return found.map(({ path: at, html }) => ({ at, numbers: tableOf(html).rows.map((row) => row[1]) }));
  };
  pages.push(...(await walk(first, "Nästa")));
  assert.deepEqual(pages.map(({ numbers }) => numbers.length), [50, 50, 20]);
  const all = pages.flatMap(({ numbers }) => numbers);
  assert.deepEqual(all,
    (await csv("/dashboards/cases/rows.csv?from=2026-01-01&to=2026-01-31", client)).slice(1).map((row) => row[0]));
  assert.equal(new Set(all).size, 120);
  const created = Object.fromEntries(many.map((one) => [one.number, one.created]));
  assert.ok(all.every((number, i) => !i || created[all[i - 1]] >= created[number]), "newest first");
  const back = await walk(pages[2].at, "Föregående");
  assert.deepEqual(back.map(({ numbers }) => numbers), pages.map(({ numbers }) => numbers).reverse());
  for (const after of ["x", "1", "n.1", "n.1.61.x", "n.1.2", ".", "n.1.61.3.4"])
    assert.equal((await client.get(`${first}&after=${after}`)).status, 400, after);
  assert.equal((await client.get(`${first}&after=n.0.61.0`)).status, 200);
});

test("a row shows its case, with a link and a time for programs", async () => {
  const html = await page(`/dashboards/cases/rows?${MARCH}&by=object&is=H1&state=finished`);
  assert.match(textOf(html), /Objekt: Ängsgatan 1 · Avslutat · 2026-03-01 – 2026-03-31/);
  assert.deepEqual(tableOf(html).rows,
    [["Ärende F2", "F2", "Avslutat", "Felanmälan", "Brf Aspen", "Ängsgatan 1", "2026-03-03 08:00", "2026-03-05 08:00"],
    ["Ärende F1", "F1", "Avslutat", "Felanmälan", "Brf Aspen", "Ängsgatan 1", "2026-03-02 08:00", "2026-03-03 08:00"]]);
  assert.equal(linkOf(html, "F1"), "/cases/F1");
  assert.match(html, /<time datetime="2026-03-02T07:00:00Z">/);
  assert.equal(linkOf(html, "← Ärenden"), `/dashboards/cases?${MARCH}`);
});

test("the sum of rows stands beside their number", async () => {
  const html = await page(`/dashboards/article-rows/rows?${MARCH}`);
  assert.match(textOf(html), /4 rader · Summa \(exkl\. moms\): 234,18 kr/);
  assert.match(textOf(html), /1 rad har inget pris/);
  assert.deepEqual(tableOf(html).rows.at(-2),
    ["F1", "2026-03-02", "Tekniker", "Byte", "Tid", "2", "tim", "100,00", "", "200,00 kr"]);
});

test("what is out of sight has no name, and no more than what does not exist", async () => {
  const client = await karin();
  for (const [board, by, hidden] of [["cases", "object", "Y1"], ["cases", "customer", "C"],
    ["article-rows", "article", "900"], ["throughput", "object", "Y1"], ["work-orders", "object", "M7"]]) {
    const [one, none] = await Promise.all([hidden, "nothing"].map(async (is) =>
      withoutChance(await page(`/dashboards/${board}/rows?${MARCH}&by=${by}&is=${is}`, client))));
    assert.doesNotMatch(one, /Hemlig|Mast/, `${board} ${by}`);
    assert.equal(told(one), 0);
    assert.equal(one.replaceAll(new RegExp(`(?<=is=|is%3D|: )${hidden}\\b`, "g"), "nothing"), none, `${board} ${by}`);
    assert.equal((await csv(`/dashboards/${board}/rows.csv?${MARCH}&by=${by}&is=${hidden}`, client)).length, 1);
  }
});

test("a group that no number leads to is not found", async () => {
  const client = await karin();
  for (const query of ["by=x", "by=article&is=100", "by=time&is=2026-03-03", "by=status&is=gone", "state=gone",
    "by=type&others=1", "by=status&others=1"])
    for (const path of ["/rows", "/rows.csv", ".csv", "/rows.xlsx"]) assert.equal((
      await client.get(`/dashboards/cases${path}?${MARCH}&${query}`)).status, 404, `${path} ${query}`);
  assert.equal(told(await page(`/dashboards/cases/rows?${MARCH}&by=object&others=1`)), 0, "there are no others");
  assert.equal(told(await page(`/dashboards/cases/rows?${MARCH}&by=object`)), 3, "those without");
});

// --- to take away ----------------------------------------------------------------------------------------------------

test("the CSV of a dashboard is its rows, with code names", async () => {
  const heads = await Promise.all(
    BOARDS.map(async (board) => (await csv(`/dashboards/${board}.csv?${MARCH}`))[0].join(" ")));
  assert.deepEqual(heads, [
    "number title status type type_name priority priority_name customer customer_name object object_name created "
      + "started finished",
    "number case title work_order_type work_order_type_name status resource customer customer_name object object_name "
      + "booked_from booked_to created started finished",
    "number title type type_name customer customer_name object object_name created started finished throughput_time "
      + "waiting_time work_time",
    "number case work_order article article_name date title description action_code action_code_name article_type "
      + "quantity unit unit_price discount total resource"
      + " customer customer_name object object_name",
  ]);
  const answer = await (await karin()).get(`/dashboards/throughput.csv?${MARCH}&object=H1`);
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?throughput\.csv/);
  assert.deepEqual(readCsv(answer.text).slice(1), [
    ["F2", "Ärende F2", "fel", "Felanmälan", "A", "Brf Aspen", "H1", "Ängsgatan 1", "2026-03-03T07:00:00Z", "",
      "2026-03-05T07:00:00Z", "48", "", ""],
    ["F1", "Ärende F1", "fel", "Felanmälan", "A", "Brf Aspen", "H1", "Ängsgatan 1", "2026-03-02T07:00:00Z",
      "2026-03-02T09:00:00Z", "2026-03-03T07:00:00Z", "24", "2", "22"]]);
});

test("quotes come through the CSV, and no cell is a formula", async () => {
  const rows = [...(await csv(`/dashboards/article-rows.csv?${MARCH}`)),
    ...(await csv(`/dashboards/cases.csv?${MARCH}`))];
  assert.ok(rows.flat().includes('Rör, "böjt"'));
  assert.ok(rows.flat().includes("'=cmd") && rows.flat().includes("'=1+1"));
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r](?![\d.]+$)/);
});

test("the workbook opens and holds the rows of the CSV", async () => {
  const client = await karin();
  const folder = mkdtempSync(join(tmpdir(), "kundportal-test-"));
  try {
    for (const board of BOARDS) {
      const answer = await client.get(`/dashboards/${board}/rows.xlsx?${MARCH}`);
      assert.match(answer.headers.get("content-disposition"), new RegExp(`^attachment; filename="?${board}\\.xlsx`));
      writeFileSync(join(folder, "book.xlsx"), answer.bytes);
      execFileSync("unzip", ["-tq", join(folder, "book.xlsx")]);
      const book = readXlsx(answer.bytes);
      assert.deepEqual(book.slice(1).map((row) => row[0]).sort(), await numbersOf(`/dashboards/${board}.csv?${MARCH}`),
        board);
    }
    const [heads, ...rows] = readXlsx((await client.get(`/dashboards/throughput.xlsx?${MARCH}&object=X1`)).bytes);
    assert.deepEqual([heads.at(-3), ...rows[0].slice(-3)], ["Genomloppstid", 3.5, 1, 2.5]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the CSV of a chart is its table", async () => {
  const html = await page(`/dashboards/cases?${MARCH}`);
  assert.equal(chart(html, "type").csv, `/dashboards/cases.csv?chart=type&${MARCH}`);
  assert.deepEqual(await csv(chart(html, "type").csv),
    [["type", "type_name", "count", "finished", "open"], ["", "Inget angivet", "5", "1", "4"],
    ["fel", "Felanmälan", "2", "2", "0"], ["best", "Beställning", "1", "0", "1"]]);
  assert.deepEqual((await csv(`/dashboards/article-rows.csv?chart=article_type&${MARCH}`))[2],
    ["travel", "Resa", "", "1"]);
  assert.deepEqual((await csv(`/dashboards/throughput.csv?chart=object&${MARCH}`))[1],
    ["H1", "Ängsgatan 1", "36", "48", "36", "2", "22", "2"]);
  assert.deepEqual((await csv(`/dashboards/cases.csv?chart=time&${MARCH}`)).map((row) => row[0]).slice(0, 3),
    ["time", "2026-03-01", "2026-03-02"]);
  assert.equal((await (await karin()).get(`/dashboards/cases.csv?chart=article&${MARCH}`)).status, 404);
  for (const board of BOARDS)
    for (const [, id] of everyMatch(await page(`/dashboards/${board}?${MARCH}`),
      /class="chart-block" id="chart-(\w+)"/g, board)) {
      const lines = await csv(`/dashboards/${board}.csv?chart=${id}&${MARCH}`);
      assert.equal(lines.length - 1, chart(await page(`/dashboards/${board}?${MARCH}`), id).rows.length,
        `${board} ${id}`);
    }
});
