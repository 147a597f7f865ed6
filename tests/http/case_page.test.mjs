// The page of one case over HTTP: everything the customer may know, and nothing else (domain 5).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { linkOf, textOf, unescape, withoutToken } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const REST = "contacts,your_reference,reporter,reporter_phone,site_street,site_postal_code,site_city,created,"
  + "extra_floor,extra_pets,extra_old";
const ADDRESS = "Ängsgatan 4,123 45,Åmål";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const config = `
[login]
hash_memory_kib = 64
hash_passes = 1
[field.your_reference]
label_sv = Er beställare
[extra.floor]
label_sv = Våning
label_en = Floor
kind = choice
choices = 0:Entréplan|Ground floor; k:Källare|Basement
[extra.pets]
label_sv = Husdjur
kind = yes_no
`;
const files = {
  "picklists.csv": `list,key,label_sv,label_en
case_type,fel,Felanmälan,Fault
priority,akut,Akut,
work_order_type,service,Service,Maintenance
`,
  "customers.csv": `number,name,login
K1,Brf Eken,eken/${PASSWORD}
K2,Brf Aspen,aspen/${PASSWORD}
`,
  "objects.csv": "number,name,customer\nO1,Storgatan 1,K1\n",
  "contacts.csv": "number,first_name,last_name\nP1,Kim,Ek\nP2,Åsa,Öberg\nP3,Bo,Alm\n",
  "cases.csv": `number,title,description,type,priority,status,customer,object,primary_contact,${REST}
FULL,Läckande <kran>,"Rad 1
Rad 2 & slut",fel,akut,,K1,O1,P2,P1|P3,PO-1,Kim Ek,+46 (0)70-123 45 67,${ADDRESS},2026-03-01T07:30:00Z,k,yes,kvar
BARE,Titel,,,,,K1,,,,,,,,,,2026-07-01T12:00:00,,,
A/B~1 1?#%,Udda nummer,,,,,K1,,,,,,,,,,2026-03-01T08:00:00,,,
..,Udda .,,,,,K1,,,,,,,,,,2026-03-01T08:00:00,,,
new,Udda ord,,,,,K1,,,,,,,,,,2026-03-01T08:00:00,,,
receipt,Udda kvitto,,,,,K1,,,,,,,,,,2026-03-01T08:00:00,,,
~2new,Udda tilde,,,,,K1,,,,,,,,,,2026-03-01T08:00:00,,,
OPEN,Bokad,,,,,K1,,,,,,12,,,,2026-03-01T08:00:00,,,
DONE,Färdig,,,,,K1,,,,,,,,,,2026-03-01T08:00:00,,,
OTHER,Annans,,,,,K2,,,,,,,,,,2026-03-01T08:00:00,,,
`,
  "work_orders.csv": `number,case,title,type,status,resource,booked_from,booked_to,created,started,finished
OPEN-1,OPEN,Titta,service,not_started,,2026-03-05T08:00:00,2026-03-05T10:00:00,2026-03-02T08:00:00,,
OPEN-2,OPEN,,,not_started,Ali,2026-03-04T22:00:00,2026-03-05T02:00:00,2026-03-02T08:00:00,,
DONE-1,DONE,Laga,,finished,,,,2026-03-02T08:00:00,2026-03-03T08:00:00,2026-03-04T09:15:00
DONE-2,DONE,Städa,,finished,,,,2026-03-02T08:00:00,2026-03-02T12:00:00,2026-03-02T13:00:00
`,
};

let portal, client;
before(async () => {
  portal = await startPortal({ config, files });
  client = portal.client();
  assert.equal((await client.login("eken", PASSWORD)).status, 303);
});
after(() => portal?.stop());

async function pageOf(number, headers) {
  const page = await client.get(`/cases/${encodeURIComponent(number)}`, headers);
  assert.equal(page.status, 200, number);
  return page.text;
}
const main = (html) => /<main.*<\/main>/s.exec(html)[0];
// The list of facts of the report: label → text with its line breaks.
const facts = (html) => Object.fromEntries([
  .../<dl class="facts">(.*?)<\/dl>/s.exec(html)[1].matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/gs)]
  .map((m) => [textOf(m[1]), unescape(m[2].replace(/<[^>]*>/g, ""))]));
const steps = (html) => [...html.matchAll(/<li class="(timeline-step[^"]*)"([^>]*)>(.*?)<\/li>/gs)].map((m) =>
  ({ text: textOf(m[3].replace("</span>", ": ")), done: /--done/.test(m[1]), current: /aria-current/.test(m[2]) }));

test("the page shows everything that was reported", async () => {
  const html = await pageOf("FULL");
  assert.match(html, /<h1>Läckande &lt;kran&gt;<\/h1>/);
  assert.match(html, /<p class="prose">Rad 1\nRad 2 &amp; slut<\/p>/);
  assert.deepEqual(facts(html), {
    "Ärendetyp": "Felanmälan", "Prioritet": "Akut", "Kund": "Brf Eken", "Objekt": "Storgatan 1 (O1)",
    "Arbetsplatsadress": "Ängsgatan 4\n123 45 Åmål", "Er beställare": "PO-1", "Anmälare": "Kim Ek",
    "Tel anmälare": "+46 (0)70-123 45 67", "Våning": "Källare", "Husdjur": "Ja", "old": "kvar",
  });
});

