// Files as other programs write them, and lists of the portal that come back.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exported, folderOf, fresh, lines, load, problems } from "./exchange.mjs";
import { staffClient } from "./staff.mjs";
import { makeWorkbook, makeZip } from "./workbooks.mjs";

const imported = async (portal, files, ...options) => {
  const run = await load(portal, files, ...options);
  assert.equal(run.code, 0, run.stderr);
  return run.stdout;
};

test("what spreadsheets add around the rows is passed over", async () => {
  const plain = await fresh({ "customers.csv": "number,name,city\nK1,Brf Eken,\nK2,Brf Björken,Borås\n" });
  const expected = (await exported(plain))["customers.csv"];
  const bom = "\ufeff";
  for (const [what, bytes] of Object.entries({
    "sep=": "sep=;\nnumber;name;city\nK1;Brf Eken;\nK2;Brf Björken;Borås\n",
    "two byte order marks": `${bom}${bom}number;name;city\nK1;Brf Eken;\nK2;Brf Björken;Borås\n`,
    "a title": "Kundlista, utskriven 2026-03-01\n\nnumber;name;city\nK1;Brf Eken;\nK2;Brf Björken;Borås\n",
    "empty last columns": "Kundlista;;;;\n;;;;\nnumber;name;city;;\nK1;Brf Eken;;;\nK2;Brf Björken;Borås;;\n",
    "blank rows": "number;name;city\n;;\nK1;Brf Eken;\n \n;;\nK2;Brf Björken;Borås\n;;\n",
    "short rows": "number;name;city\nK1;Brf Eken\nK2;Brf Björken;Borås\n",
    "Ctrl-Z": "number;name;city\r\nK1;Brf Eken;\r\nK2;Brf Björken;Borås\r\n\x1a",
    "Windows-1252": Buffer.from("number;name;city\nK1;Brf Eken;\nK2;Brf Björken;Borås\n", "latin1"),
  })) {
    const portal = await fresh();
    await imported(portal, { "customers.csv": bytes });
    assert.equal((await exported(portal))["customers.csv"], expected, what);
  }
});

test("a workbook with a title, blank rows and short rows is read from its header on", async () => {
  const portal = await fresh();
  const book = makeWorkbook({ Kunder: [["Kundlista"], [], ["Skriven", "2026-03-01"], ["number", "name", "city"],
    ["K1", "Brf Eken"], [], ["K2", "Brf Björken", "Borås"]] });
  writeFileSync(join(portal.folder, "customers.xlsx"), book);
  const run = await portal.run("import", join(portal.folder, "customers.xlsx"));
  assert.deepEqual([run.code, run.stdout], [0, "customers.csv: 2 new, 0 changed, 0 unchanged\n"]);
});

test("mistakes below a title name the line in the file", async () => {
  const portal = await fresh();
  assert.deepEqual(await problems(portal, { "customers.csv": "Kunder\n\nnumber;name;färg\nK1;;röd\n" }),
    ['customers.csv:3: header: customers.csv has no such column: "färg"']);
  assert.deepEqual(await problems(portal, { "customers.csv": "Kunder\n\nnumber;name\n;;\nK1;\n" }),
    ["customers.csv:5: name: must not be empty"]);
});

test("Mac, DOS and mixed text is refused with its line, and nothing is guessed", async () => {
  const portal = await fresh();
  const say = "; save the file as UTF-8, or say its encoding";
  for (const [bytes, expected] of [
    ["K1,Bj\x94rk", `customers.csv:2: row: this line may be Mac or DOS text${say}`],
    ["K1,Eken\nK2,G\x8avle", `customers.csv:3: row: this line may be Mac or DOS text${say}`],
    ["K1,Gr\xc3\xa5\nK2,Bj\xf6rk", `customers.csv:3: row: this line is not UTF-8, but other lines are${say}`],
  ]) assert.deepEqual(await problems(portal, { "customers.csv": Buffer.from(`number,name\n${bytes}\n`, "latin1") }),
    [expected]);
});

