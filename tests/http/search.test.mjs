// Searching cases over HTTP (contract 3, domain 5): words, lists, dates, order, pages, exports, and the form itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, radiosOf, selectOf, tableOf, textOf, unescape, valueOf } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";

const PASSWORD = "Ekollon-2026";
const config = `
[login]
hash_memory_kib = 64
hash_passes = 1
[case_search]
columns = number, title, status, type, priority, customer, object, site_street, extra_floor, created, actions
[field.title]
label_sv = Ort / Titel
[extra.floor]
label_sv = Våning
kind = choice
choices = 0:Entréplan|Ground floor; k:Källare|Basement
`;

const csv = (rows) => rows.map((row) => row.map((cell) => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","))
  .join("\n") + "\n";
const CASE = ["number", "title", "description", "type", "priority", "status", "customer", "object", "your_reference",
  "site_street", "site_city", "extra_floor", "created"];
const caseFile = (cases) => csv([CASE, ...cases.map((one) => CASE.map((name) => one[name] ?? (name === "title" ? "Fel" : "")))]);

// What words are searched in. Every case of customer W.
const worded = [
  { number: "251123-0001", title: "Läckande kran i köket", description: "Vatten droppar på golvet", your_reference: "PO-4711", site_street: "Ängsgatan 4" },
  { number: "251123-0002", title: "LACKERING av dörr", site_street: "Storgatan 12B", site_city: "Örebro" },
  { number: "251124-0001", title: "Café é", description: "kran, kran och \"kran\"" },
  { number: "260101-0042", title: "OR NEAR AND", description: "100 % trasigt_rör" },
].map((one, i) => ({ ...one, customer: "W", created: `2025-11-2${i + 1}T08:00:00` }));

// What lists and dates narrow. Every case of customer L or on object A1.
const listed = [
  { number: "L1", type: "fel", priority: "akut", status: "not_started", customer: "L", object: "E1", created: "2026-02-28T23:59:59" },
  { number: "L2", type: "fel", priority: "normal", status: "started", customer: "L", object: "E2", created: "2026-03-01T00:00:00", extra_floor: "k" },
  { number: "L3", type: "besok", priority: "akut", status: "finished", customer: "L", object: "E1", created: "2026-03-01T23:59:59" },
  { number: "L4", type: "gammal", status: "finished", customer: "OLD", object: "A1", created: "2026-03-02T00:00:00" },
  { number: "L5", type: "fel", status: "not_started", customer: "L", created: "2026-03-29T03:30:00", title: "Hiss" },
];

// What order and pages are tried on: equal times, equal titles, three states. Every case of customer P.
const TITLES = ["Zebra", "apa", "Apa", "Ånga", "Ägg", "Öl", "Älg", "co-op", "coop", "vax", "wok", "10 st", "9 st", "Aa"];
const paged = Array.from({ length: 45 }, (_, i) => ({
  number: `P${100 - i}`, title: TITLES[i % TITLES.length], customer: "P",
  status: ["finished", "not_started", "started"][i % 3], created: `2026-01-${String(1 + Math.floor(i / 4)).padStart(2, "0")}T10:00:00`,
}));

const masts = Array.from({ length: 60 }, (_, i) => ({ number: `M${100 + i}`, name: `Mast ${i}`, street: `Ängsgatan ${i}` }));
const onMasts = masts.map((mast, i) => ({ number: `B${i}`, title: `Lampa ${i % 7}`, object: mast.number, created: `2026-02-01T${String(i % 24).padStart(2, "0")}:00:00` }));

