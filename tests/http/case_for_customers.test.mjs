// What the page of a case tells its customer: who comes when, what was done, why one sees it, the way back to the
// result, and the files one adds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, textOf, unescape, withoutToken } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const day = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const FUTURE = day(3), PAST = day(-3);
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const many = Array.from({ length: 25 }, (_, i) => `M${i + 1},Många ${i + 1},K1,,,${PAST}T08:00:00\n`).join("");

// Bo pays for K1, Olle is linked to O1, Kim is a contact of C1 and Ove is linked to the customer of its object.
const files = {
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,\n`,
  "objects.csv": "number,name,customer,street,postal_code,city,login\n"
    + `O1,Panna,K2,Storgatan 1,123 45,Åmål,panna/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers,objects\n"
    + "P1,Bo,Ek,bo@x.se,K1,\nP2,Olle,Ask,olle@x.se,,O1\nP3,Kim,Öst,kim@x.se,,\nP4,Ove,Alm,ove@x.se,K2,\n"
    + "P5,Alla,Vägar,alla@x.se,K1|K2,O1\n",
  "accounts.csv": ["bo", "olle", "kim", "ove", "alla"].map((name) => `${name}@x.se,${PASSWORD},yes\n`)
    .reduce((all, line) => all + line, "email,password,verified\n"),
  "cases.csv": `number,title,customer,object,contacts,created
C1,Kall panna,K1,O1,P3,${PAST}T08:00:00
DONE,Lagad panna,K1,O1,P5,${PAST}T08:00:00
BARE,Ny,K1,,,${PAST}T08:00:00
${many}`,
  "work_orders.csv": `number,case,title,status,resource,booked_from,booked_to,created,started,finished
C1-1,C1,Titta,not_started,Tommy Lind,${FUTURE}T08:00:00,${FUTURE}T10:00:00,${PAST}T08:00:00,,
DONE-1,DONE,Laga,finished,Tommy Lind,,,${PAST}T08:00:00,${PAST}T09:00:00,${PAST}T11:00:00
`,
  "articles.csv": "number,name,article_type,unit\nA1,Styrkort,material,st\n",
  "article_rows.csv": `number,case,article,article_type,date,title,description,quantity,unit,unit_price,status
R1,DONE,,time,${PAST},Felsökning,Bytte styrkort och provkörde,2,tim,500,attested
R2,DONE,A1,,${PAST},,,1,,1200,attested
R3,DONE,,travel,${PAST},Resa,,1,st,300,attested
R4,DONE,,material,${PAST},Makulerad,Makulerad text,1,st,9999,cancelled
${Array.from({ length: 7 }, (_, i) => `S${i},DONE,,other,${PAST},Skruv ${i},,1,st,1,attested\n`).join("")}`,
};

let portal;
const clients = new Map();
async function as(name) {
  if (!clients.has(name)) {
    const client = portal.client();
    const login = ["eken", "panna"].includes(name) ? name : `${name}@x.se`;
    assert.equal((await client.login(login, PASSWORD)).status, 303, name);
    clients.set(name, client);
  }
  return clients.get(name);
}
const pageOf = async (name, number) => (await (await as(name)).get(`/cases/${number}`)).text;
const sectionOf = (html, id) =>
  new RegExp(`<section aria-labelledby="${id}">(.*?)</section>`, "s").exec(html)?.[1] ?? "";
