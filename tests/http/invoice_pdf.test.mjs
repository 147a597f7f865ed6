// A specification as PDF over HTTP: what stands in it, its structure, who gets it, and how it is sent. Read back with
// poppler.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";

const PASSWORD = "Ekollon-2026";
const MANY = 2000;
const many = Array.from({ length: MANY },
  (_, i) => `M${i},CASE-2,2026-02-0${(i % 9) + 1},Rad ${i},,1,st,${i},,attested\n`).join("");
const files = {
  "customers.csv": "number,name\nK1,Älvbygdens Fastigheter AB\nK2,Brf Aspen\n",
  "objects.csv": "number,name,customer\nO1,Åkerövägen 5,K1\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Kund,kim@x.se,K1\nP2,Asp,Löv,asp@x.se,K2\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nasp@x.se,${PASSWORD},yes\n`,
  "articles.csv": "number,name,article_type,unit,unit_price\nA1,Filter,material,st,100\n",
  "cases.csv": "number,title,customer,object,created\nCASE-1,Läckande kran,K1,O1,2026-02-01\n"
    + "CASE-2,Rondering,K1,,2026-02-02\nCASE-3,Okänd port,K2,,2026-02-03\n",
  "article_rows.csv": "number,case,date,title,description,quantity,unit,unit_price,discount,status\n"
    + 'R1,CASE-1,2026-02-03,Filterbyte,"Bytt filter\nPumpen renspolad",2.5,st,100,0.1,attested\n'
    + "R2,CASE-1,2026-02-04,Kredit,,-1,st,1234.5,,attested\n"
    + "R3,CASE-3,2026-02-05,Port,,1,h,650,,attested\n"
    + `R4,CASE-1,2026-02-06,${"Ö".repeat(300)},${"x".repeat(2000)},1,st,1,,attested\n`
    + `R5,CASE-1,2026-02-06,日本語 🧰 عربي,,1,st,999999999999,,attested\n${many}`,
  "invoice_specifications.csv": "number,customer,title,period_from,period_to,status,your_reference,rows,decided_by,"
    + "decided_at,comment\n"
    + "F-1,K1,Februari,2026-02-01,2026-02-28,approved,Ref 77,R1|R2|R3,Karin Ek,2026-03-01T08:00:00Z,Ser bra ut\n"
    + `F-2,K1,Många,,,awaiting_approval,,${Array.from({ length: MANY }, (_, i) => `M${i}`).join("|")},,,\n`
    + "F-3,K1,,,,awaiting_approval,,,,,\nF-4,K2,,,,awaiting_approval,,R3,,,\nF-5,K1,,,,draft,,R1,,,\n"
    + '"Å ""6"";x",K1,,,,invoiced,,R4|R5,,,\n',
};

let portal, kim;
before(async () => {
  portal = await startPortal({ files,
    config: "[portal]\nname = Ortens Fältservice AB\ncontact_sv = Ring 0660-123 45\n" });
  kim = portal.client();
  await kim.login("kim@x.se", PASSWORD);
});
after(() => portal.stop());

const run = (program, bytes, ...options) =>
  execFileSync(program, [...options, "-"], { input: bytes, encoding: "utf8", maxBuffer: 1 << 26 });
const textOf = (bytes) => execFileSync("pdftotext", ["-layout", "-", "-"],
  { input: bytes, encoding: "utf8", maxBuffer: 1 << 26 }).replaceAll("\u00a0", " ");
const squeezed = (bytes) => textOf(bytes).replace(/\s+/g, " ");

async function fetchPdf(number, client = kim) {
  const answer = await client.get(`/invoices/${encodeURIComponent(number)}/specification.pdf`);
  assert.equal(answer.status, 200, answer.text.slice(0, 500));
  assert.equal(answer.bytes.subarray(0, 5).toString(), "%PDF-");
  return answer;
}

test("the document says what the page says", async () => {
  const text = squeezed((await fetchPdf("F-1")).bytes);
  for (const part of ["Ortens Fältservice AB", "Fakturaspecifikation F-1", "Älvbygdens Fastigheter AB (K1)",
    "2026-02-01 – 2026-02-28", "Godkänd",
    "Karin Ek", "2026-03-01 09:00", "Ref 77", "Ser bra ut", "Ärende CASE-1: Läckande kran, Åkerövägen 5", "Filterbyte",
      "Bytt filter",
    "Pumpen renspolad", "2,5 st 100,00 10 % 225,00", "−1 st 1 234,50 −1 234,50", "Summa för ärende CASE-1 −1 009,50 kr",
      "Ärende CASE-3 ",
    "650,00 kr", "Totalsumma (exkl. moms) −359,50 kr", "Utskriven 20", "Ring 0660-123 45", "Sida 1 av 1"])
    assert.ok(text.includes(part), `${part}\n${text}`);
  assert.doesNotMatch(text, /Okänd port/);
});

test("the sum stands on the first of many pages too", async () => {
  const first = textOf((await fetchPdf("F-2")).bytes).split("\f")[0].replace(/\s+/g, " ");
  assert.match(first, /Summa 1 999 000,00 kr Ärenden 1 /);
});

