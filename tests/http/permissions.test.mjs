// Every address of the program as every kind of login: docs/permissions.md says the same as `kundportal routes`, and
// the server answers so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import {
  answerFor, isStaff, lineOf, PORTAL_ROLES, readLines, readRoutes, rolesOf, STAFF_ROLES,
} from "./permissions.mjs";
import { addStaff, choosePassword, STAFF_PASSWORD, staffClient } from "./staff.mjs";
import { storeFiles } from "./stored.mjs";

const PASSWORD = "Ekollon-2026";
const LOGINS = { unlinked: "okand@x.se", linked: "kim@x.se", payer: "bo@x.se", customer: "eken", object: "hus" };
const STAFF = { half: "halv@firma.se", handler: "hand@firma.se", administrator: "chef@firma.se" };
// These change what other addresses need, so they come last, and those that end the session come after them.
const LAST = [/\/(erase|discard|undo|block|unblock|remove)$|^\/view-as\/end$/, /\/logout-everywhere$/, /\/logout$/];
// Of these only the owner of a thing or of a mailed link gets more than 404.
const OWNED = new Set(["/verify", "/password/reset", "/staff/password", "/cases/receipt/{receipt}",
  "/cases/draft/files/{key}", "/cases/{number}/edit", "/view-as/end",
  "/staff/configuration/form/{field}/remove", "/staff/imports/{id}/files"]);

const routes = readRoutes();
let portal, values, spare;

test("docs/permissions.md has every route with everybody who may ask it, and nothing else", () => {
  const told = new Set(readLines()), real = new Set(routes.map(lineOf));
  assert.deepEqual([...real].filter((line) => !told.has(line)), [], "lines that the document lacks");
  assert.deepEqual([...told].filter((line) => !real.has(line)), [], "lines of the document that are wrong");
});