test("a phone number can be dialled", async () => {
  assert.equal(linkOf(await pageOf("FULL"), "+46 (0)70"), "tel:+46701234567");
});

test("contacts stand with the primary one marked", async () => {
  const list = /<h2 id="case-contacts">.*?<ul[^>]*>(.*?)<\/ul>/s.exec(await pageOf("FULL"))[1];
  assert.deepEqual([...list.matchAll(/<li>(.*?)<\/li>/gs)].map((m) => textOf(m[1])),
    ["Åsa Öberg (primärkontakt)", "Bo Alm", "Kim Ek"]);
});

test("what is empty is left out", async () => {
  const html = await pageOf("BARE");
  assert.deepEqual(facts(html), { "Kund": "Brf Eken" });
  assert.doesNotMatch(html, /case-contacts|case-work|case-actions|class="files|class="prose"/);
});

test("a new case stands at its beginning", async () => {
  assert.deepEqual(steps(await pageOf("BARE")), [
    { text: "Skapat: 2026-07-01 12:00", done: true, current: true },
    { text: "Bokat: Inte ännu", done: false, current: false },
    { text: "Påbörjat: Inte ännu", done: false, current: false },
    { text: "Avslutat: Inte ännu", done: false, current: false }]);
});

test("a booked case shows its first booking", async () => {
  const booked = steps(await pageOf("OPEN"))[1];
  assert.deepEqual(booked, { text: "Bokat: 2026-03-04 22:00–2026-03-05 02:00", done: true, current: true });
});

test("a finished case shows when it was started first and finished last", async () => {
  const [, , started, finished] = steps(await pageOf("DONE"));
  assert.deepEqual(started, { text: "Påbörjat: 2026-03-02 12:00", done: true, current: false });
  assert.deepEqual(finished, { text: "Avslutat: 2026-03-04 09:15", done: true, current: true });
});

test("work orders stand with their state in its own gender, booking and technician", async () => {
  const orders = [...(await pageOf("OPEN")).matchAll(/<li class="work-order">(.*?)<\/li>/gs)].map((m) =>
    [...m[1].matchAll(/<(?:h3|span|dt|dd)\b[^>]*>(.*?)</gs)].map((cell) => textOf(cell[1])));
  assert.deepEqual(orders, [
    ["Titta", "Ej påbörjad", "Arbetsorder", "OPEN-1", "Arbetsordertyp", "Service", "Bokad tid",
      "2026-03-05 08:00–10:00"],
    ["OPEN-2", "Ej påbörjad", "Arbetsorder", "OPEN-2", "Bokad tid", "2026-03-04 22:00–2026-03-05 02:00", "Tekniker",
      "Ali"]]);
});

test("times carry their moment for machines", async () => {
  assert.match(await pageOf("FULL"),
    /<time class="timeline-time" datetime="2026-03-01T07:30:00Z">2026-03-01 08:30<\/time>/);
});

test("a number that looks like an address leads to its case", async () => {
  for (const [number, title] of [["A/B~1 1?#%", "Udda nummer"], ["..", "Udda ."], ["new", "Udda ord"],
    ["receipt", "Udda kvitto"],
    ["~2new", "Udda tilde"]]) {
    const list = await client.get(`/cases?q=${encodeURIComponent(title)}`);
    const page = await client.get(linkOf(list.text, number));
    assert.equal(page.status, 200, number);
    assert.ok(page.text.includes(`<h1>${title}</h1>`), number);
    assert.equal((await client.get(`${linkOf(list.text, number)}/actions`)).status, 200, number);
  }
});

test("a phone number too short to dial is no link", async () => {
  assert.equal(linkOf(await pageOf("OPEN"), "12"), undefined);
});

test("in English the page has English labels, and Swedish ones where there are no others", async () => {
  const visitor = portal.client();
  await visitor.login("eken", PASSWORD);
  await visitor.get("/language?lang=en&next=%2F");
  const shown = facts((await visitor.get("/cases/FULL")).text);
  assert.equal(shown["Case type"], "Fault");
  assert.equal(shown.Priority, "Akut");
  assert.equal(shown.Floor, "Basement");
});

test("a case of others answers as one that does not exist", async () => {
  const other = await client.get("/cases/OTHER");
  const none = await client.get("/cases/NONE");
  assert.equal(other.status, 404);
  assert.equal(withoutToken(other.text), withoutToken(none.text));
});

test("an attachment that is not for the portal is neither listed nor given", async () => {
  const sent = await client.postForm("/cases/new", { title: "Med bild", reporter: "Kim" }, [
    { field: "attachments", name: "en.png", bytes: PNG },
      { field: "attachments", name: "två.png", bytes: Buffer.concat([PNG, PNG]) }]);
  assert.equal(sent.status, 303);
  const number = /\d{6}-\d{4}/.exec((await client.get(sent.headers.get("location"))).text)[0];
  const hidden = linkOf(await pageOf(number), "två.png");
  assert.equal((await client.get(hidden)).status, 200);
  portal.sql("UPDATE file SET visible = 0 WHERE name = 'två.png'");
  const html = await pageOf(number);
  assert.equal(linkOf(html, "två.png"), undefined);
  assert.ok(linkOf(html, "en.png"));
  assert.equal((await client.get(hidden)).status, 404);
});
