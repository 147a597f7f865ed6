// import, export and demo: what comes in, what is refused and with which text, and that what goes out comes in again
// unchanged.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { exported, fresh, lines, load, problems, rows } from "./exchange.mjs";
import { fieldsOf } from "./fields.mjs";
import { readCsv } from "./sheets.mjs";

const registers = {
  "picklists.csv": "list,key,label_sv,label_en,active\ncase_type,fel,Fel,Fault,yes\npriority,hög,Hög,,no\n"
    + "work_order_type,jour,Jour,,\naction_code,byte,Byte,,\nobject_group,hus,Hus,,\n",
  "customers.csv": "number;name;email;status;login\nK1;Brf Eken;a@eken.example;active;eken/hemligt ord/2\n"
    + "K2;\"Åsa; & söner\";;inactive;\n",
  "objects.csv": "parent\tnumber\tname\tcustomer\tgroup\nO1\tO2\tHiss\tK1\thus\n\tO1\tHus\tK1\t\n",
  "contacts.csv": "number,first_name,last_name,email,email_2,customers,objects\nP1,Kim,Ek,Kim@Example.se,,K1|K2,\n"
    + "P2,Bo,Å,,bo@example.se,,O1|O2\n",
  "articles.csv": "number,name,article_type,unit,unit_price\nA1,Filter,material,st,\"1 234,5\"\nA2,Tid,time,,\n",
};
const work = {
  "cases.csv": "number,title,description,type,priority,status,customer,object,primary_contact,contacts,created,started,"
    + "finished,extra_floor\n"
    + "C1,Kran,\"Den \"\"droppar\"\"\nhela natten\",fel,hög,not_started,K1,O1,P1,P2,2025-03-30T01:30:00,,,4\n"
    + "C2,=1+1,,,,finished,,,,,2025-06-01T10:00:00+02:00,2025-06-01 11:00,2025-06-02T12:00:00.5Z,\n",
  "work_orders.csv": "number,case,title,type,status,resource,booked_from,created,started,finished\n"
    + "C1-1,C1,Laga,jour,finished,Ali,2025-04-01 08:00,2025-03-31,2025-04-01 08:10,2025-04-01 09:00\n"
    + "C1-2,C1,Igen,,started,,,2025-04-02 08:00,2025-04-02 08:10,\n",
  "article_rows.csv": "number,case,work_order,article,date,title,action_code,article_type,quantity,unit,unit_price,"
    + "discount,status\n"
    + "R1,C1,C1-1,A1,2025-04-01,Filter,byte,,\"2,5\",st,\"0,01\",,attested\n"
    + "R2,C1,,A2,2025-04-01,Tid,,time,3,tim,\"333,333333\",\"0,1\",\nR3,C1,,,2025-04-01,Text,,,1,,,,cancelled\n",
};
const all = { ...registers, ...work };

