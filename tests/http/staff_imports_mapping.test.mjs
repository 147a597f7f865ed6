// Files of other systems in the browser: their columns are chosen, their words and dates explained, both remembered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makePortal, waitFor } from "./harness.mjs";
import { selectOf, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";
import { makeWorkbook } from "./workbooks.mjs";

let portal, chief;
before(async () => {
  portal = await makePortal({ files: {
    "picklists.csv": "list,key,label_sv\ncase_type,fel,Felanmälan\ncase_type,best,Beställning\n",
    "customers.csv": "number,name\nK1,Brf Eken\n",
  } });
  await portal.start();
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

async function settled(path) {
  return waitFor(`the end of ${path}`, async () => {
    const { text } = await chief.get(path);
    return !/data-poll="\/staff/.test(text) && text;
  });
}
async function send(files) {
  const answer = await chief.postForm("/staff/imports", {},
    Object.entries(files).map(([name, bytes]) => ({ field: "files", name, bytes })));
  assert.equal(answer.status, 303, textOf(answer.text));
  return answer.headers.get("location");
}
async function submit(path, page, fields) {
  const answer = await chief.submit(page, fields, { form: page });
  assert.equal(answer.status, 303, textOf(answer.text));
  return settled(path);
}
const form = async (path, action, fields) => {
  const answer = await chief.postForm(`${path}/${action}`, fields, [], path);
  assert.equal(answer.status, 303);
  return settled(path);
};

// The names of the fields of a column: `from_3` for the column whose label is this.
function fieldOf(page, label) {
  const found = new RegExp(`<label class="form-label" for="from_(\\d+)">${label}<`).exec(page);
  assert.ok(found, label);
  return found[1];
}

// Chooses columns by their labels: {Titel: "Rubrik"}, {Titel: ["=", "fast"]}, {Gata: ["Adress", "code_1"]}.
async function choose(path, wanted, more = {}) {
  const page = /href="([^"]*\/columns\/\d+)"/.exec((await chief.get(path)).text)[1];
  const { text } = await chief.get(page);
  const fields = { ...more };
  for (const [label, source] of Object.entries(wanted)) {
    const [from, part] = [source].flat(), at = fieldOf(text, label);
    const option = from === "=" ? "=" : selectOf(text, `from_${at}`).options.find(([, shown]) =>
      shown === from || shown.startsWith(`${from} (`))?.[0];
    assert.ok(option !== undefined, `${label}: ${from}`);
    fields[`from_${at}`] = option;
    if (part) fields[from === "=" ? `fixed_${at}` : `split_${at}`] = part;
  }
  return submit(path, page, fields);
}

const FOREIGN = "Ärendelista\n\nNr;Rubrik;Slag;Läge;Kund;Adress;Skapad;Internt\n"
  + "1;Kran;Akut;Klart;K1;Storgatan 1, 411 01 Göteborg;03.04.2026;x\n"
  + "2;Läcka;Felanmälan;Pågår nu;K7;Vägen 2;05.06.2026;y\n";
const CHOICE = { Ärendenummer: "Nr", Titel: "Rubrik", Ärendetyp: "Slag", Status: "Läge", Kund: "Kund",
  Gata: ["Adress", "code_1"], Postnummer: ["Adress", "code_2"], Ort: ["Adress", "code_3"], Skapat: "Skapad",
  Beskrivning: ["=", "Ur det gamla systemet"] };

test("columns are chosen, words and dates explained once, and the next file needs no questions", async () => {
  const path = await send({ "ärenden.csv": FOREIGN });
  assert.match(textOf(await settled(path)), /Ange vad filerna innehåller/);
  let page = await form(path, "files", { file_0: "cases.csv" });
  assert.match(textOf(page), /cases\.csv:3: header: cases\.csv har ingen sådan kolumn: "Nr"/);
  page = await choose(path, CHOICE, { make_customers: "yes" });
  assert.match(textOf(page), /status: Klart \(1 rader\).*status: Pågår nu \(1 rader\).*type: Akut \(1 rader\)/s);
  assert.match(textOf(page), /created: 03\.04\.2026 är/);
  const answers = Object.fromEntries([...page.matchAll(/for="(answer_\d+)">([^<]*)/g)].map(([, name, label]) =>
    [name, /Klart/.test(label) ? "finished" : /Pågår/.test(label) ? "started" : /Akut/.test(label) ? "fel" : "dmy"]));
  page = await form(path, "answers", answers);
  assert.match(textOf(page), /Kontrollerad.*created: 03\.04\.2026 läses som 2026-04-03/s);
  assert.match(textOf(page), /customers\.csv customers\.csv 1 0 0/, "the customer that is made");
  page = await form(path, "run", {});
  assert.match(textOf(page), /Allt är importerat/);
  const rows = () => portal.sql("SELECT c.number, c.title, c.description, p.key, c.status, k.number, c.site_street,"
    + " c.site_postal_code, c.site_city FROM cases c JOIN customer k ON k.id = c.customer_id"
    + " JOIN picklist_item p ON p.id = c.type_id ORDER BY c.number");
  assert.deepEqual(rows(), [
    ["1", "Kran", "Ur det gamla systemet", "fel", "2", "K1", "Storgatan 1", "411 01", "Göteborg"],
    ["2", "Läcka", "Ur det gamla systemet", "fel", "1", "K7", "Vägen 2", "", ""]]);
  const next = await send({ "nya ärenden.csv": FOREIGN.replace("1;Kran", "3;Kran") });
  assert.match(textOf(await settled(next)), /Kontrollerad.*nya ärenden\.csv cases\.csv.* 1 0 1/s);
  assert.deepEqual(portal.sql("SELECT action FROM audit WHERE action IN ('import_mapped', 'import_answered')")
    .map(([action]) => action), ["import_mapped", "import_answered"]);
});

test("mistakes are shown by column and kind, with their number and first lines", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `A${i},X,sort${i}\n`).join("");
  const page = textOf(await settled(await send({ "articles.csv": `number,name,article_type\n${rows}` })));
  assert.match(page, /Fel per kolumn .*article_type måste vara något av material, .* 30 2 3 4 5 6 7 8 9 10 11 sort0/);
});

