// Staff users managed by administrators, and the audit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, tableOf, textOf } from "./html.mjs";
import { mailTo } from "./mails.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";
import { choosePassword, linkPath, STAFF_PASSWORD, staffClient } from "./staff.mjs";

let portal;
let boss;
before(async () => {
  portal = await startPortal();
  boss = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

let users = 0;
const fresh = () => `person${++users}@firma.se`;
const leads = (answer) => answer.headers.get("location");
const unescapeLink = (text) => text.replaceAll("&amp;", "&");

async function add(email, role = "handler") {
  const answer = await boss.postForm("/staff/users", { email, role });
  assert.equal(answer.status, 200, answer.text);
  return unescapeLink(linkPath(answer.text.replaceAll("<", " ")));
}

const addressOf = async (email) => {
  const list = (await boss.get("/staff/users")).text;
  return new RegExp(`href="(/staff/users/\\d+)">${email}<`).exec(list)[1];
};

test("the list of users is there as CSV and as Excel", async () => {
  const email = fresh();
  await add(email);
  const [head, ...rows] = (await boss.get("/staff/users.csv")).text.trim().split("\r\n");
  assert.equal(head, "email,role,state,second_factor,last_login");
  assert.ok(rows.includes(`${email},handler,invited,no,`));
  assert.match(rows.find((row) => row.startsWith("chef@firma.se")), /,administrator,active,yes,\d{4}-.*Z$/);
  assert.equal((await boss.get("/staff/users.xlsx")).status, 200);
});

test("an administrator makes a user, whose link is shown and mailed", async () => {
  const email = fresh();
  const link = await add(email);
  assert.equal((await mailTo(portal, email)).path, link);
  await choosePassword(portal, link);
  const client = portal.client();
  assert.equal((await client.postForm("/staff/login", { email, password: STAFF_PASSWORD })).status, 303);
  const rows = tableOf((await boss.get("/staff/users")).text).rows;
  assert.ok(rows.some((row) => row[0] === email && row[1] === "Handläggare" && row[2] === "Aktiv"),
    JSON.stringify(rows));
});

test("a wrong address and one that is taken are refused beside the field", async () => {
  for (const [email, why] of [["nonsense", /e-postadress/], ["CHEF@firma.se", /finns redan/]]) {
    const answer = await boss.postForm("/staff/users", { email, role: "handler" });
    assert.equal(answer.status, 400);
    assert.match(errorOf(answer.text, "email"), why);
    assert.ok(answer.text.includes(`value="${email}"`));
  }
});

test("a blocked user is out at once, and in again when let in", async () => {
  const email = fresh();
  await choosePassword(portal, await add(email));
  const client = portal.client();
  await client.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  const path = await addressOf(email);
  assert.equal((await boss.postForm(`${path}/block`, {}, [], path)).status, 303);
  assert.match(leads(await client.get("/staff/account")), /^\/staff\/login/);
  assert.equal((await portal.client().postForm("/staff/login", { email, password: STAFF_PASSWORD })).status, 401);
  assert.equal((await boss.postForm(`${path}/unblock`, {}, [], path)).status, 303);
  assert.equal((await portal.client().postForm("/staff/login", { email, password: STAFF_PASSWORD })).status, 303);
});

test("the last administrator can neither be blocked nor become a handler", async () => {
  const path = await addressOf("chef@firma.se");
  assert.equal((await boss.postForm(`${path}/block`, {}, [], path)).status, 409);
  assert.equal((await boss.postForm(`${path}/role`, { role: "handler" }, [], path)).status, 409);
  assert.equal((await boss.get("/staff/users")).status, 200);
});

test("two administrators who take away each other's role at once do not leave the portal without any", async () => {
  const [one, other] = [fresh(), fresh()];
  const [a, b] = [(await staffClient(portal, one, "administrator")).client,
    (await staffClient(portal, other, "administrator")).client];
  const [pathOfOne, pathOfOther] = [await addressOf(one), await addressOf(other)];
  const [tokenOfOne, tokenOfOther] = [await a.token(pathOfOther), await b.token(pathOfOne)];
  portal.sql(`UPDATE staff SET role = 'handler' WHERE email NOT IN ('${one}', '${other}')`);
  for (let round = 0; round < 8; round++) {
    portal.sql(`UPDATE staff SET role = 'administrator' WHERE email IN ('${one}', '${other}')`);
    await Promise.all([a.post(`${pathOfOther}/role`, { csrf_token: tokenOfOne, role: "handler" }),
      b.post(`${pathOfOne}/role`, { csrf_token: tokenOfOther, role: "handler" })]);
    assert.equal(portal.sql("SELECT COUNT(*) FROM staff WHERE role = 'administrator'")[0][0], "1", `round ${round}`);
  }
  portal.sql("UPDATE staff SET role = 'administrator' WHERE email = 'chef@firma.se'");
});

test("a search for more words than a database can take is refused in every list alike", async () => {
  const words = Array.from({ length: 1200 }, (_, i) => `w${i % 7}`).join("+");
  for (const path of ["/staff/audit", "/staff/accounts", "/staff/invoices", "/staff/customers", "/staff/contacts"]) {
    for (const ending of ["", ".csv"]) {
      if (path === "/staff/contacts" && ending) continue;
      assert.equal((await boss.get(`${path}${ending}?q=${words}`)).status, 400, path + ending);
    }
  }
});

test("a handler who becomes administrator must set up a second factor", async () => {
  const email = fresh();
  await choosePassword(portal, await add(email));
  const client = portal.client();
  await client.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  assert.equal((await client.get("/staff/users")).status, 404);
  const path = await addressOf(email);
  assert.equal((await boss.postForm(`${path}/role`, { role: "administrator" }, [], path)).status, 303);
  assert.match(leads(await client.get("/staff/users")), /^\/staff\/login/, "another role begins with a new login");
  await client.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  assert.equal(leads(await client.get("/staff/users")), "/staff/second-factor");
});

test("a second factor that was lost is removed, and all sessions with it", async () => {
  const email = fresh();
  const { client } = await staffClient(portal, email, "administrator");
  const path = await addressOf(email);
  assert.equal((await boss.postForm(`${path}/second-factor`, { sure: "yes" }, [], path)).status, 303);
  assert.match(leads(await client.get("/staff/account")), /^\/staff\/login/);
  const again = portal.client();
  assert.match(leads(await again.postForm("/staff/login", { email, password: STAFF_PASSWORD })),
    /^\/staff\/second-factor/);
});

test("what matters asks again who it is after a while", async () => {
  const { client } = await staffClient(portal, fresh(), "administrator");
  portal.sql("UPDATE staff_session SET proven = proven - 3600000000");
  assert.equal(leads(await client.postForm("/staff/users", { email: fresh(), role: "handler" })),
    "/staff/confirm?next=%2Fstaff%2Fusers");
  portal.sql("UPDATE staff_session SET proven = proven + 3600000000");
});

test("the audit says who did what, is searched, and comes as files", async () => {
  const email = fresh();
  await add(email);
  const rows = tableOf((await boss.get(`/staff/audit?q=staff_added+${email}`)).text).rows;
  assert.equal(rows.length, 1);
  assert.deepEqual(rows[0].slice(1, 5), ["chef@firma.se", "Lade till användare staff_added", email, "Handläggare"]);
  const csv = await boss.get(`/staff/audit.csv?q=${email}`);
  assert.equal(csv.text.split("\r\n")[0], "at,kind,who,action,subject,detail,client");
  assert.equal(csv.text.split("\r\n").filter((line) => line.includes(",staff_added,")).length, 1);
  assert.equal((await boss.get("/staff/audit.xlsx")).bytes.subarray(0, 2).toString(), "PK");
  assert.equal((await boss.get("/staff/audit?from=x")).status, 400);
  assert.match(textOf((await boss.get("/staff/audit?from=2020-01-01&to=2020-01-02")).text), /Inget under perioden/);
});

test("the audit shows events in words, which are found and stand in the workbook", async () => {
  const client = portal.client();
  await client.postForm("/staff/login", { email: "chef@firma.se", password: "fel lösenord" });
  const actions = async (q, language = "sv") =>
    new Set(tableOf((await boss.request(`/staff/audit?q=${encodeURIComponent(q)}`,
    { headers: { "accept-language": language } })).text).rows.map((row) => row[2]));
  for (const q of ["login_refused", "nekad INLOGGNING", "NEKAD inlogg chef@firma.se"])
    assert.deepEqual(await actions(q), new Set(["Nekad inloggning login_refused"]), q);
  assert.deepEqual(await actions("right password", "en"), new Set(["Gave the right password login_password"]));
  assert.deepEqual(await actions("right password"), new Set());
  // The search of the file itself is kept as well, so that it finds itself.
  const query = encodeURIComponent("Nekad inloggning");
  const fourth = (rows) => new Set(rows.slice(1).map((row) => row[3]));
  const texts = fourth(readXlsx((await boss.get(`/staff/audit.xlsx?q=${query}`)).bytes));
  assert.deepEqual(texts, new Set(["Laddade ner lista eller filer", "Nekad inloggning"]));
  assert.deepEqual(fourth(readCsv((await boss.get(`/staff/audit.csv?q=${query}`)).text)),
    new Set(["export", "login_refused"]));
});

test("the audit shows the command line in words, and an unknown event as it is stored", async () => {
  portal.sql("INSERT INTO audit (at, kind, who, action, subject, detail, client) SELECT max(at), 'login', 'command "
    + "line', 'of_old_days', '', '', '' FROM audit");
  const told = async (q) => tableOf((await boss.get(`/staff/audit?q=${q}`)).text).rows.map((row) => row.slice(1, 3));
  assert.deepEqual(await told("of_old_days"), [["command line", "of_old_days"]]);
  assert.deepEqual(await told("kommandoraden+chef"), [["Kommandoraden", "Lade till användare staff_added"]]);
});

const ADDRESSES = [["GET", "/staff/users"], ["POST", "/staff/users"], ["GET", "/staff/users/1"],
  ["POST", "/staff/users/1/role"],
  ["POST", "/staff/users/1/block"], ["POST", "/staff/users/1/unblock"], ["POST", "/staff/users/1/link"],
  ["POST", "/staff/users/1/second-factor"], ["GET", "/staff/audit"], ["GET", "/staff/audit.csv"],
    ["GET", "/staff/audit.xlsx"]];

test("handlers find none of it", async () => {
  const { client } = await staffClient(portal, fresh(), "handler");
  const token = await client.token("/staff/account");
  for (const [method, path] of ADDRESSES) {
    const answer = method === "GET" ? await client.get(path) : await client.post(path, { csrf_token: token });
    assert.equal(answer.status, 404, `${method} ${path}`);
  }
  assert.equal((await boss.get("/staff/users/999999")).status, 404);
  assert.equal((await boss.get("/staff/users/x")).status, 404);
});

test("nobody without a login gets there", async () => {
  for (const [method, path] of ADDRESSES) {
    const answer = await portal.client().request(path, { method, headers: { accept: "text/html" } });
    if (/\.(csv|xlsx)$/.test(path)) assert.equal(answer.status, 401, path);
    else assert.match(leads(answer) ?? "", /^\/staff\/login/, `${method} ${path}`);
  }
});
