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

test("mistakes of one kind are one group, whatever was found, and groups of columns stand by themselves", async () => {
  const portal = await fresh();
  const rows = (count, row) => Array.from({ length: count }, (_, i) => row(i)).join("");
  const told = await problems(portal, { "articles.csv": "number,name,article_type,unit_price\n"
    + rows(12, (i) => `A${i},X,sort${i},1\n`) + rows(9, (i) => `B${i},X,time,x${i}\n`) });
  assert.deepEqual(told.slice(told.indexOf("in all:") + 1), [
    "articles.csv: article_type: must be one of material, travel, time, purchase, other: 12 times, on line "
      + '2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …, first "sort0"',
    "articles.csv: unit_price: must be a number with at most 12 digits and 6 decimals: 9 times, on line "
      + '14, 15, 16, 17, 18, 19, 20, 21, 22, first "x0"',
  ]);
});

const casesOf = (...created) => `number,title,created\n${created.map((at, i) => `C${i},X,${at}\n`).join("")}`;
const created = async (portal) => lines((await exported(portal))["cases.csv"]).slice(1)
  .map((line) => /,(2026-[^,]+Z),/.exec(line)?.[1]);

test("the order of dates is found in the whole column and told before the import", async () => {
  for (const [cells, told, expected] of [
    [["13.04.2026", "03.04.2026 8:30"], "day-month-year: 13.04.2026 is 2026-04-13",
      ["2026-04-12T22:00:00Z", "2026-04-03T06:30:00Z"]],
    [["4/13/2026 8:30 PM", "4/3/26"], "month-day-year: 4/13/2026 8:30 PM is 2026-04-13T20:30",
      ["2026-04-13T18:30:00Z", "2026-04-02T22:00:00Z"]],
    [["20260413", "2026/04/03 08.30", "2026-04-05"], "year-month-day: 20260413 is 2026-04-13",
      ["2026-04-12T22:00:00Z", "2026-04-03T06:30:00Z", "2026-04-04T22:00:00Z"]],
  ]) {
    const portal = await fresh();
    const output = await imported(portal, { "cases.csv": casesOf(...cells) });
    assert.equal(output, `cases.csv: created: read as ${told}\ncases.csv: ${cells.length} new, 0 changed, `
      + "0 unchanged\n");
    assert.deepEqual(await created(portal), expected);
  }
});

test("dates that may be read in two orders, or in none, are refused", async () => {
  const portal = await fresh();
  assert.deepEqual(await problems(portal, { "cases.csv": casesOf("03.04.2026", "2026-04-05", "05/06/2026") }), [
    'cases.csv:2: created: the day and the month may change places in this column: say which comes first: "03.04.2026"',
    'cases.csv:4: created: the day and the month may change places in this column: say which comes first: "05/06/2026"',
  ]);
  const must = "created: must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone";
  assert.deepEqual(await problems(portal, { "cases.csv": casesOf("13.04.2026", "31.02.2026", "snart") }),
    [`cases.csv:3: ${must}: "31.02.2026"`, `cases.csv:4: ${must}: "snart"`]);
  const mixed = await problems(portal, { "cases.csv": casesOf("13.04.2026", "04/13/2026") });
  assert.equal(mixed.length, 2, "no order fits the whole column");
});

test("labels of states and picklists mean their codes and keys", async () => {
  const portal = await fresh({ "picklists.csv": "list,key,label_sv,label_en\ncase_type,fel,Felanmälan,Fault report\n"
    + "case_type,a,Samma,\ncase_type,b,Samma,\n" });
  await imported(portal, { "cases.csv": "number,title,type,status,created\nC1,X,FELANMÄLAN,avslutat,2026-03-01\n"
    + "C2,X,fault report,Started,2026-03-01\nC3,X,FEL,,2026-03-01\n" });
  assert.deepEqual(portal.sql("SELECT c.number, p.key, c.status FROM cases c JOIN picklist_item p ON p.id = c.type_id"
    + " ORDER BY c.number"), [["C1", "fel", "2"], ["C2", "fel", "1"], ["C3", "fel", "0"]]);
  assert.deepEqual(await problems(portal, { "cases.csv": "number,title,type,created\nC4,X,Samma,2026-03-01\n" }),
    ['cases.csv:2: type: the list case_type has no such key: "Samma"'], "two items have this label");
});

// Imports files of another system with a mapping.
async function mapped(portal, mapping, files, ...options) {
  const path = join(portal.folder, "mapping.txt");
  writeFileSync(path, mapping);
  return portal.run("import", "--mapping", path, ...options, folderOf(portal, files));
}