const files = {
  "picklists.csv": csv([["list", "key", "label_sv", "label_en", "active"], ["case_type", "fel", "Felanmälan", "Fault", "yes"],
    ["case_type", "besok", "Besök", "Visit", "yes"], ["case_type", "gammal", "Gammal typ", "Old type", "no"],
    ["priority", "akut", "Akut", "Urgent", "yes"], ["priority", "normal", "Normal", "Normal", "yes"]]),
  "customers.csv": csv([["number", "name", "login", "status"], ["W", "Ordbolaget", `ord/${PASSWORD}`, "active"],
    ["L", "Listbolaget", "", "active"], ["OLD", "Gamla bolaget", "", "inactive"], ["P", "Sidbolaget", `sid/${PASSWORD}`, "active"],
    ["M", "Mastbolaget", `mast/${PASSWORD}`, "active"], ["X", "=cmd|' /C calc'!A0", `x/${PASSWORD}`, "active"],
    ["E", "Tomma bolaget", `tom/${PASSWORD}`, "active"]]),
  "objects.csv": csv([["number", "name", "customer", "street", "city"], ["E1", "Hus 1", "L", "", ""], ["E2", "Hus 2", "L", "", ""],
    ["A1", "Gården", "OLD", "", ""], ...masts.map((mast) => [mast.number, mast.name, "M", mast.street, "Åmål"])]),
  "contacts.csv": csv([["number", "first_name", "last_name", "email", "customers", "objects"],
    ["K1", "Vera", "Båda", "vera@x.se", "L", "A1"], ["K2", "Maja", "Master", "maja@x.se", "M", ""],
    ["K3", "Stina", "Många", "stina@x.se", "", masts.map((mast) => mast.number).join("|")],
    ["K4", "Nisse", "Några", "nisse@x.se", "", masts.slice(0, 10).map((mast) => mast.number).join("|")],
    ["K5", "Lars", "Länklös", "lars@x.se", "", ""]]),
  "accounts.csv": csv([["email", "password", "verified"], ...["vera", "maja", "stina", "nisse", "lars", "ingen"].map((name) => [`${name}@x.se`, PASSWORD, "yes"])]),
  "cases.csv": caseFile([...worded, ...listed, ...paged, ...onMasts,
    { number: "X1", title: "=1+1", customer: "X", site_street: "@SUM(A1)", created: "2026-01-01T08:00:00" },
    { number: "X2", title: "rad\nbrytning, \"citat\"", customer: "X", site_street: "-5", created: "2026-01-02T08:00:00" },
    { number: "X3", title: "<script>alert(1)</script>", customer: "X", site_street: "\t=1", created: "2026-01-03T08:00:00" }]),
};

let portal;
const clients = {};
before(async () => {
  portal = await startPortal({ config, files });
});
after(() => portal?.stop());

async function as(name) {
  if (!clients[name]) {
    clients[name] = portal.client();
    assert.equal((await clients[name].login(name, PASSWORD)).status, 303, `login of ${name}`);
  }
  return clients[name];
}

const query = (criteria) => `?${new URLSearchParams(criteria)}`;
const numbers = (html) => tableOf(html).rows.map((row) => row[0]);
const total = (html) => Number(/<h2 id="result-title">([\d\s\u00a0]+)/.exec(html)[1].replace(/\D/g, ""));

async function search(name, criteria) {
  const page = await (await as(name)).get(`/cases${query(criteria)}`);
  assert.equal(page.status, 200, JSON.stringify(criteria));
  return page.text;
}
const found = async (name, criteria) => numbers(await search(name, { page_size: 100, ...criteria })).sort();

// Every page from an address on, by the links of its pager.
async function walk(client, path, text = "Nästa") {
  const pages = [];
  while (path) {
    const page = await client.get(path);
    assert.equal(page.status, 200, path);
    pages.push(numbers(page.text));
    path = linkOf(page.text, text);
  }
  return pages;
}

// --- words ---------------------------------------------------------------------------------------------------------------

const WORDS = [
  ["kran", ["251123-0001", "251124-0001"], "a word of title or description"],
  ["KRAN", ["251123-0001", "251124-0001"], "case does not matter"],
  ["lackering", ["251123-0002"], "small letters find capitals"],
  ["kra", ["251123-0001", "251124-0001"], "the beginning of a word"],
  ["ran", [], "the end of a word is no hit"],
  ["läck", ["251123-0001"], "ä is a letter of its own"],
  ["lack", ["251123-0002"], "a does not find ä"],
  ["la\u0308ck", ["251123-0001"], "a decomposed letter is the same letter"],
  ["ängsgatan 4", ["251123-0001"], "the address"],
  ["örebro", ["251123-0002"], "the city"],
  ["12b", ["251123-0002"], "digits and letters together"],
  ["PO-4711", ["251123-0001"], "the reference"],
  ["4711", ["251123-0001"], "a part of the reference"],
  ["droppar köket", ["251123-0001"], "all words, wherever they stand"],
  ["droppar café", [], "words of two cases"],
  ["251123-0001", ["251123-0001"], "the whole number"],
  ["251123", ["251123-0001", "251123-0002"], "the beginning of numbers"],
  ["-0001", ["251123-0001", "251124-0001"], "the end of numbers"],
  ["0042", ["260101-0042"], "the inside of a number"],
  ["2511230002", ["251123-0002"], "the number without its dash"],
  ["é", ["251124-0001"], "a letter with an accent"],
  ["OR", ["260101-0042"], "a word that an engine may know as an operator"],
  ["kran OR lackering", [], "words that look like operators stay words"],
  ["\"kran", ["251123-0001", "251124-0001"], "a lonely quote"],
  ["kran* -droppar (", ["251123-0001"], "signs of query languages"],
  ["kran'); DROP TABLE cases; --", [], "SQL"],
  ["100 %", ["260101-0042"], "a percent sign"],
  ["trasigt_rör", ["260101-0042"], "an underscore separates words"],
];
for (const [q, expected, what] of WORDS) {
  test(`words: ${what} (${q})`, async () => {
    const html = await search("ord", { q });
    assert.deepEqual(numbers(html).sort(), expected);
    assert.equal(total(html), expected.length);
  });
}

