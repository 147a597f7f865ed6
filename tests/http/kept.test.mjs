// What is typed when a session ends, here or from another device, stands there again after logging in (domain 9.2).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf, valueOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,created\n260301-0001,Kran,A,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,date,title,article_type,quantity,unit_price,status\n"
    + "R1,260301-0001,2026-03-02,Rad,other,1,100,attested\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,A,Mars,awaiting_approval,R1\n",
};

let portal;
before(async () => {
  portal = await startPortal({ files });
});
after(() => portal?.stop());

async function enter(name) {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303);
  return client;
}

const runsOut = () => portal.sql("UPDATE session SET last_seen = last_seen - 86400000000 WHERE last_seen > 0");
async function isEnded() {
  const other = await enter("bo@x.se");
  await other.submit("/account", {}, { form: "/account/logout-everywhere" });
}

// Each form with text that a customer types: where it is, what is typed, and where it stands again.
const FORMS = [
  { page: "/cases/new", typed: { title: "Hissen står stilla", description: "Sedan i går" }, action: "/cases/new" },
  { page: "/cases/260301-0001", typed: { message: "Kommer någon?" }, action: "/cases/260301-0001/messages" },
  { page: "/invoices/F-1/reject", typed: { comment: "Fel antal" }, action: "/invoices/F-1/reject" },
  { page: "/invoices/F-1/approve", typed: { comment: "Ser bra ut", your_reference: "PO 7" },
    action: "/invoices/F-1/approve" },
];

for (const [how, end, why] of [["ran out", runsOut, /Din inloggning hade gått ut/],
  ["was ended from another device", isEnded, /utloggad|loggats ut från en annan enhet/]]) {
  for (const { page, typed, action } of FORMS) {
    test(`a form sent to ${action} after the session ${how} is kept`, async () => {
      const client = await enter("bo@x.se");
      const form = await client.get(page);
      await end();
      const sent = await client.submit(form, typed, { form: action });
      assert.equal(sent.status, 303);
      const login = await client.get(sent.headers.get("location"));
      assert.match(textOf(login.text), why);
      assert.match(textOf(login.text), /Det du skrev är sparat/);
      const entered = await client.submit(login, { username: "bo@x.se", password: PASSWORD });
      const again = await client.get(entered.headers.get("location").split("#")[0]);
      for (const [name, value] of Object.entries(typed))
        assert.ok(again.text.includes(`>\n${value}</textarea>`) || valueOf(again.text, name) === value, name);
    });
  }
}

test("the name of a search that is saved or renamed after the session ended stands there again", async () => {
  const client = await enter("bo@x.se");
  const again = async (page, form, name) => {
    const open = await client.get(page);
    await runsOut();
    const sent = await client.submit(open, { name }, { form });
    const login = await client.get(sent.headers.get("location"));
    assert.match(textOf(login.text), /Det du skrev är sparat/);
    const entered = await client.submit(login, { username: "bo@x.se", password: PASSWORD });
    return client.get(entered.headers.get("location"));
  };
  const made = await again("/cases/saved?search=status%3Dopen", "/cases/saved", "Mina & dina öppna");
  assert.equal(valueOf(made.text, "name"), "Mina & dina öppna");
  assert.equal((await client.submit(made, {}, { form: "/cases/saved" })).status, 303);
  const [[id]] = portal.sql("SELECT id FROM saved_search");
  const renamed = await again("/cases/saved", `/cases/saved/${id}`, "Bara mina");
  assert.equal(valueOf(renamed.text, "name"), "Bara mina");
  assert.equal((await client.submit(renamed, { act: "rename" }, { form: `/cases/saved/${id}` })).status, 303);
  assert.deepEqual(portal.sql("SELECT name, query FROM saved_search"), [["Bara mina", "status=open"]]);
});

test("files sent after the session ended are not kept, and people are told to choose them again", async () => {
  const client = await enter("bo@x.se");
  const page = await client.get("/cases/260301-0001");
  await runsOut();
  const sent = await client.submit(page, {}, { form: "/cases/260301-0001/files",
    files: [{ field: "attachments", name: "foto.txt", bytes: "hej" }] });
  const login = await client.get(sent.headers.get("location"));
  assert.match(textOf(login.text), /loggats ut innan dina filer kom fram.*välj dem igen/);
  const entered = await client.submit(login, { username: "bo@x.se", password: PASSWORD });
  assert.equal(entered.headers.get("location"), "/cases/260301-0001#case-files");
  assert.deepEqual(portal.sql("SELECT name FROM file"), []);
});

test("a decision that is made leaves no draft behind", async () => {
  const client = await enter("bo@x.se");
  assert.equal((await client.submit("/invoices/F-1/approve", {})).status, 303);
  assert.deepEqual(portal.sql("SELECT about FROM draft WHERE about LIKE '%/approve'"), []);
});

test("a page asked for after the session was ended elsewhere says why one must log in", async () => {
  const client = await enter("bo@x.se");
  await isEnded();
  const login = await client.get((await client.get("/cases")).headers.get("location"));
  assert.match(textOf(login.text), /loggats ut från en annan enhet/);
});

test("a shared login logs out its other users only after its box is ticked", async () => {
  const [one, other] = [await enter("aspen"), await enter("aspen")];
  const asked = await one.submit("/account", {}, { form: "/account/logout-everywhere" });
  assert.equal(asked.status, 400);
  assert.match(errorOf(asked.text, "all"), /Kryssa i rutan/);
  assert.equal((await other.get("/cases")).status, 200);
  const done = await one.submit(asked, { all: "yes" }, { form: "/account/logout-everywhere" });
  assert.equal(done.headers.get("location"), "/login");
  assert.equal((await other.get("/cases")).status, 303);
});

test("an empty login names both fields", async () => {
  const refused = await portal.client().submit("/login", {});
  assert.match(errorOf(refused.text, "username"), /användarnamn/);
  assert.match(errorOf(refused.text, "password"), /lösenord/);
});