test("a whole company is imported, and each file is reported in the same words", async () => {
  const portal = await fresh();
  const run = await load(portal, all);
  assert.equal(run.stderr, "");
  assert.match(run.stdout, /^cases\.csv: 2 new, 0 changed, 0 unchanged$/m);
  const out = await exported(portal);
  assert.deepEqual(Object.keys(out), ["article_rows.csv", "articles.csv", "cases.csv", "contacts.csv", "customers.csv",
    "files.csv", "invoice_specifications.csv", "objects.csv", "picklists.csv", "work_orders.csv"]);
  assert.deepEqual(rows(out["customers.csv"]),
    ["K1,Brf Eken,active,a@eken.example,,,,,", 'K2,"Åsa; & söner",inactive,,,,,,']);
  assert.deepEqual(rows(out["objects.csv"]), ["O1,Hus,K1,,,,,,active,", "O2,Hiss,K1,O1,hus,,,,active,"]);
  assert.deepEqual(rows(out["contacts.csv"]),
    ["P1,Kim,Ek,Kim@Example.se,,,,,K1|K2,,active", "P2,Bo,Å,,bo@example.se,,,,,O1|O2,active"]);
  assert.deepEqual(rows(out["articles.csv"]), ["A1,Filter,material,st,1234.5", "A2,Tid,time,,"]);
  const [head, ...cases] = readCsv(out["cases.csv"]);
  assert.deepEqual(cases.map((row) => Object.fromEntries(row.flatMap((cell, i) => (cell ? [[head[i], cell]] : [])))), [
    { number: "C1", title: "Kran", description: 'Den "droppar"\nhela natten', type: "fel", priority: "hög",
      status: "started", customer: "K1", object: "O1", primary_contact: "P1", contacts: "P1|P2",
      created: "2025-03-30T00:30:00Z", started: "2025-04-01T06:10:00Z", extra_floor: "4" },
    { number: "C2", title: "=1+1", status: "finished", created: "2025-06-01T08:00:00Z",
      started: "2025-06-01T09:00:00Z", finished: "2025-06-02T12:00:00.500000Z" }]);
  assert.deepEqual(rows(out["article_rows.csv"]), [
    "R1,C1,C1-1,A1,2025-04-01,Filter,,byte,material,2.5,st,0.01,0,attested,",
    "R2,C1,,A2,2025-04-01,Tid,,,time,3,tim,333.333333,0.1,editable,",
      "R3,C1,,,2025-04-01,Text,,,other,1,,0,0,cancelled,"]);
  assert.deepEqual(portal.sql("SELECT number, total FROM article_row ORDER BY number"),
    [["R1", "3"], ["R2", "90000"], ["R3", "0"]]);
  assert.deepEqual(portal.sql("SELECT address FROM contact_address ORDER BY address"),
    [["bo@example.se"], ["kim@example.se"]]);
});

