// Every address of the staff area that changes something, used with success, leaves its line in the audit: who, what,
// to what, from where.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf, valueOf } from "./html.mjs";
import { codeOf, STAFF_PASSWORD, staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const FEATURES = new URL("../../src/", import.meta.url);
// The routes as the program has them. The configuration, imports, and messages with their mails try theirs in tests of
// their own; drafts are nobody else's concern.
const ELSEWHERE = /^\/staff\/(configuration|drafts|imports)|\/messages|\/notifications$/;
const routes = readdirSync(FEATURES, { recursive: true }).filter((file) => file.endsWith(".c")).flatMap((file) =>
  [...readFileSync(new URL(file, FEATURES), "utf8").matchAll(/\{"POST", "(\/staff[^"]*)"/g)].map((m) => m[1]))
    .filter((path) => !ELSEWHERE.test(path));

let portal, staff;
const tried = new Set();
before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\n",
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email\nP1,Kim,Ek,kim@x.se\nP2,Bort,Tagen,bort@x.se\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
    "articles.csv": "number,name,article_type\nA1,Arbete,time\n",
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n"
      + "C2,Lampa,K1,O1,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,title,created\nC2-1,C2,Byt,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,quantity,unit_price,status\nR1,C2,2026-03-01,Rad,1,100,editable\n"
      + "R2,C2,2026-03-02,Rad två,1,100,attested\nR3,C2,2026-03-02,Rad tre,1,100,editable\n",
  } });
  staff = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

// Sends a form and finds what it wrote: a line with this action, by this user.
async function leaves(action, route, path, fields = {},
  { from = path, files = [], client = staff, who = "chef@firma.se" } = {}) {
  tried.add(route);
  const last = () => Number(portal.sql("SELECT COALESCE(MAX(id), 0) FROM audit")[0][0]);
  const before = last();
  const answer = await client.sure(await client.submit(from, fields, { form: path, files }));
  assert.ok([200, 303].includes(answer.status), `${path}: ${answer.status} ${textOf(answer.text).slice(0, 300)}`);
  const lines = portal.sql(`SELECT action, who, client FROM audit WHERE id > ${before} ORDER BY id`);
  const line = lines.find(([name]) => name === action);
  assert.ok(line, `${path} leaves ${action}: ${JSON.stringify(lines)}`);
  assert.equal(line[1], who);
  assert.ok(line[2], "from where");
  return answer;
}

test("work on cases", async () => {
  await leaves("case_added", "/staff/cases/new", "/staff/cases/new", { title: "Ny" });
  await leaves("case_changed", "/staff/cases/{number}/edit", "/staff/cases/C1/edit", { title: "Kranen" });
  await leaves("case_state_changed", "/staff/cases/{number}/state", "/staff/cases/C1/state", { state: "started" },
    { from: "/staff/cases/C1" });
  await leaves("case_note_added", "/staff/cases/{number}/notes", "/staff/cases/C1/notes", { note: "Notis" },
    { from: "/staff/cases/C1" });
  await leaves("work_order_added", "/staff/cases/{number}/work-orders/new", "/staff/cases/C1/work-orders/new",
    { title: "Byt" });
  await leaves("work_order_changed", "/staff/cases/{number}/work-orders/{order}", "/staff/cases/C2/work-orders/C2-1",
    { title: "Byt ut", resource: "Conny" });
  await leaves("work_order_cancelled", "/staff/cases/{number}/work-orders/{order}/cancel",
    "/staff/cases/C2/work-orders/C2-1/cancel", { reason: "Fel" });
  await leaves("work_order_reopened", "/staff/cases/{number}/work-orders/{order}/reopen",
    "/staff/cases/C2/work-orders/C2-1/reopen", {}, { from: "/staff/cases/C2/work-orders/C2-1" });
  await leaves("article_row_added", "/staff/cases/{number}/rows/new", "/staff/cases/C1/rows/new",
    { title: "Rad", date: "2026-03-01", quantity: "1" });
  await leaves("article_row_changed", "/staff/cases/{number}/rows/{row}", "/staff/cases/C2/rows/R1",
    { title: "Raden", date: "2026-03-01", quantity: "2" });
  await leaves("article_rows_attested", "/staff/cases/{number}/rows/attest", "/staff/cases/C2/rows/attest",
    { row: "R1", act: "attest" }, { from: "/staff/cases/C2/work" });
  await leaves("article_row_cancelled", "/staff/cases/{number}/rows/{row}/cancel", "/staff/cases/C2/rows/R3/cancel", {},
    { from: "/staff/cases/C2/rows/R3" });
  await leaves("case_cancelled", "/staff/cases/{number}/cancel", "/staff/cases/C2/cancel", { reason: "Fel" });
  for (const [column, ...lists] of [["number", "cases", "customers", "objects", "contacts", "articles", "invoices"],
    ["email", "accounts", "users"], ["who", "audit"]]) {
    for (const list of lists)
      await leaves("list_changed", `/staff/lists/${list}`, `/staff/lists/${list}`, { act: "save", column });
  }
});

