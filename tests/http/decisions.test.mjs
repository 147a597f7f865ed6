// Approving and rejecting invoice specifications: one decision whatever happens at once, on exactly what was shown,
// kept in a chain.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, textOf, valueOf } from "./html.mjs";
import { mailTo, mailsTo } from "./mails.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const SPECIFICATIONS = ["F-1", "F-2", "F-3", "F-4", "F-5", "F-6", "F-7", "F-8", "F-9", "2026/ö 1"];
const ROWS = "number,case,date,title,article_type,quantity,unit_price,status\n";
const rowOf = (i, price = "99.995") => `R${i},C1,2026-03-0${1 + (i % 9)},Rad ${i},other,1,${price},attested\n`;
const files = {
  "customers.csv": `number,name,login\nA,Brf Aspen,aspen/${PASSWORD}\nB,Brf Björken,\n`,
  "objects.csv": `number,name,customer,login\nH1,Hus 1,A,hus1/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers,objects\nK1,Bo,Ek,bo@x.se,A,\nK2,Ida,Al,ida@x.se,,H1\n"
    + "K3,Tom,Asp,tom@x.se,B,\nK4,Eva,Ask,eva@x.se,A,\n",
  "accounts.csv": "email,password,verified\n"
    + ["bo", "ida", "tom", "eva", "ny"].map((who) => `${who}@x.se,${PASSWORD},yes\n`).join(""),
  "cases.csv": "number,title,customer,object,created\nC1,Läckande kran,A,H1,2026-03-01T08:00:00\n",
  "article_rows.csv": ROWS + SPECIFICATIONS.map((_, i) => rowOf(i)).join("") + rowOf(20),
  "invoice_specifications.csv": "number,customer,title,status,your_reference,rows\n"
    + SPECIFICATIONS.map((number, i) => `${number},A,Spec ${i},awaiting_approval,Ref ${i},R${i}\n`).join("")
    + "U-1,A,Utkast,draft,,R20\nI-1,A,Fakturerad,invoiced,,R20\nB-1,B,Björkens,awaiting_approval,,R20\n",
};

let portal, bo, eva;
async function enter(name, headers) {
  const client = portal.client(headers);
  assert.equal((await client.login(name, PASSWORD)).status, 303);
  return client;
}
before(async () => {
  portal = await startPortal({ files });
  [bo, eva] = [await enter("bo@x.se"), await enter("eva@x.se")];
});
after(() => portal?.stop());

const change = (name, text) => portal.importFiles({ [name]: text });
const statusOf = (number) => portal.sql(`SELECT status FROM invoice_specification WHERE number = '${number}'`)[0][0];
const decisions = (number) =>
  portal.sql(`SELECT decision, login, contact, name, comment, your_reference, total, row_count`
  + ` FROM specification_decision WHERE number = '${number}' ORDER BY seq`);
// The form of a decision as it was shown; send() sends it as it stood then.
async function open(client, number, what = "approve") {
  const path = `/invoices/${number}/${what}`;
  const page = await client.get(path);
  assert.equal(page.status, 200, path);
  return { page: page.text, send: (fields = {}) => client.submit(page, fields, { form: path }) };
}

test("the page says what is approved and the sum; the decision is kept with who, when and what was shown", async () => {
  const form = await open(bo, "F-1");
  assert.match(textOf(form.page),
    /Godkänna fakturaspecifikationen\?.*F-1.*Spec 0.*Brf Aspen.*1 rad i 1 ärende.*100,00/s);
  assert.equal(valueOf(form.page, "your_reference"), "Ref 0");
  assert.match(form.page, /<button[^>]*>Godkänn 100,00/);
  const answer = await form.send({ your_reference: " PO 4711 ", comment: "Ser bra ut\nTack" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/invoices/F-1");
  assert.deepEqual(decisions("F-1")[0].slice(0, 4), ["approved", "bo@x.se", "K1", "Bo Ek"]);
  const page = textOf((await bo.get("/invoices/F-1")).text);
  assert.match(page, /Specifikationen är godkänd\./);
  assert.match(page, /Godkänd.*Bo Ek.*PO 4711.*Ser bra ut/s);
  assert.equal(linkOf((await bo.get("/invoices/F-1")).text, "Godkänn …"), undefined);
  const newline = portal.database.url.startsWith("sqlite") ? "char(10)" : "chr(10)";
  const [content, digest] =
    portal.sql(`SELECT replace(content, ${newline}, '|'), digest FROM specification_decision WHERE number = 'F-1'`)[0];
  assert.match(content, /R0.*99\.995.*100/);
  assert.match(digest, /^[0-9a-f]{64}$/);
});

// The marks of each row that is shown, by its title.
const marksOf = (html) => Object.fromEntries(html.split('<tr class="spec-line">').slice(1).map((part) =>
  [textOf(part.match(/spec-title">([^<]*)/)[1]), everySpan(part)]));
const everySpan = (part) => [...part.matchAll(/spec-changed">([^<]*)/g)].map((one) => textOf(one[1])).join(" ");

test("after a decision each row that changed is marked, with its old and new values", async () => {
  const row = (number, title, price, rest = "other,1,") =>
    `${number},C1,2026-03-02,"${title}",${rest.replace(/,$/, "")},${price},attested\n`;
  const put = (rows) => change("invoice_specifications.csv",
    `number,customer,title,status,rows\nD-1,A,Ändras,awaiting_approval,${rows}\n`);
  await change("article_rows.csv", ROWS + row("X1", 'Kvar ""så"" \\ här', 10) + row("X2", "Dyrare", 20)
    + row("X3", "Byter namn", 30) + row("X4", "Tas bort", 40) + row("X5", "Kommer till", 50));
  await change("article_rows.csv", 'number,description,unit\nX1,"Rad ett\nrad ""två""",\nX4,,tim\n');
  await put("X1|X2|X3|X4");
  assert.equal((await (await open(bo, "D-1")).send()).status, 303);
  assert.doesNotMatch((await bo.get("/invoices/D-1")).text, /spec-changed|Summa vid beslutet/);
  await change("article_rows.csv", ROWS + row("X2", "Dyrare", 25.5, "other,1.5") + row("X3", 'Nytt ""namn""', 30));
  await change("article_rows.csv", "number,unit,discount,description\nX3,st,0.1,Mer\n");
  const id = (number) => portal.sql(`SELECT id FROM article_row WHERE number = '${number}'`)[0][0];
  portal.sql(`UPDATE invoice_specification_row SET article_row_id = ${id("X5")} WHERE article_row_id = ${id("X4")}`);
  const { text } = await bo.get("/invoices/D-1");
  portal.sql(`UPDATE invoice_specification_row SET article_row_id = ${id("X4")} WHERE article_row_id = ${id("X5")}`);
  assert.deepEqual(marksOf(text), { 'Kvar "så" \\ här': "",
    Dyrare: "Ändrad sedan beslutet: Antal: 1 då, 1,5 nu À-pris: 20,00 då, 25,50 nu Summa: 20,00 kr då, 38,25 kr nu",
    'Nytt "namn"': 'Ändrad sedan beslutet: Titel: Byter namn då, Nytt "namn" nu Beskrivning: tomt då, Mer nu '
      + "Antal: 1 då, 1 st nu Rabatt: 0 % då, 10 % nu Summa: 30,00 kr då, 27,00 kr nu",
    "Kommer till": "Ny sedan beslutet" });
  assert.match(textOf(text), /Summa vid beslutet: 100,00 kr, nu .*Rader som har ändrats är märkta/);
  assert.match(textOf(text), /1 rad har tagits bort:\s*Tas bort, 1 tim, 40,00 kr/);
});

test("published again after a rejection, what changed since is marked", async () => {
  const row = (price) => `${ROWS}Y1,C1,2026-03-02,Arbete,other,1,${price},attested\n`;
  const put = (status) => change("invoice_specifications.csv",
    `number,customer,title,status,rows\nD-2,A,Ändras,${status},Y1\n`);
  await change("article_rows.csv", row(900));
  await put("awaiting_approval");
  assert.equal((await (await open(bo, "D-2", "reject")).send({ comment: "För dyrt" })).status, 303);
  const staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  const step = async (name) => staff.sure(await staff.submit("/staff/invoices/D-2", {},
    { form: `/staff/invoices/D-2/${name}` }));
  assert.equal((await step("withdraw")).status, 303);
  await change("article_rows.csv", row(450));
  assert.equal((await step("publish")).status, 303);
  const { text } = await eva.get("/invoices/D-2");
  assert.deepEqual(marksOf(text),
    { Arbete: "Ändrad sedan beslutet: À-pris: 900,00 då, 450,00 nu Summa: 900,00 kr då, 450,00 kr nu" });
  assert.match(textOf(text), /Summa vid beslutet: 900,00 kr, nu 450,00 kr/);
});

test("a receipt goes to the person who decided", async () => {
  const mail = await mailTo(portal, "bo@x.se");
  assert.match(mail.subject, /Kvitto: fakturaspecifikation F-1 är godkänd/);
  const text = Buffer.from(mail.body, /base64/i.test(mail.head) ? "base64" : "utf8").toString("utf8")
    .replace(/=\r?\n/g, "");
  assert.match(text, /PO 4711/);
  assert.match(text, /\/invoices\/F-1/);
  assert.deepEqual(mailsTo(portal, "eva@x.se").filter((one) => one.subject.startsWith("Kvitto")), []);
});

test("rejecting needs a comment, and what was typed stays", async () => {
  const form = await open(bo, "F-2", "reject");
  const refused = await form.send({ comment: "  " });
  assert.equal(refused.status, 400);
  assert.match(errorOf(refused.text, "comment"), /Skriv vad som är fel/);
  const long = "x".repeat(2001);
  const tooLong = await form.send({ comment: long });
  assert.equal(tooLong.status, 400);
  assert.ok(tooLong.text.includes(long));
  assert.equal(statusOf("F-2"), "awaiting_approval");
  assert.equal((await form.send({ comment: "Fel <b>pris</b>" })).status, 303);
  assert.equal(decisions("F-2")[0][0], "rejected");
  const page = await eva.get("/invoices/F-2");
  assert.match(textOf(page.text), /Ej godkänd.*Bo Ek/s);
  assert.ok(page.text.includes("Fel &lt;b&gt;pris&lt;/b&gt;"));
});

test("a reference that is too long is refused with its values", async () => {
  const form = await open(bo, "F-3");
  const refused = await form.send({ your_reference: "ö".repeat(101), comment: "behåll mig" });
  assert.equal(refused.status, 400);
  assert.match(errorOf(refused.text, "your_reference"), /högst 100 tecken/);
  assert.equal(valueOf(refused.text, "your_reference"), "ö".repeat(101));
  assert.ok(refused.text.includes("behåll mig"));
  assert.equal(statusOf("F-3"), "awaiting_approval");
});

test("without its token nothing is decided", async () => {
  for (const what of ["approve", "reject"]) {
    assert.equal((await bo.post(`/invoices/F-3/${what}`, { comment: "x" })).status, 403);
    assert.equal((await bo.post(`/invoices/F-3/${what}`, { csrf_token: await eva.token("/account"), comment: "x" }))
      .status, 403);
  }
  assert.equal(statusOf("F-3"), "awaiting_approval");
});

test("a program that sends no digest decides on what stands", async () => {
  const answer = await bo.post("/invoices/F-3/approve", { csrf_token: await bo.token("/account") });
  assert.equal(answer.status, 303);
  assert.equal(decisions("F-3").length, 1);
});

test("a page whose rows changed meanwhile decides nothing, and says so", async () => {
  const stale = await open(bo, "F-4");
  await change("article_rows.csv", ROWS + rowOf(3, "200"));
  const answer = await stale.send();
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /Raderna ändrades efter att du öppnade sidan/);
  assert.equal(linkOf(answer.text, "Gå igenom den igen"), "/invoices/F-4");
  assert.equal(decisions("F-4").length, 0);
  assert.equal((await (await open(bo, "F-4")).send()).status, 303);
  assert.equal(decisions("F-4")[0][6], "20000");
});

test("rows that change after the decision ask for a new one, and both decisions stay", async () => {
  await change("article_rows.csv", ROWS + rowOf(3, "300"));
  const page = await bo.get("/invoices/F-4");
  assert.match(textOf(page.text), /[Ää]ndrad efter godkännande|ändrades efter/);
  const form = await open(eva, "F-4");
  assert.match(textOf(form.page), /Raderna har ändrats efter beslutet/);
  assert.equal((await form.send()).status, 303);
  assert.deepEqual(decisions("F-4").map((row) => [row[1], row[6]]), [["bo@x.se", "20000"], ["eva@x.se", "30000"]]);
  assert.match(textOf((await bo.get("/invoices/F-4")).text), /Eva Ask.*Bo Ek|Bo Ek.*Eva Ask/s);
});

test("the second of two people reads who decided first, and when", async () => {
  const [first, second] = [await open(bo, "F-5"), await open(eva, "F-5", "reject")];
  assert.equal((await first.send()).status, 303);
  const answer = await second.send({ comment: "Nej" });
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /Det är redan beslutat.*Bo Ek godkände den .*\d{2}[.:]\d{2}/s);
  assert.equal(decisions("F-5").length, 1);
  assert.equal((await eva.get("/invoices/F-5/approve")).headers.get("location"), "/invoices/F-5");
});

test("a button pressed twice decides once, and the second answer says so", async () => {
  const form = await open(bo, "F-6");
  const answers = await Promise.all([form.send(), form.send()]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 409]);
  assert.match(textOf(answers.find((answer) => answer.status === 409).text),
    /Ditt beslut är redan fattat.*Du godkände den/s);
  assert.equal(decisions("F-6").length, 1);
});

test("of twenty at once one decides", async () => {
  const forms = await Promise.all([bo,
    eva].flatMap((client) => Array.from({ length: 10 }, (_, i) => open(client, "F-7", i % 2 ? "approve" : "reject"))));
  const answers = await Promise.all(forms.map((form) => form.send({ comment: "jag" })));
  assert.equal(answers.filter((answer) => answer.status === 303).length, 1);
  assert.equal(answers.filter((answer) => answer.status === 409).length, 19);
  assert.equal(decisions("F-7").length, 1);
  assert.equal(statusOf("F-7"), decisions("F-7")[0][0]);
});

test("a withdrawn specification says so to those who saw it, and does not exist for others", async () => {
  const form = await open(bo, "F-8");
  await change("invoice_specifications.csv", "number,customer,status\nF-8,A,draft\n");
  const answer = await form.send();
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /Specifikationen drogs tillbaka/);
  assert.equal((await bo.post("/invoices/F-8/approve", { csrf_token: await bo.token("/account") })).status, 404);
  assert.equal(decisions("F-8").length, 0);
});

test("a specification that was invoiced meanwhile says so", async () => {
  const form = await open(bo, "F-9");
  await change("invoice_specifications.csv", "number,customer,status\nF-9,A,invoiced\n");
  const answer = await form.send();
  assert.equal(answer.status, 409);
  assert.match(textOf(answer.text), /har hunnit faktureras/);
  assert.equal(decisions("F-9").length, 0);
});

test("numbers that an address cannot carry are decided on too", async () => {
  const path = linkOf((await bo.get("/invoices?page_size=100")).text, "2026/ö 1");
  const number = path.replace("/invoices/", "");
  assert.equal((await (await open(bo, number)).send()).status, 303);
  assert.equal(statusOf("2026/ö 1"), "approved");
});

test("a login that may not see a specification is not asked and cannot answer", async () => {
  const path = "/invoices/B-1/approve";
  const logins = [bo];
  for (const name of ["ida@x.se", "ny@x.se", "aspen", "hus1"]) logins.push(await enter(name));
  for (const client of logins) {
    assert.equal((await client.get(path)).status, 404);
    assert.equal((await client.post(path, { csrf_token: await client.token("/cases/new") })).status, 404);
  }
  for (const number of ["U-1", "saknas"]) {
    assert.equal((await bo.get(`/invoices/${number}/approve`)).status, 404);
    assert.equal((await bo.post(`/invoices/${number}/approve`, { csrf_token: await bo.token("/account") })).status,
      404);
  }
  assert.equal(statusOf("B-1"), "awaiting_approval");
});

test("check finds rows that were changed past the portal, whichever part of them", async () => {
  const spec = "(SELECT id FROM invoice_specification WHERE number = 'F-1')",
    row = "(SELECT id FROM article_row WHERE number = 'R0')";
  for (const [change, back] of [["article_row SET total = total + 1 WHERE number = 'R0'",
    "article_row SET total = total - 1 WHERE number = 'R0'"],
    ["article_row SET title = 'Annat' WHERE number = 'R0'", "article_row SET title = 'Rad 0' WHERE number = 'R0'"],
    ["article_row SET status = 'cancelled' WHERE number = 'R0'",
      "article_row SET status = 'attested' WHERE number = 'R0'"],
    ["invoice_specification SET total = 1 WHERE number = 'F-1'",
      "invoice_specification SET total = 10000 WHERE number = 'F-1'"],
    [`invoice_specification_row SET specification_id = (SELECT id FROM invoice_specification WHERE number = 'B-1') `
      + `WHERE article_row_id = ${row}`,
      `invoice_specification_row SET specification_id = ${spec} WHERE article_row_id = ${row}`]]) {
    portal.sql(`UPDATE ${change}`);
    const bad = await portal.run("check");
    assert.equal(bad.code, 1, change);
    assert.match(bad.stdout + bad.stderr, /invoice specification F-1: its rows were changed past the portal/, change);
    portal.sql(`UPDATE ${back}`);
    assert.equal((await portal.run("check")).code, 0, back);
  }
});

test("check verifies the chain and names what was changed", async () => {
  const good = await portal.run("check");
  assert.equal(good.code, 0, good.stdout + good.stderr);
  const sqlite = portal.database.url.startsWith("sqlite");
  assert.throws(() => portal.sql("UPDATE specification_decision SET comment = 'bra' WHERE number = 'F-2'"));
  portal.sql(sqlite ? "DROP TRIGGER specification_decision_kept"
    : "DROP TRIGGER specification_decision_kept ON specification_decision");
  portal.sql("UPDATE specification_decision SET comment = 'bra' WHERE number = 'F-2'");
  const bad = await portal.run("check");
  assert.equal(bad.code, 1);
  assert.match(bad.stdout + bad.stderr, /decision \d+ on F-2: it was changed/);
});

test("check finds an end of the chain that was cut off together with its head", async () => {
  portal.sql(`${portal.database.url.startsWith("sqlite") ? "DROP TRIGGER specification_decision_stays; " : ""}CREATE `
    + `TABLE kept AS SELECT * FROM specification_decision;`
    + "CREATE TABLE kept_head AS SELECT * FROM decision_head; DELETE FROM specification_decision WHERE seq = (SELECT "
    + "MAX(seq) FROM specification_decision);"
    + "UPDATE decision_head SET seq = (SELECT MAX(seq) FROM specification_decision), hash = (SELECT hash FROM "
    + "specification_decision ORDER BY seq DESC LIMIT 1)");
  const bad = await portal.run("check");
  assert.match(bad.stdout + bad.stderr, /decisions on 2026\/ö 1: the audit has more than stand there/);
  portal.sql("INSERT INTO specification_decision SELECT * FROM kept WHERE seq > (SELECT MAX(seq) FROM "
    + "specification_decision);"
    + "UPDATE decision_head SET seq = (SELECT seq FROM kept_head), hash = (SELECT hash FROM kept_head); DROP TABLE "
    + "kept; DROP TABLE kept_head");
});

test("an acknowledged decision survives when the program is killed", async () => {
  await change("invoice_specifications.csv", "number,customer,status,rows\nF-8,A,awaiting_approval,R7\n");
  assert.equal((await (await open(bo, "F-8")).send()).status, 303);
  await portal.kill();
  await portal.start();
  assert.equal(statusOf("F-8"), "approved");
  assert.equal(decisions("F-8").length, 1);
});
