// The four dashboards over HTTP (domain 8, contract 3): who has them, what they count, and their filters. The rows
// of the figures are in dashboards_rows.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aroundThePeriod, as, BOARDS, chart, csv, dayBefore, figures, files, karin, many, MARCH, monthsBack,
  numbersOf, onOneDay, page, PASSWORD, portal, range, rowsCsv, titles, told, values, withoutChance,
} from "./dashboards.mjs";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, selectOf, textOf, valueOf } from "./html.mjs";

// --- who has them ----------------------------------------------------------------------------------------------------

const ADDRESSES = ["/dashboards", ...BOARDS.flatMap((board) =>
  ["", ".csv", ".xlsx", "/rows", "/rows.csv", "/rows.xlsx"].map((end) => `/dashboards/${board}${end}`))];

test("a contact has all addresses, and the first dashboard is that of cases", async () => {
  const client = await karin();
  for (const path of ADDRESSES.slice(1)) assert.equal((await client.get(path)).status, 200, path);
  const first = await client.get("/dashboards");
  assert.deepEqual([first.status, first.headers.get("location")], [303, "/dashboards/cases"]);
});

for (const [who, name] of [["an account without a contact", "ensam@x.se"], ["a customer's login", "kund"],
  ["an object's login", "objekt"]]) {
  test(`${who} finds nothing at the addresses, and no entry in the menu`, async () => {
    const client = await as(name);
    for (const path of ADDRESSES) {
      const [answer,
        nowhere] = await Promise.all([path, path.replace("dashboards", "nowhere")].map((one) => client.get(one)));
      assert.equal(answer.status, 404, path);
      assert.equal(withoutChance(answer.text), withoutChance(nowhere.text), path);
    }
    assert.doesNotMatch((await client.get("/")).text, /href="\/dashboards/);
  });
}

test("contacts have the entry in the menu, also those who see no cases", async () => {
  for (const name of ["karin", "tom", "olle"]) assert.match(await page("/", await as(`${name}@x.se`)),
    /href="\/dashboards"/, name);
});

test("without a session the pages lead to the login and files are refused", async () => {
  const nobody = portal.client();
  for (const path of ADDRESSES) {
    const answer = await nobody.get(path);
    if (/\.(csv|xlsx)$/.test(path)) assert.equal(answer.status, 401, path);
    else assert.deepEqual([answer.status, answer.headers.get("location")],
      [303, `/login?next=${encodeURIComponent(path)}`], path);
  }
});

test("addresses of no dashboard are not found", async () => {
  const client = await karin();
  for (const path of ["/dashboards/orders", "/dashboards/Cases", "/dashboards/cases/rows/1", "/dashboards/orders.csv",
    "/dashboards/orders/rows", "/dashboards/cases.pdf"])
    assert.equal((await client.get(path)).status, 404, path);
  assert.equal((await client.post("/dashboards/cases", {})).status, 405);
});

// --- the period ------------------------------------------------------------------------------------------------------

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
  assert.deepEqual(chart(day, "time").rows, [["v. 10", "1", "1", "0"]]);
  const ever = await page("/dashboards/cases?from=1000-01-01&to=9999-12-31");
  const years = chart(ever, "time");
  assert.equal(years.rows.length, 301);
  assert.deepEqual(years.rows[126], ["2026", "11", "3", "8"]);
  assert.deepEqual(await numbersOf(rowsCsv(years.links[126][0])),
    (await numbersOf("/dashboards/cases.csv?from=2026-01-01&to=2026-12-31")));
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
  assert.match(html, /<a class="chip" href="[^"]*" aria-current="true">3 månader<\/a>/);
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

test("a change too large for per cent is shown by its number alone", async () => {
  const html = await page("/dashboards/article-rows?from=2026-01-02&to=2026-01-02", await as("maja@x.se"));
  assert.equal(figures(html)["Summa (exkl. moms)"].value, "900 000 000 000,00 kr");
  assert.equal(figures(html)["Summa (exkl. moms)"].change, "0,01 kr perioden före");
});

test("impossible dates are refused beside their fields, and the other criteria stay", async () => {
  const client = await karin();
  const wrong = await client.get("/dashboards/cases?from=2026-13-01&to=2026-03-31&customer=A&type=fel");
  assert.equal(wrong.status, 400);
  assert.equal(errorOf(wrong.text, "from"), "Skriv datumet som år-månad-dag, till exempel 2026-03-31.");
  assert.equal(errorOf(wrong.text, "to"), "");
  assert.deepEqual([valueOf(wrong.text, "from"), valueOf(wrong.text, "to")], ["2026-13-01", "2026-03-31"]);
  assert.deepEqual([selectOf(wrong.text, "type").chosen, selectOf(wrong.text, "customer").chosen], ["fel", "A"]);
  assert.doesNotMatch(wrong.text, /class="figures"|class="board-period"|aria-current="true"/);
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

// --- what is counted -------------------------------------------------------------------------------------------------

test("cases: created, finished and open, each once however many ways lead to it", async () => {
  const html = await page(`/dashboards/cases?${MARCH}`);
  assert.deepEqual(values(html), { Skapade: "8", Avslutade: "3", "Ej avslutade": "5" });
  assert.deepEqual(chart(html, "type").rows,
    [["Inget angivet", "5", "1", "4"], ["Felanmälan", "2", "2", "0"], ["Beställning", "1", "0", "1"]]);
  assert.deepEqual(chart(html, "status").rows, [["Ej påbörjat", "3"], ["Påbörjat", "2"], ["Avslutat", "3"]]);
  assert.deepEqual(chart(html, "object").rows, [["Inget angivet", "3", "0", "3"], ["Ängsgatan 1", "2", "2", "0"],
    ["Ängsgatan 2", "2", "0", "2"], ["Porten", "1", "1", "0"]]);
  assert.deepEqual(chart(html, "customer").rows, [["Brf Aspen", "7", "2", "5"], ["Brf Björken", "1", "1", "0"]]);
  assert.deepEqual(chart(html, "customer").sum, ["Alla", "8", "3", "5"]);
  assert.deepEqual(chart(html, "time").rows.map((row) => row.slice(0, 2)),
    [["v. 9", "1"], ["v. 10", "3"], ["v. 11", "2"], ["v. 12", "1"],
    ["v. 13", "0"], ["v. 14", "1"]]);
});

test("work orders: by when they were created, on time up to the second of the booking", async () => {
  const html = await page(`/dashboards/work-orders?${MARCH}`);
  assert.deepEqual(values(html), { Skapade: "5", Avslutade: "3", "Avslutade i tid": "1", "Ej avslutade": "2" });
  assert.deepEqual(chart(html, "punctuality").rows,
    [["Avslutad i tid", "1"], ["Avslutad för sent", "1"], ["Avslutad utan bokning", "1"], ["Ej avslutad", "2"]]);
  assert.deepEqual(chart(html, "type").rows,
    [["Jour", "2", "2", "0"], ["Inget angivet", "2", "0", "2"], ["Planerat", "1", "1", "0"]]);
  assert.deepEqual(chart(html, "status").rows, [["Ej påbörjad", "1"], ["Påbörjad", "1"], ["Avslutad", "3"]]);
  assert.deepEqual(chart(html, "object").rows.map((row) => row.slice(0, 2)),
    [["Ängsgatan 2", "4"], ["Ängsgatan 1", "1"]]);
  assert.deepEqual(await numbersOf(rowsCsv(figures(html)["Avslutade i tid"].href)), ["W1-1"]);
});

test("being cancelled is no group of a dashboard, since what is cancelled counts nowhere", async () => {
  for (const board of ["cases", "work-orders"]) {
    assert.equal(chart(await page(`/dashboards/${board}?${MARCH}`), "status").rows.length, 3, board);
    const rows = `/dashboards/${board}/rows?${MARCH}&by=status`;
    assert.equal((await (await karin()).get(`${rows}&is=finished`)).status, 200, board);
    assert.equal((await (await karin()).get(`${rows}&is=cancelled`)).status, 404, board);
  }
});

test("throughput: of cases finished in the period, waiting apart from work", async () => {
  const html = await page(`/dashboards/throughput?${MARCH}`);
  assert.deepEqual(values(html),
    { "Avslutade ärenden": "3", "Hälften klara inom": "24 tim 0 min", "I genomsnitt": "25 tim 10 min",
    "9 av 10 klara inom": "2 d 0 tim", "Typisk väntan": "1 tim 30 min", "Typisk arbetstid": "12 tim 15 min" });
  assert.deepEqual(chart(html, "distribution").rows.filter((row) => row[1] !== "0"),
    [["under 4 timmar", "1"], ["1 till 2 dygn", "1"], ["2 till 4 dygn", "1"]]);
  assert.deepEqual(chart(html, "object").rows[0],
    ["Ängsgatan 1", "36 tim 0 min", "2 d 0 tim", "36 tim 0 min", "2 tim 0 min", "22 tim 0 min", "2"]);
  assert.deepEqual(chart(html, "halves").rows[0].slice(1), ["–", "–", "0"]);
  assert.deepEqual(await numbersOf("/dashboards/throughput.csv?from=2026-03-04&to=2026-03-11"), ["F2", "V1"]);
});

test("article rows: of cases of the period, whatever their own date, without cancelled ones", async () => {
  const html = await page(`/dashboards/article-rows?${MARCH}`);
  assert.deepEqual(values(html), { "Summa (exkl. moms)": "234,18 kr", Rader: "4" });
  assert.deepEqual(chart(html, "article_type").rows, [["Material", "44,19 kr", "1"], ["Resa", "–", "1"],
    ["Tid", "200,00 kr", "1"], ["Inköp", "0,00 kr", "0"], ["Övrigt", "−10,01 kr", "1"]]);
  assert.deepEqual(chart(html, "action_code").rows, [["Byte", "200,00 kr", "1"], ["Inget angivet", "34,18 kr", "3"]]);
  assert.deepEqual(chart(html, "article").rows, [["Tekniker", "200,00 kr", "1"], ["Inget angivet", "34,18 kr", "3"]]);
  assert.match(textOf(html), /1 rad har inget pris som du får se\. Den räknas, men inte i summorna\./);
});

test("waiting and work lead to the cases whose start is known, and without such cases to no rows", async () => {
  const html = await page(`/dashboards/throughput?${MARCH}`);
  for (const label of ["Typisk väntan", "Typisk arbetstid"]) {
    const { href } = figures(html)[label];
    assert.deepEqual(await numbersOf(rowsCsv(href)), ["F1", "V1"], label);
    assert.match(textOf(await page(href)), /Känd start · 2026-03-01 – 2026-03-31/);
  }
  const [, , , waiting, working, all] = chart(html, "object").links[0];
  for (const [href, numbers] of [[waiting, ["F1"]], [working, ["F1"]], [all, ["F1", "F2"]]]) assert.deepEqual(
    await numbersOf(rowsCsv(href)), numbers, href);
  const unknown = figures(await page("/dashboards/throughput?from=2026-03-05&to=2026-03-05"));
  assert.deepEqual([unknown["Typisk väntan"], unknown["Hälften klara inom"].value],
    [{ value: "–", change: "", href: "" }, "2 d 0 tim"]);
  assert.equal((await (await karin()).get(`/dashboards/cases/rows?${MARCH}&state=start_known`)).status, 404);
});

test("Swedish texts about work orders use the gender of the word", async () => {
  const html = await page(`/dashboards/work-orders?${MARCH}`);
  for (const [label, told] of [["Avslutade", "Avslutad ·"], ["Ej avslutade", "Ej avslutad ·"]]) assert.match(
    textOf(await page(figures(html)[label].href)), new RegExp(` ${told}`));
});

// --- what is equal ---------------------------------------------------------------------------------------------------

// For Tom: fourteen of everything, each once and written in the wrong order, all at one moment.
const alike = range(14, (i) => 14 - i);
const ofAlike = (head, row) => [head, ...alike.map(row)].join("\n");
const alikeFiles = {
  "picklists.csv": [ofAlike("list,key,label_sv,label_en", (n) => `case_type,typ${n},Typ ${n},Kind ${n}`),
    ...alike.flatMap((n) => [`work_order_type,typ${n},Typ ${n},`, `action_code,kod${n},Kod ${n},`])].join("\n"),
  "customers.csv": ofAlike("number,name", (n) => `T${n},Kund ${n}`),
  "objects.csv": ofAlike("number,name,customer", (n) => `T${n},Hus ${n},T${n}`),
  "articles.csv": ofAlike("number,name,article_type,unit,unit_price", (n) => `T${n},Del ${n},material,st,10`),
  "contacts.csv": `number,customers\nK2,${alike.map((n) => `T${n}`).join("|")}\n`,
  "cases.csv": ofAlike("number,title,type,customer,object,status,created,finished",
    (n) => `T-${n},Lika,typ${n},T${n},T${n},finished,2025-05-05T08:00:00,2025-05-05T10:00:00`),
  "work_orders.csv": ofAlike("number,case,title,type,status,created,finished",
    (n) => `T-${n}-1,T-${n},Lika,typ${n},finished,2025-05-05T08:00:00,2025-05-05T10:00:00`),
  "article_rows.csv": ofAlike("number,case,article,date,title,action_code,quantity,unit_price",
    (n) => `TR${n},T-${n},T${n},2025-05-05,Lika,kod${n},1,10`),
};

test("groups of equal size and rows of one moment stand in natural order, others after the tenth", async () => {
  await portal.importFiles(alikeFiles);
  const client = await as("tom@x.se");
  const period = "from=2025-05-01&to=2025-05-31";
  const upTo = (last, name) => range(last, (i) => `${name} ${i + 1}`);
  let groups = 0;
  for (const board of BOARDS) {
    const html = await page(`/dashboards/${board}?${period}`, client);
    for (const [id, name] of [["type", "Typ"], ["object", "Hus"], ["customer", "Kund"], ["action_code", "Kod"],
      ["article", "Del"]]) {
      if (!html.includes(`id="chart-${id}"`)) continue;
      groups++;
      const labels = chart(html, id).rows.map((row) => row[0]);
      assert.deepEqual(labels, id === "type" ? upTo(14, name) : [...upTo(10, name), "Övriga"], `${board} ${id}`);
      assert.deepEqual((await csv(chart(html, id).csv, client)).slice(1).map((row) => row[1]), labels);
      if (id === "type") continue;
      const others = await numbersOf(rowsCsv(chart(html, id).links[10].at(-1)), client);
      assert.deepEqual(others.map((number) => /\d+/.exec(number)[0]), ["11", "12", "13", "14"], `${board} ${id}`);
    }
    const [before, after] = { "article-rows": ["TR", ""], "work-orders": ["T-", "-1"] }[board] ?? ["T-", ""];
    assert.deepEqual((await csv(`/dashboards/${board}.csv?${period}`, client)).slice(1).map(([number]) => number),
      range(14, (i) => `${before}${i + 1}${after}`), board);
  }
  assert.equal(groups, 10);
});

// --- prices ----------------------------------------------------------------------------------------------------------

const totals = async (client, query = MARCH) => Object.fromEntries((
  await csv(`/dashboards/article-rows.csv?${query}`, client)).slice(1).map((row) => [row[0], row[15]]));

test("prices follow the customer of the case", async () => {
  assert.deepEqual(await totals(await karin()), { R1: "200.00", R2: "44.19", R4: "-10.01", R5: "" });
  const html = await page(`/dashboards/article-rows?${MARCH}`, await as("olle@x.se"));
  assert.deepEqual(values(html), { Rader: "1" });
  assert.deepEqual(chart(html, "time").heads, ["Vecka", "Rader"]);
  assert.doesNotMatch(withoutChance(html), /250|Summa \(/);
  assert.match(html, /Du ser inga priser här, så diagrammen visar antal rader/);
});

test("the settings show prices to all, or to nobody", async () => {
  const always = await startPortal({ files, config: "[actions]\nprices = always\n" });
  try {
    assert.deepEqual(await totals(await karin(always)), { R1: "200.00", R2: "44.19", R4: "-10.01", R5: "250.00" });
    const html = await page(`/dashboards/article-rows?${MARCH}`, await karin(always));
    assert.equal(figures(html)["Summa (exkl. moms)"].value, "484,18 kr");
    assert.doesNotMatch(html, /inget pris|inga priser/);
    assert.deepEqual(await totals(await as("olle@x.se", always)), { R5: "250.00" });
  } finally {
    await always.stop();
  }
  const never = await startPortal({ files, config: "[actions]\nprices = never\n" });
  try {
    const client = await karin(never);
    const html = await page(`/dashboards/article-rows?${MARCH}`, client);
    assert.deepEqual(values(html), { Rader: "4" });
    assert.match(html, /Du ser inga priser här, så diagrammen visar antal rader/);
    for (const path of [`.csv?${MARCH}`, `/rows?${MARCH}`, `.csv?chart=object&${MARCH}`])
      assert.doesNotMatch(withoutChance(await page(`/dashboards/article-rows${path}`, client)),
        /234|200[.,]00|44[.,]19|50[.,]5/, path);
    assert.doesNotMatch(await page(`/dashboards/article-rows/rows?${MARCH}`, client), /result-sum/);
  } finally {
    await never.stop();
  }
});

test("headings say what is drawn per week, month or year: rows where no prices are shown", async () => {
  const olle = await as("olle@x.se");
  const years = "from=1990-01-01&to=2026-12-31";
  const read = async (query, client) => titles(await page(`/dashboards/article-rows?${query}`, client));
  assert.deepEqual(await read(MARCH), ["Kostnad per vecka", "Kostnad per artikeltyp", "Kostnad per åtgärdskod",
    "Kostnad per artikel", "Kostnad per objekt"]);
  assert.deepEqual(await read(MARCH, olle), ["Rader per vecka", "Rader per artikeltyp", "Rader per åtgärdskod",
    "Rader per artikel", "Rader per objekt"]);
  assert.equal((await read("from=2025-12-01&to=2026-12-31"))[0], "Kostnad per månad");
  assert.equal((await read(years, olle))[0], "Rader per år");
  const throughput = await page(`/dashboards/throughput?${years}`);
  assert.deepEqual([titles(throughput)[0], chart(throughput, "time").heads[0]], ["Genomloppstid per år", "År"]);
  assert.equal(titles(await page("/dashboards/cases?from=2025-12-01&to=2026-12-31"))[0], "Skapade per månad");
});

test("weeks have their year only where those of two years meet", async () => {
  const names = chart(await page("/dashboards/cases?from=2025-12-15&to=2026-04-05"), "time").rows.map((row) => row[0]);
  assert.deepEqual(names.slice(0, 5), ["v. 51 2025", "v. 52", "v. 1 2026", "v. 2", "v. 3"]);
  assert.equal(names.filter((name) => / 20\d\d$/.test(name)).length, 2);
});

// --- filters ---------------------------------------------------------------------------------------------------------

test("each dashboard has its filters", async () => {
  const names = (html) => [...html.matchAll(/<(?:select|input)[^>]*\bname="([a-z_]+)"/g)].map((m) => m[1])
    .filter((name) => !["csrf_token", "lang", "next", "theme"].includes(name));
  const forms = await Promise.all(BOARDS.map(async (board) =>
    names(/<form class="board-form.*?<\/form>/s.exec(await page(`/dashboards/${board}`))[0])));
  assert.deepEqual(forms, [["from", "to", "customer", "object", "type"],
    ["from", "to", "customer", "object", "work_order_type"], ["from", "to", "customer", "object"],
    ["from", "to", "customer", "object", "action_code", "article_type"]]);
});

test("filters narrow the numbers, the rows and the files alike", async () => {
  for (const [board, filter, wanted] of [["cases", "customer=B", ["V1"]], ["cases", "object=H1&type=fel", ["F1", "F2"]],
    ["cases", "customer=B&object=H1", []],
    ["work-orders", "work_order_type=jour", ["W1-1", "W1-2"]], ["work-orders", "object=H1", ["W2-1"]],
      ["throughput", "object=X1", ["V1"]],
    ["throughput", "customer=A", ["F1", "F2"]], ["article-rows", "action_code=byte", ["R1"]],
      ["article-rows", "article_type=other&customer=A", ["R4"]]]) {
    assert.deepEqual(await numbersOf(`/dashboards/${board}.csv?${MARCH}&${filter}`), wanted, `${board} ${filter}`);
    const html = await page(`/dashboards/${board}?${MARCH}&${filter}`);
    if (!wanted.length) assert.match(html, /Inget under perioden/);
    else assert.equal(told(await page(linkOf(html, "Alla rader"))), wanted.length, `${board} ${filter}`);
  }
  assert.deepEqual(await numbersOf(`/dashboards/throughput.csv?${MARCH}&type=fel`), ["F1", "F2", "V1"],
    "what a dashboard does not have is ignored");
});

test("the criteria are shown in words, and links keep them", async () => {
  const html = await page(`/dashboards/cases?${MARCH}&customer=A&type=fel`);
  assert.match(textOf(html), /2026-03-01 – 2026-03-31 · Kund: Brf Aspen \(A\) · Ärendetyp: Felanmälan/);
  assert.equal(linkOf(html, "Arbetsorder"), `/dashboards/work-orders?${MARCH}&customer=A`);
  assert.equal(chart(html, "object").links[0][0],
    `/dashboards/cases/rows?${MARCH}&customer=A&type=fel&by=object&is=H1`);
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
  for (const filter of ["customer=none", "object=none", "type=none", "customer=C", "object=Y1", "type=%27%3B--",
    `customer=${"x".repeat(2000)}`]) {
    const html = await page(`/dashboards/cases?${MARCH}&${filter}`);
    assert.match(html, /Inget under perioden/, filter);
    assert.doesNotMatch(html, /Hemliga/, filter);
  }
});

// --- texts -----------------------------------------------------------------------------------------------------------

test("the English pages have English texts", async () => {
  const client = portal.client();
  await client.login("karin@x.se", PASSWORD);
  await client.get("/language?lang=en&next=%2F");
  const html = await page(`/dashboards/work-orders?${MARCH}`, client);
  assert.deepEqual(Object.keys(figures(html)), ["Created", "Finished", "Finished on time", "Not finished"]);
  assert.deepEqual(chart(html, "type").rows.map((row) => row[0]), ["Emergency", "None", "Planerat"]);
  assert.deepEqual(chart(html, "punctuality").rows.map((row) => row[0]),
    ["Finished on time", "Finished late", "Finished without booking", "Not finished"]);
  for (const board of BOARDS)
    for (const path of ["", "/rows"]) {
      const text = textOf(/<main.*<\/main>/s.exec(await page(`/dashboards/${board}${path}?${MARCH}`, client))[0]);
      assert.doesNotMatch(text,
        /\((?:several|work orders?)\)|[Aa]vslut|[Ss]kapa|[Pp]eriode|Övriga|Summa|\brader\b|Inget|Visa/,
          `${board}${path}`);
    }
  assert.equal(figures(await page(`/dashboards/throughput?${MARCH}`, client))["Typical wait"].value, "1 h 30 min");
});