test("files", async () => {
  const file = [{ field: "files", name: "läs.txt", bytes: Buffer.from("Hej\n"), type: "text/plain" }];
  for (const [kind, number] of [["customers", "K1"], ["objects", "O1"], ["cases", "C1"]])
    await leaves("file_added", `/staff/${kind}/{number}/files`, `/staff/${kind}/${number}/files`, {}, { files: file });
  const [id, key] = portal.sql("SELECT f.id, f.key FROM file f WHERE f.case_id IS NOT NULL")[0];
  await leaves("attachment_shown", "/staff/cases/{number}/attachments/{key}", `/staff/cases/C1/attachments/${key}`,
    { visible: "yes" }, { from: "/staff/cases/C1" });
  await leaves("file_changed", "/staff/files/{id}", `/staff/files/${id}`, { name: "annat.txt" });
  await leaves("file_removed", "/staff/files/{id}/remove", `/staff/files/${id}/remove`);
});

test("registers, picklists and logins", async () => {
  for (const [kind, fields] of [["customers", { name: "Ny" }], ["objects", { name: "Ny" }],
    ["contacts", { first_name: "Ny", last_name: "Ny" }], ["articles", { name: "Ny", article_type: "time" }]]) {
    const number = `N-${kind}`;
    await leaves("register_row_added", `/staff/${kind}/new`, `/staff/${kind}/new`,
      { number, active: "yes", ...fields });
    await leaves("register_row_changed", `/staff/${kind}/{number}`, `/staff/${kind}/${number}`,
      { active: "", ...fields });
  }
  for (const [kind, number] of [["customers", "K1"], ["objects", "O1"]]) {
    await leaves("login_set", `/staff/${kind}/{number}/login`, `/staff/${kind}/${number}/login`,
      { login: `${kind}/hemligt` }, { from: `/staff/${kind}/${number}` });
    await leaves("login_removed", `/staff/${kind}/{number}/login/remove`, `/staff/${kind}/${number}/login/remove`, {},
      { from: `/staff/${kind}/${number}` });
  }
  await leaves("picklist_changed", "/staff/picklists/{list}", "/staff/picklists/case_type",
    { key: "best", label_sv: "Beställning" });
});

test("accounts, views as a customer, and personal data", async () => {
  await leaves("account_invited", "/staff/accounts", "/staff/accounts", { email: "bjud@x.se" });
  await leaves("account_invited_again", "/staff/accounts/{id}/invite", "/staff/accounts/1/invite", {},
    { from: "/staff/accounts/1" });
  await leaves("account_blocked", "/staff/accounts/{id}/block", "/staff/accounts/1/block", {},
    { from: "/staff/accounts/1" });
  await leaves("account_unblocked", "/staff/accounts/{id}/unblock", "/staff/accounts/1/unblock", {},
    { from: "/staff/accounts/1" });
  await leaves("register_row_changed", "/staff/accounts/{id}/contact", "/staff/accounts/2/contact", { contact: "P1" },
    { from: "/staff/accounts/2" });
  await leaves("register_row_changed", "/staff/accounts/{id}/contact/remove", "/staff/accounts/2/contact/remove",
    { contact: "P1" }, { from: "/staff/accounts/2" });
  await leaves("view_as_begin", "/staff/view-as", "/staff/view-as", { login: "kim@x.se", reason: "Prov" });
  await leaves("contact_erased", "/staff/contacts/{number}/erase", "/staff/contacts/P2/erase", { number: "P2" },
    { from: "/staff/contacts/P2/personal-data" });
});