test("a mapping renames, leaves out, splits and gives constants, dates and words", async () => {
  const portal = await fresh({ "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\n" });
  const run = await mapped(portal, `# Ärenden ur det gamla systemet
[cases.csv]
file = Ärendelista 2026.csv
encoding = mac
number = Ärendenr
title = RUBRIK
type = Slag
status = Läge
priority = ""
reporter = Anmälare, part 1 at "/"
reporter_phone = Anmälare, part 2- at "/"
site_street = Adress, part 1 at postal code
site_postal_code = Adress, part 2 at postal code
site_city = Adress, part 3 at postal code
description = "Ur det gamla systemet"
created = Skapad
date created = mdy
word status Klart = finished
word type Akut = fel
leave out = Internt
[contacts.csv]
file = personer.csv
number = Id
first_name = Namn, part 1 at " "
last_name = Namn, part 2- at " "
leave out = *
`, {
    "Ärendelista 2026.csv": Buffer.concat([Buffer.from("Lista\n\n\x80rendenr;Rubrik;Slag;L\x8age;Anm\x8alare;Adress;"
      + "Skapad;"
      + "Internt\n1;Kran;Akut;klart;Kim Ek/08-1/2;Storgatan 1, 411 01 G\x9ateborg;03/04/2026;x\n"
      + "2;L\x8acka;Felanm\x8alan;;;V\x8agen 12345, 2 tr;3/5/26;\n", "latin1")]),
    "personer.csv": "Id;Namn;Ålder\nP1;Kim van Ek;40\nP2;Bo Al;\n",
  });
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  assert.match(run.stdout, /^cases\.csv: created: read as month-day-year: 03\/04\/2026 is 2026-03-04\n/);
  assert.deepEqual(portal.sql("SELECT c.number, c.title, c.description, p.key, c.status, c.reporter, c.reporter_phone,"
    + " c.site_street, c.site_postal_code, c.site_city FROM cases c LEFT JOIN picklist_item p ON p.id = c.type_id"
    + " ORDER BY c.number"), [
    ["1", "Kran", "Ur det gamla systemet", "fel", "2", "Kim Ek", "08-1/2", "Storgatan 1", "411 01", "Göteborg"],
    ["2", "Läcka", "Ur det gamla systemet", "fel", "0", "", "", "Vägen", "12345", "2 tr"]]);
  assert.deepEqual(portal.sql("SELECT number, first_name, last_name FROM contact ORDER BY number"),
    [["P1", "Kim", "van Ek"], ["P2", "Bo", "Al"]]);
});

test("what a form refuses is refused in mapped files too, with the column and the line of the file", async () => {
  const portal = await fresh();
  const told = async (mapping, body) => {
    const run = await mapped(portal, mapping, { "k.csv": body });
    assert.equal(run.code, 1);
    return run.stderr.split("\n")[0];
  };
  const lines = "[customers.csv]\nfile = k.csv\nnumber = Nr\nname = Namn\n";
  assert.equal(await told(lines, "Nr;Namn\n1;\n"), "customers.csv:2: name: must not be empty");
  assert.equal(await told(`${lines}email = Mejl\n`, "Nr;Namn;Mejl\n1;x;y\n"),
    'customers.csv:2: email: is not an e-mail address: "y"');
  assert.equal(await told(lines, "Nr;Namn;Färg\n1;x;y\n"),
    'customers.csv:1: header: customers.csv has no such column: "Färg"', "nothing is left out silently");
  assert.equal(await told(lines, "Nr;Kund\n1;x\n"),
    'customers.csv:1: row: the mapping names a column that is not there: "Namn"');
  assert.equal(await told(lines, "Nr;Namn\n1;x;y\n"), "customers.csv:2: row: has 3 values, the header 2");
});