// The address of a thing for each `{…}` of a route, by the longest pattern of `values` that the path begins with.
function addressOf(path) {
  const begins = (prefix) => path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}.`);
  const known = Object.keys(values).filter(begins);
  const prefix = known.sort((a, b) => b.length - a.length)[0];
  const rest = prefix ? path.slice(prefix.length) : path;
  const address = (prefix ? values[prefix] : "") + rest;
  assert.doesNotMatch(address, /[{}]/, `no thing for ${path}`);
  return address;
}

before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv\ncase_type,fel,Fel\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "objects.csv": `number,name,customer,login\nO1,Storgatan 1,K1,hus/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,customers,objects\n"
      + "P1,Bo,Ek,bo@x.se,K1,\nP2,Kim,Ask,kim@x.se,,O1\nP3,Åsa,Öst,,,\n",
    "accounts.csv": ["bo", "kim", "okand", "nagon"].map((name) => `${name}@x.se,${PASSWORD},yes\n`)
      .reduce((all, line) => all + line, "email,password,verified\n"),
    "articles.csv": "number,name,article_type\nA1,Arbete,time\n",
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,created\nC1-1,C1,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,quantity,status\nR1,C1,2026-03-01,Rad,1,attested\n",
    "invoice_specifications.csv": "number,customer,status,rows\nF1,K1,awaiting_approval,R1\nF2,K1,draft,\n",
  } });
  storeFiles(portal, [{ key: "plan", name: "plan.txt", object: "O1" }, { key: "bild", name: "bild.txt", case: "C1" }]);
  const logo = "data:image/png;base64,iVBORw0KGgoAAAAN";
  portal.sql(`INSERT INTO config_version (number, at, who, note, text) VALUES (1, 0, 'x', '', '[portal]\n`
    + `logo = ${logo}')`);
  await choosePassword(portal, await addStaff(portal, STAFF.half, "administrator"));
  await choosePassword(portal, await addStaff(portal, "reserv@firma.se", "handler"));
  spare = portal.sql("SELECT id FROM staff WHERE email = 'reserv@firma.se'")[0][0];
  portal.sql("INSERT INTO import_run (id, staff_id, who, created, state) SELECT 1, MIN(id), 'x', 1, 'done' FROM staff");
  portal.sql("INSERT INTO import_file (run_id, position, name, stored, size, file)"
    + " VALUES (1, 0, 'kunder.csv', 'gone', 1, 'customers.csv')");
  let html = "";
  // the web process looks for versions
  while (!html.includes("/logo/")) html = (await portal.client().get("/login")).text;
  const account = portal.sql("SELECT id FROM account WHERE email = 'nagon@x.se'")[0][0];
  const plan = portal.sql("SELECT id FROM file WHERE key = 'plan'")[0][0];
  values = {
    "/assets/{name}": /\/assets\/[^"]+/.exec(html)[0],
    "/app-icon/{size}": "/app-icon/192",
    "/theme/{digest}.css": /\/theme\/[^"]+\.css/.exec(html)[0],
    "/logo/{digest}": /\/logo\/[^"?]+/.exec(html)[0],
    "/cases/{number}": "/cases/C1",
    "/cases/saved/{search}": "/cases/saved/1",
    "/cases/receipt/{receipt}": "/cases/receipt/x",
    "/cases/draft/files/{key}": "/cases/draft/files/x",
    "/cases/{number}/attachments/{key}/{name}": "/cases/C1/attachments/bild/bild.txt",
    "/dashboards/{board}": "/dashboards/cases",
    "/files.zip": "/files.zip?file=plan",
    "/files/{key}/{name}": "/files/plan/plan.txt",
    "/invoices/{number}": "/invoices/F1",
    "/objects/{number}": "/objects/O1",
    "/staff/accounts/{id}": `/staff/accounts/${account}`,
    "/staff/articles/{number}": "/staff/articles/A1",
    "/staff/cases/{number}": "/staff/cases/C1",
    "/staff/cases/{number}/attachments/{key}": "/staff/cases/C1/attachments/bild",
    "/staff/cases/{number}/attachments/{key}/{name}": "/staff/cases/C1/attachments/bild/bild.txt",
    "/staff/files/{id}/content/{name}": `/staff/files/${plan}/content/plan.txt`,
    "/staff/cases/{number}/rows/{row}": "/staff/cases/C1/rows/R1",
    "/staff/cases/{number}/work-orders/{order}": "/staff/cases/C1/work-orders/C1-1",
    "/staff/contacts/{number}": "/staff/contacts/P3",
    "/staff/configuration/form/{field}": "/staff/configuration/form/title",
    "/staff/configuration/history/{number}": "/staff/configuration/history/1",
    "/staff/configuration/preview/{page}": "/staff/configuration/preview/login",
    "/staff/customers/{number}": "/staff/customers/K1",
    "/staff/files/{id}": `/staff/files/${plan}`,
    "/staff/imports/{id}": "/staff/imports/1",
    "/staff/imports/{id}/columns/{file}": "/staff/imports/1/columns/0",
    "/staff/invoices/{number}": "/staff/invoices/F2",
    "/staff/objects/{number}": "/staff/objects/O1",
    "/staff/picklists/{list}": "/staff/picklists/case_type",
    "/staff/users/{id}": `/staff/users/${spare}`,
  };
});
after(() => portal?.stop());

const rank = ({ path, method }) => (method === "GET" ? -1 : LAST.findLastIndex((pattern) => pattern.test(path)));
const inOrder = [...routes].sort((one, other) => rank(one) - rank(other));

// A client of that role; the session of one area stands in the cookie of the other too, where it must count for
// nothing.
async function enter(role) {
  if (role === "nobody") return portal.client();
  if (role in PORTAL_ROLES) {
    const client = portal.client();
    assert.equal((await client.login(LOGINS[role], PASSWORD)).status, 303);
    client.cookies.set("staff", client.cookies.get("session"));
    return client;
  }
  let client = portal.client();
  if (role === "half") await client.postForm("/staff/login", { email: STAFF.half, password: STAFF_PASSWORD });
  else client = (await staffClient(portal, STAFF[role], role)).client;
  client.cookies.set("session", client.cookies.get("staff"));
  return client;
}

// These lead to a page of logging in because that is their business.
const LOGGING_IN = /\/(logout|login|confirm|second-factor)/;
const OWN_PAGES = { half: "/staff/second-factor", handler: "/staff/account", administrator: "/staff/account" };
// A page with a form whose token counts for this role in this area.
function tokenPage(role, path) {
  const own = role !== "nobody" && isStaff(path) === role in OWN_PAGES;
  return own ? (OWN_PAGES[role] ?? "/account") : isStaff(path) ? "/staff/login" : "/login";
}

function isLogin(answer) {
  return answer.status === 401 || /^\/(staff\/)?login\b(?!\/code)/.test(answer.headers.get("location") ?? "");
}
const isFactor = (answer) => /^\/staff\/(login\/code|second-factor)/.test(answer.headers.get("location") ?? "");

// What a form without its fields is answered with is the form's business; that it is answered is what counts here.
function fits(answer, route, wanted, role) {
  if (wanted === "login") return isLogin(answer);
  if (wanted === "factor") return answer.status === 303 && isFactor(answer);
  if (wanted === "no") return answer.status === 404;
  const unseen = role === "unlinked" && /^\/(cases|files)\/\{/.test(route.path); // for the login, but not its case
  if (answer.status === 404) return OWNED.has(route.path) || unseen;
  if (answer.status === 403 || answer.status >= 500) return false;
  return route.who.includes("anybody") || LOGGING_IN.test(route.path) || !(isLogin(answer) || isFactor(answer));
}

// Before the roles whose POSTs change what there is to see.
for (const role of Object.keys(LOGINS)) {
  test(`staff who view the portal as ${role} read what it reads, and change nothing`, async () => {
    const { client } = await staffClient(portal, `visar-${role}@firma.se`, "handler");
    assert.equal((await client.postForm("/staff/view-as", { login: LOGINS[role], reason: "Prov" })).status, 303);
    const token = await client.token("/");
    const wrong = [];
    for (const route of inOrder.filter(({ path }) => !isStaff(path) && path !== "/view-as/end")) {
      const wanted = answerFor(route, role), path = addressOf(route.path);
      if (route.method === "GET" && /^\/(logout|login|register|verify|password)/.test(path)) continue;
      const answer = route.method === "GET" ? await client.get(path) : await client.post(path, { csrf_token: token });
      const right = route.method === "GET" ? fits(answer, route, wanted, role)
        : (wanted === "yes" ? [403] : [403, 404]).includes(answer.status);
      if (!right) wrong.push(`${route.method} ${path}: ${answer.status}, where the login is answered ${wanted}`);
    }
    assert.deepEqual(wrong, []);
    assert.equal((await client.postForm("/view-as/end", {}, [], "/")).status, 303);
  });
}

for (const role of [...Object.keys(PORTAL_ROLES), ...Object.keys(STAFF_ROLES).slice(1)]) {
  test(`${role}: every address answers as docs/permissions.md says`, async () => {
    let client = await enter(role);
    const wrong = [];
    for (const route of inOrder) {
      const own = role in rolesOf(route.path), wanted = answerFor(route, own ? role : "nobody");
      const path = addressOf(route.path);
      if (route.method === "POST" && own && wanted !== "login" && (await client.post(path, {})).status !== 403)
        wrong.push(`POST ${path} without the token of its form is not refused`);
      const answer = route.method === "GET" ? await client.get(path)
        : await client.post(path, { csrf_token: await client.token(tokenPage(role, route.path)) });
      if (!fits(answer, route, wanted, role))
        wrong.push(`${route.method} ${path}: ${answer.status} ${answer.headers.get("location") ?? ""}, not ${wanted}`);
      if (/logout-everywhere$/.test(path) && role in LOGINS) client = await enter(role);
    }
    assert.deepEqual(wrong, []);
  });
}
