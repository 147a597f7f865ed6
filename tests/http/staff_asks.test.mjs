// Nothing that cannot be undone happens on one press of staff: a page asks first and carries the form on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, textOf, valueOf } from "./html.mjs";
import { readRoutes } from "./permissions.mjs";
import { staffClient } from "./staff.mjs";

const files = {
  "customers.csv": "number,name,login\nA,Brf Aspen,aspen/Ekollon-2026\n",
  "objects.csv": "number,name,customer,login\nH/1,Hus 1,A,hus1/Ekollon-2026\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\nK2,Kim,Ek,bo@x.se,A\n",
  "accounts.csv": "email,password,verified\nbo@x.se,Ekollon-2026,yes\n",
  "cases.csv": "number,title,customer,created\nC/1,Kran,A,2026-03-01T08:00:00\n",
  "article_rows.csv": "number,case,date,title,quantity,unit_price,status\nR1,C/1,2026-03-01,Rad,1,100,editable\n"
    + "R2,C/1,2026-03-01,Rad,1,100,attested\n",
  "invoice_specifications.csv": "number,customer,status,rows\nF/1,A,approved,R2\n",
};
let portal, chief, otherId;
before(async () => {
  portal = await startPortal({ files });
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  await staffClient(portal, "annan@firma.se", "administrator");
  otherId = portal.sql("SELECT id FROM staff WHERE email = 'annan@firma.se'")[0][0];
});
after(() => portal?.stop());

const SPECIFICATION = "/staff/invoices/F~11", ROW = "/staff/cases/C~11/rows/R1", CONFIG = "/staff/configuration";
// [route, path, the page with its form, what the question names]; what is done is undone by nothing.
const ASKING = () => [
  ["/staff/cases/{number}/rows/{row}/cancel", `${ROW}/cancel`, ROW, /Makulera artikelrad R1\?/],
  ["/staff/invoices/{number}/withdraw", `${SPECIFICATION}/withdraw`, SPECIFICATION, /Dra tillbaka .* F\/1\?/],
  ["/staff/invoices/{number}/invoiced", `${SPECIFICATION}/invoiced`, SPECIFICATION, /Markera .* F\/1 som fakturerad\?/],
  ["/staff/customers/{number}/login/remove", "/staff/customers/A/login/remove", "/staff/customers/A",
    /inloggningen för kund A\?/],
  ["/staff/objects/{number}/login/remove", "/staff/objects/H~11/login/remove", "/staff/objects/H~11",
    /inloggningen för objekt H\/1\?/],
  ["/staff/accounts/{id}/contact/remove", "/staff/accounts/1/contact/remove", "/staff/accounts/1",
    /Ta bort bo@x\.se från/],
  ["/staff/users/{id}/second-factor", `/staff/users/${otherId}/second-factor`, `/staff/users/${otherId}`,
    /för annan@firma\.se\?/],
  ["/staff/configuration/discard", `${CONFIG}/discard`, CONFIG, /Ta bort utkastet\?/],
  ["/staff/configuration/form/{field}/remove", `${CONFIG}/form/type/remove`, `${CONFIG}/form/type`, /Ta bort fältet/],
  ["/staff/configuration/history/{number}", `${CONFIG}/history/1`, `${CONFIG}/history/1`, /version 1 /],
  ["/staff/imports/{id}/undo", "/staff/imports/1/undo", "/staff/imports/1", /Ångra import 1\?/],
  ["/staff/imports/{id}/discard", "/staff/imports/1/discard", "/staff/imports/1", /Ta bort import 1\?/],
];
// The last parts of routes that add or change what a form shows, or that another press takes back.
const HARMLESS = new Set(["access", "accounts", "actions", "add", "answers", "attest", "block", "code", "codes",
  "confirm", "contact", "drafts", "edit", "files", "form", "import", "imports", "invite", "link", "login", "logout",
  "logout-everywhere", "look", "mails", "messages", "new", "notes", "notifications", "password", "publish", "read",
  "rebase", "reopen", "role", "run", "search", "second-factor", "state", "unblock", "users", "view-as"]);
// Pages of their own ask before these; the last stands beside what its user typed, and deletes that alone.
const OWN_PAGE = ["/staff/contacts/{number}/erase", "/staff/files/{id}/remove", "/staff/cases/{number}/cancel",
  "/staff/cases/{number}/work-orders/{order}/cancel", "/staff/drafts/discard"];

test("every POST of staff is harmless, has a page of its own that asks, or is asked about", () => {
  const routes = readRoutes().filter(({ method, path }) => method === "POST" && path.startsWith("/staff/"));
  const known = new Set([...ASKING().map(([route]) => route), ...OWN_PAGE]);
  const unknown = routes.map(({ path }) => path).filter((path) => !known.has(path) && !path.includes("/lists/")
    && !/\{\w+\}$/.test(path) && !HARMLESS.has(path.split("/").at(-1)));
  assert.deepEqual(unknown, []);
});

test("the first press does nothing, says what would happen, carries the form on and leads back", async () => {
  const facts = () => JSON.stringify(["article_row", "invoice_specification", "login", "contact_address", "staff",
    "config_draft", "config_version", "import_run", "audit"]
    .map((table) => portal.sql(`SELECT COUNT(*) FROM ${table}`)[0][0])
    .concat(portal.sql("SELECT status FROM article_row ORDER BY id"),
      portal.sql("SELECT status FROM invoice_specification ORDER BY id")));
  for (const [, path, from, question] of ASKING()) {
    const before = facts();
    const answer = await chief.postForm(path, { stamp: "a<b", mark: "2", mark2: ["x", "y"] }, [], "/staff/account");
    assert.equal(answer.status, 200, path);
    assert.match(textOf(answer.text), question, path);
    assert.equal(valueOf(answer.text, "stamp"), "a<b", path);
    assert.equal(valueOf(answer.text, "sure"), "yes", path);
    assert.equal(linkOf(answer.text, "Nej, gå tillbaka"), from, path);
    assert.equal(facts(), before, path);
  }
});

test("the form that was carried on does it", async () => {
  const asked = await chief.submit(ROW, {}, { form: `${ROW}/cancel` });
  assert.equal(asked.status, 200);
  assert.equal((await chief.sure(asked)).status, 303);
  assert.equal(portal.sql("SELECT status FROM article_row WHERE number = 'R1'")[0][0], "cancelled");
});

test("what is not there is not asked about, and nobody asks without the token of the form", async () => {
  assert.equal((await chief.postForm("/staff/accounts/999/contact/remove", {}, [], "/staff/account")).status, 404);
  assert.equal((await chief.post(`${SPECIFICATION}/withdraw`, {})).status, 403);
});
