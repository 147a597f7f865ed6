// The four dashboards over HTTP (domain 8, contract 3): who has them, what they count, what narrows them, the rows behind each number,
// and what there is to take away.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  aroundThePeriod, as, behind, BOARDS, chart, csv, dayBefore, figures, files, karin, many, MARCH, monthsBack, numbersOf, onOneDay, page, PASSWORD, portal,
  told, values, withoutChance,
} from "./dashboards.mjs";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, selectOf, tableOf, textOf, unescape, valueOf } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";

// --- who has them ------------------------------------------------------------------------------------------------------------------------

const ADDRESSES = ["/dashboards", ...BOARDS.flatMap((board) => ["", ".csv", ".xlsx", "/rows", "/rows.csv", "/rows.xlsx"].map((end) => `/dashboards/${board}${end}`))];

test("a contact has all addresses, and the first dashboard is that of cases", async () => {
  const client = await karin();
  for (const path of ADDRESSES.slice(1)) assert.equal((await client.get(path)).status, 200, path);
  const first = await client.get("/dashboards");
  assert.deepEqual([first.status, first.headers.get("location")], [303, "/dashboards/cases"]);
});

for (const [who, name] of [["an account without a contact", "ensam@x.se"], ["a customer's login", "kund"], ["an object's login", "objekt"]]) {
  test(`${who} finds nothing at the addresses, and no entry in the menu`, async () => {
    const client = await as(name);
    for (const path of ADDRESSES) {
      const [answer, nowhere] = await Promise.all([path, path.replace("dashboards", "nowhere")].map((one) => client.get(one)));
      assert.equal(answer.status, 404, path);
      assert.ok(answer.bytes.equals(nowhere.bytes), path);
    }
    assert.doesNotMatch((await client.get("/")).text, /href="\/dashboards/);
  });
}

test("contacts have the entry in the menu, also those who see no cases", async () => {
  for (const name of ["karin", "tom", "olle"]) assert.match(await page("/", await as(`${name}@x.se`)), /href="\/dashboards"/, name);
});

test("without a session the pages lead to the login and files are refused", async () => {
  const nobody = portal.client();
  for (const path of ADDRESSES) {
    const answer = await nobody.get(path);
    if (/\.(csv|xlsx)$/.test(path)) assert.equal(answer.status, 401, path);
    else assert.deepEqual([answer.status, answer.headers.get("location")], [303, `/login?next=${encodeURIComponent(path)}`], path);
  }
});

test("addresses of no dashboard are not found", async () => {
  const client = await karin();
  for (const path of ["/dashboards/orders", "/dashboards/Cases", "/dashboards/cases/rows/1", "/dashboards/orders.csv", "/dashboards/orders/rows", "/dashboards/cases.pdf"])
    assert.equal((await client.get(path)).status, 404, path);
  assert.equal((await client.post("/dashboards/cases", {})).status, 405);
});

// --- the period ---------------------------------------------------------------------------------------------------------------------------

test("shows the same day three calendar months back to today, both included", () => onOneDay(async (day) => {
  const client = await as("doris@x.se");
  const first = monthsBack(day, 3);
  await portal.importFiles({ "cases.csv": aroundThePeriod(day) });
  const html = await page("/dashboards/cases", client);
  assert.equal(textOf(/class="board-period">(.*?)</.exec(html)[1]), `${first} – ${day}`);
  assert.equal(valueOf(html, "from"), first);
  assert.equal(valueOf(html, "to"), day);
  assert.equal(figures(html).Skapade.value, "2");
  assert.deepEqual(await numbersOf("/dashboards/cases.csv", client), ["D2", "D3"]);
  assert.deepEqual(await numbersOf(`/dashboards/cases.csv?from=${dayBefore(first)}`, client), ["D1", "D2", "D3"]);
}));

test("days are those of the installation's zone", async () => {
  assert.deepEqual(await numbersOf(`/dashboards/cases.csv?${MARCH}`), ["E2", "E3", "F1", "F2", "F3", "F4", "V1", "W1"]);
  assert.deepEqual(await numbersOf("/dashboards/cases.csv?from=2026-03-01&to=2026-03-01"), ["E2"]);
  assert.deepEqual(await numbersOf("/dashboards/cases.csv?from=2026-02-28&to=2026-02-28"), ["E1"]);
  assert.deepEqual(await numbersOf("/dashboards/cases.csv?from=2026-04-01&to=2026-04-01"), ["E4"]);
});

test("one day, years, and what lies ahead", async () => {
  const day = await page("/dashboards/cases?from=2026-03-02&to=2026-03-02");
  assert.deepEqual(chart(day, "time").rows, [["v. 10 2026", "1", "1", "0"]]);
  const ever = await page("/dashboards/cases?from=1000-01-01&to=9999-12-31");
  const years = chart(ever, "time");
  assert.equal(years.rows.length, 301);
  assert.deepEqual(years.rows[126], ["2026", "11", "3", "8"]);
  assert.deepEqual(await numbersOf(behind(years.links[126][0])), (await numbersOf("/dashboards/cases.csv?from=2026-01-01&to=2026-12-31")));
  for (const board of BOARDS) {
    const ahead = await page(`/dashboards/${board}?from=2100-01-01`);
    assert.equal(valueOf(ahead, "to"), "2100-01-01");
    assert.match(ahead, /Inget under perioden/);
    assert.equal((await csv(`/dashboards/${board}.csv?from=2100-01-01`)).length, 1);
  }
});

test("an empty period offers a longer one and no charts", async () => {
  const html = await page("/dashboards/article-rows?customer=T&from=2026-01-01&to=2026-01-31", await as("tom@x.se"));
  assert.doesNotMatch(html, /chart-block|charts\.js/);
  assert.match(linkOf(html, "Visa 12 månader"), /^\/dashboards\/article-rows\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
});

test("a ready-made period keeps the other choices and shows which one is on", () => onOneDay(async (day) => {
  const html = await page("/dashboards/cases?customer=A&type=fel");
  assert.equal(linkOf(html, "1 månad"), `/dashboards/cases?from=${monthsBack(day, 1)}&to=${day}&customer=A&type=fel`);
  assert.equal(linkOf(html, "I år"), `/dashboards/cases?from=${day.slice(0, 4)}-01-01&to=${day}&customer=A&type=fel`);
  assert.match(html, /<a class="btn btn-sm btn-secondary" href="[^"]*" aria-current="true">3 månader<\/a>/);
  assert.equal(linkOf(html, "Rensa"), "/dashboards/cases");
}));

test("the change is against as many days just before", async () => {
  const html = await page("/dashboards/cases?from=2026-03-02&to=2026-03-04");
  assert.equal(figures(html).Skapade.change, "+50 % mot perioden före (2)"); // E1 and E2
  assert.equal(figures(html).Avslutade.change, "0 perioden före");
  const same = await page("/dashboards/cases?from=2026-03-03&to=2026-03-03");
  assert.equal(figures(same).Skapade.change, "som perioden före (1)");
  const less = await page("/dashboards/cases?from=2026-03-04&to=2026-03-05");
  assert.equal(figures(less).Skapade.change, "−50 % mot perioden före (2)");
});

test("a change beyond all per cent is told by its number", async () => {
  const html = await page("/dashboards/article-rows?from=2026-01-02&to=2026-01-02", await as("maja@x.se"));
  assert.equal(figures(html)["Summa (exkl. moms)"].value, "900 000 000 000,00 kr");
  assert.equal(figures(html)["Summa (exkl. moms)"].change, "0,01 kr perioden före");
});

test("dates that are none are told beside their fields, and all that was asked for is kept", async () => {
  const client = await karin();
  const wrong = await client.get("/dashboards/cases?from=2026-13-01&to=2026-03-31&customer=A&type=fel");
  assert.equal(wrong.status, 400);
  assert.equal(errorOf(wrong.text, "from"), "Skriv datumet som år-månad-dag, till exempel 2026-03-31.");
  assert.equal(errorOf(wrong.text, "to"), "");
  assert.deepEqual([valueOf(wrong.text, "from"), valueOf(wrong.text, "to")], ["2026-13-01", "2026-03-31"]);
  assert.deepEqual([selectOf(wrong.text, "type").chosen, selectOf(wrong.text, "customer").chosen], ["fel", "A"]);
  assert.doesNotMatch(wrong.text, /class="figures"|aria-current="true"/);
  const turned = await client.get("/dashboards/throughput?from=2026-03-31&to=2026-03-01");
  assert.deepEqual([turned.status, errorOf(turned.text, "to")], [400, "Sista dagen är före den första."]);
  for (const query of ["to=2200-12-32", "from=2026-1-1", "to=x", "from=0000-00-00", "from=2026-03-01%00"])
    assert.equal((await client.get(`/dashboards/cases?${query}`)).status, 400, query);
  assert.equal((await client.get("/dashboards/article-rows?article_type=gold")).status, 400);
});

test("what is wrong leads from the rows to the dashboard, and is refused in files", async () => {
  const client = await karin();
  const rows = await client.get("/dashboards/cases/rows?from=x&by=type&is=fel");
  assert.deepEqual([rows.status, rows.headers.get("location")], [303, "/dashboards/cases?from=x&by=type&is=fel"]);
  for (const path of [".csv?from=x", ".xlsx?to=x", "/rows.csv?from=x", ".csv?chart=time&from=x"])
    assert.equal((await client.get(`/dashboards/cases${path}`)).status, 400, path);
});

// --- what is counted ------------------------------------------------------------------------------------------------------------------------

test("cases: created, finished and open, each once however many ways lead to it", async () => {
  const html = await page(`/dashboards/cases?${MARCH}`);
  assert.deepEqual(values(html), { Skapade: "8", Avslutade: "3", "Ej avslutade": "5" });
  assert.deepEqual(chart(html, "type").rows, [["Inget angivet", "5", "1", "4"], ["Felanmälan", "2", "2", "0"], ["Beställning", "1", "0", "1"]]);
  assert.deepEqual(chart(html, "status").rows, [["Ej påbörjat", "3"], ["Påbörjat", "2"], ["Avslutat", "3"]]);
  assert.deepEqual(chart(html, "object").rows, [["Inget angivet", "3", "0", "3"], ["Ängsgatan 1", "2", "2", "0"], ["Ängsgatan 2", "2", "0", "2"], ["Porten", "1", "1", "0"]]);
  assert.deepEqual(chart(html, "customer").rows, [["Brf Aspen", "7", "2", "5"], ["Brf Björken", "1", "1", "0"]]);
  assert.deepEqual(chart(html, "customer").sum, ["Alla", "8", "3", "5"]);
  assert.deepEqual(chart(html, "time").rows.map((row) => row.slice(0, 2)), [["v. 9 2026", "1"], ["v. 10 2026", "3"], ["v. 11 2026", "2"], ["v. 12 2026", "1"],
    ["v. 13 2026", "0"], ["v. 14 2026", "1"]]);
});

test("work orders: by when they were created, on time up to the second of the booking", async () => {
  const html = await page(`/dashboards/work-orders?${MARCH}`);
  assert.deepEqual(values(html), { Skapade: "5", Avslutade: "3", "Avslutade i tid": "1", "Ej avslutade": "2" });
  assert.deepEqual(chart(html, "punctuality").rows, [["Avslutad i tid", "1"], ["Avslutad för sent", "1"], ["Avslutad utan bokning", "1"], ["Ej avslutad", "2"]]);
  assert.deepEqual(chart(html, "type").rows, [["Inget angivet", "2", "0", "2"], ["Jour", "2", "2", "0"], ["Planerat", "1", "1", "0"]]);
  assert.deepEqual(chart(html, "status").rows, [["Ej påbörjad", "1"], ["Påbörjad", "1"], ["Avslutad", "3"]]);
  assert.deepEqual(chart(html, "object").rows.map((row) => row.slice(0, 2)), [["Ängsgatan 2", "4"], ["Ängsgatan 1", "1"]]);
  assert.deepEqual(await numbersOf(behind(figures(html)["Avslutade i tid"].href)), ["W1-1"]);
});

test("throughput: of cases finished in the period, waiting apart from work", async () => {
  const html = await page(`/dashboards/throughput?${MARCH}`);
  assert.deepEqual(values(html), { "Avslutade ärenden": "3", Median: "24 tim 0 min", Medelvärde: "25 tim 10 min", "90:e percentilen": "2 d 0 tim",
    "Väntan (median)": "1 tim 30 min", "Arbete (median)": "12 tim 15 min" });
  assert.deepEqual(chart(html, "distribution").rows.filter((row) => row[1] !== "0"), [["under 4 timmar", "1"], ["1 till 2 dygn", "1"], ["2 till 4 dygn", "1"]]);
  assert.deepEqual(chart(html, "object").rows[0], ["Ängsgatan 1", "36 tim 0 min", "2 d 0 tim", "36 tim 0 min", "2 tim 0 min", "22 tim 0 min", "2"]);
  assert.deepEqual(chart(html, "halves").rows[0].slice(1), ["–", "–", "0"]);
  assert.deepEqual(await numbersOf("/dashboards/throughput.csv?from=2026-03-04&to=2026-03-11"), ["F2", "V1"]);
});

test("article rows: of cases of the period, whatever their own date, without cancelled ones", async () => {
  const html = await page(`/dashboards/article-rows?${MARCH}`);
  assert.deepEqual(values(html), { "Summa (exkl. moms)": "234,18 kr", Rader: "4" });
  assert.deepEqual(chart(html, "article_type").rows, [["Material", "44,19 kr", "1"], ["Resa", "–", "1"], ["Tid", "200,00 kr", "1"], ["Inköp", "0,00 kr", "0"], ["Övrigt", "−10,01 kr", "1"]]);
  assert.deepEqual(chart(html, "action_code").rows, [["Byte", "200,00 kr", "1"], ["Inget angivet", "34,18 kr", "3"]]);
  assert.deepEqual(chart(html, "article").rows, [["Tekniker", "200,00 kr", "1"], ["Inget angivet", "34,18 kr", "3"]]);
  assert.match(textOf(html), /1 rad har inget pris som du får se\. Den räknas, men inte i summorna\./);
});

test("waiting and work lead to the cases whose start is known, and to nothing where none is", async () => {
  const html = await page(`/dashboards/throughput?${MARCH}`);
  for (const label of ["Väntan (median)", "Arbete (median)"]) {
    const { href } = figures(html)[label];
    assert.deepEqual(await numbersOf(behind(href)), ["F1", "V1"], label);
    assert.match(textOf(await page(href)), /Känd start · 2026-03-01 – 2026-03-31/);
  }
  const [, , , waiting, working, all] = chart(html, "object").links[0];
  for (const [href, numbers] of [[waiting, ["F1"]], [working, ["F1"]], [all, ["F1", "F2"]]]) assert.deepEqual(await numbersOf(behind(href)), numbers, href);
  const unknown = figures(await page("/dashboards/throughput?from=2026-03-05&to=2026-03-05"));
  assert.deepEqual([unknown["Väntan (median)"], unknown.Median.value], [{ value: "–", change: "", href: "" }, "2 d 0 tim"]);
  assert.equal((await (await karin()).get(`/dashboards/cases/rows?${MARCH}&state=start_known`)).status, 404);
});

test("work orders behind a number are told of in their own gender", async () => {
  const html = await page(`/dashboards/work-orders?${MARCH}`);
  for (const [label, told] of [["Avslutade", "Avslutad ·"], ["Ej avslutade", "Ej avslutad ·"]]) assert.match(textOf(await page(figures(html)[label].href)), new RegExp(` ${told}`));
});

// --- prices -----------------------------------------------------------------------------------------------------------------------------------

const totals = async (client, query = MARCH) => Object.fromEntries((await csv(`/dashboards/article-rows.csv?${query}`, client)).slice(1).map((row) => [row[0], row[15]]));

test("prices follow the customer of the case", async () => {
  assert.deepEqual(await totals(await karin()), { R1: "200.00", R2: "44.19", R4: "-10.01", R5: "" });
  const html = await page(`/dashboards/article-rows?${MARCH}`, await as("olle@x.se"));
  assert.deepEqual(values(html), { Rader: "1" });
  assert.deepEqual(chart(html, "time").heads, ["Period", "Rader"]);
  assert.doesNotMatch(withoutChance(html), /250|Summa \(/);
  assert.match(html, /1 rad har inget pris/);
});

test("the settings show prices to all, or to nobody", async () => {
  const always = await startPortal({ files, config: "[actions]\nprices = always\n" });
  try {
    assert.deepEqual(await totals(await karin(always)), { R1: "200.00", R2: "44.19", R4: "-10.01", R5: "250.00" });
    const html = await page(`/dashboards/article-rows?${MARCH}`, await karin(always));
    assert.equal(figures(html)["Summa (exkl. moms)"].value, "484,18 kr");
    assert.doesNotMatch(html, /inget pris/);
    assert.deepEqual(await totals(await as("olle@x.se", always)), { R5: "250.00" });
  } finally {
    await always.stop();
  }
  const never = await startPortal({ files, config: "[actions]\nprices = never\n" });
  try {
    const client = await karin(never);
    const html = await page(`/dashboards/article-rows?${MARCH}`, client);
    assert.deepEqual(values(html), { Rader: "4" });
    assert.match(html, /4 rader har inget pris/);
    for (const path of [`.csv?${MARCH}`, `/rows?${MARCH}`, `.csv?chart=object&${MARCH}`])
      assert.doesNotMatch(withoutChance(await page(`/dashboards/article-rows${path}`, client)), /234|200[.,]00|44[.,]19|50[.,]5/, path);
    assert.doesNotMatch(await page(`/dashboards/article-rows/rows?${MARCH}`, client), /result-sum/);
  } finally {
    await never.stop();
  }
});

// --- filters ------------------------------------------------------------------------------------------------------------------------------------

test("each dashboard has its filters", async () => {
  const names = (html) => [...html.matchAll(/<(?:select|input)[^>]*\bname="([a-z_]+)"/g)].map((m) => m[1]).filter((name) => !["csrf_token", "lang", "next", "theme"].includes(name));
  const forms = await Promise.all(BOARDS.map(async (board) => names(/<form class="search-form board-form.*?<\/form>/s.exec(await page(`/dashboards/${board}`))[0])));
  assert.deepEqual(forms, [["from", "to", "customer", "object", "type"], ["from", "to", "customer", "object", "work_order_type"], ["from", "to", "customer", "object"],
    ["from", "to", "customer", "object", "action_code", "article_type"]]);
});

test("filters narrow the numbers, the rows and the files alike", async () => {
  for (const [board, filter, wanted] of [["cases", "customer=B", ["V1"]], ["cases", "object=H1&type=fel", ["F1", "F2"]], ["cases", "customer=B&object=H1", []],
    ["work-orders", "work_order_type=jour", ["W1-1", "W1-2"]], ["work-orders", "object=H1", ["W2-1"]], ["throughput", "object=X1", ["V1"]],
    ["throughput", "customer=A", ["F1", "F2"]], ["article-rows", "action_code=byte", ["R1"]], ["article-rows", "article_type=other&customer=A", ["R4"]]]) {
    assert.deepEqual(await numbersOf(`/dashboards/${board}.csv?${MARCH}&${filter}`), wanted, `${board} ${filter}`);
    const html = await page(`/dashboards/${board}?${MARCH}&${filter}`);
    if (!wanted.length) assert.match(html, /Inget under perioden/);
    else assert.equal(told(await page(linkOf(html, "Alla rader"))), wanted.length, `${board} ${filter}`);
  }
  assert.deepEqual(await numbersOf(`/dashboards/throughput.csv?${MARCH}&type=fel`), ["F1", "F2", "V1"], "what a dashboard does not have is ignored");
});

test("what narrows is told in words, and links keep it", async () => {
  const html = await page(`/dashboards/cases?${MARCH}&customer=A&type=fel`);
  assert.match(textOf(html), /2026-03-01 – 2026-03-31 · Kund: Brf Aspen \(A\) · Ärendetyp: Felanmälan/);
  assert.equal(linkOf(html, "Arbetsorder"), `/dashboards/work-orders?${MARCH}&customer=A`);
  assert.equal(chart(html, "object").links[0][0], `/dashboards/cases/rows?${MARCH}&customer=A&type=fel&by=object&is=H1`);
});

test("among many objects the number may be typed", async () => {
  const client = await as("maja@x.se");
  const period = "from=2026-01-01&to=2026-01-31";
  const html = await page(`/dashboards/cases?${period}&object=&object_search=+M14+`, client);
  assert.equal(figures(html).Skapade.value, "16");
  assert.match(linkOf(html, "Alla rader"), /object=M14/);
  const asked = await client.get(`/dashboards/cases?${period}&object=&object_search=mast+1&type=fel`);
  assert.equal(asked.status, 400);
  assert.equal(errorOf(asked.text, "object"), "Välj en av träffarna eller töm sökrutan.");
  assert.equal(valueOf(asked.text, "object_search"), "mast 1");
});

test("values that mean nothing find nothing", async () => {
  for (const filter of ["customer=none", "object=none", "type=none", "customer=C", "object=Y1", "type=%27%3B--", `customer=${"x".repeat(2000)}`]) {
    const html = await page(`/dashboards/cases?${MARCH}&${filter}`);
    assert.match(html, /Inget under perioden/, filter);
    assert.doesNotMatch(html, /Hemliga/, filter);
  }
});

// --- the rows behind a number -----------------------------------------------------------------------------------------------------------------------

test("every number leads to as many rows as it says, and sums to their sum", async () => {
  for (const board of BOARDS) {
    const html = await page(`/dashboards/${board}?${MARCH}`);
    const numbers = [...html.matchAll(/<td class="cell-number" data-value="([^"]*)">(?:<a href="([^"]*)">)?/g)];
    assert.ok(numbers.length > 20, board);
    for (const [, value, link] of numbers) {
      if (!link) assert.equal(Number(value), 0, `${board}: a number without rows`);
      if (!link || board === "throughput") continue;
      const href = unescape(link);
      const rows = (await csv(behind(href))).slice(1);
      const list = await page(href);
      assert.equal(told(list), rows.length, href);
      const sum = rows.reduce((all, row) => all + Math.round(Number(row[15]) * 100), 0) / 100;
      if (board !== "article-rows" || Number.isInteger(Number(value)) && !value.includes(".")) assert.equal(rows.length, Number(value), href);
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
    const numbers = await numbersOf(behind(href), client);
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
    return found.map(({ path: at, html }) => ({ at, numbers: tableOf(html).rows.map((row) => row[0]) }));
  };
  pages.push(...(await walk(first, "Nästa")));
  assert.deepEqual(pages.map(({ numbers }) => numbers.length), [50, 50, 20]);
  const all = pages.flatMap(({ numbers }) => numbers);
  assert.deepEqual(all, (await csv("/dashboards/cases/rows.csv?from=2026-01-01&to=2026-01-31", client)).slice(1).map((row) => row[0]));
  assert.equal(new Set(all).size, 120);
  const created = Object.fromEntries(many.map((one) => [one.number, one.created]));
  assert.ok(all.every((number, i) => !i || created[all[i - 1]] >= created[number]), "newest first");
  const back = await walk(pages[2].at, "Föregående");
  assert.deepEqual(back.map(({ numbers }) => numbers), pages.map(({ numbers }) => numbers).reverse());
  for (const after of ["x", "1", "1.x", ".", "1.2.3"]) assert.equal((await client.get(`${first}&after=${after}`)).status, 400, after);
  assert.equal((await client.get(`${first}&after=0.0`)).status, 200);
});

test("a row tells of its case, with a link and a time for programs", async () => {
  const html = await page(`/dashboards/cases/rows?${MARCH}&by=object&is=H1&state=finished`);
  assert.match(textOf(html), /Objekt: Ängsgatan 1 · Avslutat · 2026-03-01 – 2026-03-31/);
  assert.deepEqual(tableOf(html).rows, [["F2", "Ärende F2", "Avslutat", "Felanmälan", "Brf Aspen", "Ängsgatan 1", "2026-03-03 08:00", "2026-03-05 08:00"],
    ["F1", "Ärende F1", "Avslutat", "Felanmälan", "Brf Aspen", "Ängsgatan 1", "2026-03-02 08:00", "2026-03-03 08:00"]]);
  assert.equal(linkOf(html, "F1"), "/cases/F1");
  assert.match(html, /<time datetime="2026-03-02T07:00:00Z">/);
  assert.equal(linkOf(html, "← Ärenden"), `/dashboards/cases?${MARCH}`);
});

test("the sum of rows stands beside their number", async () => {
  const html = await page(`/dashboards/article-rows/rows?${MARCH}`);
  assert.match(textOf(html), /4 rader Summa \(exkl\. moms\): 234,18 kr/);
  assert.match(textOf(html), /1 rad har inget pris/);
  assert.deepEqual(tableOf(html).rows.at(-1), ["F1", "2026-03-02", "Tekniker", "Byte", "Tid", "2", "tim", "100,00", "0 %", "200,00 kr"]);
});

test("what is out of sight has no name, and no more than what does not exist", async () => {
  const client = await karin();
  for (const [board, by, hidden] of [["cases", "object", "Y1"], ["cases", "customer", "C"], ["article-rows", "article", "900"], ["throughput", "object", "Y1"], ["work-orders", "object", "M7"]]) {
    const [one, none] = await Promise.all([hidden, "nothing"].map((is) => page(`/dashboards/${board}/rows?${MARCH}&by=${by}&is=${is}`, client)));
    assert.doesNotMatch(one, /Hemlig|Mast/, `${board} ${by}`);
    assert.equal(told(one), 0);
    assert.equal(one.replaceAll(new RegExp(`(?<=is=|is%3D|: )${hidden}\\b`, "g"), "nothing"), none, `${board} ${by}`);
    assert.equal((await csv(`/dashboards/${board}/rows.csv?${MARCH}&by=${by}&is=${hidden}`, client)).length, 1);
  }
});

test("a group that no number leads to is not found", async () => {
  const client = await karin();
  for (const query of ["by=x", "by=article&is=100", "by=time&is=2026-03-03", "by=status&is=gone", "state=gone", "by=type&others=1", "by=status&others=1"])
    for (const path of ["/rows", "/rows.csv", ".csv", "/rows.xlsx"]) assert.equal((await client.get(`/dashboards/cases${path}?${MARCH}&${query}`)).status, 404, `${path} ${query}`);
  assert.equal(told(await page(`/dashboards/cases/rows?${MARCH}&by=object&others=1`)), 0, "there are no others");
  assert.equal(told(await page(`/dashboards/cases/rows?${MARCH}&by=object`)), 3, "those without");
});

// --- to take away --------------------------------------------------------------------------------------------------------------------------------

test("the CSV of a dashboard is its rows, with code names", async () => {
  const heads = await Promise.all(BOARDS.map(async (board) => (await csv(`/dashboards/${board}.csv?${MARCH}`))[0].join(" ")));
  assert.deepEqual(heads, [
    "number title status type type_name priority priority_name customer customer_name object object_name created started finished",
    "number case title work_order_type work_order_type_name status resource customer customer_name object object_name booked_from booked_to created started finished",
    "number title type type_name customer customer_name object object_name created started finished throughput_time waiting_time work_time",
    "number case work_order article article_name date title description action_code action_code_name article_type quantity unit unit_price discount total resource"
      + " customer customer_name object object_name",
  ]);
  const answer = await (await karin()).get(`/dashboards/throughput.csv?${MARCH}&object=H1`);
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?throughput\.csv/);
  assert.deepEqual(readCsv(answer.text).slice(1), [
    ["F2", "Ärende F2", "fel", "Felanmälan", "A", "Brf Aspen", "H1", "Ängsgatan 1", "2026-03-03T07:00:00Z", "", "2026-03-05T07:00:00Z", "48", "", ""],
    ["F1", "Ärende F1", "fel", "Felanmälan", "A", "Brf Aspen", "H1", "Ängsgatan 1", "2026-03-02T07:00:00Z", "2026-03-02T09:00:00Z", "2026-03-03T07:00:00Z", "24", "2", "22"]]);
});

test("quotes come through the CSV, and no cell is a formula", async () => {
  const rows = [...(await csv(`/dashboards/article-rows.csv?${MARCH}`)), ...(await csv(`/dashboards/cases.csv?${MARCH}`))];
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
      assert.deepEqual(book.slice(1).map((row) => row[0]).sort(), await numbersOf(`/dashboards/${board}.csv?${MARCH}`), board);
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
  assert.deepEqual(await csv(chart(html, "type").csv), [["type", "type_name", "count", "finished", "open"], ["", "Inget angivet", "5", "1", "4"],
    ["fel", "Felanmälan", "2", "2", "0"], ["best", "Beställning", "1", "0", "1"]]);
  assert.deepEqual((await csv(`/dashboards/article-rows.csv?chart=article_type&${MARCH}`))[2], ["travel", "Resa", "", "1"]);
  assert.deepEqual((await csv(`/dashboards/throughput.csv?chart=object&${MARCH}`))[1], ["H1", "Ängsgatan 1", "36", "48", "36", "2", "22", "2"]);
  assert.deepEqual((await csv(`/dashboards/cases.csv?chart=time&${MARCH}`)).map((row) => row[0]).slice(0, 3), ["time", "2026-03-01", "2026-03-02"]);
  assert.equal((await (await karin()).get(`/dashboards/cases.csv?chart=article&${MARCH}`)).status, 404);
  for (const board of BOARDS)
    for (const [, id] of (await page(`/dashboards/${board}?${MARCH}`)).matchAll(/class="chart-block" id="(\w+)"/g))
      assert.equal((await csv(`/dashboards/${board}.csv?chart=${id}&${MARCH}`)).length - 1, chart(await page(`/dashboards/${board}?${MARCH}`), id).rows.length, `${board} ${id}`);
});

// --- texts ------------------------------------------------------------------------------------------------------------------------------------------

test("the English pages have English texts", async () => {
  const client = portal.client();
  await client.login("karin@x.se", PASSWORD);
  await client.get("/language?lang=en&next=%2F");
  const html = await page(`/dashboards/work-orders?${MARCH}`, client);
  assert.deepEqual(Object.keys(figures(html)), ["Created", "Finished", "Finished on time", "Not finished"]);
  assert.deepEqual(chart(html, "type").rows.map((row) => row[0]), ["None", "Emergency", "Planerat"]);
  assert.deepEqual(chart(html, "punctuality").rows.map((row) => row[0]), ["Finished on time", "Finished late", "Finished without booking", "Not finished"]);
  for (const board of BOARDS)
    for (const path of ["", "/rows"]) {
      const text = textOf(/<main.*<\/main>/s.exec(await page(`/dashboards/${board}${path}?${MARCH}`, client))[0]);
      assert.doesNotMatch(text, /\((?:several|work orders?)\)|[Aa]vslut|[Ss]kapa|[Pp]eriode|Övriga|Summa|\brader\b|Inget|Visa/, `${board}${path}`);
    }
  assert.equal(figures(await page(`/dashboards/throughput?${MARCH}`, client))["Waiting (median)"].value, "1 h 30 min");
});
