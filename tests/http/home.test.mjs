// The start page: what needs the login, who comes when, what is under way, what was done; and the numbers of the menu.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { cardsOf, linkOf, textOf } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const DAY = 24 * 3600 * 1000;
// A moment in UTC, so many days and hours from the beginning of today.
const at = (days, hours = 0) => {
  const day = new Date(Date.now() + days * DAY);
  day.setUTCHours(10 + hours, 0, 0, 0);
  return day.toISOString().slice(0, 19) + "Z";
};
const config = "[portal]\nname = Firman\ncontact_sv = Ring 08-123\n";
const files = {
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Björken,bjorken/${PASSWORD}\n`,
  "objects.csv": `number,name,customer,login\nO1,Storgatan 1,K1,huset/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\nP2,Lars,Länklös,lars@x.se,\n"
    + "P3,Två,Ett,tva@x.se,K1\nP4,Två,Två,tva@x.se,\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\nlars@x.se,${PASSWORD},yes\n`
    + `tva@x.se,${PASSWORD},yes\nny@x.se,${PASSWORD},yes\nobekraftad@x.se,${PASSWORD},no\n`,
  "articles.csv": "number,name,article_type\nA1,Arbete,time\n",
  "cases.csv": "number,title,status,customer,object,created,started,finished\n"
    + `C1,Hissen står,not_started,K1,O1,${at(-3)},,\nC2,Kall radiator,not_started,K1,O1,${at(-2)},,\n`
    + `C3,Larm,not_started,K1,,${at(-1)},,\nC4,Port,finished,K1,O1,${at(-9)},${at(-8)},${at(-3)}\n`
    + `C5,Gammalt,finished,K1,,${at(-90)},${at(-89)},${at(-80)}\nC6,Björkens,not_started,K2,,${at(-1)},,\n`,
  "work_orders.csv": "number,case,status,resource,booked_from,booked_to,created\n"
    + `W1,C1,not_started,Tommy Lind,${at(2)},${at(2, 2)},${at(-3)}\nW2,C1,not_started,Ola Ask,${at(5)},,${at(-3)}\n`
    + `W3,C2,not_started,Ola Ask,${at(-1)},${at(-1, 2)},${at(-2)}\nW4,C6,not_started,Ola Ask,${at(1)},,${at(-1)}\n`,
  "article_rows.csv": "number,case,article,date,title,description,article_type,quantity,unit_price,status\n"
    + `R1,C4,A1,${at(-4).slice(0, 10)},,Bytt fjäder.,time,1,500,attested\n`,
  "invoice_specifications.csv": "number,customer,title,status,rows\nF1,K1,Mars,awaiting_approval,R1\n"
    + "F2,K1,Utkast,draft,\nF3,K2,Andras,awaiting_approval,\n",
};