const headlineOf = (html) => textOf(/<p class="headline">(.*?)<\/p>/s.exec(html)[1]);
const reasonsOf = (html) => [.../<details class="case-why.*?<\/details>/s.exec(html)[0].matchAll(/<li>(.*?)<\/li>/gs)]
  .map((m) => textOf(m[1]));

before(async () => {
  portal = await startPortal({ cheapPasswords: true, files });
});
after(() => portal?.stop());

// --- what it tells ---------------------------------------------------------------------------------------------------

test("the headline says who comes when, or what was done when", async () => {
  assert.match(headlineOf(await pageOf("bo", "C1")), /^Bokat .* 08–10 · Tommy Lind$/);
  assert.match(headlineOf(await pageOf("bo", "DONE")), /^Klart .*: Bytte styrkort och provkörde$/);
  assert.match(headlineOf(await pageOf("bo", "BARE")), /^Anmält .*bokat/);
});

test("what was done stands with its texts, a short list of material, and the sum", async () => {
  const done = sectionOf(await pageOf("bo", "DONE"), "case-actions");
  assert.match(done, /<p class="prose">Bytte styrkort och provkörde<\/p>/);
  assert.deepEqual([...done.matchAll(/<li>(.*?)<\/li>/gs)].map((m) => textOf(m[1])),
    ["Styrkort, 1 st", "Skruv 0, 1 st", "Skruv 1, 1 st", "Skruv 2, 1 st", "Skruv 3, 1 st", "Skruv 4, 1 st",
      "och 2 rader till"]);
  assert.match(textOf(done), /Summa \(exkl\. moms\): 2 507,00 kr/);
  assert.doesNotMatch(done, /Makulerad/);
  assert.equal(linkOf(done, "Se åtgärder"), "/cases/DONE/actions");
});

test("the sum follows the one rule of prices", async () => {
  for (const [name, sees] of [["bo", true], ["eken", true], ["olle", false], ["panna", false], ["ove", false]])
    assert.equal(/Summa/.test(sectionOf(await pageOf(name, "DONE"), "case-actions")), sees, name);
});

test("where nothing was done there is neither the part nor its link", async () => {
  const html = await pageOf("bo", "BARE");
  assert.equal(sectionOf(html, "case-actions"), "");
  assert.equal(linkOf(html, "Se åtgärder"), undefined);
});

test("a case without an address has that of its object", async () => {
  const facts = sectionOf(await pageOf("bo", "C1"), "case-facts");
  assert.match(facts, /<dt>Objektets adress<\/dt><dd class="prose">Storgatan 1\n123 45 Åmål<\/dd>/);
});

test("why one sees a case is said by which link", async () => {
  for (const [name, number, reasons] of [
    ["bo", "C1", ["Du är kopplad till ärendets kund, Brf Eken."]],
    ["olle", "C1", ["Du är kopplad till ärendets objekt, Panna."]],
    ["kim", "C1", ["Du är kontakt för ärendet."]],
    ["ove", "C1", ["Ärendets objekt, Panna, hör till en kund som du är kopplad till: Brf Aspen."]],
    ["alla", "DONE", ["Du är kontakt för ärendet.", "Du är kopplad till ärendets kund, Brf Eken.",
      "Du är kopplad till ärendets objekt, Panna.",
      "Ärendets objekt, Panna, hör till en kund som du är kopplad till: Brf Aspen."]],
    ["eken", "C1", ["Den här inloggningen ser alla ärenden för Brf Eken."]],
    ["panna", "C1", ["Den här inloggningen ser alla ärenden på Panna."]]])
    assert.deepEqual(reasonsOf(await pageOf(name, number)), reasons, `${name} ${number}`);
});

// --- the way back ----------------------------------------------------------------------------------------------------

test("the page of a case leads back to the result with words, order, size and page", async () => {
  const client = portal.client();
  await client.login("bo@x.se", PASSWORD);
  const back = async () => unescape(/class="case-back" href="([^"]*)"/.exec((await client.get("/cases/C1")).text)[1]);
  assert.equal(await back(), "/cases", "before any search");
  const first = await client.get("/cases?q=m%C3%A5nga&sort=title&page_size=10");
  const next = linkOf(first.text, "Nästa");
  const second = withoutToken((await client.get(next)).text);
  await client.get("/cases/M3/actions");
  assert.equal(await back(), next);
  assert.equal(withoutToken((await client.get(await back())).text), second);
  await client.get("/cases");
  assert.equal(await back(), "/cases", "after an empty search");
  await client.get("/cases?q=%22%3Cscript%3E%3B+Set-Cookie%3A");
  assert.equal(await back(), "/cases?q=%22%3Cscript%3E%3B%20Set-Cookie%3A");
  await client.logout();
  await client.login("olle@x.se", PASSWORD);
  assert.equal(await back(), "/cases", "another person");
});