test("a mapping that cannot be understood is refused with its line", async () => {
  const portal = await fresh();
  const path = join(portal.folder, "mapping.txt");
  for (const [text, line, what] of [
    ["number = Nr", 1, "a mapping begins with the file it is for, such as [cases.csv]"],
    ["[bills.csv]", 1, "there is no such file of an import"],
    ["[cases.csv]\n\nnumber", 3, "COLUMN = HEADING is needed"],
    ["[cases.csv]\nnumber =", 2, "after =: a heading of the file, or a value in quotation marks"],
    ["[cases.csv]\nnumber = A, part x at \"-\"", 2,
      "a part has a number from 1 on, or a number and - for all parts after it, too"],
    ["[cases.csv]\nnumber = A, part 1 at -", 2, "a separator stands in quotation marks"],
    ["[cases.csv]\nencoding = latin", 2, "the encoding is utf-8, windows-1252, mac or dos"],
    ["[cases.csv]\ndate created = day", 2, "the order of dates is ymd, dmy or mdy"],
    ["[cases.csv]\nword title X = y", 2, "word COLUMN WORD = CODE, for a column of states or of a picklist"],
    ["[cases.csv]\nmake = dogs", 2, "customers and objects can be made"],
  ]) {
    writeFileSync(path, text);
    const run = await portal.run("import", "--mapping", path, folderOf(portal, { "customers.csv": "number,name\n" }));
    assert.deepEqual([run.code, run.stderr], [1, `kundportal import: ${path}:${line}: ${what}\n`]);
  }
});

test("customers and objects are made of what rows name, once each, and known ones stay as they are", async () => {
  const portal = await fresh({ "customers.csv": "number,name\nK1,Brf Eken\n",
    "objects.csv": "number,name\nO1,Hiss\n" });
  const mapping = "[cases.csv]\nfile = a.csv\nnumber = Nr\ntitle = Rubrik\ncreated = Skapad\ncustomer = Kundnr\n"
    + "customer_name = Kundnamn\nobject = Hus\n";
  const files = { "a.csv": "Nr;Rubrik;Skapad;Kundnr;Kundnamn;Hus\n1;X;2026-03-01;K1;Annat namn;O1\n"
    + "2;X;2026-03-01;K2;Brf Björken;Storgatan 1\n3;X;2026-03-01;K2;Brf Björken;Storgatan 1\n"
    + "4;X;2026-03-01;Brf Eken;;\n5;X;2026-03-01;K3;;\n" };
  const refused = await mapped(portal, mapping, files);
  assert.match(refused.stderr, /^cases\.csv:3: customer: no customer has this number: "K2"/);
  const run = await mapped(portal, `${mapping}make = customers objects\n`, files);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  assert.match(run.stdout, /customers\.csv: 2 new, 0 changed, 0 unchanged\nobjects\.csv: 1 new/);
  assert.deepEqual(portal.sql("SELECT number, name FROM customer ORDER BY number"),
    [["K1", "Brf Eken"], ["K2", "Brf Björken"], ["K3", "K3"]]);
  assert.deepEqual(portal.sql("SELECT o.number, o.name, c.number FROM object o LEFT JOIN customer c"
    + " ON c.id = o.customer_id ORDER BY o.number"), [["O1", "Hiss", ""], ["Storgatan 1", "Storgatan 1", "K2"]]);
  assert.deepEqual(portal.sql("SELECT s.number, c.number FROM cases s JOIN customer c ON c.id = s.customer_id"
    + " ORDER BY s.number"), [["1", "K1"], ["2", "K2"], ["3", "K2"], ["4", "K1"], ["5", "K3"]]);
  const again = await mapped(portal, `${mapping}make = customers objects\n`, files);
  assert.match(again.stdout, /cases\.csv: 0 new, 0 changed, 5 unchanged\n(customers|objects)\.csv: 0 new/);
});

test("one file of a kind that is not stored is told, and left out when that is wished", async () => {
  const portal = await fresh({ "customers.csv": "number,name\nK1,Brf Eken\n" });
  const files = { "files.csv": "path,customer\nf/a.txt,K1\nf/b.exe,K1\nf/c.txt,K1\n", "f/a.txt": "Hej\n",
    "f/b.exe": Buffer.from("MZ\x90\0\x03", "latin1"), "f/c.txt": "Hej då\n" };
  const told = await problems(portal, files);
  assert.match(told[0], /^files\.csv:3: path: .*"f\/b\.exe"$/);
  assert.equal(told[1], "--leave-out imports the rest without files of kinds that are not stored");
  const run = await load(portal, files, "--leave-out");
  assert.deepEqual([run.code, run.stderr], [0, `left out: ${told[0]}\n`]);
  assert.equal(run.stdout, "files left out: 1\nfiles.csv: 2 new, 0 changed, 0 unchanged\n");
  assert.deepEqual(portal.sql("SELECT path FROM file ORDER BY path"), [["f/a.txt"], ["f/c.txt"]]);
  const missing = await load(portal, { "files.csv": "path,customer\nf/d.txt,K1\n" }, "--leave-out");
  assert.equal(missing.code, 1, "a file that is not there is still a mistake");
});