let portal, staff;
const clients = {};
async function as(name) {
  if (!clients[name]) {
    clients[name] = portal.client();
    assert.equal((await clients[name].login(name, PASSWORD)).status, 303, name);
  }
  return clients[name];
}
before(async () => {
  portal = await startPortal({ config, files });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const sectionOf = (html, id) =>
  new RegExp(`<section[^>]*aria-labelledby="home-${id}".*?</section>`, "s").exec(html)?.[0] ?? "";
const titlesOf = (section) => [...section.matchAll(/<a class="case-link"[^>]*>(.*?)<\/a>/gs)].map((m) => textOf(m[1]));
async function home(name) {
  const html = (await (await as(name)).get("/")).text;
  const sections = Object.fromEntries(["tasks", "visits", "open", "done"].map((id) => [id, sectionOf(html, id)]));
  const titles = Object.fromEntries(Object.entries(sections).map(([id, section]) => [id, titlesOf(section)]));
  return { html, ...sections, titles };
}
const menuCount = (html, label) =>
  new RegExp(`<span>${label} <span class="menu-count">(\\d+)`).exec(html)?.[1] ?? "";

for (const who of ["kim@x.se", "eken", "huset"]) {
  test(`${who} sees who comes when, what is under way, and what was done`, async () => {
    const { html, titles, visits, open, done } = await home(who);
    const whole = who !== "huset";
    assert.deepEqual(titles.visits, ["Hissen står", "Hissen står"]);
    assert.match(textOf(visits), /· Tommy Lind Hissen står Storgatan 1 .* · Ola Ask Hissen står/);
    assert.deepEqual(titles.open, whole ? ["Larm", "Kall radiator"] : ["Kall radiator"]);
    assert.match(cardsOf(open)[0].state.replaceAll("\u00a0", " "), whole ? /^Anmält .*, inte bokat än$/ : /^Bokat /);
    assert.deepEqual(titles.done, ["Port"]);
    assert.match(cardsOf(done)[0].state, /: Bytt fjäder$/);
    assert.match(html, /<form class="home-search" action="\/cases" method="get"/);
    assert.ok(html.indexOf('href="/cases/new"') < html.indexOf("home-search"), "the report button comes first");
    assert.doesNotMatch(html, /Björkens|Gammalt/);
  });
}

test("a specification to approve is told with its sum, on the page and in the menu, to those who decide", async () => {
  const { html, tasks } = await home("kim@x.se");
  assert.match(textOf(tasks).replaceAll("\u00a0", " "), /Godkänn Mars 500,00 kr exkl\. moms · Brf Eken/);
  assert.equal(linkOf(tasks, "Godkänn Mars"), "/invoices/F1");
  assert.doesNotMatch(tasks, /Utkast|Andras/);
  assert.equal(menuCount(html, "Fakturaspecifikationer"), "1");
  for (const who of ["eken", "huset", "lars@x.se"])
    assert.doesNotMatch((await home(who)).html, /Godkänn|Fakturaspecifikationer/, who);
});

test("a message of staff stands there with its first line, however old its case, until it is read", async () => {
  await staff.submit("/staff/cases/C5", { message: "Vi ringer i morgon.\nHälsningar" });
  for (const who of ["kim@x.se", "eken"]) {
    const { html, tasks } = await home(who);
    assert.match(textOf(tasks), /Gammalt Firman: Vi ringer i morgon\.…/, who);
    assert.equal(linkOf(tasks, "Gammalt"), "/cases/C5#case-messages");
    assert.equal(menuCount(html, "Ärenden"), "1", who);
  }
  assert.doesNotMatch((await home("huset")).html, /Vi ringer/);
  await (await as("kim@x.se")).get("/cases/C5");
  assert.doesNotMatch((await home("kim@x.se")).html, /Vi ringer/);
  assert.equal(menuCount((await home("kim@x.se")).html, "Ärenden"), "");
  assert.match((await home("eken")).html, /Vi ringer/);
  await (await as("eken")).submit("/cases/C5", { message: "Tack", name: "Eva" });
  assert.doesNotMatch((await home("eken")).html, /Vi ringer/);
});

test("a report that was not sent waits, for its own login only", async () => {
  const kim = await as("kim@x.se");
  const kept = await kim.postForm("/cases/draft", { title: "Halvfärdigt" }, [], "/cases/new");
  assert.ok(kept.status < 300, String(kept.status));
  const { tasks } = await home("kim@x.se");
  assert.match(textOf(tasks), /Fortsätt med din anmälan Halvfärdigt/);
  assert.equal(linkOf(tasks, "Fortsätt"), "/cases/new");
  assert.doesNotMatch((await home("eken")).html, /Halvfärdigt/);
});

for (const [who, reason, remedy] of [
  ["ny@x.se", /Vi har ingen kontakt med din e-postadress ny@x\.se\. Be oss .* Ring 08-123/, undefined],
  ["tva@x.se", /Flera av våra kontakter har din e-postadress tva@x\.se.* Ring 08-123/, undefined],
  ["obekraftad@x.se", /Du har inte bekräftat din e-postadress obekraftad@x\.se än/, "/account"],
]) {
  test(`${who} reads the true reason, and is offered nothing that can never hold anything`, async () => {
    const { html } = await home(who);
    assert.match(textOf(html), reason);
    assert.equal(linkOf(html, "Bekräfta adressen"), remedy);
    assert.equal(linkOf(html, "Nytt ärende"), "/cases/new");
    assert.doesNotMatch(html, /home-search|href="\/(cases|files|invoices|dashboards)[?"]|Pågår|Inget ärende är öppet/);
  });
}

test("a contact without links may have cases of their own, so they are offered the search", async () => {
  const { html, titles } = await home("lars@x.se");
  assert.deepEqual(titles.visits, []);
  assert.match(textOf(html), /Inget väntar på dig just nu\. Pågår Inget ärende är öppet just nu\./);
  assert.equal(linkOf(html, "Ärenden"), "/cases");
  assert.match(html, /home-search/);
});

test("staff who look as a customer see what the customer sees, but not their draft", async () => {
  assert.equal((await staff.postForm("/staff/view-as", { login: "kim@x.se", reason: "Fråga" })).status, 303);
  const html = (await staff.get("/")).text;
  assert.match(html, /Godkänn Mars/);
  assert.doesNotMatch(html, /Halvfärdigt/);
});