test("the words of a search stay in its field", async () => {
  const q = "<\"kran\"> & 'co'";
  assert.equal(valueOf(await search("ord", { q }), "q"), q);
});

test("words without letters or digits find nothing and say so", async () => {
  const html = await search("ord", { q: "?!" });
  assert.match(textOf(html), /Söktexten saknar bokstäver och siffror/);
  assert.deepEqual(numbers(html), []);
});

test("words do not reach the cases of others", async () => {
  assert.deepEqual(await found("sid", { q: "kran" }), []);
});

// --- lists and dates ---------------------------------------------------------------------------------------------------------

const LISTS = [
  [{}, ["L1", "L2", "L3", "L4", "L5"]],
  [{ status: "not_started" }, ["L1", "L5"]],
  [{ status: "started" }, ["L2"]],
  [{ status: "finished" }, ["L3", "L4"]],
  [{ status: "open" }, ["L1", "L2", "L5"]],
  [{ type: "fel" }, ["L1", "L2", "L5"]],
  [{ type: "gammal" }, ["L4"]],
  [{ priority: "akut" }, ["L1", "L3"]],
  [{ customer: "L" }, ["L1", "L2", "L3", "L5"]],
  [{ customer: "OLD" }, ["L4"]],
  [{ object: "E1" }, ["L1", "L3"]],
  [{ type: "fel", priority: "akut", status: "open", object: "E1" }, ["L1"]],
  [{ type: "fel", q: "hiss" }, ["L5"]],
  [{ q: "hiss", status: "finished" }, []],
  [{ from: "2026-03-01" }, ["L2", "L3", "L4", "L5"]],
  [{ to: "2026-02-28" }, ["L1"]],
  [{ from: "2026-03-01", to: "2026-03-01" }, ["L2", "L3"]],
  [{ from: "2026-03-29", to: "2026-03-29" }, ["L5"]],
  [{ from: "2026-03-01", to: "2026-03-01", q: "L3" }, ["L3"]],
  [{ from: "1900-01-01", to: "2200-12-31" }, ["L1", "L2", "L3", "L4", "L5"]],
  [{ customer: "W" }, []],
  [{ customer: "none" }, []],
  [{ object: "none" }, []],
  [{ object: "M100" }, []],
  [{ type: "none" }, []],
  [{ priority: "none" }, []],
];
for (const [criteria, expected] of LISTS) {
  test(`lists: ${JSON.stringify(criteria)}`, async () => {
    const html = await search("vera@x.se", { ...criteria, page_size: 100 });
    assert.deepEqual(numbers(html).sort(), expected);
    assert.equal(total(html), expected.length);
  });
}

test("the form offers what the login may see, also what is no longer active", async () => {
  const html = await search("vera@x.se", {});
  assert.deepEqual(selectOf(html, "customer").options, [["OLD", "Gamla bolaget (OLD)"], ["L", "Listbolaget (L)"]]);
  assert.deepEqual(selectOf(html, "object").options, [["A1", "Gården (A1)"], ["E1", "Hus 1 (E1)"], ["E2", "Hus 2 (E2)"]]);
});

test("a login of one customer is not asked for the customer", async () => {
  const html = await search("mast", {});
  assert.equal(selectOf(html, "customer"), null);
  assert.doesNotMatch(html, /name="customer(_search)?"/);
});