test("a search with a fault is not gone back to", async () => {
  const client = portal.client();
  await client.login("bo@x.se", PASSWORD);
  await client.get("/cases?q=ny");
  await client.get("/cases?from=igen");
  assert.match((await client.get("/cases/C1")).text, /class="case-back" href="\/cases\?q=ny"/);
});

// --- files -----------------------------------------------------------------------------------------------------------

const send = async (name, number, fields, sent) => {
  const client = await as(name);
  const page = await client.get(`/cases/${number}`);
  return client.submit(page, fields, { form: `/cases/${number}/files`, files: sent });
};
const file = (name, bytes = PNG) => ({ field: "attachments", name, bytes });

test("a picture is added to an open case, shown small, and staff read of it", async () => {
  const answer = await send("bo", "C1", {}, [file("panna.png")]);
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/cases/C1#case-files");
  const html = await pageOf("olle", "C1");
  const picture = /<img class="case-thumb" src="([^"]+)" alt=""/.exec(html)[1];
  const shown = await (await as("olle")).get(unescape(picture));
  assert.equal(shown.status, 200);
  assert.deepEqual(shown.bytes, PNG);
  assert.match(html, /Jag har lagt till: panna\.png/);
  const { client } = await staffClient(portal, "hand@firma.se", "handler");
  const staff = textOf((await client.get("/staff/cases/C1")).text);
  assert.match(staff, /Bo Ek BilagaEfter: panna\.png/, "in the history");
  assert.match(textOf((await client.get("/staff")).text), /Kall panna/, "in the inbox");
});

test("the same file twice is one file, and no second message", async () => {
  const count = () => portal.sql("SELECT COUNT(*) FROM file WHERE name = 'dubbel.png'")[0][0];
  for (let i = 0; i < 2; i++) assert.equal((await send("bo", "C1", {}, [file("dubbel.png")])).status, 303);
  assert.equal(String(count()), "1");
  assert.equal((await pageOf("bo", "C1")).match(/Jag har lagt till: dubbel\.png/g).length, 1);
});

test("people with a shared login say their name with a file", async () => {
  const refused = await send("eken", "C1", {}, [file("a.png")]);
  assert.equal(refused.status, 400);
  assert.notEqual(errorOf(refused.text, "sender"), "");
  assert.equal((await send("eken", "C1", { sender: "Kim" }, [file("namn.png")])).status, 303);
  assert.match(await pageOf("bo", "C1"), /message-who">Kim</);
});

test("a form without a file, and one with a kind that is not taken, are refused with the reason", async () => {
  for (const sent of [[], [file("a.exe", Buffer.from("MZ\x90\x00"))]]) {
    const refused = await send("bo", "C1", {}, sent);
    assert.equal(refused.status, 400);
    assert.notEqual(errorOf(refused.text, "attachments"), "");
    assert.match(refused.text, /<details class="case-add[^>]* open>/);
  }
});

test("nothing is added to a finished case, nor to one that is not seen", async () => {
  assert.doesNotMatch(await pageOf("bo", "DONE"), /action="\/cases\/DONE\/files"/);
  const bo = await as("bo");
  const page = await bo.get("/cases/C1");
  const token = /name="csrf_token" value="([^"]+)"/.exec(page.text)[1];
  assert.ok(token);
  const before = portal.sql("SELECT COUNT(*) FROM file")[0][0];
  assert.equal((await bo.postForm("/cases/DONE/files", {}, [file("sen.png")], "/cases/C1")).status, 303);
  assert.equal((await (await as("kim")).postForm("/cases/BARE/files", {}, [file("x.png")], "/cases/C1")).status, 404);
  assert.equal(portal.sql("SELECT COUNT(*) FROM file")[0][0], before);
});