test("a workbook gives durations and decimals as it shows them", async () => {
  const portal = await fresh({ "articles.csv": "number,name,article_type\nA1,Arbete,time\n" });
  const cell = (style, value) => `<c s="${style}"><v>${value}</v></c>`;
  const text = (value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const office = "http://schemas.openxmlformats.org/officeDocument/2006";
  const relation = (id, type, target) =>
    `<Relationship Id="${id}" Type="${office}/relationships/${type}" Target="${target}"/>`;
  const relations = (...all) => '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + `${all.join("")}</Relationships>`;
  const rows = [
    [text("number"), text("name"), text("article_type"), text("unit"), text("unit_price")],
    [text("A2"), text("Timmar"), text("time"), cell(1, 1.520833333333333), cell(0, 100 / 3)],
    [text("A3"), text("Sekunder"), text("Tid"), cell(2, 1.520844907407407), cell(3, 12.3456789)],
    [text("A4"), text("Klockan"), text("Arbete"), cell(4, 1.5), cell(5, 1.005)],
  ].map((cells) => `<row>${cells.join("")}</row>`).join("").replace("Arbete", "time");
  writeFileSync(join(portal.folder, "articles.xlsx"), makeZip({
    "_rels/.rels": relations(relation("r", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `<workbook xmlns:r="${office}/relationships"><sheets>`
      + '<sheet name="articles" sheetId="1" r:id="s"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(relation("s", "worksheet", "worksheets/sheet1.xml"),
      relation("y", "styles", "styles.xml")),
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="165" formatCode="[h]:mm"/>'
      + '<numFmt numFmtId="166" formatCode="#,##0.000\\ &quot;kr&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
      + '<xf numFmtId="165"/><xf numFmtId="46"/><xf numFmtId="166"/><xf numFmtId="20"/><xf numFmtId="2"/></cellXfs>'
      + "</styleSheet>",
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  }));
  const run = await portal.run("import", join(portal.folder, "articles.xlsx"));
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(lines((await exported(portal))["articles.csv"]).slice(2), [
    "A2,Timmar,time,36:30,33.333333", "A3,Sekunder,time,36:30:01,12.346", "A4,Klockan,time,12:00:00,1.01"]);
});

// Everything that lists show, with values that spreadsheets would take for formulas or numbers.
const COMPANY = {
  "picklists.csv": "list,key,label_sv,label_en\ncase_type,fel,Felanmälan,Fault report\nobject_group,hiss,Hiss,Lift\n"
    + "priority,hog,Hög,High\n",
  "customers.csv": "number,name,status,phone,city\nK1,=Eken,active,+46 8 123,'Göteborg\nK2,Brf Samma,inactive,,\n"
    + "K3,Brf Samma,active,,\n0012,'+Björken,active,-1-2,\n",
  "objects.csv": "number,name,customer,parent,group,status\nO1,Hiss,K1,,hiss,active\nO2,\"x;=1\",K3,O1,,inactive\n"
    + "O3,Hiss,K3,,,active\n",
  "contacts.csv": "number,first_name,last_name,email,mobile,customers,status\n"
    + "P1,Kim,@Ek,kim@x.se,+46701234567,K1,active\nP2,Bo,Al,,,K2|K3,inactive\n",
  "articles.csv": "number,name,article_type,unit,unit_price\nA1,Arbete,time,tim,650.5\nA2,-rör-,material,m,0.000001\n",
  "cases.csv": "number,title,description,type,priority,status,customer,object,reporter,created,started,finished\n"
    + "C1,=Kran,\"a\nb\",fel,hog,finished,K3,O2,+Kim,2026-03-01T08:00:00.25Z,2026-03-02T08:00:00Z,"
    + "2026-03-03T08:00:00Z\nC2,Läcka,,,,not_started,K2,O3,,2026-03-01T09:15:00Z,,\n"
    + "C3,Dörr,,fel,,started,,O1,,2026-03-01T09:15:01Z,"
    + "2026-03-04T00:00:00Z,\n",
  "invoice_specifications.csv": "number,customer,title,period_from,period_to,status\n"
    + "F1,K3,-mars-,2026-03-01,2026-03-31,draft\nF2,K2,,,,invoiced\n",
};
const LISTS = { customers: "customers", objects: "objects", contacts: "contacts", articles: "articles", cases: "cases",
  invoices: "invoice_specifications" };

test("lists of the portal come back unchanged, as CSV and as workbooks with headings of either language", async () => {
  const portal = await fresh(COMPANY);
  const before = await exported(portal);
  await portal.start();
  const { client } = await staffClient(portal, "chef@firma.se", "administrator");
  for (const [list, file] of Object.entries(LISTS)) for (const [ending, language] of [["csv", "sv"], ["xlsx", "sv"],
    ["xlsx", "en"]]) {
    const answer = await client.get(`/staff/${list}.${ending}?inactive=1`, { "accept-language": language });
    assert.equal(answer.status, 200);
    const path = join(portal.folder, `${list}.${ending}`);
    writeFileSync(path, answer.bytes);
    const run = await portal.run("import", path);
    const what = `${list}.${ending} ${language}`;
    assert.deepEqual([run.code, run.stderr], [0, ""], what);
    assert.match(run.stdout, new RegExp(`^${file}\\.csv: 0 new, 0 changed, [1-9]\\d* unchanged\\n`), what);
  }
  assert.deepEqual(await exported(portal), before);
});