test("it is tagged, and says title, author and language", async () => {
  const { bytes } = await fetchPdf("F-1");
  const about = run("pdfinfo", bytes);
  assert.match(about, /Title: +Fakturaspecifikation F-1\n/);
  assert.match(about, /Author: +Ortens Fältservice AB\n/);
  assert.match(about, /Tagged: +yes\n/);
  assert.match(about, /\(A4\)/);
  assert.match(bytes.toString("latin1"), /\/Lang \(sv\)/);
  assert.match(run("pdfinfo", bytes, "-meta"), /<dc:language><rdf:Bag><rdf:li>sv<\/rdf:li>/);
  const structure = run("pdfinfo", bytes, "-struct-text");
  assert.match(structure, /^Document\n/);
  assert.match(structure, /H1[^\n]*\n +"Fakturaspecifikation F-1"/);
  assert.equal(structure.match(/ Table/g).length, 3);
  assert.equal(structure.match(/ H2/g).length, 2);
  assert.match(structure, /TR\n +TH\n +"Datum"\n +TH\n +"Vad"\n/);
  assert.doesNotMatch(structure, /Sida 1/);
});

test("it is sent as a document to look at under its own name, with the headers of every page", async () => {
  const { headers } = await fetchPdf("F-1");
  assert.equal(headers.get("content-type"), "application/pdf");
  assert.equal(headers.get("content-disposition"), 'inline; filename="fakturaspecifikation-F-1.pdf"');
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("cache-control"), /no-store/);
  assert.match(headers.get("content-security-policy"), /default-src 'none'|default-src 'self'/);
  const head = await kim.request("/invoices/F-1/specification.pdf", { method: "HEAD" });
  assert.deepEqual([head.status, head.bytes.length], [200, 0]);
});

test("long and strange texts stay within the margins, and the name of the file is plain", async () => {
  const { bytes, headers } = await fetchPdf('Å "6";x');
  assert.equal(headers.get("content-disposition"), 'inline; filename="fakturaspecifikation-____6__x.pdf"');
  const boxes = execFileSync("pdftotext", ["-bbox", "-", "-"], { input: bytes, encoding: "utf8" });
  const words = [...boxes.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/g)].map((
    found) => found.slice(1).map(Number));
  assert.ok(words.length > 30);
  for (const [left, top, right, bottom] of words) assert.ok(left > 45.5 && right < 550 && top > 20 && bottom < 822,
    `${[left, top, right, bottom]}`);
  assert.match(squeezed(bytes), /999 999 999 999,00/);
});

test("two thousand rows stand on numbered pages that each have the head", async () => {
  const { bytes } = await fetchPdf("F-2");
  const pages = textOf(bytes).split("\f").slice(0, -1);
  assert.ok(pages.length > 30 && pages.length < 100, String(pages.length));
  pages.forEach((page, i) => {
    assert.match(page, new RegExp(`Sida ${i + 1} av ${pages.length}\\n`));
    assert.match(page, /Datum +Vad +Artikel +Antal +Enhet +À-pris +Summa/);
  });
  assert.equal(textOf(bytes).match(/ Rad \d+ /g).length, MANY);
  assert.match(pages.at(-1), /1 999 000,00 kr/);
});

test("more rows than a document takes are refused in clear words", async () => {
  const ids = Array.from({ length: 10001 }, (_, i) => `L${i}`);
  await portal.importFiles({
    "article_rows.csv": `number,case,date,title,quantity,unit_price,status\n`
      + `${ids.map((id) => `${id},CASE-2,2026-02-01,Rad,1,1,attested\n`).join("")}`,
    "invoice_specifications.csv": `number,customer,status,rows\nF-7,K1,awaiting_approval,${ids.join("|")}\n`,
  });
  const answer = await kim.get("/invoices/F-7/specification.pdf");
  assert.equal(answer.status, 413);
  assert.match(answer.text, /Det är för många rader för en PDF\. Hämta dem som Excel eller CSV\./);
});

test("a specification without rows is a page", async () => {
  const text = squeezed((await fetchPdf("F-3")).bytes);
  assert.match(text, /Det finns inga rader\. .*Totalsumma \(exkl\. moms\) 0,00 kr .*Sida 1 av 1/);
});

test("it speaks English with who does", async () => {
  const client = portal.client({ "accept-language": "en" });
  await client.login("kim@x.se", PASSWORD);
  const { bytes } = await fetchPdf("F-1", client);
  assert.match(squeezed(bytes), /Invoice specification F-1 .*Page 1 of 1/);
  assert.match(bytes.toString("latin1"), /\/Lang \(en\)/);
});

test("many at once come whole", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => fetchPdf(i % 4 ? "F-1" : "F-2")));
  for (const { bytes } of answers) assert.match(bytes.subarray(-6).toString(), /%%EOF\n/);
});

test("nobody gets a document that they may not see", async () => {
  for (const number of ["F-4", "F-5", "F-9"]) assert.equal((await kim.get(`/invoices/${number}/specification.pdf`))
    .status, 404, number);
  const other = portal.client();
  await other.login("asp@x.se", PASSWORD);
  assert.equal((await other.get("/invoices/F-1/specification.pdf")).status, 404);
  await fetchPdf("F-4", other);
  assert.equal((await portal.client().get("/invoices/F-1/specification.pdf")).status, 303);
});
