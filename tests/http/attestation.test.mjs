// Rows of a specification that is out stay attested as they are until it is withdrawn, and only attested rows get out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { problems } from "./exchange.mjs";
import { startPortal } from "./harness.mjs";
import { linkOf, textOf, valueOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const STATES = { awaiting_approval: "Väntar på godkännande", approved: "Godkänd", rejected: "Ej godkänd",
  invoiced: "Fakturerad" };
const OUT = Object.keys(STATES);
const HEAD = "number,case,date,title,article_type,quantity,unit_price,status\n";
const row = (number, status = "attested", price = 100) => `${number},C1,2026-03-01,Rad,other,1,${price},${status}\n`;
const specification = (number, status, rows) => `${number},A,${status},${rows}\n`;
const SPECIFICATIONS = "number,customer,status,rows\n";
let portal, staff;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nA,Brf Aspen\n",
    "cases.csv": "number,title,customer,created\nC1,Kran,A,2026-03-01T08:00:00\n",
    "article_rows.csv": HEAD + OUT.map((state) => row(`R-${state}`)).join("") + row("D1") + row("D2") + row("FREE")
      + row("E1", "editable") + row("W1"),
    "invoice_specifications.csv": SPECIFICATIONS + OUT.map((state) => specification(`S-${state}`, state, `R-${state}`))
      .join("") + specification("S-draft", "draft", "D1|D2") + specification("S-back", "awaiting_approval", "W1"),
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const stateOf = (number) => portal.sql(`SELECT status FROM article_row WHERE number = '${number}'`)[0][0];
const shownStateOf = (number) =>
  portal.sql(`SELECT status FROM invoice_specification WHERE number = '${number}'`)[0][0];
// What a page that was opened before would send, with a stamp of now.
async function gone(path, fields, from = "/staff/cases/C1/work") {
  const { text } = await staff.get(from);
  const stamp = { version: valueOf(text, "version"), seen: valueOf(text, "seen"), sure: "yes" };
  return staff.postForm(path, { ...stamp, ...fields }, [], from);
}
const unattest = (...rows) => gone("/staff/cases/C1/rows/attest", { row: rows, act: "unattest" });
const step = async (number, name) => staff.sure(await staff.submit(`/staff/invoices/${number}`, {},
  { form: `/staff/invoices/${number}/${name}` }));
const sane = async () => {
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
};

for (const state of OUT) {
  const number = `R-${state}`, path = `/staff/cases/C1/rows/${number}`;
  test(`a row under a specification that is ${state} stays attested and as it is`, async () => {
    const wanted = new RegExp(`Rad ${number} ligger på fakturaspecifikation S-${state} \\(${STATES[state]}\\)`);
    const page = await staff.get(path);
    assert.match(textOf(page.text), wanted);
    assert.equal(linkOf(page.text, `S-${state}`), `/staff/invoices/S-${state}`);
    assert.doesNotMatch(page.text, /Återta attesten|Makulera raden/);
    for (const answer of [await unattest(number), await unattest("FREE", number), await gone(`${path}/cancel`, {}),
      await gone(path, { title: "Annat", date: "2026-03-01", quantity: "9" })]) {
      assert.equal(answer.status, 409);
      assert.match(textOf(answer.text), wanted);
    }
    assert.deepEqual([stateOf(number), stateOf("FREE")], ["attested", "attested"], "none of those that were chosen");
  });
}

test("an editable row that came under a specification before can be attested there, and nothing else", async () => {
  portal.sql("UPDATE article_row SET status = 'editable' WHERE number = 'R-approved'");
  const path = "/staff/cases/C1/rows/R-approved";
  assert.equal((await gone(path, { title: "Annat", date: "2026-03-01", quantity: "9" })).status, 409);
  assert.equal((await gone(`${path}/cancel`, {})).status, 409);
  const page = await staff.get("/staff/invoices/S-approved");
  assert.match(textOf(page.text), /Rad Inte attesterad/);
  const refused = await step("S-approved", "invoiced");
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /Rader som inte är attesterade: R-approved\./);
  assert.equal(shownStateOf("S-approved"), "approved");
  assert.equal((await staff.submit(path, { act: "attest" }, { form: "/staff/cases/C1/rows/attest" })).status, 303);
  assert.equal((await step("S-approved", "invoiced")).status, 303);
  assert.equal(stateOf("R-approved"), "invoiced");
});

test("a draft is not published with a row whose attestation was taken back", async () => {
  assert.equal((await unattest("D1")).status, 303, "rows of a draft are free");
  const refused = await step("S-draft", "publish");
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /Rader som inte är attesterade: D1\. Attestera dem/);
  assert.equal(shownStateOf("S-draft"), "draft");
  assert.equal((await gone("/staff/cases/C1/rows/attest", { row: "D1", act: "attest" })).status, 303);
  assert.equal((await step("S-draft", "publish")).status, 303);
});

test("withdrawn, its rows are free again", async () => {
  assert.equal((await unattest("W1")).status, 409);
  assert.equal((await step("S-back", "withdraw")).status, 303);
  assert.equal((await unattest("W1")).status, 303);
  assert.equal(stateOf("W1"), "editable");
  await sane();
});

test("publishing and taking an attestation back at the same moment: never both", async () => {
  for (let i = 0; i < 5; i++) {
    await portal.importFiles({ "article_rows.csv": HEAD + row(`P${i}`),
      "invoice_specifications.csv": SPECIFICATIONS + specification(`S-P${i}`, "draft", `P${i}`) });
    const page = await staff.get(`/staff/invoices/S-P${i}`), work = await staff.get("/staff/cases/C1/work");
    const [published, back] = await Promise.all([
      staff.submit(page, {}, { form: `/staff/invoices/S-P${i}/publish` }),
      staff.submit(work, { row: [`P${i}`], act: "unattest" }, { form: "/staff/cases/C1/rows/attest" })]);
    assert.deepEqual([published.status, back.status].sort(), [303, 409]);
    assert.deepEqual([shownStateOf(`S-P${i}`), stateOf(`P${i}`)],
      published.status === 303 ? ["awaiting_approval", "attested"] : ["draft", "editable"]);
  }
});

test("import takes no row that is not attested on a specification that is out", async () => {
  const spec = /invoice_specifications\.csv:2: rows: a row that is not attested cannot stand on a specification .*"E1"/;
  for (const state of OUT)
    assert.match((await problems(portal,
      { "invoice_specifications.csv": SPECIFICATIONS + specification("NY", state, "E1") })).join(), spec, state);
  const rows = /article_rows\.csv:2: status: a row stays attested on a specification that is not a draft/;
  for (const state of ["awaiting_approval", "rejected", "invoiced"])
    assert.match((await problems(portal, { "article_rows.csv": HEAD + row(`R-${state}`, "editable") })).join(),
      rows, state);
  await portal.importFiles({ "article_rows.csv": HEAD + row("E1"),
    "invoice_specifications.csv": SPECIFICATIONS + specification("NY", "awaiting_approval", "E1") });
  await portal.importFiles({ "article_rows.csv": HEAD + row("E1", "editable"),
    "invoice_specifications.csv": SPECIFICATIONS + specification("NY", "draft", "E1") });
  assert.equal(stateOf("E1"), "editable", "withdrawn by the same import");
  await sane();
});
