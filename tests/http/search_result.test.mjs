// The result of a search over HTTP (contract 3, domain 5): what people see, the files, and finding one of many objects.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, linkOf, radiosOf, selectOf, tableOf, valueOf } from "./html.mjs";
import { PASSWORD, as, numbers, portal, query, search, walk } from "./search.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";

// --- exports ---------------------------------------------------------------------------------------------------------

test("the CSV has code names, keys and the names that the page shows", async () => {
  const answer = await (await as("vera@x.se")).get("/cases.csv?object=E2");
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?cases\.csv/);
  assert.deepEqual(readCsv(answer.text), [
    ["number", "title", "status", "type", "type_name", "priority", "priority_name", "customer", "customer_name",
      "object",
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
  // Forms and import make a blank of a line break in a title today; an older database may have one.
  portal.sql("UPDATE cases SET title = 'rad\nbrytning, \"citat\"' WHERE number = 'X2'");
  const rows = readCsv((await (await as("x")).get("/cases.csv?q=X2")).text);
  assert.equal(rows[1][1], "rad\nbrytning, \"citat\"");
});

test("the workbook holds the rows and the names of the page", async () => {
  const client = await as("vera@x.se");
  const answer = await client.get("/cases.xlsx?type=fel");
  assert.match(answer.headers.get("content-disposition"), /^attachment; filename="?cases\.xlsx/);
  const page = tableOf((await client.get("/cases?type=fel")).text);
  // The page begins with the title, files have it where the settings say.
  for (const row of [page.heads, ...page.rows]) row.splice(1, 0, row.shift());
  const book = readXlsx(answer.bytes);
  const at = page.heads.indexOf("Skapat");
  assert.deepEqual(book[0], page.heads.slice(0, -1));
  const shown = book.slice(1).map((row) => row.map((cell, i) => (i !== at ? cell
    : new Date(Math.round((cell - 25569) * 86400) * 1000).toISOString().slice(0, 16).replace("T", " "))));
  assert.deepEqual(shown, page.rows.map((row) => row.slice(0, -1)));
});

test("characters that XML does not have leave the workbook readable", async () => {
  await portal.importFiles({
    "customers.csv": `number,name,login\nN,Noll,noll/${PASSWORD}\n`,
    "cases.csv": "number,title,customer,created\nN1,a,N,2026-01-01T10:00:00\n",
  });
  portal.sql("UPDATE cases SET title = 'a\uFFFEb\uFFFFc\uFFFD\uFFFC' WHERE number = 'N1'");
  const rows = readXlsx((await (await as("noll")).get("/cases.xlsx")).bytes);
  assert.equal(rows[1][1], "a\uFFFDb\uFFFDc\uFFFD\uFFFC");
});

test("an export without hits has its head", async () => {
  const client = await as("sid");
  assert.equal(readCsv((await client.get("/cases.csv?q=none")).text).length, 1);
  assert.equal(readXlsx((await client.get("/cases.xlsx?q=none")).bytes).length, 1);
});

// --- what people see -------------------------------------------------------------------------------------------------

test("a case is shown with its link, its state, and its actions", async () => {
  const html = await search("vera@x.se", { object: "E2" });
  const { heads, rows } = tableOf(html);
  assert.deepEqual(heads, ["Ort / Titel", "Ärendenummer", "Status", "Ärendetyp", "Prioritet", "Kund", "Objekt", "Gata",
    "Våning", "Skapat", "Åtgärder"]);
  assert.deepEqual(rows, [["Fel", "L2", "Påbörjat", "Felanmälan", "Normal", "Listbolaget", "Hus 2", "", "Källare",
    "2026-03-01 00:00", "Se åtgärder L2"]]);
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

test("a login that sees no cases reads why", async () => {
  assert.match(await search("ingen@x.se", {}), /<h3>Du kan inte se några ärenden ännu<\/h3>/);
  assert.match(await search("lars@x.se", {}), /<h3>Det finns inga ärenden ännu<\/h3>/);
});

// --- finding one of many objects -------------------------------------------------------------------------------------

const hits = async (name, q, source = "objects") => {
  const answer = await (await as(name)).get(`/cases/choices/${source}${query({ q })}`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^application\/json/);
  return JSON.parse(answer.text);
};

test("the box finds objects by number, name and address", async () => {
  assert.deepEqual(await hits("maja@x.se", "M107"),
    [{ value: "M107", label: "Mast 7", detail: "M107 · Ängsgatan 7, Åmål" }]);
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
  assert.match(html, /<details class="filter" data-filter data-filter-kept open>/);
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
  assert.deepEqual(radiosOf(html, "object"),
    { options: [["M107", "Mast 7, Ängsgatan 7, Åmål (M107)"]], chosen: "M107" });
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