test("what was chosen stays chosen, also when it is unknown", async () => {
  const chosen = { status: "open", type: "gammal", priority: "nonsense", customer: "OLD", object: "M100" };
  const html = await search("vera@x.se", chosen);
  for (const [name, value] of Object.entries(chosen)) assert.equal(selectOf(html, name).chosen, value, name);
});

// --- what is wrong is told beside its field --------------------------------------------------------------------------------------

const FAULTS = [
  ["status", { status: "half" }, "status"],
  ["from", { from: "2026-02-30" }, "from"],
  ["to", { to: "yesterday" }, "to"],
  ["order of dates", { from: "2026-03-02", to: "2026-03-01" }, "to"],
  ["words beyond twelve", { q: "a b c d e f g h i j k l m" }, "q"],
  ["text without end", { q: "x".repeat(501) }, "q"],
];
for (const [what, criteria, field] of FAULTS) {
  test(`a fault in ${what} is told beside its field, and the rest is kept`, async () => {
    const page = await (await as("vera@x.se")).get(`/cases${query({ object: "E1", ...criteria })}`);
    assert.equal(page.status, 400);
    assert.notEqual(errorOf(page.text, field), "");
    assert.equal(selectOf(page.text, "object").chosen, "E1");
    const value = criteria[field];
    assert.equal(selectOf(page.text, field)?.chosen ?? valueOf(page.text, field), value);
  });
}

for (const [name, value] of [["sort", "colour"], ["sort", "--created"], ["page_size", "15"], ["page_size", "1e1"], ["after", "x"],
  ["after", "n.99999999999999999999.1.1."], ["after", "n.1.1.1.ff"]]) {
  test(`a wrong ${name} (${value}) is refused with the form`, async () => {
    const page = await (await as("vera@x.se")).get(`/cases${query({ q: "hiss", [name]: value })}`);
    assert.equal(page.status, 400);
    assert.match(page.text, /<p class="alert alert-danger" role="alert">[^<]+<\/p>/);
    assert.equal(valueOf(page.text, "q"), "hiss");
  });
}

test("exports refuse what the page refuses", async () => {
  for (const path of ["/cases.csv?status=half", "/cases.xlsx?from=2026-02-30"]) {
    const answer = await (await as("vera@x.se")).get(path);
    assert.equal(answer.status, 400, path);
    assert.match(answer.headers.get("content-type"), /^text\/plain/, path);
  }
});

// --- order ---------------------------------------------------------------------------------------------------------------------

const swedish = new Intl.Collator("sv");
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const STATES = ["not_started", "started", "finished"];
const ORDERS = {
  created: (a, b) => byBytes(a.created, b.created),
  number: (a, b) => byBytes(a.number, b.number),
  title: (a, b) => swedish.compare(a.title, b.title) || byBytes(a.title, b.title),
  status: (a, b) => STATES.indexOf(a.status) - STATES.indexOf(b.status),
};
for (const [name, compare] of Object.entries(ORDERS)) {
  for (const sort of [name, `-${name}`]) {
    test(`sort=${sort} puts the cases in that order, and the newest first among equals`, async () => {
      const shown = (await walk(await as("sid"), `/cases?sort=${sort}&page_size=50`)).flat();
      const cases = shown.map((number) => paged.find((one) => one.number === number));
      for (let i = 1; i < cases.length; i++) {
        const order = compare(cases[i - 1], cases[i]) * (sort.startsWith("-") ? -1 : 1);
        assert.ok(order <= 0, `${cases[i - 1].number} before ${cases[i].number}`);
        if (!order && name !== "created") assert.ok(cases[i - 1].created >= cases[i].created, `${cases[i].number} is newer`);
      }
      assert.equal(shown.length, paged.length);
    });
  }
}

test("without sort the newest come first", async () => {
  const page = await search("sid", { page_size: 100 });
  assert.deepEqual(numbers(page), numbers(await search("sid", { page_size: 100, sort: "-created" })));
});

test("a heading tells how it is sorted and leads to the other direction", async () => {
  const html = await search("sid", { sort: "title", q: "öl" });
  const heading = /<th scope="col" aria-sort="ascending">\s*<a href="([^"]+)">Ort \/ Titel<\/a>/.exec(html);
  assert.equal(unescape(heading[1]), "/cases?q=%C3%B6l&sort=-title");
  assert.match(html, /<th scope="col" aria-sort="none">\s*<a href="[^"]*sort=-created">/);
});

