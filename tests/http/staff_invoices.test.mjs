// Invoice specifications as staff make them: rows, drafts, publishing, withdrawing, invoicing, and what customers and
// others see meanwhile.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, tableOf, textOf, valueOf } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, bo;
const rows = (from, to, date) => Array.from({ length: to - from + 1 },
  (_, i) => `R${from + i},C1,${date},Rad ${from + i},other,1,100.335,attested\n`).join("");
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": "number,name\nA,Brf Aspen\nB,Brf Björken\n",
    "contacts.csv": "number,first_name,last_name,email,customers\nK1,Bo,Ek,bo@x.se,A\n",
    "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,created\nC1,Kran,A,2026-03-01T08:00:00\nC2,Annans,B,2026-03-01T08:00:00\n",
    "article_rows.csv": "number,case,date,title,article_type,quantity,unit_price,status\n" + rows(1, 4, "2026-03-05")
      + rows(10, 11, "2026-04-05")
      + "E1,C1,2026-03-06,Redigerbar,other,1,5,editable\nX1,C1,2026-03-06,Makulerad,other,1,5,cancelled\n"
      + "B1,C2,2026-03-06,Annans,other,1,5,attested\n",
    "invoice_specifications.csv": "number,customer,title,status,rows\nOLD,A,Gammal,invoiced,R4\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  bo = portal.client();
  assert.equal((await bo.login("bo@x.se", PASSWORD)).status, 303);
});
after(() => portal?.stop());

const MARCH = { customer: "A", period_from: "2026-03-01", period_to: "2026-03-31", title: "Mars",
  your_reference: "PO 1" };
const { customer: _, ...DRAFT } = MARCH; // the customer of a draft is not a field of its form
const query = (fields) => new URLSearchParams(fields).toString();
const choices = (html) =>
  [...html.matchAll(/name="row" value="([^"]*)"( checked)?/g)].map((m) => [m[1], Boolean(m[2])]);
const make = (fields, chosen) =>
  staff.postForm("/staff/invoices/new", { ...fields, row: chosen }, [], "/staff/invoices/new");
const statusOf = (number) => portal.sql(`SELECT status FROM invoice_specification WHERE number = '${number}'`)[0][0];
// A step as it stands on the page now, or with an older stamp.
async function step(number, name, stamp) {
  const page = await staff.get(`/staff/invoices/${number}`), path = `/staff/invoices/${number}/${name}`;
  const fields = { stamp: stamp ?? valueOf(page.text, "stamp") };
  return staff.sure(page.text.includes(`action="${path}"`) ? await staff.submit(page, fields, { form: path })
    : await staff.postForm(path, fields, [], `/staff/invoices/${number}`));
}
async function made(fields, chosen) {
  const answer = await make(fields, chosen);
  assert.equal(answer.status, 303, textOf(answer.text));
  return answer.headers.get("location").split("/").at(-1);
}
let first;
// The form on a page of the first draft, with these changes.
const save = (page, fields = {}, client = staff) =>
  client.submit(page, fields, { form: `/staff/invoices/${first}/edit` });

test("the attested rows of the customer in the period are offered, all chosen", async () => {
  const page = await staff.get(`/staff/invoices/new?${query(MARCH)}`);
  assert.equal(page.status, 200);
  assert.deepEqual(choices(page.text), [["R1", true], ["R2", true], ["R3", true]]);
  for (const [change, field] of [[{ customer: "saknas" }, "customer"], [{ period_from: "x" }, "period_from"],
    [{ period_to: "2026-02-01" }, "period_to"]]) {
    const answer = await staff.get(`/staff/invoices/new?${query({ ...MARCH, ...change })}`);
    assert.equal(answer.status, 400);
    assert.ok(errorOf(answer.text, field), field);
  }
  assert.match(
    textOf((await staff.get(`/staff/invoices/new?${query({ ...MARCH, customer: "B", period_from: "2026-05-01",
      period_to: "" })}`)).text), /Inga attesterade rader/);
});

