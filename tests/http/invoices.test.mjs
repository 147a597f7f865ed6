// The list and the page of invoice specifications: who sees them, search, filters, order, pages, files, and sums to the
// öre.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, selectOf, tableOf, textOf, valueOf, withoutToken } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";

const PASSWORD = "Ekollon-2026";
const many = Array.from({ length: 25 },
  (_, i) => `M-${100 + i},A,Månad ${i},2025-${String(1 + (i % 12)).padStart(2, "0")}-01,`
    + `2025-${String(1 + (i % 12)).padStart(2, "0")}-28,invoiced,,R3,,,`);
const files = {
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\nB,Brf Björken,\nC,Öbo & <Söner>,\n`,
  "objects.csv": `number,name,customer,login\nH1,Hus 1,A,hus1/${PASSWORD}\nH2,Hus 2,B,\n`,
  "contacts.csv": "number,first_name,last_name,email,customers,objects\nK1,Bo,Ek,bo@x.se,A|C,\n"
    + "K2,Ida,Al,ida@x.se,,H1\nK3,Tom,Asp,tom@x.se,B,\nK4,Eva,Ask,eva@x.se,A,\n",
  "accounts.csv": "email,password,verified\n"
    + ["bo", "ida", "tom", "eva", "ny"].map((who) => `${who}@x.se,${PASSWORD},yes\n`).join(""),
  "articles.csv": "number,name,article_type,unit,unit_price\n100,Tekniker,time,h,650\n",
  "cases.csv": "number,title,customer,object,created\n260301-0001,Läckande kran,A,H1,2026-03-01T08:00:00\n"
    + "260301-0002,Hemlig sak,B,H2,2026-03-01T08:00:00\n260301-0003,Låst port,A,H1,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,article,date,title,description,article_type,quantity,unit,unit_price,discount,"
    + "status\n"
    + "R1,260301-0001,,2026-03-02,Packning,Med <b>fett</b>,material,3,st,0.335,,attested\n" // 1.005 → 1.01
    + "R2,260301-0001,100,2026-03-01,Arbete,,time,1.5,h,650,0.125,attested\n" // 853.125 → 853.13
    + "R3,260301-0003,,2026-03-03,Kredit,,other,-1,st,99.995,,attested\n" // −99.995 → −100.00
    + "R4,260301-0002,,2026-03-04,Annans rad,,other,1,st,1000000.10,,attested\n"
    + "R5,260301-0001,,2026-03-04,Makulerad rad,,other,1,st,5000,,cancelled\n",
  "invoice_specifications.csv": [
    "number,customer,title,period_from,period_to,status,your_reference,rows,decided_by,decided_at,comment",
    "F-1,A,Mars,2026-03-01,2026-03-31,awaiting_approval,Ref 77,R1|R2|R3|R4|R5,,,",
    "F-2,A,Februari,2026-02-01,2026-02-28,approved,,R2,Bo Ek,2026-03-05T10:00:00,Ser bra ut",
    "F-3,A,Januari,2026-01-01,2026-01-31,rejected,,R3,Bo Ek,2026-02-05T10:00:00,Nej tack",
    "F-4,C,=1+1;öppen,2026-03-15,,invoiced,,R3,,,", "F-5,C,Utan period,,,awaiting_approval,,R2,,,",
    "F-6,A,Utkast,2026-03-01,2026-03-31,draft,,R1,,,", "F-7,B,Björkens,2026-03-01,2026-03-31,awaiting_approval,,R4,,,",
    "2026/ö 8,C,Udda nummer,2024-01-01,2024-01-31,approved,,R1,,,", ...many].join("\n") + "\n",
};
const OWN = 5 + 1 + many.length;

let portal, bo;
async function enter(name, headers) {
  const client = portal.client(headers);
  assert.equal((await client.login(name, PASSWORD)).status, 303);
  return client;
}
const numbers = (html) => tableOf(html).rows.map((row) => row[0]);
async function listed(query) {
  const answer = await bo.get(`/invoices?page_size=100&${query}`);
  assert.equal(answer.status, 200, query);
  return numbers(answer.text);
}

before(async () => {
  portal = await startPortal({ files });
  bo = await enter("bo@x.se");
});
after(() => portal?.stop());

const PATHS = ["/invoices?status=", "/invoices.csv", "/invoices.xlsx", "/invoices/F-1", "/invoices/F-1.csv",
  "/invoices/F-1.xlsx"];

test("only contacts linked to customers have specifications: address and menu", async () => {
  for (const who of ["ida@x.se", "ny@x.se", "aspen", "hus1"]) {
    const client = await enter(who);
    for (const path of PATHS) assert.equal((await client.get(path)).status, 404, `${who} ${path}`);
    assert.equal(linkOf((await client.get("/")).text, "Fakturaspecifikationer"), undefined, who);
  }
  for (const path of PATHS) assert.equal((await bo.get(path)).status, 200, path);
  assert.match(linkOf((await bo.get("/")).text, "Fakturaspecifikationer"), /^\/invoices(\?|$)/);
  for (const path of PATHS) assert.ok([303, 401].includes((await portal.client().get(path)).status), `nobody ${path}`);
});

test("drafts and those of others answer as what does not exist, byte by byte", async () => {
  for (const ending of ["", ".csv", ".xlsx"]) {
    const none = await bo.get(`/invoices/F-0${ending}`);
    assert.equal(none.status, 404);
    for (const number of ["F-6", "F-7"]) {
      const answer = await bo.get(`/invoices/${number}${ending}`);
      assert.equal(answer.status, 404);
      const strip = (text) => withoutToken(text).replaceAll(/F-\d/g, "");
      assert.equal(strip(answer.text), strip(none.text), `${number}${ending}`);
    }
  }
  assert.deepEqual(await listed("q=bj%C3%B6rkens"), []);
  assert.deepEqual(await listed("customer=B"), []);
  assert.deepEqual(await listed("status=draft"), []);
  assert.doesNotMatch((await bo.get("/invoices.csv")).text, /F-6|F-7|Björken/);
});

test("those that wait stand first, then the newest period", async () => {
  const page = (await bo.get("/invoices?status=")).text;
  assert.deepEqual(numbers(page).slice(0, 5), ["F-1", "F-5", "F-4", "F-2", "F-3"]);
  const { heads, rows } = tableOf(page);
  assert.deepEqual(heads, ["Nummer", "Titel", "Kund", "Period", "Ärenden", "Summa (exkl. moms)", "Status"]);
  assert.deepEqual(rows[0],
    ["F-1", "Mars", "Brf Aspen", "2026-03-01 – 2026-03-31", "3", "1 000 754,24 kr", "Väntar på godkännande"]);
  assert.deepEqual(rows[2].slice(2), ["Öbo & <Söner>", "från 2026-03-15", "1", "−100,00 kr", "Fakturerad"]);
  assert.match(page, new RegExp(`<h2 id="result-title">${OWN} fakturaspecifikationer · `));
});

test("the menu leads to what waits, with its sum and a way to all; the bare address has all", async () => {
  const menu = linkOf((await bo.get("/cases")).text, "Fakturaspecifikationer 2");
  assert.equal(menu, "/invoices?status=awaiting_approval");
  const { text } = await bo.get(menu);
  assert.deepEqual(numbers(text), ["F-1", "F-5"]);
  assert.match(textOf(text), /2 fakturaspecifikationer · 1 001 607,37 kr exkl\. moms/);
  assert.equal(selectOf(text, "status").chosen, "awaiting_approval");
  for (const label of ["Alla fakturaspecifikationer", "Rensa"]) {
    const all = await bo.get(linkOf(text, label));
    assert.equal(all.status, 200, label);
    assert.match(textOf(all.text), new RegExp(`${OWN} fakturaspecifikationer · `));
    assert.equal(linkOf(all.text, "2 väntar på att du godkänner"), "/invoices?status=awaiting_approval");
  }
  for (const query of ["", "?status=", "?q=", "?page_size=20", "?sort=number"])
    assert.match(textOf((await bo.get(`/invoices${query}`)).text), new RegExp(`${OWN} fakturaspecifikationer · `),
      query);
});

test("all of the list stays all on the way to its first page", async () => {
  const second = (await bo.get(linkOf((await bo.get("/invoices?status=")).text, "Nästa"))).text;
  const first = await bo.get(linkOf(second, "Första"));
  assert.equal(first.status, 200);
  assert.equal(numbers(first.text).length, 20);
});

test("words, states, customers and periods narrow it", async () => {
  for (const [query, expected] of [
    ["q=mars", ["F-1"]], ["q=MARS+f", ["F-1"]], ["q=ref+77", ["F-1"]], ["q=f1", ["F-1"]], ["q=%C3%B6bo+utan", ["F-5"]],
      ["q=obo", []],
    ["q=5+utan", ["F-5"]], ["status=approved", ["F-2", "2026/ö 8"]], ["status=rejected", ["F-3"]],
      ["status=awaiting_approval", ["F-1", "F-5"]],
    ["customer=C", ["F-5", "F-4", "2026/ö 8"]], ["customer=C&status=invoiced", ["F-4"]], ["customer=none", []],
    ["from=2026-03-31", ["F-1", "F-4"]], ["from=2026-04-01", ["F-4"]],
      ["from=2026-01-31&to=2026-02-01", ["F-2", "F-3"]],
    ["to=2024-12-31", ["2026/ö 8"]], ["from=2030-01-01&to=2030-01-01", ["F-4"]], ["q=%E2%80%93", []],
  ]) assert.deepEqual(await listed(query), expected, query);
});

test("every column sorts both ways, and pages lead through all of it and back", async () => {
  const rowsOf = async (sort) => tableOf((await bo.get(`/invoices?page_size=100&sort=${sort}`)).text).rows;
  const amount = (text) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""));
  for (const [name, column, value] of [["cases", 4, amount], ["total", 5, amount],
    ["period", 3, (text) => text.replace("från ", "").slice(0, 10)], ["number", 0, String]]) {
    const up = (await rowsOf(name)).map((row) => value(row[column])),
      down = (await rowsOf(`-${name}`)).map((row) => value(row[column]));
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    assert.deepEqual(up, [...up].sort(compare), name);
    assert.deepEqual(down, [...down].sort(compare).reverse(), name);
    assert.equal(up.length, OWN);
  }
  assert.deepEqual((await rowsOf("-customer")).slice(0, 3).map((row) => row[2]), Array(3).fill("Öbo & <Söner>"));
  assert.equal((await rowsOf("title"))[0][1], "=1+1;öppen");
  assert.deepEqual([...new Set((await rowsOf("status")).map((row) => row[6]))],
    ["Väntar på godkännande", "Godkänd", "Ej godkänd", "Fakturerad"]);
  for (const sort of ["", "number", "-title", "customer", "-customer", "-period", "period", "cases", "-total",
    "status"]) {
    const whole = numbers((await bo.get(`/invoices?page_size=100&sort=${sort}`)).text);
    const seen = [], pages = [];
    for (let path = `/invoices?status=&page_size=10&sort=${sort}`; path; ) {
      const { text } = await bo.get(path);
      pages.push(numbers(text));
      seen.push(...numbers(text));
      const back = linkOf(text, "Föregående");
      if (pages.length > 1) assert.deepEqual(numbers((await bo.get(back)).text), pages.at(-2), `back by ${sort}`);
      else assert.equal(back, undefined);
      path = linkOf(text, "Nästa");
      assert.ok(pages.length < 10);
    }
    assert.deepEqual(seen, whole, `by ${sort}`);
  }
  const words = (await bo.get("/invoices?q=m%C3%A5nad&page_size=10")).text;
  const next = (await bo.get(linkOf(words, "Nästa"))).text;
  assert.equal(new Set([...numbers(words), ...numbers(next)]).size, 20);
  assert.equal(valueOf(next, "q"), "månad");
});

test("a fault is shown beside its field, with status 400, and everything else is kept", async () => {
  for (const [query, field] of [["from=2026-02-30", "from"], ["to=x", "to"], ["from=2026-02-01&to=2026-01-01", "to"],
    ["status=waiting", "status"],
    ["page_size=7", "page_size"], [`q=${"a".repeat(501)}`, "q"],
      [`q=${Array.from({ length: 13 }, (_, i) => `w${i}`).join("+")}`, "q"]]) {
    const answer = await bo.get(`/invoices?customer=C&${query}`);
    assert.equal(answer.status, 400, query);
    assert.notEqual(errorOf(answer.text, field), "", query);
    assert.equal(selectOf(answer.text, "customer").chosen, "C");
    assert.equal(tableOf(answer.text).rows.length, 0);
    if (field !== "page_size") for (const path of ["/invoices.csv",
      "/invoices.xlsx"]) assert.equal((await bo.get(`${path}?${query}`)).status, 400, path + query);
  }
  for (const query of ["sort=id", "sort=-", "after=x", "after=n.1", "after=n.1.x.y", "after=q.1.2.3",
    "after=n.99999999999999999999.1.x"]) {
    const answer = await bo.get(`/invoices?${query}`);
    assert.equal(answer.status, 400, query);
    assert.match(answer.text, /role="alert"|data-error-summary/);
  }
  for (const query of ["after=n.9223372036854775807.61.1", "after=p.-9223372036854775808..0&sort=total",
    "sort=title&after=n.27.1"])
    assert.equal((await bo.get(`/invoices?${query}`)).status, 200, query);
});

test("CSV and Excel have all of what is searched for, exactly, with formulas defused", async () => {
  const csv = await bo.get("/invoices.csv?customer=C&page_size=10");
  assert.match(csv.headers.get("content-type"), /^text\/csv/);
  assert.match(csv.headers.get("content-disposition"), /attachment.*invoices\.csv/);
  const rows = readCsv(csv.text);
  assert.deepEqual(rows[0], ["number", "title", "customer", "customer_name", "period_from", "period_to", "case_count",
    "total", "status", "your_reference", "decided_by", "decided_at", "comment"]);
  assert.deepEqual(rows.slice(1).map((row) => row[0]), ["F-5", "F-4", "2026/ö 8"]);
  assert.deepEqual(rows[2],
    ["F-4", "'=1+1;öppen", "C", "Öbo & <Söner>", "2026-03-15", "", "1", "-100.00", "invoiced", "", "", "", ""]);
  assert.equal(readCsv((await bo.get("/invoices.csv")).text).length, OWN + 1);
  const decided = readCsv((await bo.get("/invoices.csv?status=approved&customer=A")).text)[1];
  assert.deepEqual(decided.slice(6), ["1", "853.13", "approved", "", "Bo Ek", "2026-03-05T09:00:00Z", "Ser bra ut"]);
  const sheet = readXlsx((await bo.get("/invoices.xlsx?customer=C")).bytes);
  assert.deepEqual(sheet[0].slice(0, 4), ["Nummer", "Titel", "Kundnummer", "Kund"]);
  assert.deepEqual(sheet[2].slice(0, 9),
    ["F-4", "=1+1;öppen", "C", "Öbo & <Söner>", "2026-03-15", "", 1, -100, "Fakturerad"]);
});

test("the page has rows by case, sums to the öre, and links only to cases one may see", async () => {
  const { text } = await bo.get("/invoices/F-1");
  const all = textOf(text);
  for (const said of ["Brf Aspen", "2026-03-01 – 2026-03-31", "Ref 77", "3 ärenden, 4 rader", "1 000 754,24 kr",
    "Läckande kran", "Med <b>fett</b>",
    "1,01 kr", "853,13 kr", "12,5 %", "854,14 kr", "När du godkänner fakturerar vi 1 000 754,24 kr exklusive moms",
    "−100,00 kr", "1 000 000,10 kr", "Annans rad"])
    assert.ok(all.includes(said), said);
  assert.ok(!all.includes("Makulerad rad"));
  assert.ok(!all.includes("Hemlig sak"));
  assert.ok(!all.includes("Hus 2"));
  assert.equal(linkOf(text, "Ärende 260301-0001"), "/cases/260301-0001");
  assert.equal(linkOf(text, "Ärende 260301-0002"), undefined);
  assert.ok(all.includes("Ärende 260301-0002"));
  assert.ok(all.indexOf("Arbete") < all.indexOf("Packning"));
  for (const ending of ["/approve", "/reject", "/specification.pdf", ".csv", ".xlsx"]) assert.ok(
    text.includes(`href="/invoices/F-1${ending}"`), ending);
  const english = (await (await enter("bo@x.se", { "accept-language": "en" })).get("/invoices/F-1")).text;
  assert.ok(textOf(english).includes("1,000,754.24 kr"));
});

test("first the period, sum, extent and what approving does; then a line with its sum for each case", async () => {
  const { text } = await bo.get("/invoices/F-1");
  const said = textOf(text);
  assert.deepEqual([...text.matchAll(/<dt>([^<]*)</g)].slice(0, 3).map(([, label]) => label),
    ["Period", "Summa (exkl. moms)", "Omfattning"]);
  const places = ["3 ärenden, 4 rader", "När du godkänner", "Stämmer något inte", "Godkänn …", "Ärenden och rader"]
    .map((part) => said.indexOf(part));
  assert.ok(places.every((place) => place > 0), String(places));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  const heads = text.split('<tr class="spec-case-head">').slice(1).map((part) =>
    [textOf(part).match(/\d{6}-\d{4}/)[0], textOf(part.match(/<td[^>]*>[^<]*/)[0])]);
  assert.deepEqual(heads,
    [["260301-0001", "854,14 kr"], ["260301-0002", "1 000 000,10 kr"], ["260301-0003", "−100,00 kr"]]);
  assert.equal(text.match(/<button[^>]*spec-fold"/g).length, 3);
  const decided = (await bo.get("/invoices/F-2")).text;
  assert.doesNotMatch(textOf(decided), /När du godkänner/);
  assert.doesNotMatch(decided, /spec-fold/, "one case has nothing to fold");
});

test("a specification is compared with the customer's own of the period before", async () => {
  const compared = async (number) => {
    const { text } = await bo.get(`/invoices/${number}`);
    const found = text.match(/<dt>Perioden innan<\/dt><dd>(.*?)<\/dd>/s)?.[1];
    return found && [found.match(/href="([^"]*)"/)[1], textOf(found.replace("<br>", " "))];
  };
  assert.deepEqual(await compared("F-1"),
    ["/invoices/F-2", "2026-02-01 – 2026-02-28 853,13 kr (nu 999 901,11 kr mer)"]);
  assert.deepEqual(await compared("F-3"),
    ["/invoices/M-123", "2025-12-01 – 2025-12-28 −100,00 kr (samma summa)"]);
  assert.equal((await compared("F-4"))[0], "/invoices/2026~1%C3%B6%208", "not one of another customer");
  assert.equal(await compared("F-5"), undefined, "it has no period");
  assert.equal(await compared("2026~1%C3%B6%208"), undefined, "it is the first");
});

test("what is decided says by whom, when and why, and offers no new decision", async () => {
  const approved = await bo.get("/invoices/F-2");
  assert.match(textOf(approved.text), /Godkänd .*Bo Ek, 2026-03-05 10:00.*Ser bra ut/);
  assert.match(textOf((await bo.get("/invoices/F-3")).text), /Ej godkänd .*Bo Ek, 2026-02-05 10:00.*Nej tack/);
  for (const number of ["F-2", "F-3", "F-4"]) assert.doesNotMatch((await bo.get(`/invoices/${number}`)).text,
    /\/(approve|reject)"/);
});

test("numbers with anything in them have an address", async () => {
  const { text } = await bo.get("/invoices?q=udda");
  const page = await bo.get(linkOf(text, "2026/ö 8"));
  assert.equal(page.status, 200);
  assert.match(page.text, /Udda nummer/);
  assert.equal((await bo.get(linkOf(page.text, "CSV"))).status, 200);
});

test("rows as CSV and Excel are those of the page", async () => {
  const rows = readCsv((await bo.get("/invoices/F-1.csv")).text);
  assert.deepEqual(rows[0], ["number", "case", "article", "date", "title", "description", "quantity", "unit",
    "unit_price", "discount", "total"]);
  assert.deepEqual(rows.slice(1).map((row) => [row[0], row[10]]),
    [["R2", "853.13"], ["R1", "1.01"], ["R4", "1000000.10"], ["R3", "-100.00"]]);
  assert.deepEqual(rows[1],
    ["R2", "260301-0001", "100", "2026-03-01", "Arbete", "", "1.5", "h", "650", "0.125", "853.13"]);
  const sheet = readXlsx((await bo.get("/invoices/F-1.xlsx")).bytes);
  assert.equal(sheet.length, 5);
  assert.equal(sheet[1][10], 853.13);
  assert.equal(sheet[0][10], "Summa (exkl. moms)");
});

test("a row that changes after the decision shows, and asks for a new one", async () => {
  await portal.importFiles({
    "article_rows.csv": "number,case,date,title,quantity,unit_price\nR2,260301-0001,2026-03-01,Arbete,2,650\n" });
  const { text } = await bo.get("/invoices?q=februari");
  assert.match(tableOf(text).rows[0][6], /^Väntar på godkännande Ändrad efter godkännande$/);
  const page = (await bo.get("/invoices/F-2")).text;
  assert.match(textOf(page), /Raderna har ändrats efter beslutet/);
  assert.ok(page.includes('href="/invoices/F-2/approve"'));
  assert.ok((await listed("status=awaiting_approval")).includes("F-2"));
  assert.deepEqual(await listed("status=approved"), ["2026/ö 8"]);
});

test("decisions made in the portal stand on the page, newest first, also those on other rows", async () => {
  const [[id, digest]] = portal.sql("SELECT id, digest FROM invoice_specification WHERE number = 'F-3'");
  const decide = (seq, decision, of, total, comment) =>
    portal.sql("INSERT INTO specification_decision (seq, specification_id, number, customer, decision, content, digest,"
    + ` row_count, total, your_reference, comment, login, contact, name, decided_at, previous_hash, hash) VALUES `
    + `(${seq}, ${id}, 'F-3', 'A', '${decision}', '', '${of}', 1, ${total},`
    + ` 'PO <7>', '${comment}', 'bo@x.se', 'K1', 'Bo Ek', ${1772000000000000 + seq}, '', '')`);
  decide(900001, "approved", "other", 12345, "Först ja");
  decide(900002, "rejected", digest, -10000, "Sedan nej");
  const said = textOf((await bo.get("/invoices/F-3")).text.split('id="spec-decisions-title"')[1]);
  assert.match(said,
    /Ej godkänd Bo Ek, 2026-02-25 07:13 Summa \(exkl\. moms\): −100,00 kr Er referens: PO <7> Sedan nej Godkänd Bo Ek/);
  assert.match(said, /123,45 kr \(andra rader än de som visas nu\) .*Först ja/);
  assert.equal(said.match(/andra rader/g).length, 1);
  assert.doesNotMatch((await bo.get("/invoices/F-1")).text, /spec-decisions-title/);
});

test("the list says what to do when it is empty, and offers customers only where there are several", async () => {
  assert.match((await bo.get("/invoices?q=finnsinte")).text, /Inga fakturaspecifikationer matchar/);
  const all = (await bo.get("/invoices?status=")).text;
  assert.deepEqual(selectOf(all, "customer").options.map(([value]) => value), ["A", "C"]);
  const eva = await enter("eva@x.se");
  assert.equal(selectOf((await eva.get("/invoices?status=")).text, "customer"), null);
  assert.ok(!(await eva.get("/invoices?page_size=100")).text.includes("F-4"));
  assert.equal((await eva.get("/invoices/F-4")).status, 404);
  await portal.importFiles({ "contacts.csv": "number,first_name,last_name,email,customers\nK5,Ny,Nu,ny@x.se,D\n",
    "customers.csv": "number,name\nD,Tomt AB\n" });
  const ny = await enter("ny@x.se");
  assert.match((await ny.get("/invoices")).text, /Det finns inga fakturaspecifikationer ännu/);
});

test("a number that ends like the address of a file has a page, and its files add their ending", async () => {
  await portal.importFiles({ "invoice_specifications.csv": "number,customer,rows,status\nF-9.csv,C,R1,approved\n" });
  const page = await bo.get("/invoices/F-9.csv");
  assert.match(page.headers.get("content-type"), /^text\/html/);
  assert.match(page.text, /Fakturaspecifikation F-9\.csv/);
  assert.match((await bo.get("/invoices/F-9.csv.csv")).headers.get("content-type"), /^text\/csv/);
});