// --- pages -----------------------------------------------------------------------------------------------------------------------

for (const sort of ["-created", "created", "number", "-title", "title", "status", "-status"]) {
  test(`pages by ${sort} hold every case once, forwards and backwards`, async () => {
    const client = await as("sid");
    const whole = numbers((await client.get(`/cases?page_size=50&sort=${sort}`)).text);
    const path = `/cases?page_size=10&sort=${sort}`;
    const forwards = await walk(client, path);
    assert.deepEqual(forwards.map((page) => page.length), [10, 10, 10, 10, 5]);
    assert.deepEqual(forwards.flat(), whole);
    let last = path;
    for (let next = last; next; next = linkOf((await client.get(last = next)).text, "Nästa"));
    const backwards = await walk(client, last, "Föregående");
    assert.deepEqual(backwards.reverse().flat(), whole);
  });
}

test("pages stay right while cases arrive", async () => {
  const client = await as("tom");
  const made = (from, to, created) => Array.from({ length: to - from }, (_, i) => ({ number: `S${from + i}`, customer: "E", created }));
  await portal.importFiles({ "cases.csv": caseFile(made(100, 125, "2026-01-01T08:00:00")) });
  const first = await client.get("/cases?page_size=10");
  const before = numbers(first.text);
  await portal.importFiles({ "cases.csv": caseFile(made(200, 207, "2026-01-02T08:00:00")) });
  const rest = await walk(client, linkOf(first.text, "Nästa"));
  assert.deepEqual([...before, ...rest.flat()].sort(), made(100, 125).map((one) => one.number));
  const back = await walk(client, linkOf((await client.get(linkOf(first.text, "Nästa"))).text, "Föregående"), "Föregående");
  assert.deepEqual(back[0], before);
  assert.deepEqual(back.flat().filter((number) => number.startsWith("S2")).length, 7, "the new ones stand before");
});

test("the count follows when cases arrive", async () => {
  const before = total(await search("x", {}));
  await portal.importFiles({ "cases.csv": caseFile([{ number: "X4", customer: "X", created: "2025-01-01T08:00:00" }]) });
  assert.equal(total(await search("x", {})), before + 1);
});

test("the size of pages is the one that was chosen", async () => {
  for (const size of ["10", "20", "50", "100"]) {
    const html = await search("sid", { page_size: size });
    assert.equal(numbers(html).length, Math.min(size, paged.length));
    assert.equal(selectOf(html, "page_size").chosen, size);
  }
});

test("links of the result keep what is searched for", async () => {
  const html = await search("sid", { status: "open", from: "2026-01-01", sort: "title", page_size: "10" });
  const next = new URLSearchParams(linkOf(html, "Nästa").split("?")[1]);
  assert.deepEqual(["status", "from", "sort", "page_size"].map((name) => next.get(name)), ["open", "2026-01-01", "title", "10"]);
  assert.equal(linkOf(html, "CSV"), "/cases.csv?status=open&from=2026-01-01&sort=title");
  assert.equal(linkOf(html, "Excel"), "/cases.xlsx?status=open&from=2026-01-01&sort=title");
});

test("a page behind the last one says so", async () => {
  const html = await search("sid", { after: "n.0.0.0." });
  assert.deepEqual(numbers(html), []);
  assert.equal(total(html), paged.length);
  assert.equal(linkOf(html, "Första sidan"), "/cases");
});

// --- many links --------------------------------------------------------------------------------------------------------------------

for (const [name, count] of [["maja@x.se", 60], ["stina@x.se", 60], ["nisse@x.se", 10]]) {
  for (const criteria of [{}, { sort: "title" }, { q: "lampa 3" }, { status: "open", q: "lampa" }, { status: "finished" }]) {
    test(`${name} finds the cases of all links: ${JSON.stringify(criteria)}`, async () => {
      const expected = onMasts.slice(0, count).filter((one) => criteria.q !== "lampa 3" || one.title === "Lampa 3" || /3/.test(one.number));
      const client = await as(name);
      const path = `/cases${query({ ...criteria, page_size: 10 })}`;
      const wanted = criteria.status === "finished" ? [] : expected.map((one) => one.number).sort();
      const first = await client.get(path);
      assert.equal(total(first.text), wanted.length);
      assert.deepEqual((await walk(client, path)).flat().sort(), wanted);
      assert.deepEqual(readCsv((await client.get(path.replace("/cases", "/cases.csv"))).text).slice(1).map((row) => row[0]).sort(), wanted);
    });
  }
}