test("what was chosen stays chosen when the period is refused", async () => {
  for (const wrong of [{ period_to: "2026-02-01" }, { period_from: "x" }]) {
    const answer = await make({ ...MARCH, ...wrong }, ["R1", "R3"]);
    assert.equal(answer.status, 400);
    assert.deepEqual(choices(answer.text).filter(([, chosen]) => chosen).map(([number]) => number), ["R1", "R3"]);
  }
});

test("a draft is made of what was chosen, to the öre, and no customer sees it", async () => {
  first = await made(MARCH, ["R1", "R2"]);
  assert.match(first, /^FS\d{4}-\d{4}$/);
  const page = await staff.get(`/staff/invoices/${first}`);
  assert.match(textOf(page.text), /Mars.*Utkast.*Brf Aspen \(A\).*2026-03-01 – 2026-03-31.*PO 1.*200,68/s);
  assert.equal((await bo.get(`/invoices/${first}`)).status, 404);
  assert.deepEqual(choices((await staff.get(`/staff/invoices/new?${query(MARCH)}`)).text).map(([n]) => n), ["R3"]);
});

test("rows of others, rows that are not attested and rows that stand elsewhere are not taken", async () => {
  for (const row of ["B1", "E1", "X1", "R1", "R4", "saknas"]) {
    const answer = await make(MARCH, ["R3", row]);
    assert.equal(answer.status, 409, row);
    assert.match(textOf(answer.text), /En av raderna har hamnat/);
    assert.equal(valueOf(answer.text, "title"), "Mars");
  }
  assert.equal((await make(MARCH, [])).status, 400);
  assert.equal(portal.sql("SELECT COUNT(*) FROM invoice_specification")[0][0], "2");
});

test("a draft is changed", async () => {
  const page = await staff.get(`/staff/invoices/${first}/edit`);
  assert.deepEqual(choices(page.text), [["R1", true], ["R2", true], ["R3", false]]);
  assert.equal((await save(page, { title: "Mars 2026", row: ["R1", "R3"] })).status, 303);
  assert.match(textOf((await staff.get(`/staff/invoices/${first}`)).text), /Mars 2026.*Rad 1.*Rad 3/s);
  const refused = await save(await staff.get(`/staff/invoices/${first}/edit`),
    { title: "x".repeat(501), stamp: "x", row: ["R1"] });
  assert.equal(refused.status, 400);
  assert.ok(errorOf(refused.text, "title"));
});

// The values of the form on a page of the draft.
const formOf = (page) =>
  ({ ...Object.fromEntries(["period_from", "period_to", "title", "your_reference"].map((name) => [name,
    valueOf(page.text, name)])), row: choices(page.text).filter(([, chosen]) => chosen).map(([number]) => number) });
const told = (page) =>
  textOf(/<section class="panel" aria-labelledby="changes-title">.*?<\/section>/s.exec(page.text)?.[0] ?? "");

test("when two people change a draft, the second sees the other change, keeps their own and can save",
  async () => {
  const url = `/staff/invoices/${first}/edit`, other = (await staffClient(portal, "andra@firma.se", "handler")).client;
  const [theirs, mine] = [await other.get(url), await staff.get(url)];
  assert.deepEqual(formOf(mine).row, ["R1", "R3"]);
  assert.equal((await save(theirs, { title: "Deras", period_from: "2026-03-02", row: ["R2", "R3"] }, other)).status,
    303);
  const refused = await save(mine, { title: "Min", your_reference: "PO 2", row: ["R1"] });
  assert.equal(refused.status, 409);
  assert.match(told(refused),
    /Senast ändrad av andra@firma\.se .*Period från: 2026-03-02 Titel: Deras \(du skrev Min\) Rader som lagts till/s);
  assert.match(told(refused), /Rader som lagts till: Rad 2 \(R2\) Rader som tagits bort: Rad 1 \(R1\)/);
  assert.deepEqual(choices(refused.text), [["R1", false], ["R2", true], ["R3", false]],
    "R1 was taken away by the other, R3 by himself, R2 was added by the other");
  const again = formOf(refused);
  assert.deepEqual([again.title, again.period_from, again.your_reference], ["Min", "2026-03-02", "PO 2"]);
  assert.equal((await save(refused)).status, 303);
  const now = formOf(await staff.get(url));
  assert.deepEqual([now.title, now.your_reference, ...now.row], ["Min", "PO 2", "R2"]);
});

