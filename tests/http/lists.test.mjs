// Every list of the program, found by its routes: page, files, orders, sizes, faults, paging, what is remembered and
// chosen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, selectOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readRoutes } from "./permissions.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const ROWS = 25;
const lines = (head, row) => [head, ...Array.from({ length: ROWS }, (_, i) => row(i + 1))].join("\n") + "\n";
const day = (i) => `2026-03-${String(i).padStart(2, "0")}`;

let portal, staff, customer;
before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv,label_en\nfile_category,ritning,Ritningar,Drawings\ncase_type,fel,Fel,Fault\n",
    "customers.csv": lines("number,name", (i) => `Kund ${i},Brf ${i}`),
    "objects.csv": lines("number,name,customer", (i) => `Lgh ${i},Hus ${i},Kund ${i}`),
    "contacts.csv": lines("number,first_name,last_name,email,customers",
      (i) => `P ${i},Kim,Ek ${i},p${i}@x.se,`
        + `${i === 1 ? Array.from({ length: ROWS }, (_, n) => `Kund ${n + 1}`).join("|") : ""}`),
    "accounts.csv": lines("email,password,verified", (i) => `p${i}@x.se,${i === 1 ? PASSWORD : ""},yes`)
      .replaceAll(",,yes", `,${PASSWORD},yes`),
    "articles.csv": lines("number,name,article_type,unit_price", (i) => `A ${i},Artikel ${i},time,${i}`),
    "cases.csv": lines("number,title,customer,created,type", (i) => `F ${i},Fel ${i},Kund 1,${day(i)}T08:00:00,fel`),
    "article_rows.csv": lines("number,case,date,title,quantity,unit_price,status",
      (i) => `R ${i},F ${i},${day(i)},Rad ${i},1,100,attested`),
    "invoice_specifications.csv": lines("number,customer,title,period_from,period_to,status,rows",
      (i) => `S ${i},Kund 1,Mars ${i},${day(i)},${day(i)},awaiting_approval,R ${i}`),
    "files.csv": lines("path,name,category,customer", (i) => `f/${i}.txt,Fil ${i}.txt,ritning,Kund 1`),
    ...Object.fromEntries(Array.from({ length: ROWS }, (_, i) => [`f/${i + 1}.txt`, `Text ${i + 1}\n`])),
  } });
  staff = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  customer = portal.client();
  await customer.login("p1@x.se", PASSWORD);
});
after(() => portal?.stop());

// Lists are what has a page, a CSV and an XLSX at the same address.
const routes = readRoutes().filter((route) => route.method === "GET").map((route) => route.path);
const LISTS = routes.filter((path) => !path.includes("{") && routes.includes(`${path}.csv`)
  && routes.includes(`${path}.xlsx`));
const isStaffs = (path) => path.startsWith("/staff/");
const client = (path) => (isStaffs(path) ? staff : customer);
const get = (path, language) => client(path)
  .get(path, language ? { "accept-language": language, cookie: `${client(path).cookieHeader?.() ?? ""}` } : undefined);