// --- exports -------------------------------------------------------------------------------------------------------------------------

test("the CSV has code names, keys and the names that the page shows", async () => {
  const answer = await (await as("vera@x.se")).get("/cases.csv?object=E2");
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?cases\.csv/);
  assert.deepEqual(readCsv(answer.text), [
    ["number", "title", "status", "type", "type_name", "priority", "priority_name", "customer", "customer_name", "object",
      "object_name", "site_street", "extra_floor", "created"],
    ["L2", "Fel", "started", "fel", "Felanmälan", "normal", "Normal", "L", "Listbolaget", "E2", "Hus 2", "", "k",
      "2026-02-28T23:00:00Z"]]);
});

test("the CSV holds all pages in the order of the page", async () => {
  const client = await as("sid");
  for (const sort of ["-created", "title", "-status"]) {
    const rows = readCsv((await client.get(`/cases.csv?sort=${sort}&page_size=10`)).text).slice(1);
    assert.deepEqual(rows.map((row) => row[0]), (await walk(client, `/cases?sort=${sort}&page_size=10`)).flat(), sort);
  }
});

test("no cell of the CSV is a formula, while numbers stay numbers", async () => {
  const rows = readCsv((await (await as("x")).get("/cases.csv")).text);
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r](?!\d+$)/);
  assert.ok(rows.some((row) => row.includes("'=1+1")));
});

test("commas, quotes and line breaks come through the CSV", async () => {
  const rows = readCsv((await (await as("x")).get("/cases.csv?q=X2")).text);
  assert.equal(rows[1][1], "rad\nbrytning, \"citat\"");
});

test("the workbook holds the rows and the names of the page", async () => {
  const client = await as("vera@x.se");
  const answer = await client.get("/cases.xlsx?type=fel");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?cases\.xlsx/);
  const page = tableOf((await client.get("/cases?type=fel")).text);
  const book = readXlsx(answer.bytes);
  const at = page.heads.indexOf("Skapat");
  assert.deepEqual(book[0], page.heads.slice(0, -1));
  const shown = book.slice(1).map((row) => row.map((cell, i) => (i !== at ? cell
    : new Date(Math.round((cell - 25569) * 86400) * 1000).toISOString().slice(0, 16).replace("T", " "))));
  assert.deepEqual(shown, page.rows.map((row) => row.slice(0, -1)));
});

test("an export without hits has its head", async () => {
  const client = await as("sid");
  assert.equal(readCsv((await client.get("/cases.csv?q=none")).text).length, 1);
  assert.equal(readXlsx((await client.get("/cases.xlsx?q=none")).bytes).length, 1);
});

// --- what people see ------------------------------------------------------------------------------------------------------------------

test("a case is shown with its link, its state, and its actions", async () => {
  const html = await search("vera@x.se", { object: "E2" });
  const { heads, rows } = tableOf(html);
  assert.deepEqual(heads, ["Ärendenummer", "Ort / Titel", "Status", "Ärendetyp", "Prioritet", "Kund", "Objekt", "Gata", "Våning", "Skapat", "Åtgärder"]);
  assert.deepEqual(rows, [["L2", "Fel", "Påbörjat", "Felanmälan", "Normal", "Listbolaget", "Hus 2", "", "Källare", "2026-03-01 00:00", "Se åtgärder L2"]]);
  assert.equal(linkOf(html, "L2"), "/cases/L2");
  assert.equal(linkOf(html, "Se åtgärder"), "/cases/L2/actions");
});

test("what people wrote is text, whatever it looks like", async () => {
  const html = await search("x", {});
  assert.doesNotMatch(html, /<script>alert/);
  assert.match(html, /&lt;script&gt;alert/);
});

test("the English page has English names", async () => {
  const client = portal.client();
  await client.login("vera@x.se", PASSWORD);
  await client.get("/language?lang=en&next=%2F");
  const page = await client.get("/cases?object=E2");
  const [row] = tableOf(page.text).rows;
  assert.deepEqual([row[2], row[3], row[8]], ["Started", "Fault", "Basement"]);
});

test("a search without hits offers to clear it", async () => {
  const html = await search("sid", { q: "nothing" });
  assert.match(html, /class="empty-state"/);
  assert.equal(linkOf(html, "Rensa"), "/cases");
});