test("a title that somebody else wrote is not written over, and rows outside the new period stay chosen", async () => {
  const url = `/staff/invoices/${first}/edit`, [theirs, mine] = [await staff.get(url), await staff.get(url)];
  assert.equal((await save(theirs, { title: "Bara rubriken", period_to: "2026-03-04" })).status, 303);
  const refused = await save(mine, { row: ["R1", "R2"] });
  assert.equal(refused.status, 409);
  assert.doesNotMatch(told(refused), /Rader|Summa/);
  assert.deepEqual(choices(refused.text), [["R1", true], ["R2", true], ["R3", false]]);
  assert.equal(formOf(refused).title, "Bara rubriken");
});

test("a draft whose rows were changed elsewhere shows its new sum, and which rows are gone", async () => {
  const url = `/staff/invoices/${first}/edit`,
    head = "number,case,date,title,article_type,quantity,unit_price,status\n";
  assert.equal((await save(await staff.get(url), { ...DRAFT, row: ["R2", "R3"] })).status, 303);
  const mine = await staff.get(url);
  await portal.importFiles({
    "article_rows.csv": `${head}R2,C1,2026-03-05,Rad 2,other,1,300,attested\n`
      + `R3,C1,2026-03-05,Rad 3,other,1,100.335,cancelled\n` });
  const refused = await save(mine);
  assert.equal(refused.status, 409);
  assert.match(told(refused), /Rader som inte längre kan väljas: Rad 3 \(R3\) Summa \(exkl\. moms\): 300,00/);
  assert.deepEqual(choices(refused.text), [["R1", false], ["R2", true]]);
  assert.match(told(await staff.get(url)), /Rader som inte längre kan väljas: Rad 3 \(R3\)/);
  assert.equal((await save(refused)).status, 303);
  await portal.importFiles({ "article_rows.csv": head + rows(2, 3, "2026-03-05") });
});

test("a draft that was published meanwhile is not changed", async () => {
  const url = `/staff/invoices/${first}/edit`, mine = await staff.get(url);
  assert.equal((await save(mine, { ...DRAFT, title: "Mars 2026", row: ["R1", "R3"] })).status, 303);
  const late = await staff.get(url);
  assert.equal((await step(first, "publish", valueOf(mine.text, "stamp"))).status, 409, "published as it was before");
  assert.equal((await step(first, "publish")).status, 303);
  const refused = await save(late);
  assert.equal(refused.status, 409);
  assert.match(textOf(refused.text), /har ändrats under tiden. Inget sparades/);
  assert.equal((await step(first, "withdraw")).status, 303);
});

test("the customer is found by name, and a name that several have is refused", async () => {
  const found = await staff.get(`/staff/invoices/new?${query({ ...MARCH, customer: "aspen" })}`);
  assert.equal(found.status, 200);
  assert.equal(valueOf(found.text, "customer"), "A");
  assert.match((await staff.get("/staff/invoices/new")).text,
    /name="customer"[^>]*data-lookup="\/staff\/lookup\/customers"/s);
  const several = await staff.get(`/staff/invoices/new?${query({ ...MARCH, customer: "brf" })}`);
  assert.equal(several.status, 400);
  assert.match(errorOf(several.text, "customer"), /Brf Aspen \(A\), Brf Björken \(B\)/);
  assert.match(errorOf((await staff.get(`/staff/invoices/new?${query({ ...MARCH, customer: "" })}`)).text, "customer"),
    /Fyll i/);
});

test("published it waits for the customer at once, and withdrawn it is gone", async () => {
  assert.equal((await step(first, "publish")).status, 303);
  assert.equal((await bo.get(`/invoices/${first}`)).status, 200);
  assert.equal((await staff.get(`/staff/invoices/${first}/edit`)).status, 303, "only drafts are changed");
  const shown = await bo.get(`/invoices/${first}/approve`);
  assert.equal((await step(first, "withdraw")).status, 303);
  assert.equal((await bo.get(`/invoices/${first}`)).status, 404);
  const answer = await bo.submit(shown);
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /drogs tillbaka/);
  assert.equal((await step(first, "invoiced")).status, 409);
  assert.equal((await step(first, "publish")).status, 303);
});