// The columns in a row of a table of a document: the words in code outside brackets, which have their values.
const columnsOf = (row) => [...row.replace(/\([^)]*\)/g, "").matchAll(/`([^`]*)`/g)].flatMap((m) => m[1].split(/\s+/))
  .map((name) => name.replace("*", "")).filter((name) => !name.startsWith("extra_"));

test("the files have the columns that the documents say, in their order", async () => {
  const out = await exported(await fresh(registers));
  const heads = Object.fromEntries(Object.entries(out).map(([file, text]) => [file, readCsv(text)[0]]));
  heads["accounts.csv"] = fieldsOf("account").map(({ name }) => name); // never exported
  for (const name of ["contract.md", "import.md"]) {
    const document = readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
    const said = [...document.matchAll(/^\| `(\w+\.csv)` \| (.*) \|$/gm)];
    assert.deepEqual(Object.fromEntries(said.map(([, file, row]) => [file, columnsOf(row)])), heads, name);
  }
});

test("what was exported comes in again and is exported the same", async () => {
  const first = await exported(await fresh(all));
  const again = await exported(await fresh(first));
  assert.deepEqual(again, first);
});

test("the same files again change nothing and end no session", async () => {
  const portal = await fresh(all);
  portal.sql("INSERT INTO session (token_hash, login_id, created, last_seen) SELECT 'x', id, 1, 1 FROM login");
  const run = await load(portal, all);
  assert.equal(run.code, 0, run.stderr);
  for (const line of run.stdout.trimEnd().split("\n")) assert.match(line, /: 0 new, 0 changed, \d+ unchanged$/);
  assert.deepEqual(portal.sql("SELECT count(*) FROM session"), [["1"]]);
});

test("a known key changes only the columns given; an empty cell clears", async () => {
  const portal = await fresh(all);
  const run = await load(portal, {
    "customers.csv": "number,email\nK1,\n",
    "contacts.csv": "number,objects\nP2,O2\n",
    "cases.csv": "number,object,contacts,extra_floor\nC1,O2,,\n",
    "article_rows.csv": "number,quantity\nR2,4\n",
  });
  assert.equal(run.stdout, "article_rows.csv: 0 new, 1 changed, 0 unchanged\ncases.csv: 0 new, 1 changed, 0 unchanged\n"
    + "contacts.csv: 0 new, 1 changed, 0 unchanged\ncustomers.csv: 0 new, 1 changed, 0 unchanged\n");
  const out = await exported(portal);
  assert.equal(rows(out["customers.csv"])[0], "K1,Brf Eken,active,,,,,,");
  assert.equal(rows(out["contacts.csv"])[1], "P2,Bo,Å,,bo@example.se,,,,,O2,active");
  assert.match(rows(out["cases.csv"])[0], /^C1,Kran,.*,K1,O2,P1,P1,,/s); // the primary contact is always one of them
  assert.ok(!lines(out["cases.csv"])[0].includes("extra_floor"));
  assert.deepEqual(portal.sql("SELECT total FROM article_row WHERE number = 'R2'"), [["120000"]]);
  assert.deepEqual(portal.sql("SELECT count(*) FROM login"), [["1"]]); // the column was not there
});

test("required columns may be absent for what is known, and only then", async () => {
  const portal = await fresh(registers);
  assert.deepEqual(await problems(portal, { "customers.csv": "number,phone\nK1,1\nK9,2\n" }),
    ["customers.csv:3: name: the column is missing, and this customer is new"]);
  assert.deepEqual(await problems(portal, { "customers.csv": "number,name\nK1, \n" }),
    ["customers.csv:2: name: must not be empty"]);
});

test("every kind of mistake is reported with file, line and column, and nothing is imported", async () => {
  const portal = await fresh(registers);
  const before = await exported(portal);
  const told = await problems(portal, {
    "articles.csv": "number,name,article_type,unit_price\nA9,X,material,1\nA8,X,wood,12x\nA9,Y,time,1\n|,Y,time,1\n",
    "cases.csv": "number,title,type,object,created,finished,contacts\nC1,X,nope,O7,2025-02-30,soon,P1|P9\n\n"
      + "C2,X,,,2025-01-01,,,1\n",
    "objects.csv": "number,name,parent\nO1,Hus,O2\nO3,X,O3\n",
  });
  assert.deepEqual(told, [
    'articles.csv:3: article_type: must be one of material, travel, time, purchase, other: "wood"',
    'articles.csv:3: unit_price: must be a number with at most 12 digits and 6 decimals: "12x"',
    'articles.csv:4: number: already stands on line 2: "A9"',
    'articles.csv:5: number: | is not allowed here: "|"',
    'cases.csv:2: created: must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone: "2025-02-30"',
    'cases.csv:2: finished: must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone: "soon"',
    'cases.csv:2: type: the list case_type has no such key: "nope"',
    'cases.csv:2: object: no object has this number: "O7"',
    'cases.csv:2: contacts: no contact has this number: "P9"',
    "cases.csv:4: row: has 8 values, the header 7",
  ]);
  assert.deepEqual(await problems(portal, { "objects.csv": "number,name,parent\nO1,Hus,O2\nO3,X,O3\n" }), [
    'objects.csv:2: parent: the object would be its own parent, directly or over others: "O2"',
    'objects.csv:3: parent: the object would be its own parent, directly or over others: "O3"']);
  assert.deepEqual(await exported(portal), before);
});

test("at most a hundred mistakes are listed, the first ones, and all by column and kind", async () => {
  const portal = await fresh();
  const body = Array.from({ length: 300 }, (_, i) => `K${i},`).join("\n");
  const told = await problems(portal, { "customers.csv": `number,name\n${body}\n` });
  assert.equal(told.length, 103);
  assert.equal(told[99], "customers.csv:101: name: must not be empty");
  assert.deepEqual(told.slice(100), ["and 200 more", "in all:",
    "customers.csv: name: must not be empty: 300 times, on line 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …"]);
});

test("files that cannot be read at all", async () => {
  const portal = await fresh();
  for (const [name, bytes, expected] of [
    ["customers.csv", "", "customers.csv:1: row: the file is empty; it needs at least a header"],
    ["customers.csv", "number,name\nK1,\0\n",
      "customers.csv:2: row: a NUL byte: this is not a text file in UTF-8 or Windows-1252"],
    ["customers.csv", 'number,name\nK1,"x\n', "customers.csv:2: row: a quotation mark is opened and never closed"],
    ["customers.csv", "number,colour\nK1,x\n", 'customers.csv:1: header: customers.csv has no such column: "colour"'],
    ["customers.csv", "name\nx\n", "customers.csv:1: number: the column is missing"],
    ["customers.csv", "number,name,Name\nK1,a,b\n", 'customers.csv:1: header: the column is there twice: "Name"'],
    ["customers.csv", Buffer.from("fffe6e00", "hex"), "customers.csv:1: row: the file is UTF-16; save it as UTF-8"],
    ["customers.csv", `number,name\nK1,"${"x".repeat(1 << 20)}y"\n`,
      "customers.csv:2: row: a value is longer than 1 MiB; is a quotation mark missing?"],
    ["customers.csv", `number,name\n${",".repeat(100000)}\n`, "customers.csv:2: row: a row has more than 500 values"],
  ]) assert.deepEqual(await problems(portal, { [name]: bytes }), [expected]);
  const unknown = await problems(portal, { "kunder.csv": "number\n" });
  assert.match(unknown[0], /^kunder\.csv:1: file: unknown; the files are picklists\.csv, customers\.csv/);
  assert.deepEqual([(await portal.run("import", join(portal.folder, "nowhere"))).code], [1]);
});

test("Windows-1252, a byte order mark and a header in capitals are read", async () => {
  const portal = await fresh();
  const run = await load(portal, {
    "customers.csv": Buffer.from("Number ; NAME\r\nK1;\xC5ngstr\xF6m \x80\r\n", "latin1"),
    "articles.csv": "\ufeffnumber,name,article_type\nA1,Å,TIME\n",
  });
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(portal.sql("SELECT name FROM customer"), [["Ångström €"]]);
  assert.deepEqual(portal.sql("SELECT name, article_type FROM article"), [["Å", "time"]]);
});

test("--dry-run does everything but write", async () => {
  const portal = await fresh();
  const run = await load(portal, all, "--dry-run");
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^cases\.csv: 2 new, 0 changed, 0 unchanged$/m);
  assert.match(run.stdout, /^dry run: nothing was written$/m);
  assert.deepEqual(portal.sql("SELECT (SELECT count(*) FROM cases) + (SELECT count(*) FROM login)"), [["0"]]);
});

test("logins keep their row, may change places, and are removed by an empty cell", async () => {
  const portal = await fresh({ "customers.csv": "number,name,login\nK1,A, Eken /ett\nK2,B,tall/två\nK3,C,gran/tre\n" });
  const logins = () =>
    portal.sql("SELECT c.number, l.name FROM login l JOIN customer c ON c.id = l.owner_id ORDER BY c.number");
  const ids = () => portal.sql("SELECT id FROM login ORDER BY id");
  const sessions = () =>
    portal.sql("SELECT c.number FROM session s JOIN login l ON l.id = s.login_id JOIN customer c ON c.id = l.owner_id");
  assert.deepEqual(logins(), [["K1", "eken"], ["K2", "tall"], ["K3", "gran"]]);
  portal.sql("INSERT INTO session (token_hash, login_id, created, last_seen) SELECT name, id, 1, 1 FROM login");
  const before = ids();
  const run = await load(portal, { "customers.csv": "number,login\nK1,tall/ett\nK2,EKEN/nytt\nK3,\n" });
  assert.equal(run.stdout, "customers.csv: 0 new, 3 changed, 0 unchanged\nlogins removed: 1\n", run.stderr);
  assert.deepEqual(logins(), [["K1", "tall"], ["K2", "eken"]]);
  assert.deepEqual(ids(), before.slice(0, 2));
  assert.deepEqual(sessions(), []); // who came in by an old name or password is out
});

test("user names are unique over the three kinds of logins", async () => {
  const portal = await fresh({ "customers.csv": "number,name,login\nK1,A,eken/x\n",
    "accounts.csv": "email\nkim@example.se\n" });
  assert.deepEqual(await problems(portal, {
    "objects.csv": "number,name,login\nO1,H,EKEN/x\nO2,H,hus/1\nO3,H,Hus/2\nO4,H,utan\nO5,H,Kim@Example.se/x\n",
  }), ["objects.csv:4: login: this user name is given twice: \"hus\"",
    "objects.csv:5: login: must be a user name and a password with / between them"]);
  assert.deepEqual(await problems(portal, { "objects.csv": "number,name,login\nO1,H,EKEN/x\nO5,H,Kim@Example.se/x\n" }),
    ['objects.csv:2: login: another login has this user name: "eken"',
      'objects.csv:3: login: another login has this user name: "kim@example.se"']);
  assert.deepEqual(await problems(portal, { "accounts.csv": "email,password\neken,x\na@b.se,lösenord\nA@B.se,x\n" })
    .then((told) => told.map((line) => line.slice(0, 24))),
    ["accounts.csv:2: email: i", "accounts.csv:3: password", "accounts.csv:4: email: t"]);
});

test("accounts: a password, none, or a mail to set one", async () => {
  const portal = await fresh();
  const run = await load(portal,
    { "accounts.csv": "email,password,verified,language\nA@x.se,Hemligt-1,yes,en\nb@x.se,,,\n" });
  assert.equal(run.stdout, "accounts.csv: 2 new, 0 changed, 0 unchanged\nmails with a link to set a password: 1\n",
    run.stderr);
  assert.deepEqual(portal.sql("SELECT l.name, a.email, a.verified, a.language, l.password_hash IS NULL FROM login l "
    + "JOIN account a ON a.id = l.owner_id ORDER BY l.name")
      .map((row) => row.map((cell) => ({ f: "0", t: "1" })[cell] ?? cell)),
  [["a@x.se", "A@x.se", "1", "en", "0"], ["b@x.se", "b@x.se", "0", "", "1"]]);
  assert.deepEqual(portal.sql("SELECT recipient FROM mail"), [["b@x.se"]]);
  assert.match(portal.sql("SELECT replace(body, chr(10), ' ') FROM mail".replace("chr",
    process.env.KP_TEST_ENGINE === "postgres" ? "chr" : "char"))[0][0],
    /http:\/\/127\.0\.0\.1:8080\/password\/reset\?token=[\w-]+ /);
  assert.equal((await load(portal, { "accounts.csv": "email,verified\nB@X.se,yes\nc@x.se,no\n" })).stdout,
    "accounts.csv: 1 new, 1 changed, 0 unchanged\n");
  assert.deepEqual(portal.sql("SELECT count(*) FROM mail"), [["1"]]);
});

test("a case follows its work orders, whatever its own columns say", async () => {
  const portal = await fresh({
    "cases.csv": "number,title,status,created,started,finished\nC1,A,finished,2025-01-01,2025-01-01,2025-01-02\n"
      + "C2,B,finished,2025-01-01,2025-01-03,2025-01-04\nC3,C,not_started,2025-01-01,,\n",
    "work_orders.csv": "number,case,status,created,started,finished\nW1,C1,not_started,2025-01-01,,\n"
      + "W2,C1,finished,2025-01-01,2025-01-05,2025-01-06\n"
      + "W3,C3,finished,2025-01-01,2025-01-07,2025-01-08\n",
  });
  const states = async () => rows((await exported(portal))["cases.csv"]).map((line) => line.split(",")).map((cell) =>
    [cell[0], cell[5], cell[17].slice(0, 10), cell[18].slice(0, 10)].join(" "));
  assert.deepEqual(await states(),
    ["C1 started 2025-01-04 ", "C2 finished 2025-01-02 2025-01-03", "C3 finished 2025-01-06 2025-01-07"]);
  await load(portal,
    { "work_orders.csv": "number,status,started,finished\nW1,finished,2025-01-02 12:00,2025-01-09 12:00\n"
      + "W3,started,2025-01-07,\n" });
  assert.deepEqual(await states(),
    ["C1 finished 2025-01-02 2025-01-09", "C2 finished 2025-01-02 2025-01-03", "C3 started 2025-01-06 "]);
});

test("a case whose work orders are all not started has no stamp of a start", async () => {
  const portal = await fresh({
    "cases.csv": "number,title,status,created,started,finished\nC1,A,finished,2025-01-01,2025-01-02,2025-01-03\n",
    "work_orders.csv": "number,case,status,created\nW1,C1,not_started,2025-01-01\n",
  });
  const cell = rows((await exported(portal))["cases.csv"])[0].split(",");
  assert.deepEqual([cell[5], cell[17], cell[18]], ["not_started", "", ""]);
});

test("a discount that is not a number is one mistake, not two", async () => {
  assert.deepEqual(await problems(await fresh(), {
    "cases.csv": "number,title,created\nC1,A,2025-01-01\n",
    "article_rows.csv": "number,case,date,title,quantity,discount\nR1,C1,2025-01-01,X,1,1.1\n",
  }), ['article_rows.csv:2: discount: must be a fraction from 0 to 1: "1.1"']);
});

test("a work order of another case is refused", async () => {
  const portal = await fresh(all);
  assert.deepEqual(await problems(portal, { "article_rows.csv": "number,case\nR1,C2\n" }),
    ['article_rows.csv:2: work_order: the work order belongs to another case: "C1-1"']);
});

test("who sees a case follows when its object gets another customer", async () => {
  const portal = await fresh(all);
  const scopes = () => portal.sql("SELECT cu.number FROM case_scope s JOIN cases c ON c.id = s.case_id "
    + "JOIN customer cu ON s.scope IN (cu.id * 4 + 1, cu.id * 4 + 3) WHERE c.number = 'C1' ORDER BY cu.number").flat();
  assert.deepEqual(scopes(), ["K1"]);
  assert.equal((await load(portal, { "objects.csv": "number,customer\nO1,K2\n" })).code, 0);
  assert.deepEqual(scopes(), ["K1", "K2"]);
});

test("export takes a new or an empty folder only", async () => {
  const portal = await fresh(registers);
  const folder = join(portal.folder, "taken");
  mkdirSync(folder);
  assert.equal((await portal.run("export", folder)).code, 0);
  const again = await portal.run("export", folder);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /^kundportal export: .*not an empty folder\n$/);
  assert.ok(!existsSync(`${folder}.new`));
});

test("demo fills an empty database, the same for the same seed, and no other", async () => {
  const first = await fresh(), second = await fresh(), third = await fresh();
  for (const portal of [first, second]) assert.equal((await portal.run("demo", "--cases", "300", "--seed", "7")).code,
    0);
  assert.equal((await third.run("demo", "--cases", "300", "--seed", "8")).code, 0);
  const out = await exported(first);
  assert.equal(rows(out["cases.csv"]).length >= 300, true);
  assert.deepEqual(await exported(second), out);
  assert.notDeepEqual(await exported(third), out);
  assert.match(first.sql("SELECT value FROM setting WHERE key = 'demo_logins'").flat().join("\n"),
    /karin\.lindqvist@bjorkstaden\.example/);
  const again = await first.run("demo");
  assert.equal(again.code, 1);
  assert.match(again.stderr, /^kundportal demo: .*empty one\n$/);
  assert.equal((await third.run("demo", "--cases", "0")).code, 2);
  assert.equal((await third.run("check")).code, 0);
});

test("the mailed link sets the first password, and every ready-made login works", async () => {
  const portal = await fresh();
  assert.equal((await portal.run("demo", "--cases", "300")).code, 0);
  assert.equal((await load(portal, { "accounts.csv": "email,password,verified\nny@privat.example,,yes\n" })).code, 0);
  // the body goes when it is sent
  const link = /\/password\/reset\?token=[\w-]+/.exec(
    portal.sql("SELECT body FROM mail WHERE recipient = 'ny@privat.example'").join("\n"))[0];
  await portal.start();
  const lines = portal.sql("SELECT value FROM setting WHERE key = 'demo_logins'").flat().slice(1);
  const [names, staff] = [false, true].map((one) =>
    lines.filter((line) => / (handler|administrator): /.test(line) === one).map((line) => line.trim().split(" ")[0]));
  assert.ok(names.length >= 9);
  for (const name of names) {
    const client = portal.client();
    assert.equal((await client.login(name, "Demo-2026-kund")).status, 303, name);
    assert.equal((await client.get("/")).status, 200, name);
  }
  assert.equal(staff.length, 2);
  for (const email of staff) assert.equal((await portal.client()
    .postForm("/staff/login", { email, password: "Demo-2026-kund" })).status, 303, email);
  const client = portal.client();
  const page = await client.get(link);
  assert.equal(page.status, 200);
  const fields = { password: "En helt annan fras 7" };
  for (const [, name,
    value] of page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) fields[name] = value;
  const set = await client.post("/password/reset", fields);
  assert.equal(set.status, 303, set.text);
  assert.equal((await portal.client().login("ny@privat.example", fields.password)).status, 303);
});

const real = resolve(new URL(".", import.meta.url).pathname, "../../../shared/data/nyc311");
test("real data comes in as it is", { skip: !existsSync(real) }, async () => {
  const portal = await fresh();
  const run = await portal.run("import", real);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^cases\.csv: 1000 new, 0 changed, 0 unchanged$/m);
  assert.match((await portal.run("import", real)).stdout, /^cases\.csv: 0 new, 0 changed, 1000 unchanged$/m);
  const out = await exported(portal);
  assert.deepEqual(await exported(await fresh(out)), out);
});

test("in a file without customers an object gives its own to new cases, and to known ones that get it", async () => {
  const portal = await fresh({
    "customers.csv": "number,name,status\nK1,A,active\nK2,B,active\nK3,C,active\nK9,D,inactive\n",
    "objects.csv": "number,name,customer\nO1,Ett,K1\nO2,Två,K2\nO9,Nio,K9\nFRI,Fri,\n",
    "cases.csv": ["number,title,created,object,customer", "C1,a,2026-03-01,O1,K1", "C2,a,2026-03-01,O1,K3",
      "C3,a,2026-03-01,O9,", "C4,a,2026-03-01,FRI,", "C5,a,2026-03-01,,"].join("\n"),
  });
  const customers = () => portal.sql("SELECT c.number, COALESCE(cu.number, '') FROM cases c"
    + " LEFT JOIN customer cu ON cu.id = c.customer_id ORDER BY c.number").map((row) => row.join(" ")).join(", ");
  assert.equal(customers(), "C1 K1, C2 K3, C3 , C4 , C5 ", "an empty cell is a cleared customer");
  await load(portal,
    { "cases.csv": "number,title,created,object\nC6,a,2026-03-01,O2\nC7,a,2026-03-01,O9\nC1,b,2026-03-01,O1\n" });
  assert.equal(customers(), "C1 K1, C2 K3, C3 , C4 , C5 , C6 K2, C7 ", "no column; no inactive customer");
  await load(portal, { "cases.csv": "number,object,customer\nC1,O1,\n" });
  assert.equal(customers(), "C1 , C2 K3, C3 , C4 , C5 , C6 K2, C7 ", "a known case with the same object: cleared");
  const out = await load(portal, { "cases.csv": "number,title,object\nC1,b,O1\n" });
  assert.match(out.stdout, /cases\.csv: 0 new, 0 changed, 1 unchanged/, "and it stays cleared");
  await load(portal, { "cases.csv": "number,object\nC1,O2\nC2,O2\nC5,O1\nC6,O1\n" });
  assert.equal(customers(), "C1 K2, C2 K3, C3 , C4 , C5 K1, C6 K1, C7 ", "another object; C2 belongs to somebody else");
  assert.equal((await portal.run("check")).code, 0);
});
