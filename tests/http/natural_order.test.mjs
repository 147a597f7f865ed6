// Numbers and names of one moment stand in their natural order wherever people see them, also outside the lists: W 2
// before W 10 (domain 2.7). The files of the import have them in the order of bytes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const NUMBERS = Array.from({ length: 12 }, (_, i) => i + 1);
const lines = (head, row) => [head, ...NUMBERS.map(String).sort().map(row)].join("\n") + "\n";
let portal, staff, customer;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,p1@x.se,K1\n",
    "accounts.csv": `email,password,verified\np1@x.se,${PASSWORD},yes\n`,
    "cases.csv": lines(`number,title,customer,created,${NUMBERS.map((i) => `extra_Mått ${i}`).sort().join(",")}`,
      (i) => `F ${i},Fel,K1,2026-03-01T08:00:00,${NUMBERS.map((n) => `x${n}`).join(",")}`),
    "work_orders.csv": lines("number,case,created,resource", (i) => `W ${i},F 1,2026-03-01T08:00:00,Bil ${i}`),
    "article_rows.csv": [lines("number,case,date,title,quantity,unit_price,status",
      (i) => `R ${i},F 1,2026-03-01,Rad ${i},1,100,attested`),
    ...NUMBERS.slice(1).map((i) => `Q ${i},F ${i},2026-03-01,Rad,1,100,attested\n`)].join(""),
    "invoice_specifications.csv": `number,customer,status,rows\nS1,K1,awaiting_approval,${
      [...NUMBERS.map((i) => `R ${i}`), ...NUMBERS.slice(1).map((i) => `Q ${i}`)].join("|")}\n`,
    "files.csv": lines("path,name,case", (i) => `f/${i}.txt,Fil ${i}.txt,F 1`),
    ...Object.fromEntries(NUMBERS.map((i) => [`f/${i}.txt`, `Text ${i}\n`])),
  } });
  staff = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  customer = portal.client();
  await customer.login("p1@x.se", PASSWORD);
});
after(() => portal?.stop());

// The numbers after a word in the order in which they first stand in a text.
const numbersAfter = (text, word) =>
  [...new Set([...text.matchAll(new RegExp(`(?<![\\wåäö])${word} (\\d+)(?!\\d)`, "g"))].map((m) => Number(m[1])))];

test("staff sort all cases by number, from page to page, in both directions", async () => {
  for (const [sort, wanted] of [["number", NUMBERS], ["-number", NUMBERS.toReversed()]]) {
    const found = [];
    for (let path = `/staff/cases?page_size=10&sort=${sort}`; path;) {
      const { text } = await staff.get(path);
      found.push(...[...text.matchAll(/class="cell-link" href="\/staff\/cases\/F%20(\d+)"/g)].map((m) => Number(m[1])));
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1].replaceAll("&amp;", "&");
    }
    assert.deepEqual(found, wanted, sort);
  }
});

const STAFF_PAGES = [["/staff/cases/F%201", ["W", "R", "Fil", "Mått"]], ["/staff/cases/F%201/work", ["W", "R"]],
  ["/staff/cases/F%201/rows/new", ["W"]], ["/staff/cases/F%201/work-orders/new", ["Bil"]],
  ["/staff/invoices/S1", ["Rad", "F"]]];
const PAGES = [["/cases/F%201", ["W", "Fil", "Mått"]], ["/cases/F%201/actions", ["Rad"]],
  ["/invoices/S1", ["F", "Rad"]]];
for (const [path, words] of [...STAFF_PAGES, ...PAGES]) {
  test(`${path}: ${words.join(", ")}`, async () => {
    const { status, text } = await (path.startsWith("/staff") ? staff : customer).get(path);
    assert.equal(status, 200);
    const main = text.slice(text.indexOf("<main"));
    const options = [...main.matchAll(/<option value="([^"]*)"/g)].map((m) => m[1]).join("\n");
    for (const word of words)
      assert.deepEqual(numbersAfter(`${textOf(main)}\n${options}`, word), NUMBERS, `${path} ${word}`);
  });
}

test("files of these pages", async () => {
  const actions = readCsv((await customer.get("/cases/F%201/actions.csv")).text);
  assert.deepEqual(numbersAfter(actions.slice(1).map((row) => row.join("\n")).join("\n"), "Rad"), NUMBERS);
  const rows = readCsv((await customer.get("/invoices/S1.csv")).text);
  assert.deepEqual(numbersAfter(rows.map((row) => row[rows[0].indexOf("case")]).join("\n"), "F"), NUMBERS);
  assert.deepEqual(numbersAfter(rows.map((row) => row[rows[0].indexOf("number")]).join("\n"), "R"), NUMBERS);
  const names = (await customer.get("/files.zip?all=1")).bytes.toString("latin1");
  assert.deepEqual(numbersAfter(names, "Fil"), NUMBERS, "a zip");
});

test("what check finds", async () => {
  portal.sql("UPDATE work_order SET finished = created - 1, status = 2");
  assert.deepEqual(numbersAfter((await portal.run("check")).stderr, "work order W"), NUMBERS);
});
