// What staff type is never lost: each form of the staff area keeps it through a session that ended, while it is typed,
// and when another form of its page is sent (domain 9.2).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { crawl, patternsOf } from "./crawl.mjs";
import { formsOf } from "./form.mjs";
import { startPortal } from "./harness.mjs";
import { textOf, unescape } from "./html.mjs";
import { STAFF_PASSWORD, staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const ANNA = "anna@firma.se", BO = "bo@firma.se";
// What nobody wants back: secrets (the login of a register has its password), and a confirmation that has to be typed
// each time.
const NOT_KEPT = /^\/staff\/(login|confirm|second-factor|password|account\/password)|\/(login|erase)$/;
const SPECIFICATION =
  "/staff/invoices/new?customer=K1&title=Mars&period_from=2026-03-01&period_to=2026-03-31";
const WRITTEN = ["text", "email", "tel", "url", "number", "textarea", "date", "datetime-local", "search"];

let portal, client, chief, forms; // Anna's client is the usual one
before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
    "articles.csv": "number,name,article_type\nA1,Arbete,time\n",
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,title,created\nC1-1,C1,Byt,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,quantity,unit_price,status\nR1,C1,2026-03-01,Rad,1,100,editable\n"
      + "R2,C1,2026-03-02,Rad två,1,100,attested\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Mars,draft,R2\n",
  } });
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  client = (await staffClient(portal, ANNA, "handler")).client;
  await staffClient(portal, BO, "handler");
  portal.sql("UPDATE staff_session SET proven = 9000000000000000"); // no form asks who it is
  const pages = await crawl(chief, await patternsOf(portal), ["/staff", SPECIFICATION], { within: /^\/staff/ });
  forms = [...pages].flatMap(([page, { text }]) => formsOf(text).filter((form) => form.method === "post" &&
    form.controls.some((one) => WRITTEN.includes(one.kind)) && !NOT_KEPT.test(form.action))
    .map((form) => ({ page, form })));
});
after(() => portal?.stop());

// Two hours ago: too long for a session, and not long enough for upkeep to forget it.
const ranOut = () => `UPDATE staff_session SET last_seen = ${Date.now() - 7200_000}000 WHERE last_seen > 0`;
const ENDS = {
  "ran out": () => portal.sql(ranOut()),
  "was ended": () => portal.sql("UPDATE staff_session SET last_seen = -last_seen WHERE last_seen > 0"),
};

async function logIn(who, page, email) {
  const next = await who.submit(page, { email, password: STAFF_PASSWORD }, { form: "/staff/login" });
  assert.equal(next.status, 303, textOf(next.text));
  return next.headers.get("location");
}

// Values for every field in which one writes, and what a form that is shown again has to have.
const filled = (form) => Object.fromEntries(form.controls.filter((one) => WRITTEN.includes(one.kind)).map((one, i) =>
  [one.name, one.kind === "date" ? "2026-05-04" : one.kind === "datetime-local" ? "2026-05-04T10:00"
    : `Å <"${i}"> & 'ord'`]));
const standing = (text, action) => {
  const form = formsOf(text).find((one) => one.action === action && one.method === "post");
  return Object.fromEntries((form?.controls ?? []).filter((one) => WRITTEN.includes(one.kind))
    .map((one) => [one.name, one.value]));
};
const drafts = () => portal.sql("SELECT about FROM draft WHERE owner LIKE 'staff:%' ORDER BY about").flat();

test("each form of staff in which one writes is kept, and there are many", () => {
  const actions = [...new Set(forms.map(({ form }) => form.action))];
  for (const one of ["/staff/cases/new", "/staff/cases/C1/edit", "/staff/cases/C1/notes", "/staff/cases/C1/messages",
    "/staff/cases/C1/work-orders/new", "/staff/cases/C1/work-orders/C1-1", "/staff/cases/C1/rows/new",
    "/staff/cases/C1/rows/R1", "/staff/customers/K1", "/staff/objects/O1", "/staff/contacts/P1", "/staff/articles/A1",
    "/staff/customers/new", "/staff/invoices/new", "/staff/invoices/F1/edit", "/staff/picklists/case_type"])
    assert.ok(actions.includes(one), `${one} is not among ${actions.join(" ")}`);
  const unmarked = forms.filter(({ form }) => !form.controls.some((one) => one.name === "typed"));
  assert.deepEqual(unmarked.map(({ form }) => form.action), []);
});

