// The card of a case, and when somebody comes, who, and what was done: on the page, sorted, and in files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { cardsOf, tableOf } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const columns = "number, title, booked, technician, finished";
const files = {
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
  "objects.csv": "number,name,customer,street,city\nO1,Lgh 2,K1,Storgatan 4,Göteborg\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
  "articles.csv": "number,name,article_type\nA1,Arbetstid,time\nA2,Styrkort,material\n",
  "cases.csv": "number,title,status,customer,object,site_street,created,started,finished\n"
    + "C1,Hissen står,not_started,K1,O1,,2024-02-01T08:00,,\n"
    + "C2,Kall radiator,not_started,K1,O1,Gatan 1,2024-02-02T08:00,,\n"
    + "C3,Larm,not_started,K1,,,2024-02-03T08:00,,\n"
    + "C4,Port,not_started,K1,,,2024-02-04T08:00,,\n"
    + "C5,Rör,finished,K1,,,2024-02-05T08:00,2024-02-06T08:00,2024-02-07T08:00\n"
    + "C6,Dusch,not_started,K1,,,2024-02-06T08:00,,\n",
  "work_orders.csv": "number,case,title,status,resource,booked_from,booked_to,created,started,finished\n"
    + "W1,C1,,finished,Maja Berg,,,2024-02-01T09:00,2024-02-02T08:00,2024-02-03T08:00\n"
    + "W2,C1,,not_started,Tommy Lind,2035-02-02T09:00,2035-02-02T11:30,2024-02-01T09:00,,\n"
    + "W3,C1,,not_started,Ola Ask,2035-02-05T09:00,,2024-02-01T09:00,,\n"
    + "W4,C2,,started,Ola Ask,2024-02-03T08:00,2024-02-03T10:00,2024-02-02T09:00,2024-02-03T08:00,\n"
    + "W5,C3,,not_started,,,2035-01-31T16:00,2024-02-03T09:00,,\n"
    + "W6,C4,Byte av fjäder,finished,Åsa Ek,,,2024-02-04T09:00,2024-02-05T08:00,2024-02-05T10:00\n"
    + "W7,C6,Dusch,finished,,,,2024-02-06T09:00,2024-02-06T10:00,2024-02-06T11:00\n",
  "article_rows.csv": "number,case,article,date,title,description,article_type,quantity,status\n"
    + "R1,C5,A1,2024-02-06,,Felsökt.,time,1,editable\n"
    + 'R2,C5,A1,2024-02-07,,"Bytt packning, provat. Återbesök behövs inte.",time,1,attested\n'
    + "R3,C5,A1,2024-02-08,,Fel rad,time,1,cancelled\n"
    + "R4,C5,A2,2024-02-09,,Packning 12 mm,material,1,editable\n",
};

