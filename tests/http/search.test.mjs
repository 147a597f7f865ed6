// Searching cases over HTTP (contract 3, domain 5): words, lists, dates, order, pages, and what is wrong with a search.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, selectOf, textOf, unescape, valueOf } from "./html.mjs";
import { PASSWORD, as, caseFile, found, numbers, onMasts, paged, portal, query, search, total,
  walk } from "./search.mjs";
import { readCsv } from "./sheets.mjs";

// --- words -----------------------------------------------------------------------------------------------------------

const WORDS = [
  ["kran", ["251123-0001", "251124-0001"], "a word of title or description"],
  ["KRAN", ["251123-0001", "251124-0001"], "case does not matter"],
  ["lackering", ["251123-0002"], "small letters find capitals"],
  ["kra", ["251123-0001", "251124-0001"], "the beginning of a word"],
  ["ran", ["251123-0001", "251124-0001"], "the end of a word"],
  ["gsgat", ["251123-0001"], "the middle of a word"],
  ["gatan", ["251123-0001", "251123-0002"], "the second part of compounds"],
  ["köket vatten", ["251123-0001"], "a word and the whole of another"],
  ["ra", [], "two letters are looked for at the beginning of words"],
  ["00", ["251123-0001", "251123-0002", "251124-0001", "260101-0042"], "digits inside a number"],
  ["711", [], "digits inside another word are no hit"],
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

test("a number is found with what people paste around it", async () => {
  for (const q of ["Ärendenummer: 251123-0001", "Ärende 251123-0001", "#251123-0001", "251123 – 0001", "251123‑0001",
    "\u00a0251123-0001\u200b", "Case 251123-0001", "https://x.se/cases/251123-0001?from=mail#messages",
    "Sv: Ärende 251123-0001 är avslutat: Läckande kran 3 i köket", "Arbetsorder 251123-0001-2"]) {
    assert.deepEqual(numbers(await search("ord", { q })), ["251123-0001"], q);
  }
});

test("days are taken in the forms that the portal shows", async () => {
  for (const from of ["2026-03-01", "2026-03-01 10:00", "2026-03-01 08:00–10:00", "sön 1 mars 2026",
    "Sun\u00a01\u00a0Mar\u00a02026", "1 mars 2026", "sön\u00a01\u00a0mars\u00a02026 08–10"]) {
    const html = await search("vera@x.se", { from, page_size: 100 });
    assert.deepEqual(numbers(html).sort(), ["L2", "L3", "L4", "L5"], from);
    assert.equal(valueOf(html, "from"), "2026-03-01", from);
  }
});

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

// --- lists and dates -------------------------------------------------------------------------------------------------

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
  [{ from: "0001-01-01", to: "9999-12-31" }, ["L1", "L2", "L3", "L4", "L5"]],
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
  assert.deepEqual(selectOf(html, "object").options,
    [["A1", "Gården (A1)"], ["E1", "Hus 1 (E1)"], ["E2", "Hus 2 (E2)"]]);
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

// --- faults stand beside their fields --------------------------------------------------------------------------------

const FAULTS = [
  ["status", { status: "half" }, "status"],
  ["from", { from: "2026-02-30" }, "from"],
  ["to", { to: "yesterday" }, "to"],
  ["order of dates", { from: "2026-03-02", to: "2026-03-01" }, "to"],
  ["words beyond twelve", { q: "a b c d e f g h i j k l m" }, "q"],
  ["text without end", { q: "x".repeat(501) }, "q"],
];
for (const [what, criteria, field] of FAULTS) {
  test(`a fault in ${what} is shown beside its field, and the rest is kept`, async () => {
    const page = await (await as("vera@x.se")).get(`/cases${query({ object: "E1", ...criteria })}`);
    assert.equal(page.status, 400);
    assert.notEqual(errorOf(page.text, field), "");
    assert.equal(selectOf(page.text, "object").chosen, "E1");
    const value = criteria[field];
    assert.equal(selectOf(page.text, field)?.chosen ?? valueOf(page.text, field), value);
  });
}

for (const [name, value] of [["sort", "colour"], ["sort", "--created"], ["page_size", "15"], ["page_size", "1e1"],
  ["after", "x"],
  ["after", "n.99999999999999999999.1.1."], ["after", "n.1.1.1.ff"]]) {
  test(`a wrong ${name} (${value}) is refused with the form`, async () => {
    const page = await (await as("vera@x.se")).get(`/cases${query({ q: "hiss", [name]: value })}`);
    assert.equal(page.status, 400);
    assert.match(page.text, /<div class="error-summary[^>]*>.*?<li>(<a[^>]*>)?[^<]+<\//s);
    if (name === "page_size") assert.notEqual(errorOf(page.text, name), "", "told beside its field");
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

test("a fault of a parameter without a field is shown above the form", async () => {
  const short = await startPortal({ config: "[case_search]\ncriteria = q\n",
    files: { "customers.csv": `number,name,login\nK1,Eken,eken/${PASSWORD}\n` } });
  try {
    const client = short.client();
    await client.login("eken", PASSWORD);
    const page = await client.get("/cases?status=half");
    assert.equal(page.status, 400);
    assert.match(page.text, /<div class="error-summary[^>]*>.*?<li>Välj något i listan\.<\/li>/s);
  } finally {
    await short.stop();
  }
});

// --- order -----------------------------------------------------------------------------------------------------------

const swedish = new Intl.Collator("sv", { numeric: true });
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const STATES = ["not_started", "started", "finished"];
const ORDERS = {
  created: (a, b) => byBytes(a.created, b.created),
  number: (a, b) => swedish.compare(a.number, b.number),
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
        if (!order && name !== "created") assert.ok(cases[i - 1].created >= cases[i].created,
          `${cases[i].number} is newer`);
      }
      assert.equal(shown.length, paged.length);
    });
  }
}

test("without sort the newest come first", async () => {
  const page = await search("sid", { page_size: 100 });
  assert.deepEqual(numbers(page), numbers(await search("sid", { page_size: 100, sort: "-created" })));
});

test("a heading says how it is sorted and links to the other direction", async () => {
  const html = await search("sid", { sort: "title", q: "öl" });
  const heading = /<th scope="col" aria-sort="ascending">\s*<a href="([^"]+)">Ort \/ Titel<\/a>/.exec(html);
  assert.equal(unescape(heading[1]), "/cases?q=%C3%B6l&sort=-title");
  assert.match(html, /<th scope="col" aria-sort="none">\s*<a href="[^"]*sort=-created">/);
});