test("what is sent with a session that ended stands in its form after logging in, whatever the form", async () => {
  for (const [how, end] of Object.entries(ENDS)) {
    for (const { page, form } of how === "ran out" ? forms : forms.slice(0, 8)) {
      const fields = filled(form);
      const shown = await chief.get(page);
      end();
      const sent = await chief.submit(shown, fields, { form: form.action });
      assert.equal(sent.status, 303, `${form.action} after the session ${how}`);
      assert.match(sent.headers.get("location"), /^\/staff\/login\?next=/, form.action);
      // The same session goes on, so that not every form costs a code.
      portal.sql("UPDATE staff_session SET last_seen = 9000000000000000");
      const next = new URLSearchParams(sent.headers.get("location").split("?")[1]).get("next");
      const again = await chief.get(next);
      const { text } = again;
      assert.deepEqual(standing(text, form.action), fields, `${form.action} after the session ${how}`);
      assert.match(textOf(text), /Det du skrev \d\d:\d\d står i formuläret, men är inte sparat än\./);
      const plain = await chief.get(page);
      assert.match(textOf(plain.text), /Ditt utkast från \d\d:\d\d/, page);
      const thrown = await chief.submit(plain, {}, { form: "/staff/drafts/discard" });
      assert.equal(unescape(thrown.headers.get("location")), page);
      assert.deepEqual(drafts(), [], page);
    }
  }
});

test("after logging in it stands there for the same person, and for nobody else", async () => {
  const shown = await client.get("/staff/cases/C1");
  ENDS["ran out"]();
  const sent = await client.submit(shown, { note: "Nyckeln ligger hos Berg" }, { form: "/staff/cases/C1/notes" });
  const login = await client.get(sent.headers.get("location"));
  assert.match(textOf(login.text), /Det du skrev är sparat/);
  const stranger = portal.client();
  const seen = await stranger.get(await logIn(stranger, await stranger.get(sent.headers.get("location")), BO));
  assert.equal(standing(seen.text, "/staff/cases/C1/notes").note, "");
  const to = await logIn(client, login, ANNA);
  assert.equal(to, "/staff/cases/C1?draft=1");
  const again = await client.get(to);
  assert.equal(standing(again.text, "/staff/cases/C1/notes").note, "Nyckeln ligger hos Berg");
  const saved = await client.submit(again, {}, { form: "/staff/cases/C1/notes" });
  assert.equal(saved.status, 303);
  assert.deepEqual(drafts(), [], "a saved form leaves no draft");
  assert.deepEqual(portal.sql("SELECT body FROM case_note"), [["Nyckeln ligger hos Berg"]]);
});

test("a form whose session was replaced by a new one of the same person comes back filled in", async () => {
  const shown = await client.get("/staff/cases/C1/edit");
  const same = { "sec-fetch-site": "same-origin" };
  const old = client.cookies.get("staff");
  const confirmed = await client.submit("/staff/confirm?next=/staff", { password: STAFF_PASSWORD },
    { form: "/staff/confirm" });
  assert.equal(confirmed.status, 303, textOf(confirmed.text));
  assert.notEqual(client.cookies.get("staff"), old);
  const sent = await client.submit(shown, { title: "Kranen" }, { form: "/staff/cases/C1/edit", headers: same });
  assert.equal(sent.headers.get("location"), "/staff/cases/C1/edit?draft=1");
  const again = await client.get("/staff/cases/C1/edit?draft=1");
  assert.equal(standing(again.text, "/staff/cases/C1/edit").title, "Kranen");
  const foreign = await client.submit(shown, { title: "Fel" }, { form: "/staff/cases/C1/edit",
    headers: { "sec-fetch-site": "cross-site" } });
  assert.equal(foreign.status, 403);
  assert.equal((await client.submit(shown, { title: "Fel" }, { form: "/staff/cases/C1/edit" })).status, 403);
  await client.submit(again, {}, { form: "/staff/drafts/discard" });
});