test("approved it can be invoiced, and its rows with it", async () => {
  assert.equal((await step(first, "invoiced")).status, 409, "not before it is approved");
  assert.equal((await bo.postForm(`/invoices/${first}/approve`, { comment: "Fint" })).status, 303);
  const page = await staff.get(`/staff/invoices/${first}`);
  assert.match(textOf(page.text), /Godkänd.*Beslut.*Bo Ek: Godkänd, 200,68.*Fint/s);
  assert.equal((await step(first, "invoiced", "approved.2.fel")).status, 409);
  assert.equal((await step(first, "invoiced")).status, 303);
  assert.equal(statusOf(first), "invoiced");
  assert.deepEqual(
    portal.sql("SELECT number, status FROM article_row WHERE number IN ('R1', 'R2', 'R3') ORDER BY number"),
      [["R1", "invoiced"], ["R2", "attested"], ["R3", "invoiced"]]);
  assert.match(textOf((await bo.get(`/invoices/${first}`)).text), /Fakturerad/);
  assert.equal((await step(first, "withdraw")).status, 409);
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
});

test("a decision and a withdrawal at the same moment: one of them, clean", async () => {
  for (let i = 0; i < 6; i++) {
    const number = await made({ ...MARCH, period_from: "2026-04-01", period_to: "2026-04-30" }, ["R10", "R11"]);
    assert.equal((await step(number, "publish")).status, 303);
    const token = await bo.token("/account"), path = `/staff/invoices/${number}/withdraw`;
    const asked = await staff.submit(`/staff/invoices/${number}`, {}, { form: path });
    const [withdrawn, decided] = await Promise.all([staff.sure(asked),
      bo.post(`/invoices/${number}/approve`, { csrf_token: token })]);
    const outcome = `${withdrawn.status} ${decided.status}`;
    assert.ok(["303 404", "409 303"].includes(outcome), outcome);
    assert.equal(statusOf(number), withdrawn.status === 303 ? "draft" : "approved");
    if (withdrawn.status !== 303) assert.equal((await step(number, "withdraw")).status, 303);
    portal.sql(`DELETE FROM invoice_specification_row WHERE specification_id = (SELECT id FROM invoice_specification `
      + `WHERE number = '${number}')`);
  }
});

test("the list is searched, filtered and taken away", async () => {
  const listed = async (text) => (tableOf((await staff.get(`/staff/invoices?${text}`)).text)?.rows ?? [])
    .map((row) => row[0]);
  assert.deepEqual(await listed("status=invoiced"), [first, "OLD"]);
  assert.deepEqual(await listed("q=aspen+gammal"), ["OLD"]);
  assert.deepEqual(await listed("q=finnsinte"), []);
  const csv = readCsv((await staff.get("/staff/invoices.csv?status=invoiced")).text);
  assert.equal(csv.length, 3);
  assert.ok(csv[1].includes("200.68"));
  assert.equal((await staff.get("/staff/invoices.xlsx")).bytes.subarray(0, 2).toString(), "PK");
  assert.equal(linkOf((await staff.get("/staff")).text, "Specifikationer"), "/staff/invoices");
  assert.equal((await staff.get("/staff/invoices/saknas")).status, 404);
  assert.ok(portal.sql("SELECT COUNT(*) FROM audit WHERE action LIKE 'specification_%'")[0][0] >= 10);
});

test("a specification of very many rows is made in one form", async () => {
  await portal.importFiles({ "article_rows.csv": "number,case,date,title,article_type,quantity,unit_price,status\n"
    + rows(5000, 5500, "2026-08-05") });
  const number = await made({ ...MARCH, period_from: "2026-08-01", period_to: "2026-08-31" },
    Array.from({ length: 501 }, (_, i) => `R${5000 + i}`));
  assert.equal(formOf(await staff.get(`/staff/invoices/${number}/edit`)).row.length, 501);
});
