// The configuration of the portal as administrators change it: draft, preview, publishing, history, file; and what it
// does at once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { Client, PROGRAM, startPortal, waitFor } from "./harness.mjs";
import { errorOf, linkOf, tableOf, textOf, valueOf, withoutToken } from "./html.mjs";
import { mailsTo, mailTo } from "./mails.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const BASE = "/staff/configuration";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const files = {
  "picklists.csv": "list,key,label_sv,active\ncase_type,fel,Felanmälan,yes\ncase_type,gammal,Gammal,no\n",
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\n`,
  "objects.csv": `number,name,customer,login\nO1,Hus 1,A,hus/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,object,created,extra_floor\nC1,Kran,A,O1,2026-03-01T08:00:00,2\n",
  "invoice_specifications.csv": "number,customer,title,status,rows\nF-1,A,Tom,awaiting_approval,\n",
};
const CONFIG = "[portal]\nname = Filens namn\n[extra.floor]\nlabel_sv = Våning\n";

let portal, anna, berit, bo;
before(async () => {
  portal = await startPortal({ files, config: CONFIG });
  anna = (await staffClient(portal, "anna@firma.se", "administrator")).client;
  berit = (await staffClient(portal, "berit@firma.se", "administrator")).client;
  bo = portal.client();
  assert.equal((await bo.login("bo@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

// The form that the page sends to `action`, with these fields changed; null leaves one out.
async function change(client, page, fields, uploads = [], action = page) {
  const changes = Object.entries(fields).map(([name, value]) => [name, value ?? undefined]);
  return client.submit(BASE + page, Object.fromEntries(changes), { form: BASE + action, files: uploads });
}

async function publish(client, note = "") {
  const page = (await client.get(`${BASE}/publish`)).text;
  const answer = await client.submit(page, { note }, { form: `${BASE}/publish` });
  assert.equal(answer.status, 303, answer.text);
  return page;
}

async function changeAndPublish(page, fields, uploads = [], note = "") {
  const kept = await change(anna, page, fields, uploads);
  assert.equal(kept.status, 303, kept.text);
  return publish(anna, note);
}

test("name, colour, contact and logo are kept in a draft, and count for everybody when it is published", async () => {
  const before = (await bo.get("/")).text;
  assert.match(before, /Filens namn/);
  const answer = await change(anna, "/look",
    { portal_name: "Brf \"Eken\" & Co", portal_colour: "#aa0000", portal_contact_sv: "Ring 08-1" },
    [{ field: "logo", name: "logo.png", bytes: PNG, type: "image/png" }]);
  assert.equal(answer.status, 303, answer.text);
  assert.equal(withoutToken((await bo.get("/")).text), withoutToken(before), "a draft is nobody's but its owner's");
  assert.doesNotMatch((await berit.get(BASE)).text, /Ditt utkast/);
  const overview = (await anna.get(BASE)).text;
  assert.deepEqual(tableOf(overview).rows.map((row) => row[0]),
    ["Portalens namn", "Logotyp", "Färg", "Hur ni nås, på svenska"]);
  assert.match(textOf(await publish(anna, "Ny profil")), /Bild \(png, /);
  const page = (await bo.get("/")).text;
  assert.match(page, /Brf &quot;Eken&quot; &amp; Co/);
  assert.match(page, /Ring 08-1/);
  const logo = /class="site-logo" src="([^"]+)"/.exec(page)[1], theme = /href="(\/theme\/[^"]+)"/.exec(page)[1];
  const sent = await bo.get(logo);
  assert.deepEqual([sent.status, sent.headers.get("content-type"), Buffer.compare(sent.bytes, PNG)],
    [200, "image/png", 0]);
  assert.match((await bo.get(theme)).text, /--kp-brand-fill:#aa0000/);
  assert.notEqual(theme, /href="(\/theme\/[^"]+)"/.exec(before)[1]);
  const old = await bo.get(/href="(\/theme\/[^"]+)"/.exec(before)[1]);
  assert.equal(old.headers.get("location"), theme, "a page of the moment before gets the colours of now");
});

test("what does not fit is refused beside its field, and everything typed stays", async () => {
  const answer = await change(anna, "/look", { portal_name: "", portal_colour: "röd", portal_contact_sv: "Ny text" },
    [{ field: "logo", name: "x.png", bytes: Buffer.from("<html>"), type: "image/png" }]);
  assert.equal(answer.status, 400);
  assert.match(errorOf(answer.text, "portal_name"), /1 till 80/);
  assert.match(errorOf(answer.text, "portal_colour"), /#1d5b8f/);
  assert.match(errorOf(answer.text, "logo"), /inte en bild/);
  assert.equal(valueOf(answer.text, "portal_contact_sv"), "Ny text");
  const access = await change(anna, "/access",
    { login_password_min: "129", logins_contact: null, logins_customer: null, logins_object: null });
  assert.equal(access.status, 400);
  assert.match(errorOf(access.text, "login_password_min"), /1 till 128/);
  assert.match(errorOf(access.text, "logins_contact"), /Minst en/);
  assert.doesNotMatch((await anna.get(BASE)).text, /Ditt utkast/);
});

test("a line break in a value is no second setting", async () => {
  await changeAndPublish("/look", { portal_contact_en: "Call us\n[pages]\nfiles = no", no_logo: "yes" });
  assert.equal((await bo.get("/files")).status, 200);
  assert.match((await bo.request("/", { headers: { "accept-language": "en" } })).text, /Call us \[pages\] files = no/);
  assert.doesNotMatch((await bo.get("/")).text, /site-logo/);
});

test("fields get an order, labels and states, and the form of a new case follows", async () => {
  let answer = await change(anna, "/form",
    { position_description: "5", required_description: "yes", position_priority: "", shown_site_city: "hidden" });
  assert.equal(answer.status, 303, answer.text);
  answer = await change(anna, "/form/title", { label_sv: "Ort / Titel", hint_sv: "Var är felet?" });
  assert.equal(answer.status, 303, answer.text);
  answer = await change(anna, "/form", { key: "plan", label_sv: "Plan", kind: "choice" }, [], "/form/add");
  assert.equal(answer.headers.get("location"), `${BASE}/form/extra_plan`);
  answer = await change(anna, "/form/extra_plan",
    { choices: "0: Entré | Entrance\nk: Källare", default: "k", label_en: "Floor", shown: "readonly" });
  assert.equal(answer.status, 303, answer.text);
  await publish(anna);
  const page = (await bo.get("/cases/new")).text;
  assert.ok(page.indexOf('name="description"') < page.indexOf('name="title"'));
  assert.match(page, /Ort \/ Titel/);
  assert.match(page, /Var är felet\?/);
  assert.doesNotMatch(page, /name="(priority|site_city)"/);
  assert.match(page, /Källare/);
  assert.match((await bo.request("/cases/new", { headers: { "accept-language": "en" } })).text, /Floor/);
  assert.match(errorOf((await bo.postForm("/cases/new", { title: "x" })).text, "description"), /./);
});

test("settings of fields that do not fit are refused at the field", async () => {
  let answer = await change(anna, "/form", { position_title: "x", position_extra_floor: "" });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /Skriv ett heltal från 1 till 9999/);
  assert.match(answer.text, /tas bort på sin egen sida/);
  answer = await change(anna, "/form", { position_title: "", position_description: "" });
  assert.match(answer.text, /måste ha en rubrik eller en beskrivning/);
  answer = await change(anna, "/form", { required_type: "yes", shown_type: "hidden" });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /skriv det förvalda värdet först/);
  answer = await change(anna, "/form/extra_floor", { kind: "number", default: "två" });
  assert.match(errorOf(answer.text, "default"), /passar inte/);
  assert.equal(valueOf(answer.text, "default"), "två");
  answer = await change(anna, "/form/extra_plan", { choices: "a: X\na: Y" });
  assert.match(errorOf(answer.text, "choices"), /varje nyckel en gång/);
  answer = await change(anna, "/form/extra_plan", { label_sv: "" });
  assert.match(errorOf(answer.text, "label_sv"), /./);
  for (const key of ["Å", "a.b", "floor", "", "x".repeat(41)]) {
    answer = await change(anna, "/form", { key, label_sv: "L" }, [], "/form/add");
    assert.equal(answer.status, 400, key);
    assert.match(errorOf(answer.text, "key"), /./, key);
  }
  assert.equal((await anna.get(`${BASE}/form/nothing`)).status, 404);
  assert.doesNotMatch((await anna.get(BASE)).text, /Ditt utkast/);
});

test("removing a field with values in cases gives a warning, and removes its column", async () => {
  assert.equal((await change(anna, "/search", { columns_extra_floor: "1" })).status, 303);
  assert.match((await anna.get(`${BASE}/form/extra_floor`)).text, /Det finns ärenden med värden/);
  const removed = await anna.postForm(`${BASE}/form/extra_floor/remove`,
    { mark: valueOf((await anna.get(`${BASE}/form/extra_floor`)).text, "mark"), sure: "yes" }, [],
    `${BASE}/form/extra_floor`);
  assert.equal(removed.status, 303, removed.text);
  assert.equal((await change(anna, "/form/type", { default: "gammal" })).status, 303);
  const page = textOf(await publish(anna));
  assert.match(page, /Fältet Våning tas bort, men det finns ärenden med värden/);
  assert.match(page, /förvalda värdet för Ärendetyp finns inte/);
  assert.doesNotMatch((await bo.get("/cases.csv")).text, /extra_floor/);
  assert.match((await portal.run("check")).stderr, /gammal/);
  assert.equal((await change(anna, "/form/type", { default: "" })).status, 303);
  await publish(anna);
});

test("criteria and columns come and go in their order", async () => {
  const html = (await anna.get(`${BASE}/search`)).text;
  const none = Object.fromEntries([...html.matchAll(/name="((?:criteria|columns)_[^"]*)"/g)].map((m) => [m[1], ""]));
  const empty = await change(anna, "/search", none);
  assert.equal(empty.status, 400);
  assert.match(empty.text, /Minst en måste ha en siffra/);
  await changeAndPublish("/search", { ...none, criteria_status: "2", criteria_q: "1", columns_title: "10",
    columns_number: "20", columns_reporter: "5" });
  assert.equal((await bo.get("/cases.csv")).text.split("\r\n")[0], "reporter,title,number");
  const page = (await bo.get("/cases")).text;
  // The title leads each row of the page.
  assert.deepEqual(tableOf(page).heads, ["Ort / Titel", "Anmälare", "Ärendenummer"]);
  assert.doesNotMatch(page, /id="priority"/);
});

test("columns of the actions and prices are settings too", async () => {
  await changeAndPublish("/actions", { prices: "never", columns_date: "", columns_title: "1", columns_total: "2" });
  assert.match((await bo.get("/cases/C1/actions.csv")).text, /^title,description/);
  const refused = await change(anna, "/actions", { prices: "sometimes" });
  assert.equal(refused.status, 400);
  await changeAndPublish("/actions", { prices: "always" });
  assert.match((await bo.get("/cases/C1/actions.csv")).text, /^title,total/);
});

test("pages that are turned off are gone at once, and come back", async () => {
  const warned = await changeAndPublish("/access", { pages_files: null, pages_dashboards: null });
  assert.match(textOf(warned), /Portalens sidor: Filer Ja Nej/);
  assert.equal((await bo.get("/files")).status, 404);
  assert.equal(linkOf((await bo.get("/")).text, "Filer"), undefined);
  await changeAndPublish("/access", { pages_files: "yes", pages_dashboards: "yes" });
  assert.equal((await bo.get("/files")).status, 200);
});

test("logins of a kind that is turned off are logged out, and cannot log in", async () => {
  const aspen = portal.client();
  assert.equal((await aspen.login("aspen", PASSWORD)).status, 303);
  assert.equal((await aspen.get("/cases")).status, 200);
  assert.match(textOf(await changeAndPublish("/access", { logins_customer: null })),
    /loggas ut och kan inte logga in mer: Fakturakunder/);
  assert.equal((await aspen.get("/cases")).status, 303);
  assert.equal((await portal.client().login("aspen", PASSWORD)).status, 401);
  assert.match((await anna.postForm("/staff/view-as", { login: "aspen", reason: "x" })).text, /ingen inloggning/i);
  await changeAndPublish("/access", { logins_customer: "yes" });
  assert.equal((await aspen.get("/cases")).status, 200, "the session is that of before");
});

test("registration, passwords, answers and the time of dashboards follow", async () => {
  await changeAndPublish("/access",
    { login_registration: null, login_password_min: "20", login_refuse_nordic_letters: null });
  assert.equal((await portal.client().get("/register")).status, 404);
  assert.match((await bo.get("/account")).text, /20/);
  await changeAndPublish("/answers", { invoices_reject: null, dashboards_months: "1" });
  assert.equal((await bo.get("/invoices/F-1/reject")).status, 404);
  const board = (await bo.get("/dashboards/cases")).text;
  assert.ok((new Date(valueOf(board, "to")) - new Date(valueOf(board, "from"))) / 864e5 < 32);
  const refused = await change(anna, "/answers", { dashboards_months: "25" });
  assert.match(errorOf(refused.text, "dashboards_months"), /1 till 24/);
});

test("mails about cases follow, and bad addresses are refused", async () => {
  const refused = await change(anna, "/mails", { notifications_staff_new_case: "jour@firma.se, inte en adress" });
  assert.equal(refused.status, 400);
  assert.match(errorOf(refused.text, "notifications_staff_new_case"), /e-postadresser/);
  await changeAndPublish("/mails", { notifications_receipt: null, notifications_staff_new_case: "jour@firma.se" });
  const answer = await anna.postForm("/staff/cases/new", { title: "Hissen brummar", primary_contact: "K1" }, [],
    "/staff/cases/new");
  assert.equal(answer.status, 303, answer.text);
  const mail = await mailTo(portal, "jour@firma.se");
  assert.match(`${mail.subject} ${mail.body}`, /Hissen brummar/);
  assert.deepEqual(mailsTo(portal, "bo@x.se"), []);
});

test("a preview shows the real pages with the draft, and nothing can be sent from it", async () => {
  assert.equal((await change(anna, "/look", { portal_name: "Förslaget", portal_colour: "#006600" })).status, 303);
  const login = await anna.get(`${BASE}/preview/login`);
  assert.equal(login.status, 200);
  assert.match(login.text, /Förhandsgranskning av ditt utkast/);
  assert.match(login.text, /<title>Logga in – Förslaget/);
  assert.match(login.text, /theme\/preview-006600\.css/);
  assert.match(login.headers.get("content-security-policy"), /form-action 'none'/);
  assert.doesNotMatch(login.headers.get("content-security-policy"), /script-src/);
  assert.doesNotMatch(login.text, /name="csrf_token" value="[^"]/);
  assert.match((await anna.get("/theme/preview-006600.css")).text, /#006600/);
  const fresh = (await anna.get(`${BASE}/preview/new-case`)).text;
  assert.match(fresh, /Ort \/ Titel/);
  assert.doesNotMatch(fresh, /href="\/staff\/(cases|users)/);
  assert.match((await anna.get(`${BASE}/preview/search?as=bo%40x.se`)).text, /Kran/);
  assert.doesNotMatch((await anna.get(`${BASE}/preview/search`)).text, /Kran/);
  assert.equal((await anna.get(`${BASE}/preview/search?as=ingen`)).status, 400);
  assert.equal((await anna.get(`${BASE}/preview?page=search&as=bo%40x.se`)).headers.get("location"),
    `${BASE}/preview/search?as=bo%40x.se`);
  assert.equal((await anna.get(`${BASE}/preview/other`)).status, 404);
  assert.doesNotMatch((await bo.get("/login")).text, /Förslaget/);
  assert.match(textOf((await anna.get("/staff/audit?q=configuration_previewed")).text), /bo@x\.se search/);
  const gone = await anna.postForm(`${BASE}/discard`, { sure: "yes" }, [], BASE);
  assert.equal(gone.status, 303);
  assert.doesNotMatch((await anna.get(BASE)).text, /Ditt utkast/);
});

test("of two administrators the second sees what the first published, and puts their changes on top", async () => {
  assert.equal((await change(anna, "/look", { portal_name: "Annas namn", portal_contact_sv: "Annas text" })).status,
    303);
  assert.equal((await change(berit, "/look", { portal_name: "Berits namn", portal_colour: "#123456" })).status, 303);
  const late = await berit.get(`${BASE}/publish`);
  await publish(anna);
  const refused = await berit.submit(late, {}, { form: `${BASE}/publish` });
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /Någon annan har publicerat.*Annas text.*Berits namn/);
  assert.equal((await berit.get(`${BASE}/publish`)).headers.get("location"), BASE);
  assert.equal((await berit.postForm(`${BASE}/rebase`, {}, [], BASE)).status, 303);
  await publish(berit);
  const page = (await bo.get("/")).text;
  assert.match(page, /Berits namn/);
  assert.match(page, /Annas text/);
});

test("a form of an older draft is refused, and keeps what was typed", async () => {
  const first = await anna.get(`${BASE}/look`);
  assert.equal((await change(anna, "/answers", { dashboards_months: "6" })).status, 303);
  const answer = await anna.submit(first, { portal_name: "Skrivet" }, { form: `${BASE}/look` });
  assert.equal(answer.status, 409);
  assert.match(answer.text, /ändrats i ett annat fönster/);
  assert.equal(valueOf(answer.text, "portal_name"), "Skrivet");
  assert.equal((await anna.submit(answer, {}, { form: `${BASE}/look` })).status, 303);
  const published = (await anna.get(`${BASE}/publish`)).text;
  assert.match(textOf(published), /Skrivet/);
  await publish(anna, "Två fönster");
});

test("the history has who, when and why, and leads back", async () => {
  const list = (await anna.get(`${BASE}/history`)).text;
  const rows = tableOf(list).rows;
  assert.match(rows[0][0], /gäller nu/);
  assert.equal(rows[0][2], "anna@firma.se");
  assert.equal(rows[0][3], "Två fönster");
  assert.equal(rows.at(-1)[3], "Ny profil");
  const first = await anna.get(`${BASE}/history/1?with=0`);
  assert.match(textOf(first.text), /Portalens namn Filens namn Brf "Eken" & Co/);
  assert.equal((await anna.get(`${BASE}/history/1?with=9999`)).status, 400);
  for (const number of ["9999", "0", "x"]) assert.equal((await anna.get(`${BASE}/history/${number}`)).status, 404,
    number);
  const newest = Number(textOf(rows[0][0]).split(" ")[0]);
  const stale = await anna.post(`${BASE}/history/1`, { csrf_token: await anna.token(BASE), newest: newest - 1,
    sure: "yes" });
  assert.equal(stale.status, 409);
  const back = await anna.sure(await anna.submit(first, {}, { form: `${BASE}/history/1` }));
  assert.equal(back.status, 303, back.text);
  assert.match((await bo.get("/")).text, /Brf &quot;Eken&quot; &amp; Co/);
  assert.match((await bo.get("/")).text, /site-logo/);
  assert.equal(tableOf((await anna.get(`${BASE}/history`)).text).rows[0][3], "Tillbaka till version 1");
  const audit = textOf((await anna.get("/staff/audit?q=configuration_published")).text);
  assert.match(audit, /portal\.name: .* → Brf "Eken" & Co/);
});

test("the file that is downloaded imports as the same settings, and says what it changes", async () => {
  const file = await anna.get(`${BASE}/kundportal.ini`);
  assert.match(file.headers.get("content-disposition"), /kundportal\.ini/);
  assert.match(file.text, /^name = Brf "Eken" & Co$/m);
  assert.match(file.text, /^logo = data:image\/png;base64,/m);
  const send = (text) =>
    anna.postForm(`${BASE}/import`, {}, [{ field: "file", name: "kundportal.ini", bytes: Buffer.from(text) }]);
  assert.equal((await send(file.text)).status, 303);
  assert.doesNotMatch((await anna.get(BASE)).text, /Ditt utkast/, "the same file changes nothing");
  const broken = await send("[portal]\n\ncolour = red\n[moon]\n");
  assert.equal(broken.status, 400);
  assert.match(broken.text, /kundportal\.ini:3: colour must be/);
  assert.match(broken.text, /kundportal\.ini:4: unknown section/);
  assert.equal((
    await send("[server]\nlisten = 127.0.0.1:1\n[portal]\nname = Ur filen\nlogo = bild.svg\n[extra.own]\n"
      + "label_sv = Eget\n")).status, 303);
  const draft = textOf((await anna.get(BASE)).text);
  assert.match(draft, /togs inte med/);
  assert.match(draft, /Portalens namn Brf "Eken" & Co Ur filen/);
  await publish(anna);
  assert.match((await bo.get("/cases/new")).text, /Eget/);
  assert.match((await anna.postForm(`${BASE}/import`, {}, [{ field: "x", name: "x", bytes: Buffer.from("x") }])).text,
    /./);
});

test("handlers and customers' logins find no such address", async () => {
  const { client } = await staffClient(portal, "hand@firma.se", "handler");
  for (const path of ["", "/look", "/publish", "/history/1", "/preview/login", "/kundportal.ini", "/logo"])
    assert.equal((await client.get(BASE + path)).status, 404, path);
  assert.doesNotMatch((await client.get("/staff")).text, /configuration/);
});

test("another process takes what was published, and so does one that starts", async () => {
  const other = spawn(PROGRAM, ["serve", ...portal.arguments(), "--listen", "127.0.0.1:0"],
    { stdio: ["ignore", "pipe", "ignore"] });
  try {
    let out = "";
    other.stdout.on("data", (bytes) => (out += bytes));
    await waitFor("the other listens", () => /listens on \S+\n/.test(out));
    const client = new Client(/listens on (\S+)\n/.exec(out)[1]);
    assert.match((await client.get("/login")).text, /Ur filen/);
    await changeAndPublish("/look", { portal_name: "På båda" });
    await waitFor("the version in the other", async () => /På båda/.test((await client.get("/login")).text));
  } finally {
    other.kill("SIGTERM");
    await new Promise((done) => other.on("exit", done));
  }
});

test("a version that the program does not understand is passed over, and check reports it", async () => {
  const newest = Number(portal.sql("SELECT MAX(number) FROM config_version")[0][0]);
  portal.sql(`INSERT INTO config_version (number, at, who, note, text) VALUES (${newest + 1}, 0, 'x', '', '[portal]\n`
    + `name = Ny\n[moon]\nphase = full\n')`);
  await waitFor("the warning", () => /configuration_passed_over/.test(portal.log));
  assert.match((await bo.get("/")).text, /På båda/);
  const checked = await portal.run("check");
  assert.equal(checked.code, 1);
  assert.match(checked.stderr, new RegExp(`configuration ${newest + 1} is passed over: .*unknown section \\[moon\\]`));
  const refused = await anna.post(`${BASE}/history/${newest + 1}`,
    { sure: "yes", csrf_token: await anna.token(BASE), newest: newest + 1 });
  assert.equal(refused.status, 400);
  await changeAndPublish("/look", { portal_name: "Åter" });
  assert.match((await bo.get("/")).text, /Åter/);
  await portal.end();
  await portal.start();
  assert.match((await portal.client().get("/login")).text, /Åter/);
});

test("what the environment sets is shown and cannot be changed", async () => {
  await portal.end();
  portal.options.env = { KUNDPORTAL_NAME: "Miljön" };
  await portal.start();
  const client = portal.client();
  client.cookies = anna.cookies;
  const page = (await client.get(`${BASE}/look`)).text;
  assert.equal(valueOf(page, "portal_name"), "Miljön");
  assert.match(/<input[^>]*name="portal_name"[^>]*>/.exec(page)[0], /readonly/);
  assert.match(page, /Bestäms av KUNDPORTAL_NAME/);
  const answer = await client.submit(page, { portal_name: "Nej", portal_contact_sv: "Ja" }, { form: `${BASE}/look` });
  assert.equal(answer.status, 303);
  await publish(client);
  assert.match((await client.get(`${BASE}/kundportal.ini`)).text, /^name = Åter$/m);
  assert.match((await client.get("/login")).text, /Miljön/);
});