test("the page of columns keeps what was chosen, and shows it as a mapping for the command", async () => {
  const path = await send({ "customers.csv": "Id;Benämning;Ort\nK2;Brf Alen;Borås\n" });
  await settled(path);
  await choose(path, { Nummer: "Id", Namn: "Benämning" });
  const page = /href="([^"]*\/columns\/\d+)"/.exec((await chief.get(path)).text)[1];
  const { text } = await chief.get(page);
  assert.equal(selectOf(text, `from_${fieldOf(text, "Namn")}`).chosen, "1");
  assert.match(textOf(text), /\[customers\.csv\] file = customers\.csv number = Id name = Benämning/);
  assert.match(textOf(await settled(path)), /Kontrollerad/);
});

test("a sheet of a workbook has its columns chosen too", async () => {
  const path = await send({ "register.xlsx": makeWorkbook({ Customers: [["Kundlista"], [], ["Id", "Benämning"],
    ["K3", "Brf Lind"]] }) });
  assert.match(textOf(await settled(path)), /Innehåller fel/);
  assert.match(textOf(await choose(path, { Nummer: "Id", Namn: "Benämning" })), /Kontrollerad.* 1 0 0/s);
});

test("text of a Mac is read when somebody says so", async () => {
  const path = await send({ "customers.csv": Buffer.from("number;name\nK4;Brf Bj\x9arken\n", "latin1") });
  assert.match(textOf(await settled(path)), /this line may be Mac or DOS text/);
  const page = /href="([^"]*\/columns\/\d+)"/.exec((await chief.get(path)).text)[1];
  assert.match(textOf(await submit(path, page, { encoding: "mac" })), /Kontrollerad.*Brf Björken/s);
});

test("only administrators choose columns and answer, and only of files that are there", async () => {
  const hand = (await staffClient(portal, "hand@firma.se", "handler")).client;
  const path = await send({ "customers.csv": "number,name\nK1,Brf Eken\n" });
  await settled(path);
  assert.equal((await hand.get(`${path}/columns/0`)).status, 404);
  assert.equal((await chief.get(`${path}/columns/0`)).status, 200);
  assert.equal((await chief.get(`${path}/columns/77`)).status, 404);
  assert.equal((await chief.get(`${path}/columns/x`)).status, 404);
  assert.equal((await chief.post(`${path}/answers`, {})).status, 403);
});