test("a form that first asks who one is keeps what was written", async () => {
  portal.sql("UPDATE staff_session SET last_seen = 9000000000000000");
  const shown = await chief.get("/staff/users");
  portal.sql("UPDATE staff_session SET proven = 1");
  const sent = await chief.submit(shown, { email: "ny@firma.se" }, { form: "/staff/users" });
  assert.equal(sent.headers.get("location"), "/staff/confirm?next=%2Fstaff%2Fusers%3Fdraft%3D1");
  portal.sql("UPDATE staff_session SET proven = 9000000000000000");
  const again = await chief.get("/staff/users?draft=1");
  assert.equal(standing(again.text, "/staff/users").email, "ny@firma.se");
  const made = await chief.submit(again, {}, { form: "/staff/users" });
  assert.equal(made.status, 200);
  assert.deepEqual(drafts(), []);
});

// As web/scripts/draft.js sends what is typed.
const type = (client, page, action, fields, query = "") => {
  const form = formsOf(page.text).find((one) => one.action === action);
  const pairs = form.controls.filter((one) => one.sent && one.kind !== "file").map((one) =>
    [one.name, fields[one.name] ?? one.value]);
  return client.request(`/staff/drafts?action=${encodeURIComponent(action)}${query}`,
    { method: "POST", body: new URLSearchParams(pairs) });
};

test("what is typed is offered on return, thrown away on request, and gone when it is saved or as before", async () => {
  const page = await client.get("/staff/customers/K1");
  assert.equal((await type(client, page, "/staff/customers/K1", { name: "Brf Almen" })).status, 204);
  const offer = await client.get("/staff/customers/K1");
  assert.match(textOf(offer.text), /Ditt utkast från \d\d:\d\d Fortsätt Kasta/);
  assert.equal(standing(offer.text, "/staff/customers/K1").name, "Brf Eken");
  const again = await client.get("/staff/customers/K1?draft=1");
  assert.equal(standing(again.text, "/staff/customers/K1").name, "Brf Almen");
  assert.doesNotMatch((await client.get("/staff/objects/O1")).text, /Ditt utkast/);
  assert.equal((await type(client, page, "/staff/customers/K1", {}, "&same=yes")).status, 204);
  assert.deepEqual(drafts(), []);
  await type(client, page, "/staff/customers/K1", { name: "Brf Almen" });
  assert.equal((await client.submit(again, {}, { form: "/staff/customers/K1" })).status, 303);
  assert.deepEqual(drafts(), []);
  assert.deepEqual(portal.sql("SELECT name FROM customer"), [["Brf Almen"]]);
});

test("a refused form, and one that is only filled in, leave the draft as it is", async () => {
  const page = await client.get("/staff/cases/new");
  await type(client, page, "/staff/cases/new", { title: "Ny kran" });
  const key = drafts();
  assert.equal((await client.submit(page, { title: "" }, { form: "/staff/cases/new" })).status, 400);
  assert.deepEqual(drafts(), key);
  assert.equal((await client.submit(page, { object: "O1", act: "fill" }, { form: "/staff/cases/new" })).status, 200);
  assert.deepEqual(drafts(), key);
  await client.submit(await client.get("/staff/cases/new"), {}, { form: "/staff/drafts/discard" });
});

test("someone else changed the thing meanwhile: a draft still says so when it is saved", async () => {
  const page = await client.get("/staff/cases/C1/edit");
  await type(client, page, "/staff/cases/C1/edit", { title: "Min rubrik" });
  assert.equal((await client.submit("/staff/cases/C1/edit", { title: "Deras rubrik" },
    { form: "/staff/cases/C1/edit" })).status, 303);
  await type(client, page, "/staff/cases/C1/edit", { title: "Min rubrik" });
  const again = await client.get("/staff/cases/C1/edit?draft=1");
  const refused = await client.submit(again, {}, { form: "/staff/cases/C1/edit" });
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /Deras rubrik/);
  await client.submit(again, {}, { form: "/staff/drafts/discard" });
});

// As web/scripts/typed.js adds the other form of the page.
const along = (page, action, fields) => {
  const form = formsOf(page.text).find((one) => one.action === action);
  const pairs = form.controls.filter((one) => one.sent).map((one) => [one.name, fields[one.name] ?? one.value]);
  return new URLSearchParams([...pairs, ["typed_action", action]]).toString();
};

