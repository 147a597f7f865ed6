// Everything that people read in Swedish is Swedish: no page that customers or staff reach, and no message on it, has
// an English text of the program, whole or as a part.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { crawl, patternsOf } from "./crawl.mjs";
import { startPortal, waitFor } from "./harness.mjs";
import { tableOf, textOf, unescape } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const SRC = new URL("../../src/", import.meta.url);

// The English of the catalogues that is no Swedish.
function english() {
  const texts = new Set(), swedishToo = new Set();
  for (const file of readdirSync(SRC, { recursive: true }).filter((one) => one.endsWith("sv.po"))) {
    const lines = readFileSync(new URL(file, SRC), "utf8").split(/\n\n/);
    for (const entry of lines) {
      const value = (key) => JSON.parse(`"${(new RegExp(`^${key} "(.*)"$`, "m").exec(entry)?.[1] ?? "")}"`);
      const msgid = value("msgid"), swedish = value("msgstr") || value("msgstr\\[0\\]");
      swedishToo.add(swedish);
      if (msgid && swedish && msgid !== swedish) texts.add(msgid);
    }
  }
  return [...texts].filter((one) => !swedishToo.has(one)); // "Register" is both
}
const ENGLISH = english();
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patternOf = (msgid) => new RegExp(`^${escaped(msgid).replace(/\\\{\w+\\\}/g, "[^<]*?")}$`);
const WHOLE = new Set(ENGLISH.filter((one) => !one.includes("{")));
// Sentences and headings of at least three words, with what is filled in between: long enough to be no accident.
const PARTS = ENGLISH.filter((one) => one.replace(/\{\w+\}/g, " ").match(/\p{L}{2,}/gu)?.length >= 3)
  .map((one) => ({ one, fits: patternOf(one) }));
// Words that are also names: of files, of code, of what the data of this test says.
const MEANT = new Set(["CSV", "Excel", "English", "Svenska"]);

// Words that no Swedish sentence has, for texts that are in no catalogue.
const ENGLISH_WORDS =
  /(?<!\p{L})(the|this|that|was|were|and|of|with|already|missing|changed|must|cannot)(?!\p{L})/iu;

// All that a page says: its texts, and what its attributes tell.
function saidBy(html) {
  const body = html.replace(/<(script|style)\b.*?<\/\1>/gs, "").replace(/<code\b.*?<\/code>/gs, "")
    .replace(/<a\b[^>]*\blang="en"[^>]*>.*?<\/a>/gs, ""); // the link to the English page
  const attributes =
    [...body.matchAll(/\b(?:title|aria-label|placeholder|alt|data-text-[\w-]+|data-label)="([^"]*)"/g)];
  return [...attributes.map((m) => m[1]), ...body.split(/<[^>]*>/)].map((text) =>
    unescape(text).replace(/\s+/g, " ").trim()).filter(Boolean);
}

const strange = (html) => saidBy(html).filter((text) =>
  !MEANT.has(text) && (WHOLE.has(text) || ENGLISH_WORDS.test(text) || PARTS.some(({ fits }) => fits.test(text))));

function assertSwedish(pages, few) {
  assert.ok(pages.size >= few, `${pages.size} pages`);
  const found = [...pages].flatMap(([path, { text }]) => strange(text).map((one) => `${path}: ${one}`));
  assert.deepEqual(found, []);
}