test("invoice specifications", async () => {
  const answer = await leaves("specification_made", "/staff/invoices/new", "/staff/invoices/new",
    { customer: "K1", period_from: "2026-03-01", period_to: "2026-03-31", row: ["R1", "R2"] },
    { from: "/staff/invoices/new?customer=K1&period_from=2026-03-01&period_to=2026-03-31" });
  const path = answer.headers.get("location");
  await leaves("specification_changed", "/staff/invoices/{number}/edit", `${path}/edit`,
    { period_from: "2026-03-01", period_to: "2026-03-31", title: "Mars", row: ["R1", "R2"] });
  await leaves("specification_published", "/staff/invoices/{number}/publish", `${path}/publish`, {}, { from: path });
  await leaves("specification_withdrawn", "/staff/invoices/{number}/withdraw", `${path}/withdraw`, {}, { from: path });
  await leaves("specification_published", "/staff/invoices/{number}/publish", `${path}/publish`, {}, { from: path });
  portal.sql("UPDATE invoice_specification SET status = 'approved', decided_digest = digest");
  await leaves("specification_invoiced", "/staff/invoices/{number}/invoiced", `${path}/invoiced`, {}, { from: path });
});

test("users", async () => {
  await leaves("staff_added", "/staff/users", "/staff/users", { email: "ny@firma.se", role: "handler" });
  const id = portal.sql("SELECT id FROM staff WHERE name = 'ny@firma.se'")[0][0];
  const press = (action, what, fields) =>
    leaves(action, `/staff/users/{id}/${what}`, `/staff/users/${id}/${what}`, fields, { from: `/staff/users/${id}` });
  await press("staff_link_made", "link");
  await press("staff_role_changed", "role", { role: "administrator" });
  portal.sql(`UPDATE staff SET totp_secret = 'x' WHERE id = ${id}`);
  await press("second_factor_removed", "second-factor");
  await press("staff_blocked", "block");
  await press("staff_unblocked", "unblock");
});

test("logging in, proving, refusals, and logging out", async () => {
  const who = "hand@firma.se";
  await staffClient(portal, who, "handler");
  const client = portal.client(), by = { client, who };
  const refused = async (path, fields, action, from = path) => {
    assert.equal((await client.postForm(path, fields, [], from)).status, 401, path);
    assert.equal(portal.sql(`SELECT action FROM audit ORDER BY id DESC LIMIT 1`)[0][0], action);
  };
  await refused("/staff/login", { email: who, password: "fel lösenord här" }, "login_refused");
  await leaves("login", "/staff/login", "/staff/login", { email: who, password: STAFF_PASSWORD }, by);
  await refused("/staff/confirm", { password: "fel lösenord här" }, "confirm_refused");
  await leaves("confirmed", "/staff/confirm", "/staff/confirm", { password: STAFF_PASSWORD }, by);
  const page = (await client.get("/staff/second-factor")).text;
  const own = valueOf(page, "secret");
  await leaves("second_factor_set", "/staff/second-factor", "/staff/second-factor",
    { secret: own, proof: valueOf(page, "proof"), code: codeOf(own, -1) }, by);
  await leaves("recovery_codes_made", "/staff/second-factor/codes", "/staff/second-factor/codes", {},
    { ...by, from: "/staff/account" });
  await leaves("password_changed", "/staff/account/password", "/staff/account/password",
    { current_password: STAFF_PASSWORD, new_password: `${STAFF_PASSWORD} två` }, { ...by, from: "/staff/account" });
  await leaves("logout", "/staff/logout", "/staff/logout", {}, { ...by, from: "/staff/account" });
  await leaves("login_password", "/staff/login", "/staff/login", { email: who, password: `${STAFF_PASSWORD} två` }, by);
  await refused("/staff/login/code", { code: "000000" }, "code_refused");
  await leaves("login", "/staff/login/code", "/staff/login/code", { code: codeOf(own) }, by);
  await leaves("logout_everywhere", "/staff/account/logout-everywhere", "/staff/account/logout-everywhere", {},
    { ...by, from: "/staff/account" });
  assert.deepEqual(portal.sql("SELECT DISTINCT action FROM audit WHERE action = 'password_by_link'"),
    [["password_by_link"]], "choosing the first password, by staffClient");
  tried.add("/staff/password");
  assert.equal((await staff.get("/staff/customers.csv")).status, 200);
  assert.match(portal.sql("SELECT action || ' ' || subject FROM audit ORDER BY id DESC LIMIT 1")[0][0],
    /export.*customers/);
  assert.match(textOf((await staff.get("/staff/audit?q=recovery_codes_made")).text), /hand@firma\.se/);
});

test("no address that changes something was forgotten",
  () => assert.deepEqual(routes.filter((route) => !tried.has(route)).sort(), []));
