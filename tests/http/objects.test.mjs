// The pages of objects: which ones a login sees, what they show of them, and the links that lead to them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { hrefsOf, linkOf, tableOf, textOf, unescape, withoutToken } from "./html.mjs";
import { readCsv } from "./sheets.mjs";
import { storeFiles } from "./stored.mjs";

const PASSWORD = "Ekollon-2026";
const ODD = "Lgh å&(+#?/~ 10";
const day = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const FUTURE = day(3), RECENT = day(-30), OLD = day(-500);

// Bo pays for K1, Olle is linked to the machine M1 and to O9, Kim to a case alone, Alva to nothing.
const files = {
  "picklists.csv": "list,key,label_sv,label_en\nobject_group,hus,Hus,House\n",
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,\n`,
  "objects.csv": `number,name,customer,parent,group,street,postal_code,city,status,login
O1,Storgatan 1,K1,,hus,Storgatan 1,123 45,Åmål,,
"${ODD}",Lägenhet 10,K1,O1,,,,,,lgh/${PASSWORD}
Lgh 2,Lägenhet 2,K1,O1,,,,,,
M1,Panna,K1,Lgh 2,,,,,,
O9,Parken,,,,,,,,
O8,Rivet hus,K1,,,,,,inactive,
X1,Annans hus,K2,,,,,,,
`,
  "contacts.csv": "number,first_name,last_name,email,customers,objects\n"
    + "P1,Bo,Ek,bo@x.se,K1,\nP2,Olle,Ask,olle@x.se,,M1|O9\nP3,Kim,Öst,kim@x.se,,\nP4,Alva,Alm,,,\n",
  "accounts.csv": ["bo", "olle", "kim", "alva"].map((name) => `${name}@x.se,${PASSWORD},yes\n`)
    .reduce((all, line) => all + line, "email,password,verified\n"),
  "cases.csv": `number,title,customer,object,primary_contact,created
C1,Kall panna,K1,M1,P3,${RECENT}T08:00:00
C2,Lagad panna,K1,M1,,${RECENT}T09:00:00
C3,Gammal panna,K1,M1,,${OLD}T08:00:00
C4,Annans panna,K2,M1,,${RECENT}T10:00:00
C5,Läcka,K1,"${ODD}",,${RECENT}T08:00:00
C6,Park,,O9,,${RECENT}T08:00:00
`,
  "work_orders.csv": `number,case,status,resource,booked_from,booked_to,created,started,finished
W1,C1,not_started,Tommy Lind,${FUTURE}T08:00:00,${FUTURE}T10:00:00,${RECENT}T08:00:00,,
W2,C2,finished,,,,${RECENT}T08:00:00,${RECENT}T10:00:00,${RECENT}T11:00:00
W3,C3,finished,,,,${OLD}T08:00:00,${OLD}T10:00:00,${OLD}T11:00:00
W4,C4,not_started,Hemlig,${day(1)}T08:00:00,,${RECENT}T08:00:00,,
`,
  "article_rows.csv": `number,case,date,title,quantity,unit_price,status
R1,C2,${RECENT},Pump,2,100,attested
R2,C2,${RECENT},Makulerad,1,5000,cancelled
R3,C3,${OLD},Gammalt,1,7000,attested
R4,C4,${RECENT},Annans,1,900,attested
`,
};

let portal;
const clients = new Map();
const NAMES = { bo: "bo@x.se", olle: "olle@x.se", kim: "kim@x.se", alva: "alva@x.se", eken: "eken", lgh: "lgh" };
async function as(name) {
  if (!clients.has(name)) {
    const client = portal.client();
    assert.equal((await client.login(NAMES[name], PASSWORD)).status, 303, name);
    clients.set(name, client);
  }
  return clients.get(name);
}
const pathOf = (number) => "/objects/" + encodeURIComponent(number.replaceAll("~", "~0").replaceAll("/", "~1"))
  .replaceAll("(", "%28").replaceAll(")", "%29");
const pageOf = async (name, number) => (await (await as(name)).get(pathOf(number))).text;
const sectionOf = (html, id) =>
  new RegExp(`<section aria-labelledby="${id}">(.*?)</section>`, "s").exec(html)?.[1] ?? "";
const titlesOf = (html) => [...html.matchAll(/class="case-link" href="[^"]*">([^<]*)</g)].map((m) => textOf(m[1]));
const numbersOf = async (name, query = "") =>
  readCsv((await (await as(name)).get(`/objects.csv${query}`)).text).slice(1).map(([number]) => number);

before(async () => {
  portal = await startPortal({ cheapPasswords: true, files });
  storeFiles(portal, [
    { key: "ritning", name: "ritning.pdf", object: "M1" },
    { key: "dold", name: "dold.pdf", object: "M1", visible: false },
    { key: "annan", name: "annan.pdf", object: "O1" }]);
});
after(() => portal?.stop());

const SEES = {
  bo: ["O1", "Lgh 2", ODD, "M1", "O8"], olle: ["M1", "O9"], kim: [], eken: ["O1", "Lgh 2", ODD, "M1", "O8"],
  lgh: [ODD],
};

test("each login sees its objects, and the others answer as if they were not there", async () => {
  for (const [name, seen] of Object.entries(SEES)) {
    const client = await as(name);
    const nothing = await client.get("/objects/finns-inte");
    assert.equal(nothing.status, 404);
    for (const number of ["O1", "Lgh 2", ODD, "M1", "O9", "O8", "X1"]) {
      const answer = await client.get(pathOf(number));
      assert.equal(answer.status, seen.includes(number) ? 200 : 404, `${number} for ${name}`);
      const inside = await client.get(`/objects/tree?parent=${encodeURIComponent(number)}`);
      assert.equal(inside.status, seen.includes(number) ? 200 : 404, `inside of ${number} for ${name}`);
      if (!seen.includes(number)) {
        const [shown, none] = [answer, nothing].map(({ text }) => withoutToken(text).replace(/\/objects[^"]*/g, ""));
        assert.equal(shown, none, `${number} for ${name}`);
      }
    }
  }
});

test("the list has exactly these objects, the inactive ones on demand, in natural order", async () => {
  assert.deepEqual(await numbersOf("bo", "?sort=number"), ["Lgh 2", ODD, "M1", "O1"]);
  for (const [name, seen] of Object.entries(SEES))
    assert.deepEqual((await numbersOf(name, "?inactive=1")).sort(), [...seen].sort(), name);
});

test("the list is searched by words and by customer", async () => {
  assert.deepEqual(await numbersOf("bo", "?q=storgatan+%C3%A5m%C3%A5l"), ["O1"]);
  assert.deepEqual(await numbersOf("olle", "?customer=K1"), ["M1"]);
  assert.deepEqual(await numbersOf("bo", "?customer=K2"), []);
});

test("the name of an object in the list leads to its page, whatever its number", async () => {
  for (const query of ["", "?page_size=10"]) {
    const list = await (await as("bo")).get(`/objects${query}`);
    const page = await (await as("bo")).get(linkOf(list.text, "Lägenhet 10"));
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>Lägenhet 10<\/h1>/);
  }
});

test("an account without a contact has no such pages and no such entry in the menu", async () => {
  assert.equal((await (await as("alva")).get("/objects")).status, 404);
  assert.ok(!hrefsOf((await (await as("alva")).get("/")).text).includes("/objects"));
  assert.ok(hrefsOf((await (await as("bo")).get("/")).text).includes("/objects"));
});

test("the tree begins at what one sees and goes down branch by branch", async () => {
  const outermost = (await (await as("bo")).get("/objects/tree")).text;
  const namesOf = (html) => [...html.matchAll(/object-name" href="[^"]*">([^<]*)</g)].map((m) => textOf(m[1]));
  assert.deepEqual(namesOf(outermost), ["Storgatan 1"]);
  const inside = (await (await as("bo")).get(linkOf(outermost, "2 objekt"))).text;
  assert.deepEqual(namesOf(inside), ["Lägenhet 2", "Lägenhet 10"]);
  const machines = (await (await as("bo")).get(linkOf(inside, "1 objekt"))).text;
  assert.deepEqual(namesOf(machines), ["Panna"]);
  assert.deepEqual(namesOf((await (await as("olle")).get("/objects/tree")).text), ["Panna", "Parken"]);
});

test("the way to an object names only those that one sees", async () => {
  const way = (html) => [.../<ol class="plain-list tree-way">(.*?)<\/ol>/s.exec(html)[1].matchAll(/<li>(.*?)<\/li>/gs)]
    .map((m) => textOf(m[1]));
  assert.deepEqual(way(await pageOf("bo", "M1")), ["Objekt", "Storgatan 1", "Lägenhet 2"]);
  assert.deepEqual(way(await pageOf("olle", "M1")), ["Objekt"]);
});

test("the page shows the open cases, those done last, and who comes next", async () => {
  const html = await pageOf("olle", "M1");
  assert.deepEqual(titlesOf(sectionOf(html, "object-open")), ["Annans panna", "Kall panna"]);
  assert.deepEqual(titlesOf(sectionOf(html, "object-done")), ["Lagad panna", "Gammal panna"]);
  const headline = textOf(/<p class="headline">(.*?)<\/p>/s.exec(html)[1]);
  assert.match(headline, /^Nästa besök: .* 08:00 · Hemlig · Annans panna$/);
});

test("a login of a customer sees neither cases nor visits of another customer on its object", async () => {
  const html = await pageOf("eken", "M1");
  assert.deepEqual(titlesOf(sectionOf(html, "object-open")), ["Kall panna"]);
  const headline = textOf(/<p class="headline">(.*?)<\/p>/s.exec(html)[1]);
  assert.match(headline, /^Nästa besök: .* 08–10 · Tommy Lind · Kall panna$/);
});

test("the cost is that of twelve months, of the rows whose prices one sees", async () => {
  const cost = (html) => textOf(/<dd class="object-cost">(.*?)<\/dd>/.exec(html)?.[1] ?? "");
  assert.equal(cost(await pageOf("bo", "M1")), "200,00 kr");
  assert.equal(cost(await pageOf("eken", "M1")), "200,00 kr");
  assert.equal(cost(await pageOf("olle", "M1")), "", "Olle pays nothing");
  assert.equal(cost(await pageOf("bo", ODD)), "", "there is nothing to sum");
});

test("the page shows the files of the object to those who have files", async () => {
  const filesOf = (html) => hrefsOf(sectionOf(html, "object-files")).filter((href) => href.startsWith("/files/"));
  assert.deepEqual(filesOf(await pageOf("olle", "M1")), ["/files/ritning/ritning.pdf"]);
  assert.equal(sectionOf(await pageOf("eken", "M1"), "object-files"), "");
});

test("a fault is reported on the object, when it is among the allowed ones", async () => {
  const chosen = (html) => unescape(/<option value="([^"]*)"[^>]* selected>Lägenhet/.exec(html)?.[1] ?? "");
  for (const name of ["bo", "eken"]) {
    const client = await as(name);
    const form = await client.get(linkOf(await pageOf(name, ODD), "Anmäl fel här"));
    assert.equal(chosen(form.text), ODD, name);
  }
  const foreign = await (await as("bo")).get("/cases/new?object=X1");
  assert.equal(foreign.status, 200);
  assert.equal(chosen(foreign.text), "");
  assert.equal(linkOf(await pageOf("lgh", ODD), "Anmäl fel här"), "/cases/new");
  assert.equal(linkOf(await pageOf("bo", "O8"), "Anmäl fel här"), undefined, "the house is gone");
});

test("the name of an object is a link wherever one sees the object, and a text elsewhere", async () => {
  const bo = await as("bo"), kim = await as("kim");
  const list = await bo.get("/cases?q=C5");
  assert.equal(linkOf(list.text, "Lägenhet 10"), pathOf(ODD), "in the list of cases");
  assert.equal(linkOf((await bo.get("/cases/C1")).text, "Panna (M1)"), "/objects/M1", "on the page of a case");
  assert.equal(linkOf((await bo.get("/files")).text, "Storgatan 1 › Lägenhet 2 › Panna"), "/objects/M1", "of a file");
  assert.equal(linkOf((await bo.get("/dashboards/cases")).text, "Panna"), "/objects/M1", "on a dashboard");
  assert.equal(linkOf((await bo.get("/dashboards/cases/rows")).text, "Panna"), "/objects/M1", "in its rows");
  assert.match((await kim.get("/cases/C1")).text, /Panna \(M1\)/);
  assert.equal(linkOf((await kim.get("/cases/C1")).text, "Panna"), undefined);
  assert.ok(tableOf((await kim.get("/cases")).text).rows[0].includes("Panna"));
  assert.equal(linkOf((await kim.get("/cases")).text, "Panna"), undefined);
});