let portal, kim, staff;
before(async () => {
  portal = await startPortal({ config: `[case_search]\ncolumns = ${columns}\n`, files });
  kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const cards = async (address = "/cases") =>
  Object.fromEntries(cardsOf((await kim.get(address)).text).map((card) => [card.number, card]));
const plain = (text) => text.replaceAll("\u00a0", " ");

test("a card says how its case stands, and where it is", async () => {
  const all = await cards();
  assert.deepEqual(Object.fromEntries(Object.entries(all).map(([number, card]) => [number, plain(card.state)])), {
    C1: "Bokat fre 2 feb 2035 09:00–11:30 · Tommy Lind",
    C2: "Pågår sedan lör 3 feb 2024 · Ola Ask",
    C3: "Bokat, klart senast ons 31 jan 2035 16:00",
    C4: "Klart mån 5 feb 2024: Byte av fjäder",
    C5: "Klart ons 7 feb 2024: Bytt packning, provat",
    C6: "Klart tis 6 feb 2024",
  });
  assert.deepEqual([all.C1.title, all.C1.place, all.C2.place, all.C4.place],
    ["Hissen står", "Lgh 2 · Storgatan 4, Göteborg", "Lgh 2 · Gatan 1", ""]);
});

test("where actions are turned off, what was done is the title of the work order", async () => {
  const other = await startPortal({ config: "[pages]\nactions = no\n", files });
  const client = other.client();
  await client.login("kim@x.se", PASSWORD);
  const states = cardsOf((await client.get("/cases")).text).map((card) => plain(card.state));
  await other.stop();
  assert.ok(states.includes("Klart ons 7 feb 2024"), states.join("\n"));
  assert.ok(states.includes("Klart mån 5 feb 2024: Byte av fjäder"), states.join("\n"));
});

test("a new message of staff is marked until the login has opened the case", async () => {
  assert.equal((await cards()).C4.unread, false);
  await staff.submit("/staff/cases/C4", { message: "Vi kommer igen." });
  assert.equal((await cards()).C4.unread, true);
  await kim.get("/cases/C4");
  assert.equal((await cards()).C4.unread, false);
});

// [sort, numbers on the page]
const ORDERS = {
  customers: [["booked", "C2 C3 C1 C6 C5 C4"], ["-finished", "C5 C6 C4 C3 C2 C1"], ["technician", "C6 C5 C3 C2 C1 C4"]],
  staff: [["booked", "C2 C3 C1 C4 C5 C6"], ["-finished", "C5 C6 C4 C3 C2 C1"], ["technician", "C3 C5 C6 C2 C1 C4"]],
};
for (const [who, orders] of Object.entries(ORDERS)) {
  for (const [sort, wanted] of orders) {
    test(`${who} sort cases by ${sort}, page by page`, async () => {
      const [client, path] = who === "staff" ? [staff, "/staff/cases"] : [kim, "/cases"];
      const filed = readCsv((await client.get(`${path}.csv?sort=${sort}`)).text).slice(1).map((row) => row[0]);
      assert.equal(filed.join(" "), wanted);
      const shown = tableOf((await client.get(`${path}?sort=${sort}`)).text).rows
        .map((row) => row.find((cell) => /^C\d$/.test(cell)));
      assert.deepEqual(shown, filed);
    });
  }
}

test("booking, technician and the end are columns of page, CSV and workbook", async () => {
  const csv = readCsv((await kim.get("/cases.csv?q=C1")).text);
  assert.deepEqual(csv, [["number", "title", "booked", "technician", "finished"],
    ["C1", "Hissen står", "2035-02-02T08:00:00Z", "Tommy Lind", ""]]);
  const book = readXlsx((await kim.get("/cases.xlsx?q=C1")).bytes);
  assert.deepEqual(book[0], ["Ärendenummer", "Titel", "Bokat", "Tekniker", "Avslutat"]);
  assert.deepEqual(tableOf((await kim.get("/cases?q=C1")).text),
    { heads: ["Titel", "Ärendenummer", "Bokat", "Tekniker", "Avslutat"],
      rows: [["Hissen står", "C1", "2035-02-02 09:00", "Tommy Lind", ""]] });
  const chosen = { act: "save", column: ["number", "booked", "technician"], order_number: "1", order_booked: "2",
    order_technician: "3" };
  assert.equal((await staff.postForm("/staff/lists/cases", chosen)).status, 303);
  assert.deepEqual(readCsv((await staff.get("/staff/cases.csv?q=C1")).text),
    [["number", "booked", "technician"], ["C1", "2035-02-02T08:00:00Z", "Tommy Lind"]]);
});

test("a booking shows where the work order is changed, moved and finished", async () => {
  const before = (await cards()).C6.state;
  const order = { title: "Ny dusch", resource: "Siv Ö", booked_from: "2035-03-01 08:00",
    booked_to: "2035-03-01 10:00" };
  const added = await staff.submit("/staff/cases/C6/work-orders/new", order);
  assert.equal(added.status, 303, added.text);
  assert.equal(plain((await cards()).C6.state), "Bokat tors 1 mars 2035 08–10 · Siv Ö");
  assert.notEqual((await cards()).C6.state, before);
  await portal.importFiles({ "work_orders.csv": "number,case,title,status,created,started,finished\n"
    + "W2,C1,,finished,2024-02-01T09:00,2024-02-04T08:00,2024-02-04T09:00\n" });
  assert.equal(plain((await cards()).C1.state), "Bokat mån 5 feb 2035 09:00 · Ola Ask");
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
});