let portal, chief, kim, patterns;
before(async () => {
  portal = await startPortal({ files: {
    "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\nwork_order_type,service,Underhåll\n",
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\n`,
    "articles.csv": "number,name,article_type\nA1,Arbete,time\n",
    "cases.csv": "number,title,customer,object,primary_contact,created\nC1,Kran,K1,O1,P1,2026-03-01T08:00:00\n",
    "work_orders.csv": "number,case,title,type,created\nC1-1,C1,Byt,service,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,quantity,unit_price,status\nR1,C1,2026-03-01,Rad,1,100,attested\n"
      + "R2,C1,2026-03-02,Rad två,1,100,attested\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Mars,draft,R1\n"
      + "F2,K1,April,awaiting_approval,R2\n",
  } });
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  await staffClient(portal, "anna@firma.se", "handler");
  portal.sql("UPDATE staff_session SET proven = 9000000000000000");
  kim = portal.client();
  await kim.login("kim@x.se", PASSWORD);
  patterns = await patternsOf(portal);
});
after(() => portal?.stop());

test("a text that is not translated would be found", () => {
  assert.ok(WHOLE.size > 500 && PARTS.length > 300, `${WHOLE.size} texts, ${PARTS.length} sentences`);
  assert.deepEqual(strange("<p>Nothing is waiting.</p><p title='x'>Ärende C1</p><a lang=\"en\">Search cases</a>"),
    ["Nothing is waiting."]);
});

test("the pages of customers are Swedish, also those without login", async () => {
  assertSwedish(await crawl(kim, patterns, ["/"], { within: /^\/(?!staff)/ }), 15);
  assertSwedish(await crawl(portal.client(), patterns, ["/login", "/register", "/forgot", "/staff/login"],
    { within: /^\/(login|register|forgot)/ }), 3);
});

test("refused forms are Swedish", async () => {
  const refused = new Map();
  for (const [client, path, fields, form] of [
    [kim, "/cases/new", { title: "" }, "/cases/new"],
    [chief, "/staff/cases/new", { title: "", customer: "saknas" }, "/staff/cases/new"],
    [chief, "/staff/cases/C1/rows/new", { quantity: "x", date: "x" }, "/staff/cases/C1/rows/new"],
    [chief, "/staff/cases/C1/work-orders/new", { booked_from: "x" }, "/staff/cases/C1/work-orders/new"],
    [chief, "/staff/customers/K1", { name: "" }, "/staff/customers/K1"],
    [chief, "/staff/contacts/new", { email: "x" }, "/staff/contacts/new"],
    [chief, "/staff/accounts", { email: "x" }, "/staff/accounts"],
    [chief, "/staff/users", { email: "x" }, "/staff/users"],
    [chief, "/staff/cases/C1", { note: "" }, "/staff/cases/C1/notes"],
    [chief, "/staff/cases/C1", { message: "" }, "/staff/cases/C1/messages"],
  ]) {
    const answer = await client.submit(path, fields, { form });
    assert.equal(answer.status, 400, `${form}: ${answer.status}`);
    refused.set(form, answer);
  }
  refused.set("404", await chief.get("/staff/cases/saknas"));
  refused.set("403", await chief.post("/staff/cases/new", {}));
  assertSwedish(refused, 10);
});

test("the audit tells in Swedish what was done, to what and how", async () => {
  for (const [path, fields, form = path] of [
    ["/staff/customers/K1", { name: "Brf Almen", city: "Borås" }],
    ["/staff/cases/C1/edit", { title: "Kranen" }],
    ["/staff/cases/C1", { note: "Ring" }, "/staff/cases/C1/notes"],
    ["/staff/account", { new_cases: "yes" }, "/staff/account/notifications"],
    ["/staff/contacts/P1", { booking: undefined }, "/staff/contacts/P1/notifications"],
    ["/staff/lists/customers", { column: ["number", "name", "city"] }],
  ]) {
    const answer = await chief.submit(path, fields, { form });
    assert.equal(answer.status, 303, `${form}: ${textOf(answer.text)}`);
  }
  await portal.client().submit("/staff/login", { email: "anna@firma.se", password: "fel" }, { form: "/staff/login" });
  const page = (await chief.get("/staff/audit")).text;
  const told = tableOf(page).rows.map((row) => row.slice(3, 5).join(" | "));
  for (const line of ["Kund K1 | Namn, Ort", "Ärende C1 | Titel", "Kunder | Nummer, Namn, Ort",
    "| Fel adress eller lösenord", "anna@firma.se | Handläggare", "| När ett nytt ärende kommer in",
    "Kontakt P1 | Inte: När en tid bokas, ändras eller avbokas"])
    assert.ok(told.some((one) => one.trim().endsWith(line)), `${line} in ${told.join("\n")}`);
  assert.deepEqual(strange(page), []);
});

async function importPage(files, until) {
  const sent = await chief.postForm("/staff/imports", {}, Object.entries(files).map(([name, bytes]) =>
    ({ field: "files", name, bytes })));
  const path = sent.headers.get("location");
  await waitFor("the check", async () => until.test(textOf((await chief.get(path)).text)));
  return path;
}

test("mistakes of an import, and what is in the way of undoing it, are Swedish", async () => {
  const wrong = await importPage({
    "customers.csv": "number,name,email,status\n,Utan nummer,,\nK7,Namn,ingen,kanske\n"
      + "K8,En,,\nK8,Två,,\nK9,x,y,z,för\n",
    "cases.csv": "number,title,customer,type,created\nC7,,saknas,okand,igår\n",
    "article_rows.csv": "number,case,date,quantity,unit_price,discount\nR7,C1,2026-03-01,tre,1,9\n",
    "objects.csv": "number,name,parent\nO7,Hus,O7\n",
  }, /får inte vara tomt/);
  const page = await chief.get(wrong);
  assert.deepEqual(strange(page.text), []);
  for (const text of [/K8/, /är ingen e-postadress/, /rubrikraden 4/, /måste vara ett datum|måste vara en tid/])
    assert.match(textOf(page.text), text);
  const heads = await importPage({ "objects.csv": "number,name,felkolumn\nO7,Hus,x\n",
    "contacts.csv": "number,name\nP7,Kim\n" }, /kolumn/);
  assert.deepEqual(strange((await chief.get(heads)).text), []);
  const [, ...lines] = (await chief.get(`${wrong}/problems.csv`)).text.split("\r\n");
  assert.deepEqual(strange(`<p>${lines.join("</p><p>")}</p>`), []);
  const right = await importPage({ "customers.csv": "number,name\nK20,Ny kund\n",
    "contacts.csv": "number,first_name,last_name,customers\nP20,Ny,Kontakt,\n" }, /Importera nu/);
  await chief.submit(right, {}, { form: `${right}/run` });
  await waitFor("the import", async () => /Ångra importen/.test(textOf((await chief.get(right)).text)));
  await chief.submit("/staff/customers/K20", { name: "Annat namn" }, { form: "/staff/customers/K20" });
  await chief.submit("/staff/objects/O1", { customer: "K20" }, { form: "/staff/objects/O1" });
  await chief.sure(await chief.submit(right, {}, { form: `${right}/undo` }));
  await waitFor("the refusal", async () => /i vägen/.test(textOf((await chief.get(right)).text)));
  const refused = await chief.get(right);
  assert.deepEqual(strange(refused.text), []);
  assert.match(textOf(refused.text), /customers\.csv: K20: har ändrats efteråt/);
  assert.match(textOf(refused.text), /customers\.csv: K20: används av objekt: 1/);
});

test("the pages of staff are Swedish", async () => {
  assertSwedish(await crawl(chief, patterns, ["/staff", "/staff/imports",
    "/staff/invoices/new?customer=K1&title=Mars&period_from=2026-03-01&period_to=2026-03-31"],
    { within: /^\/staff/ }), 60);
});