test("who sees no cases is told why", async () => {
  assert.match(await search("ingen@x.se", {}), /<h3>Du kan inte se några ärenden ännu<\/h3>/);
  assert.match(await search("lars@x.se", {}), /<h3>Det finns inga ärenden ännu<\/h3>/);
});

// --- finding one of many objects -----------------------------------------------------------------------------------------------------------

const hits = async (name, q, source = "objects") => {
  const answer = await (await as(name)).get(`/cases/choices/${source}${query({ q })}`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^application\/json/);
  return JSON.parse(answer.text);
};

test("the box finds objects by number, name and address", async () => {
  assert.deepEqual(await hits("maja@x.se", "M107"), [{ value: "M107", label: "Mast 7", detail: "M107 · Ängsgatan 7, Åmål" }]);
  assert.equal((await hits("maja@x.se", "ängsgatan 33"))[0].value, "M133");
  assert.equal((await hits("maja@x.se", "mast 59"))[0].value, "M159");
  assert.equal((await hits("maja@x.se", "")).length, 20);
});

test("the box finds nothing that the login does not see", async () => {
  assert.deepEqual(await hits("maja@x.se", "Hus"), []);
  assert.deepEqual(await hits("nisse@x.se", "M159"), []);
  assert.deepEqual(await hits("lars@x.se", ""), []);
  assert.deepEqual((await hits("maja@x.se", "", "customers")).map((hit) => hit.value), ["M"]);
});

test("the box is not for logins without such a choice", async () => {
  assert.equal((await (await as("mast")).get("/cases/choices/customers")).status, 404);
});

test("signs of LIKE in the box are signs", async () => {
  assert.deepEqual(await hits("maja@x.se", "%"), []);
  assert.deepEqual(await hits("maja@x.se", "_"), []);
});

test("without script the box brings hits to choose from", async () => {
  const html = await search("maja@x.se", { status: "open", object_search: "mast 5", search: "object" });
  const { options, chosen } = radiosOf(html, "object");
  assert.equal(chosen, "");
  assert.equal(options[0][0], "M105");
  assert.equal(options[0][1], "Mast 5, Ängsgatan 5, Åmål (M105)");
  assert.equal(valueOf(html, "object_search"), "mast 5");
  assert.equal(selectOf(html, "status").chosen, "open");
  assert.match(html, /<details class="further" open>/);
});

test("hits beyond twenty are counted", async () => {
  assert.match(await search("maja@x.se", { object_search: "mast", search: "object" }), /De första 20 av 60 träffar/);
});

test("a box without hits says so", async () => {
  const html = await search("maja@x.se", { object_search: "okänd", search: "object" });
  assert.deepEqual(radiosOf(html, "object").options, []);
  assert.match(html, /<p class="form-text field-note">Inga träffar<\/p>/);
});

test("the chosen object is shown by its name and narrows the result", async () => {
  const html = await search("maja@x.se", { object: "M107", object_search: "mast" });
  assert.deepEqual(radiosOf(html, "object"), { options: [["M107", "Mast 7, Ängsgatan 7, Åmål (M107)"]], chosen: "M107" });
  assert.deepEqual(numbers(html), ["B7"]);
});

test("the number of one object may be typed", async () => {
  const html = await search("maja@x.se", { object: "", object_search: " M107 " });
  assert.equal(radiosOf(html, "object").chosen, "M107");
  assert.deepEqual(numbers(html), ["B7"]);
  assert.equal(linkOf(html, "CSV"), "/cases.csv?object=M107");
});

test("what was typed without choosing is asked about, not ignored", async () => {
  const page = await (await as("maja@x.se")).get(`/cases${query({ object_search: "mast 5", q: "lampa" })}`);
  assert.equal(page.status, 400);
  assert.equal(errorOf(page.text, "object"), "Välj en av träffarna eller töm sökrutan.");
  assert.equal(radiosOf(page.text, "object").options[0][0], "M105");
  assert.equal(valueOf(page.text, "q"), "lampa");
});

test("a number of no visible object finds nothing and is shown", async () => {
  const html = await search("maja@x.se", { object: "E1" });
  assert.deepEqual(numbers(html), []);
  assert.deepEqual(radiosOf(html, "object"), { options: [["E1", "E1"]], chosen: "E1" });
});