const pageOf = async (path) => (await get(`${path}?page_size=100`)).text;
const withParam = (path, name, value) => `${path}${path.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;
const firstCells = (html) => tableOf(html).rows.map((row) => row.join("|"));
// Names of the fields of a search form that a pattern finds.
const fieldsOf = (form, pattern) => [...form.matchAll(pattern)].map((m) => m[1]);
// What the lists have, so that no test of all lists checks nothing.
const WITH_CHOICES = ["/cases", "/files", "/invoices", "/objects", "/staff/accounts", "/staff/cases", "/staff/files",
  "/staff/invoices"];
const WITH_DAYS = ["/cases", "/files", "/invoices", "/staff/audit", "/staff/cases"];
const WITHOUT_ORDERS = ["/staff/accounts"];
const named = (path) => path.split("/").at(-1);

test("the lists that there are", () => {
  for (const path of ["/cases", "/files", "/invoices", "/objects",
    "/staff/accounts", "/staff/articles", "/staff/audit", "/staff/cases", "/staff/contacts",
    "/staff/invoices",
    "/staff/customers", "/staff/files", "/staff/objects", "/staff/users"])
    assert.ok(LISTS.includes(path), path);
});

for (const path of LISTS) {
  test(`${path}: a page, a CSV in code names, and an Excel file in the language of the user`, async () => {
    const { heads, rows } = tableOf(await pageOf(path));
    assert.ok(rows.length > 0 && heads.length > 1, "there are rows");
    const csv = readCsv((await get(`${path}.csv`)).text);
    for (const head of csv[0]) assert.match(head, /^[a-z][a-z0-9_]*$/, "headings of CSV are code names");
    const texts = readXlsx((await get(`${path}.xlsx`)).bytes);
    assert.equal(texts.length, csv.length + (path === "/staff/audit"), "the same rows; the audit also has the CSV");
    for (const head of texts[0]) assert.ok(!csv[0].includes(head), `${head} is a code name`);
    const shown = heads.filter((head) => texts[0].includes(head));
    assert.ok(shown.length >= Math.min(3, heads.length - 1), `headings of the page: ${heads} / ${texts[0]}`);
    const codes = new Set(["not_started", "awaiting_approval", "customer", "administrator", "active", "inactive", "yes",
      "no", "staff", "system", "time", "ritning", "login"]);
    const details = csv[0].indexOf("detail"); // of the audit: in English, as programs wrote them
    for (const row of texts.slice(1)) for (const [i, cell] of row.entries()) assert.ok(i === details
      || !codes.has(cell), `${cell} in ${row}`);
  });

  test(`${path}: each order that it offers, both ways`, async () => {
    const sorts = new Set([...(await pageOf(path)).matchAll(/[?&]sort=(-?[a-z_]+)/g)].map((m) =>
      m[1].replace("-", "")));
    assert.equal(sorts.size > 0, !WITHOUT_ORDERS.includes(path), "orders");
    for (const name of sorts) {
      const up = await get(`${path}?sort=${name}&page_size=100`),
        down = await get(`${path}?sort=-${name}&page_size=100`);
      assert.equal(up.status, 200);
      assert.match(up.text, /aria-sort="ascending"/);
      assert.match(down.text, /aria-sort="descending"/);
      assert.deepEqual(firstCells(up.text).sort(), firstCells(down.text).sort(), "the same rows");
    }
    assert.equal((await get(`${path}?sort=finns_inte`)).status, 400);
    assert.equal((await get(`${path}.csv?sort=finns_inte`)).status, 400);
  });

  test(`${path}: pages of 10, 20, 50 and 100 rows, and no others`, async () => {
    for (const size of [10, 20, 50, 100]) {
      const answer = await get(`${path}?page_size=${size}`);
      assert.equal(answer.status, 200);
      assert.equal(selectOf(answer.text, "page_size").chosen, String(size));
      assert.ok(tableOf(answer.text).rows.length <= size);
    }
    for (const size of ["7", "0", "-10", "x", "99999999999999999999"]) {
      const answer = await get(`${path}?page_size=${size}`);
      assert.equal(answer.status, 400, size);
      assert.match(textOf(answer.text), /Välj 10, 20, 50 eller 100/);
    }
  });

  test(`${path}: forwards to the end and back again`, async () => {
    const all = firstCells(await pageOf(path)), forwards = [], backwards = [];
    let url = `${path}?page_size=10`, last;
    for (; url; last = url,
      url = linkOf((await get(url)).text, "Nästa")) forwards.push(...firstCells((await get(url)).text));
    assert.deepEqual(forwards, all);
    for (url = last; url; url = linkOf((await get(url)).text, "Föregående")) backwards.unshift(
      ...firstCells((await get(url)).text));
    assert.deepEqual(backwards, all);
    if (all.length > 10) assert.equal(linkOf((await get(last)).text, "Första sidan").replace(/&amp;/g, "&"),
      `${path}?page_size=10`);
  });

  test(`${path}: a place that the list does not have is refused with the form`, async () => {
    for (const place of ["x", "n", "n.x.y.z", "q.1", "n.1.2.3.4.5.6", "p.zz", "n.6k.1", "ö"]) {
      const answer = await get(`${path}?after=${place}`);
      assert.equal(answer.status, 400, place);
      assert.match(answer.text, /role="search"/);
      assert.match(textOf(answer.text), /Den här sidan i listan finns inte/);
    }
  });

  test(`${path}: an unknown choice and an impossible day are refused beside their field, and kept`, async () => {
    const page = /<form class="(search|brief)-form[^>]*.*?<\/form>/s.exec(await pageOf(path))[0];
    const choices = fieldsOf(page, /<select[^>]*\bname="([a-z_]+)"/g).filter((name) => name !== "page_size");
    assert.equal(choices.length > 0, WITH_CHOICES.includes(path), `choices: ${choices}`);
    for (const name of choices) {
      const answer = await get(withParam(path, name, "finns inte"));
      assert.equal(selectOf(answer.text, name).chosen, "finns inte", `${name} is kept`);
      if (answer.status === 200) assert.equal(tableOf(answer.text).rows.length, 0, `${name} finds nothing`);
      else assert.notEqual(errorOf(answer.text, name), "", name);
      assert.equal((await get(withParam(`${path}.csv`, name, "finns inte"))).status, answer.status);
    }
    const days = fieldsOf(page, /<input[^>]*\btype="date"[^>]*\bname="([a-z_]+)"/g);
    assert.equal(days.length > 0, WITH_DAYS.includes(path), `days: ${days}`);
    for (const name of days) {
      const answer = await get(withParam(path, name, "2026-02-30"));
      assert.equal(answer.status, 400);
      assert.match(errorOf(answer.text, name), /år-månad-dag/);
      assert.equal(valueOf(answer.text, name), "2026-02-30");
      assert.equal(tableOf(answer.text).heads.length, 0, "no result");
      assert.equal((await get(withParam(`${path}.xlsx`, name, "igår"))).status, 400);
    }
    if (days.includes("from") && days.includes("to")) assert.notEqual(
      errorOf((await get(`${path}?from=2026-03-02&to=2026-03-01`)).text, "to"), "");
    assert.notEqual(errorOf((await get(`${path}?q=${Array.from({ length: 13 }, (_, i) => `ord${i}`).join("+")}`)).text,
      "q"), "", "too many words");
    assert.notEqual(errorOf((await get(`${path}?q=${"o".repeat(501)}`)).text, "q"), "", "too long a text");
  });

  test(`${path}: a search that finds nothing says so, and can be cleared`, async () => {
    const answer = await get(`${path}?q=xyzzyfinnsinte`);
    assert.equal(answer.status, 200);
    assert.equal(tableOf(answer.text).rows.length, 0);
    assert.match(linkOf(answer.text, "Rensa"), new RegExp(`^${path}`));
    assert.match(answer.text, /class="empty-state/);
  });

  if (!isStaffs(path)) continue;

  test(`${path}: the last search comes back, until it is cleared`, async () => {
    assert.equal((await get(`${path}?keep=1&q=e&page_size=50`)).status, 200);
    const resumed = (await get(path)).headers.get("location");
    assert.match(resumed, new RegExp(`^${path}\\?q=e`));
    assert.equal((await get(linkOf((await get(resumed)).text, "Rensa"))).status, 200);
    assert.equal((await get(path)).status, 200);
    await get(`${path}?keep=1&page_size=7`);
    assert.equal((await get(path)).status, 200, "what is wrong is not remembered");
  });

  test(`${path}: each of the staff chooses its columns`, async () => {
    const address = `/staff/lists/${named(path)}`;
    const form = (await staff.get(address)).text;
    const names = [...form.matchAll(/name="column" value="([^"]+)"/g)].map((m) => m[1]);
    const standard = tableOf(await pageOf(path)).heads;
    assert.ok(names.length >= 3);
    for (const column of [names, names.slice(0, 1), names.slice().reverse()]) {
      const order = Object.fromEntries(column.map((name, i) => [`order_${name}`, String(i + 1)]));
      const answer = await staff.postForm(address, { act: "save", column, ...order });
      if (answer.status !== 400) assert.equal(tableOf(await pageOf(path)).heads.length, column.length);
    }
    assert.equal((await staff.postForm(address, { act: "reset" })).status, 303);
    assert.deepEqual(tableOf(await pageOf(path)).heads, standard);
  });
}

// Numbers and names with digits in them stand by their value, whatever the list, and å ä ö last.
test("Lgh 2 stands before Lgh 10", async () => {
  const numbersOf = (texts, stem) => texts.filter((text) => text.startsWith(`${stem} `))
    .map((text) => Number(/\d+/.exec(text)[0]));
  const counted = Array.from({ length: ROWS }, (_, i) => i + 1);
  for (const [path, sort, column, stem] of [["/staff/customers", "number", 0, "Kund"],
    ["/staff/customers", "name", 1, "Brf"], ["/staff/objects", "number", 0, "Lgh"],
    ["/staff/objects", "name", 1, "Hus"], ["/staff/contacts", "number", 0, "P"],
      ["/staff/contacts", "last_name", 2, "Ek"], ["/staff/articles", "number", 0, "A"],
    ["/staff/articles", "name", 1, "Artikel"], ["/staff/invoices", "number", 0, "S"], ["/cases", "number", 1, "F"],
      ["/cases", "title", 0, "Fel"], ["/invoices", "number", 0, "S"], ["/invoices", "title", 1, "Mars"],
    ["/files", "name", 1, "Fil"], ["/staff/files", "name", 0, "Fil"]]) {
    const shown = tableOf((await get(`${path}?sort=${sort}&page_size=100`)).text).rows.map((row) => row[column]);
    assert.deepEqual(numbersOf(shown, stem), counted, `${path} by ${sort}`);
    const filed = readCsv((await get(`${path}.csv?sort=${sort}`)).text);
    assert.deepEqual(numbersOf(filed.slice(1).map((row) => row[filed[0].indexOf(sort)]), stem), counted,
      `${path}.csv by ${sort}`);
  }
});