test("sending one form of a page keeps what stands in the other, when it is saved and when it is refused", async () => {
  const page = await client.get("/staff/cases/C1");
  const note = formsOf(page.text).find((one) => one.action === "/staff/cases/C1/notes");
  const send = (body) => client.request("/staff/cases/C1/notes", { method: "POST", body: new URLSearchParams([
    ...note.controls.filter((one) => one.sent && one.name !== "note").map((one) => [one.name, one.value]),
    ["note", body], ["typed_other", along(page, "/staff/cases/C1/messages", { message: "Vi kommer på onsdag" })]]) });
  const refused = await send("");
  assert.equal(refused.status, 400);
  assert.equal(standing(refused.text, "/staff/cases/C1/messages").message, "Vi kommer på onsdag");
  const sent = await send("Ring först");
  assert.equal(sent.headers.get("location"), "/staff/cases/C1?draft=1#case-notes");
  const after = await client.get("/staff/cases/C1?draft=1");
  assert.equal(standing(after.text, "/staff/cases/C1/messages").message, "Vi kommer på onsdag");
  assert.equal(standing(after.text, "/staff/cases/C1/notes").note, "");
  await client.submit(after, {}, { form: "/staff/drafts/discard" });
});

test("an internal note is stored once however often it is sent, and again when it is written again", async () => {
  const notes = () => portal.sql("SELECT COUNT(*) FROM case_note WHERE body = 'Porten är trasig'")[0][0];
  const send = (page) => client.submit(page, { note: "Porten är trasig" }, { form: "/staff/cases/C1/notes" });
  const page = await client.get("/staff/cases/C1");
  const answers = await Promise.all([1, 2, 3].map(() => send(page)));
  assert.deepEqual(answers.map((one) => one.status), [303, 303, 303]);
  assert.equal(notes(), "1");
  await send(await client.get("/staff/cases/C1"));
  assert.equal(notes(), "2");
});

test("passwords and codes are never kept", async () => {
  const page = await client.get("/staff/customers/K1");
  const form = formsOf(page.text).find((one) => one.action === "/staff/customers/K1");
  const pairs = form.controls.filter((one) => one.sent).map((one) => [one.name, one.value]);
  const secrets = [["password", "hemligt-1"], ["new_password", "hemligt-2"], ["code", "hemligt-3"],
    ["token", "hemligt-4"]];
  await client.request("/staff/drafts?action=/staff/customers/K1",
    { method: "POST", body: new URLSearchParams([...pairs, ...secrets]) });
  const [[kept]] = portal.sql("SELECT form FROM draft WHERE owner LIKE 'staff:%'");
  assert.doesNotMatch(kept, /hemligt|csrf_token|typed/);
  await client.submit(await client.get("/staff/customers/K1"), {}, { form: "/staff/drafts/discard" });
});

test("a form with a secret is not kept at all", async () => {
  const page = await client.get("/staff/customers/K1");
  const login = formsOf(page.text).find((one) => one.action === "/staff/customers/K1/login");
  assert.ok(!login.controls.some((one) => one.name === "typed"));
  portal.sql(ranOut());
  const sent = await client.submit(page, { login: "eken/Hemligt-2026" }, { form: login.action });
  assert.match(sent.headers.get("location"), /^\/staff\/login/);
  portal.sql("UPDATE staff_session SET last_seen = 9000000000000000");
  assert.deepEqual(drafts(), []);
});

test("nothing is kept under another person's name, for a foreign page, or without the token of the form", async () => {
  const page = await client.get("/staff/customers/K1");
  const form = formsOf(page.text).find((one) => one.action === "/staff/customers/K1");
  const value = (name) => form.controls.find((one) => one.name === name).value;
  const send = (fields) => client.request("/staff/drafts?action=/staff/customers/K1", { method: "POST",
    body: new URLSearchParams({ csrf_token: value("csrf_token"), typed: value("typed"), name: "x", ...fields }) });
  assert.equal((await send({ typed: "999 /staff/customers/K1" })).status, 400);
  assert.equal((await send({ typed: value("typed").replace(/ .*/, " //x.se/staff") })).status, 400);
  assert.equal((await send({ typed: "" })).status, 400);
  assert.equal((await send({ csrf_token: "x" })).status, 403);
  assert.deepEqual(drafts(), []);
});
