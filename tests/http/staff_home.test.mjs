// The inbox of the staff area: what waits to be done, and what does not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { tableOf, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal;
let client;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email\nP1,Kim,Ek,kim@x.se\nP2,Bo,Ek,bo@x.se\nP3,Bo,Al,bo@x.se\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nbo@x.se,${PASSWORD},yes\n`
      + `ny@x.se,${PASSWORD},yes\noproven@x.se,${PASSWORD},no\n`,
    "cases.csv": "number,title,status,customer,object,primary_contact,created\n"
      + "A1,Helt kopplat,not_started,K1,O1,P1,2026-03-01T08:00:00\n"
      + "A2,Utan allt,not_started,,,,2026-03-02T08:00:00\n"
      + "A3,Utan kontakt,started,K1,O1,,2026-03-03T08:00:00\n"
      + "A4,Klart utan allt,finished,,,,2026-03-04T08:00:00\n",
  } });
  client = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const list = (html, id) => {
  const part = new RegExp(`<section[^>]*id="${id}".*?</section>`, "s").exec(html)?.[0] ?? "";
  return tableOf(part).rows;
};

test("unlinked cases come first and say what they lack", async () => {
  const { text } = await client.get("/staff");
  assert.ok(text.indexOf('id="unlinked"') < text.indexOf('id="new"'));
  assert.deepEqual(list(text, "unlinked").map((row) => row.slice(0, 3)),
    [["A3", "Utan kontakt", "utan kontakt"], ["A2", "Utan allt", "utan kund, utan objekt, utan kontakt"]]);
  assert.deepEqual(list(text, "new").map((row) => row[0]), ["A2", "A1"]);
});

test("accounts that match no contact or several are listed, unproven and linked ones are not", async () => {
  const { text } = await client.get("/staff");
  assert.deepEqual(list(text, "without").map((row) => row[0]), ["ny@x.se"]);
  assert.match(text, /href="\/staff\/contacts\/new\?email=ny%40x\.se"/);
  assert.match(text, /href="\/staff\/accounts\/2">Se vilka och rätta till det/);
  assert.deepEqual(list(text, "several").map((row) => row[0]), ["bo@x.se"]);
});

test("a case that was just reported by an unlinked account is there", async () => {
  const customer = portal.client();
  await customer.login("ny@x.se", PASSWORD);
  assert.equal((await customer.postForm("/cases/new", { title: "Ny lampa", description: "x" })).status, 303);
  assert.equal(list((await client.get("/staff")).text, "unlinked")[0][1], "Ny lampa");
});

test("failed mail is shown with its reason, and empty lists are not shown", async () => {
  assert.doesNotMatch((await client.get("/staff")).text, /id="mail"/);
  portal.sql("INSERT INTO mail (recipient, subject, body, created, next_attempt, state, last_error) "
    + "VALUES ('a@b.se', 'Hej', '', 1, 1, 'failed', 'no such host')");
  assert.deepEqual(list((await client.get("/staff")).text, "mail")[0].slice(0, 2), ["a@b.se", "Hej · no such host"]);
});

test("an empty company has nothing to do", async () => {
  const empty = await startPortal();
  try {
    const handler = (await staffClient(empty, "hand@firma.se", "handler")).client;
    assert.match(textOf((await handler.get("/staff")).text), /Inget väntar på dig/);
  } finally {
    await empty.stop();
  }
});

test("the menu says on every page how much waits", async () => {
  const count = (what) => Number(portal.sql(`SELECT COUNT(*) FROM ${what}`)[0][0]);
  const waiting = count("cases WHERE status = 0") + count("case_message WHERE waiting = 1")
    + count("mail WHERE state = 'failed'");
  const decided = count("invoice_specification WHERE status IN ('approved', 'rejected')");
  assert.ok(waiting > 1);
  for (const path of ["/staff", "/staff/customers"]) {
    const text = textOf((await client.get(path)).text);
    assert.match(text, new RegExp(`Att göra ${waiting} `), path);
    assert.match(text, /Konton 2 /, "one that nobody and one that several have");
    assert.match(text, new RegExp(`Specifikationer ${decided ? `${decided} ` : ""}Register`), path);
  }
});