// --- pages -----------------------------------------------------------------------------------------------------------

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
  const made = (from, to, created) =>
    Array.from({ length: to - from }, (_, i) => ({ number: `S${from + i}`, customer: "E", created }));
  await portal.importFiles({ "cases.csv": caseFile(made(100, 125, "2026-01-01T08:00:00")) });
  const first = await client.get("/cases?page_size=10");
  const before = numbers(first.text);
  await portal.importFiles({ "cases.csv": caseFile(made(200, 207, "2026-01-02T08:00:00")) });
  const rest = await walk(client, linkOf(first.text, "Nästa"));
  assert.deepEqual([...before, ...rest.flat()].sort(), made(100, 125).map((one) => one.number));
  const back = await walk(client, linkOf((await client.get(linkOf(first.text, "Nästa"))).text, "Föregående"),
    "Föregående");
  assert.deepEqual(back[0], before);
  assert.deepEqual(back.flat().filter((number) => number.startsWith("S2")).length, 7, "the new ones stand before");
});

test("the count follows when cases arrive", async () => {
  const before = total(await search("x", {}));
  await portal.importFiles({
    "cases.csv": caseFile([{ number: "X4", customer: "X", created: "2025-01-01T08:00:00" }]) });
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
  assert.deepEqual(["status", "from", "sort", "page_size"].map((name) => next.get(name)),
    ["open", "2026-01-01", "title", "10"]);
  assert.equal(linkOf(html, "CSV"), "/cases.csv?status=open&from=2026-01-01&sort=title");
  assert.equal(linkOf(html, "Excel"), "/cases.xlsx?status=open&from=2026-01-01&sort=title");
});

test("a page after the last one says so", async () => {
  const html = await search("sid", { after: "n.0.0" });
  assert.deepEqual(numbers(html), []);
  assert.equal(total(html), paged.length);
  assert.equal(linkOf(html, "Första sidan"), "/cases");
});

// --- many links ------------------------------------------------------------------------------------------------------

for (const [name, count] of [["maja@x.se", 60], ["stina@x.se", 60], ["nisse@x.se", 10]]) {
  for (const criteria of [{}, { sort: "title" }, { q: "lampa 3" }, { status: "open", q: "lampa" },
    { status: "finished" }]) {
    test(`${name} finds the cases of all links: ${JSON.stringify(criteria)}`, async () => {
      const expected = onMasts.slice(0, count)
        .filter((one) => criteria.q !== "lampa 3" || one.title === "Lampa 3" || /3/.test(one.number));
      const client = await as(name);
      const path = `/cases${query({ ...criteria, page_size: 10 })}`;
      const wanted = criteria.status === "finished" ? [] : expected.map((one) => one.number).sort();
      const first = await client.get(path);
      assert.equal(total(first.text), wanted.length);
      assert.deepEqual((await walk(client, path)).flat().sort(), wanted);
      assert.deepEqual(readCsv((await client.get(path.replace("/cases", "/cases.csv"))).text).slice(1)
        .map((row) => row[0]).sort(), wanted);
    });
  }
}
