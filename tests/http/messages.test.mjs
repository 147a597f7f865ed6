// Messages between customers and staff on a case: who may read and write, what is kept of a refused one, and what waits
// for staff.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, linkOf, tableOf, textOf, valueOf, withoutToken } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff, chef, kim, eva, eken, huset;
const entered = async (name) => {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303, name);
  return client;
};
before(async () => {
  portal = await startPortal({
    config: "[portal]\nname = Firman\n",
    files: {
      "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Björken,\n`,
      "objects.csv": `number,name,customer,login\nO1,Storgatan 1,K1,huset/${PASSWORD}\nO2,Lillgatan 2,K2,\n`,
      "contacts.csv": "number,first_name,last_name,email\nP1,Kim,Ek,kim@x.se\nP2,Eva,Ask,eva@x.se\n",
      "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\neva@x.se,${PASSWORD},yes\n`,
      "cases.csv": "number,title,customer,object,contacts,created\nC1,Läckande kran,K1,O1,P1,2026-03-01T08:00:00\n"
        + "C2,Evas ärende,K2,O2,P2,2026-03-02T08:00:00\nC3,Trasig port,K1,,P1,2026-03-03T08:00:00\n"
        + "2026/4,Udda nummer,K1,,P1,2026-03-04T08:00:00\n",
    },
  });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
  chef = (await staffClient(portal, "chef@firma.se", "administrator")).client;
  [kim, eva, eken, huset] = [await entered("kim@x.se"), await entered("eva@x.se"), await entered("eken"),
    await entered("huset")];
});
after(() => portal?.stop());

// The thread of a page: who wrote what, and its form as it stood.
const threadOf = (html) => /<section[^>]*id="case-messages".*?<\/section>/s.exec(html)?.[0] ?? "";
const messagesOf = (html) => [...threadOf(html).matchAll(/<li class="message.*?<\/li>/gs)].map(([one]) => ({
  who: textOf(/message-who">(.*?)<\/span>/s.exec(one)[1]), body: textOf(/message-body">(.*?)<\/p>/s.exec(one)[1]),
  staff: one.includes("message--staff"), login: textOf(/message-login">(.*?)<\/span>/s.exec(one)?.[1] ?? ""),
    waits: one.includes("Ej besvarat") }));
async function open(client, path) {
  const html = (await client.get(path)).text;
  const fields = { csrf_token: valueOf(threadOf(html), "csrf_token"), seen: valueOf(threadOf(html), "seen") };
  return { html, fields, send: (more) => client.submit(html, more, { form: `${path}/messages` }) };
}
const kept = (number) =>
  Number(portal.sql("SELECT COUNT(*) FROM case_message m JOIN cases c ON c.id = m.case_id "
    + `WHERE c.number = '${number}'`)[0][0]);
const inbox = async () =>
  tableOf(/<section[^>]*id="messages".*?<\/section>/s.exec((await staff.get("/staff")).text)?.[0] ?? "").rows;

test("a case begins without messages, and customer and staff write in turn", async () => {
  const first = await open(kim, "/cases/C1");
  assert.match(textOf(threadOf(first.html)), /Meddelanden Mellan dig och Firman.*Inga meddelanden än/);
  const answer = await first.send({ message: "När kommer ni?\r\n<b>Det</b> droppar." });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/cases/C1#case-messages");
  const page = (await kim.get("/cases/C1")).text;
  assert.match(textOf(page), /Meddelandet är skickat/);
  assert.deepEqual(messagesOf(page),
    [{ who: "Kim Ek", body: "När kommer ni? <b>Det</b> droppar.", staff: false, login: "", waits: false }]);
  assert.equal(portal.sql("SELECT body FROM case_message").flat().join("|"), "När kommer ni?|<b>Det</b> droppar.");
  const theirs = await open(staff, "/staff/cases/C1");
  assert.deepEqual(messagesOf(theirs.html).map((one) => [one.who, one.login, one.waits]),
    [["Kim Ek", "kim@x.se", true]]);
  assert.equal((await theirs.send({ message: "På torsdag." })).headers.get("location"),
    "/staff/cases/C1#case-messages");
  const after = (await kim.get("/cases/C1")).text;
  assert.deepEqual(messagesOf(after).map((one) => [one.who, one.body, one.staff]),
    [["Kim Ek", "När kommer ni? <b>Det</b> droppar.", false], ["Firman", "På torsdag.", true]]);
  assert.doesNotMatch(after, /hand@firma/, "customers are not told who of the staff it was");
  assert.deepEqual(messagesOf((await staff.get("/staff/cases/C1")).text).map((one) => one.who),
    ["Kim Ek", "hand@firma.se"]);
});

test("the start page says that staff have written until the login has opened the case", async () => {
  const told = async (client) => /Firman: /.test(textOf((await client.get("/")).text));
  await (await open(staff, "/staff/cases/C1")).send({ message: "Vi ringer innan." });
  assert.deepEqual([await told(kim), await told(eken)], [true, true]);
  assert.equal((await staff.postForm("/staff/view-as", { login: "kim@x.se", reason: "Fråga" }, [], "/staff/view-as"))
    .status, 303);
  await staff.get("/cases/C1");
  assert.equal((await staff.postForm("/view-as/end", {}, [], "/cases/C1")).status, 303);
  await kim.get("/cases/C1?before=1");
  assert.deepEqual([await told(kim), await told(eken)], [true, true]);
  await kim.get("/cases/C1");
  assert.deepEqual([await told(kim), await told(eken)], [false, true]);
  await (await open(staff, "/staff/cases/C1")).send({ message: "Nu har vi ringt." });
  assert.equal(await told(kim), true, "what is new is told again");
  await eken.get("/cases/C1");
  await (await open(kim, "/cases/C1")).send({ message: "Bra." });
  assert.deepEqual([await told(kim), await told(eken)], [false, false]);
  await (await open(staff, "/staff/cases/C1")).send({ message: "På torsdag." });
});

test("everybody who sees the case reads the same thread; others get what they get for a case that does not exist",
  async () => {
  for (const client of [eken, huset]) assert.match(textOf(threadOf((await client.get("/cases/C1")).text)),
    /På torsdag/);
  const before = kept("C2");
  const token = (await open(kim, "/cases/C1")).fields.csrf_token;
  const [hidden, none] = await Promise.all(["C2",
    "C9"].map((number) => kim.post(`/cases/${number}/messages`, { csrf_token: token, message: "Hej", seen: "0" })));
  assert.equal(hidden.status, 404);
  assert.equal(withoutToken(hidden.text), withoutToken(none.text));
  // The token of the form is another in each page, so the compressed length may be, too.
  const headersOf = ({ headers }) => [...headers].filter(([name]) => !["date", "content-length"].includes(name));
  assert.deepEqual(headersOf(hidden), headersOf(none));
  const [asked, missing] = await Promise.all(["C2", "C9"].map((number) => kim.get(`/cases/${number}/messages`)));
  assert.equal(asked.status, missing.status);
  assert.equal(withoutToken(asked.text), withoutToken(missing.text));
  assert.equal((await huset.post("/cases/C3/messages", { csrf_token: (await open(huset, "/cases/C1")).fields.csrf_token,
    message: "Hej", name: "Bo", seen: "0" })).status, 404);
  assert.equal(kept("C2"), before);
  assert.equal((await portal.client().post("/cases/C1/messages", { message: "Hej" })).headers.get("location"),
    "/login?next=%2F", "without a session");
});

test("a form without its token is refused, and nothing is kept", async () => {
  const before = kept("C1");
  assert.equal((await (await open(kim, "/cases/C1")).send({ csrf_token: "x", message: "Hej" })).status, 403);
  assert.equal((await (await open(staff, "/staff/cases/C1")).send({ csrf_token: "x", message: "Hej" })).status, 403);
  assert.equal((await staff.post("/staff/cases/C1/messages/read", { csrf_token: "x", seen: "9" })).status, 403);
  assert.equal(kept("C1"), before);
});

test("a message is refused beside its field and stays as it was typed", async () => {
  const empty = await (await open(kim, "/cases/C1")).send({ message: " \r\n " });
  assert.equal(empty.status, 400);
  assert.equal(errorOf(empty.text, "message"), "Skriv ett meddelande.");
  const long = await (await open(kim, "/cases/C1")).send({ message: "å".repeat(5001) });
  assert.equal(long.status, 400);
  assert.match(errorOf(long.text, "message"), /för lång/);
  assert.ok(threadOf(long.text).includes("å".repeat(5001)));
  assert.equal((await (await open(kim, "/cases/C3")).send({ message: "å".repeat(5000) })).status, 303);
  const theirs = await (await open(staff, "/staff/cases/C1")).send({ message: "" });
  assert.equal(theirs.status, 400);
  assert.equal(errorOf(theirs.text, "message"), "Skriv ett meddelande.");
  assert.equal((await staff.postForm("/staff/cases/saknas/messages", { message: "Hej" }, [], "/staff/cases/C1")).status,
    404);
});

test("a login of many people states its name, which the others see", async () => {
  const form = await open(eken, "/cases/C3");
  const refused = await form.send({ message: "Hej från föreningen", name: " " });
  assert.equal(refused.status, 400);
  assert.equal(errorOf(refused.text, "name"), "Fyll i fältet.");
  assert.ok(threadOf(refused.text).includes("Hej från föreningen"));
  assert.match(errorOf((await form.send({ message: "Hej", name: "x".repeat(101) })).text, "name"), /för lång/);
  assert.equal((await form.send({ message: "Hej från föreningen", name: "Bo\nBerg" })).status, 303);
  assert.deepEqual(messagesOf((await kim.get("/cases/C3")).text).at(-1),
    { who: "Bo Berg", body: "Hej från föreningen", staff: false, login: "", waits: false });
  assert.equal(messagesOf((await staff.get("/staff/cases/C3")).text).at(-1).login, "eken");
  assert.equal(valueOf(threadOf((await kim.get("/cases/C3")).text), "name"), undefined,
    "a personal login is its owner");
});

test("sent twice, also at once, it is one message; the same text written later is another", async () => {
  const form = await open(kim, "/cases/2026~14");
  const twice = await Promise.all([1, 2, 3].map(() => form.send({ message: "Tack!" })));
  assert.deepEqual(twice.map((one) => one.status), [303, 303, 303]);
  assert.equal(twice[0].headers.get("location"), "/cases/2026~14#case-messages");
  assert.equal(kept("2026/4"), 1);
  assert.equal((await (await open(kim, "/cases/2026~14")).send({ message: "Tack!" })).status, 303);
  assert.equal(kept("2026/4"), 2);
  const theirs = await open(staff, "/staff/cases/2026~14");
  await Promise.all([1, 2].map(() => theirs.send({ message: "Varsågod" })));
  assert.equal(kept("2026/4"), 3);
  const bare = { csrf_token: form.fields.csrf_token, message: "Från ett program" };
  for (let i = 0; i < 2; i++) assert.equal((await kim.post("/cases/2026~14/messages", bare)).status, 303);
  assert.equal(kept("2026/4"), 4);
});

test("messages of customers wait in the inbox until they are answered or marked as read", async () => {
  portal.sql("UPDATE case_message SET waiting = 0");
  assert.deepEqual(await inbox(), []);
  const menu = async () => Number(/Att göra (\d+)/.exec(textOf((await staff.get("/staff/customers")).text))[1]);
  const before = await menu();
  await (await open(kim, "/cases/C1")).send({ message: "Första frågan" });
  await (await open(kim, "/cases/C3")).send({ message: "Om porten" });
  const seen = await open(staff, "/staff/cases/C1");
  await (await open(kim, "/cases/C1")).send({ message: "Andra frågan" });
  assert.deepEqual((await inbox()).map((row) => row.slice(0, 3)),
    [["C1", "Läckande kran · Kim Ek: Första frågan", "2 meddelanden"],
      ["C3", "Trasig port · Kim Ek: Om porten", "1 meddelande"]]);
  assert.equal(linkOf(/<section[^>]*id="messages".*?<\/section>/s.exec((await staff.get("/staff")).text)[0], "C1"),
    "/staff/cases/C1#case-messages");
  assert.equal(await menu(), before + 3);
  assert.equal((await seen.send({ message: "Svar på den första" })).status, 303);
  assert.deepEqual((await inbox()).map((row) => row.slice(0, 3)),
    [["C3", "Trasig port · Kim Ek: Om porten", "1 meddelande"],
      ["C1", "Läckande kran · Kim Ek: Andra frågan", "1 meddelande"]]);
  const port = await open(staff, "/staff/cases/C3");
  assert.equal((await staff.post("/staff/cases/C3/messages/read", port.fields)).status, 303);
  assert.deepEqual((await inbox()).map((row) => row[0]), ["C1"]);
  assert.doesNotMatch(threadOf((await staff.get("/staff/cases/C3")).text), /Markera som läst/);
  assert.equal((await staff.post("/staff/cases/saknas/messages/read", port.fields)).status, 404);
  const told = portal.sql("SELECT who, action, subject FROM audit WHERE action LIKE 'case_message%' ORDER BY id")
    .map((row) => row.join(" "));
  assert.ok(told.includes("kim@x.se case_message_added case C3"));
  assert.ok(told.includes("hand@firma.se case_message_added case C1"));
  assert.equal(told.at(-1), "hand@firma.se case_messages_read case C3");
});

test("staff who look as a customer read the thread and write nothing", async () => {
  assert.equal((await staff.postForm("/staff/view-as", { login: "kim@x.se", reason: "Fråga" }, [], "/staff/view-as"))
    .status, 303);
  const page = (await staff.get("/cases/C1")).text;
  assert.match(textOf(threadOf(page)), /På torsdag/);
  assert.doesNotMatch(threadOf(page), /<form/);
  const before = kept("C1");
  assert.equal((await staff.post("/cases/C1/messages",
    { csrf_token: await staff.token("/cases/C1"), message: "Som kund" })).status, 403);
  assert.equal(kept("C1"), before);
});

test("internal notes reach no page of customers, and messages no note", async () => {
  assert.equal((await chef.postForm("/staff/cases/C1/notes", { note: "Kunden är besvärlig" }, [], "/staff/cases/C1"))
    .status, 303);
  const page = (await chef.get("/staff/cases/C1")).text;
  assert.match(page, /Kunden är besvärlig/);
  assert.doesNotMatch(threadOf(page), /besvärlig/);
  for (const client of [kim, eken, huset])
    for (const path of ["/", "/cases", "/cases?q=besv%C3%A4rlig", "/cases.csv", "/cases/C1", "/cases/C1/actions",
      "/cases/C1/actions.csv"]) {
      const answer = await client.get(path);
      assert.equal(answer.status, 200, path);
      assert.doesNotMatch(answer.text, /Kunden är/, path);
    }
  const refused = await (await open(kim, "/cases/C1")).send({ message: "" });
  assert.doesNotMatch(refused.text, /besvärlig/);
});

test("a long thread shows the newest, the oldest of them first, and leads to the older ones on both sides",
  async () => {
  portal.sql("INSERT INTO case_message (case_id, at, from_staff, who, body, waiting, submission) "
    + `SELECT (SELECT id FROM cases WHERE number = 'C2'), n, 0, 'Eva Ask', 'Nr ' || n, 0, 'k' || n FROM `
    + `(${Array.from({ length: 401 }, (_, i) => `SELECT ${i + 1} AS n`).join(" UNION ALL ")}) few`);
  for (const [client, path] of [[eva, "/cases/C2"], [staff, "/staff/cases/C2"]]) {
    const ends = (html) => [messagesOf(html).length, messagesOf(html)[0]?.body, messagesOf(html).at(-1)?.body];
    const newest = (await client.get(path)).text;
    assert.deepEqual(ends(newest), [200, "Nr 202", "Nr 401"]);
    assert.equal(linkOf(threadOf(newest), "De nyaste meddelandena"), undefined);
    const older = (await client.get(linkOf(threadOf(newest), "Äldre meddelanden").split("#")[0])).text;
    assert.deepEqual(ends(older), [200, "Nr 2", "Nr 201"]);
    assert.doesNotMatch(threadOf(older), /<textarea/, "an answer is written below the newest");
    assert.equal(linkOf(threadOf(older), "De nyaste meddelandena"), `${path}#case-messages`);
    const oldest = (await client.get(linkOf(threadOf(older), "Äldre meddelanden").split("#")[0])).text;
    assert.deepEqual(ends(oldest), [1, "Nr 1", "Nr 1"]);
    assert.equal(linkOf(threadOf(oldest), "Äldre meddelanden"), undefined);
    assert.match(textOf(threadOf((await client.get(`${path}?before=1`)).text)), /Det finns inga äldre meddelanden/);
    for (const odd of ["x", "0", "-1", ""]) assert.deepEqual(ends((await client.get(`${path}?before=${odd}`)).text),
      ends(newest), odd);
  }
  assert.match(textOf((await eva.get("/cases/C2")).text), /401 meddelanden/);
});

const expire = (name) =>
  portal.sql(`UPDATE session SET last_seen = last_seen - 86400000000 WHERE login_id = (SELECT id FROM login WHERE `
    + `name = '${name}')`);
const typedOf = (html) =>
  textOf(/<textarea[^>]*name="message"[^>]*>(.*?)<\/textarea>/s.exec(threadOf(html))?.[1] ?? "");

for (const [name, more] of [["kim@x.se", {}], ["eken", { name: "Bo Berg" }]])
  test(`what ${name} writes when the session has run out stands in the form of that case after logging in again`,
    async () => {
    const before = kept("C1");
    const client = await entered(name);
    const forms = [await open(client, "/cases/C1"), await open(client, "/cases/C3")];
    expire(name);
    const answer = await forms[0].send({ message: "Långt & skrivet\r\nmed rader", ...more });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/login?next=%2Fcases%2FC1%23case-messages");
    await forms[1].send({ message: "Om porten", ...more });
    assert.match(textOf((await client.get("/login")).text), /Det du skrev är sparat/);
    assert.equal(kept("C1"), before);
    const login = await client.post("/login", { csrf_token: await client.token("/login"), username: name,
      password: PASSWORD, next: "/cases/C1#case-messages" });
    assert.equal(login.headers.get("location"), "/cases/C1#case-messages");
    assert.equal(typedOf((await client.get("/cases/C3")).text), "Om porten");
    const again = await open(client, "/cases/C1");
    assert.equal(typedOf(again.html), "Långt & skrivet med rader");
    assert.match(textOf(threadOf(again.html)), /Inte skickat än/);
    if (more.name) assert.equal(valueOf(threadOf(again.html), "name"), "Bo Berg");
    assert.equal(typedOf((await huset.get("/cases/C1")).text), "", "another login");
    if (more.name) assert.equal(typedOf((await (await entered(name)).get("/cases/C1")).text), "",
      "another browser of a shared login");
    assert.equal((await again.send({ message: "Långt & skrivet", ...more })).status, 303);
    assert.equal(kept("C1"), before + 1);
    assert.equal(typedOf((await client.get("/cases/C1")).text), "");
    assert.equal((await (await open(client, "/cases/C3")).send({ message: " ", ...more })).status, 400);
    assert.equal(typedOf((await client.get("/cases/C3")).text), "", "sent empty it is thrown away");
    [kim, eken] = [await entered("kim@x.se"), await entered("eken")];
  });

test("logging out deletes what a session that ran out had kept, and a case that is not seen keeps nothing",
  async () => {
  for (const [name, more] of [["kim@x.se", {}], ["eken", { name: "Bo" }]]) {
    const client = await entered(name);
    const form = await open(client, "/cases/C1");
    expire(name);
    await form.send({ message: "Före utloggning", ...more });
    const foreign = await client.post("/cases/C2/messages", { ...form.fields, message: "Inte mitt", ...more });
    assert.equal(foreign.headers.get("location"), "/login?next=%2Fcases%2FC2%23case-messages");
    assert.deepEqual(portal.sql("SELECT COUNT(*) FROM draft WHERE about <> ''"), [["1"]]);
    await client.login(name, PASSWORD);
    await client.logout();
    assert.deepEqual(portal.sql("SELECT COUNT(*) FROM draft WHERE about <> ''"), [["0"]]);
    await client.login(name, PASSWORD);
    assert.equal(typedOf((await client.get("/cases/C1")).text), "");
  }
  [kim, eken] = [await entered("kim@x.se"), await entered("eken")];
});

test("a flood of messages of one login is stopped, the text stays, and others go on", async () => {
  const form = await open(eva, "/cases/C2");
  let answer, sent = 0;
  do answer = await form.send({ message: `Om & om igen ${sent}` }); while (answer.status === 303 && ++sent < 300);
  assert.equal(answer.status, 429);
  assert.ok(sent >= 30, `after ${sent}`);
  assert.match(answer.headers.get("retry-after"), /^[1-9]\d?$/);
  assert.match(errorOf(answer.text, "message"),
    /Många meddelanden har skickats på kort tid\. Ditt står kvar här\. Försök igen om \d+ sekund/);
  assert.equal(typedOf(answer.text), `Om & om igen ${sent}`);
  assert.equal((await (await open(kim, "/cases/C1")).send({ message: "Från någon annan" })).status, 303);
  assert.equal((await (await open(staff, "/staff/cases/C2")).send({ message: "Lugn" })).status, 303);
});

test("a login that has written messages and is looked at can be removed, by staff and by an import", async () => {
  const lookAs = async (login) =>
    assert.equal((await staff.postForm("/staff/view-as", { login, reason: "prov" })).status, 303);
  await (await open(huset, "/cases/C1")).send({ message: "Från huset", name: "Vaktmästaren" });
  await lookAs("huset");
  assert.equal((await staff.postForm("/staff/objects/O1/login/remove", { sure: "yes" }, [], "/staff/objects/O1"))
    .status, 303);
  await (await open(eken, "/cases/C3")).send({ message: "Från eken", name: "Styrelsen" });
  await lookAs("eken");
  await portal.importFiles({ "customers.csv": "number,name,login\nK1,Brf Eken,\n" });
  assert.deepEqual(portal.sql("SELECT name FROM login WHERE kind <> 'contact'"), []);
  assert.equal((await staff.get("/cases/C1")).status, 303, "nobody is looked at any more");
  assert.deepEqual(portal.sql(
    "SELECT who, COALESCE(login_id, 0) FROM case_message WHERE body IN ('Från huset', 'Från eken') ORDER BY id"),
    [["Vaktmästaren", "0"], ["Styrelsen", "0"]]);
  await portal.importFiles({ "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\n`,
    "objects.csv": `number,name,login\nO1,Storgatan 1,huset/${PASSWORD}\n` });
  [eken, huset] = [await entered("eken"), await entered("huset")];
});

test("erasing a person takes their name out of their messages, and their file has the messages", async () => {
  await (await open(eken, "/cases/C1")).send({ message: "Under mitt namn", name: "Kim Ek" });
  const data = JSON.parse((await chef.get("/staff/contacts/P1/personal-data.json")).text);
  assert.equal(data.messages.find((one) => one.body === "Under mitt namn").who, "Kim Ek");
  assert.ok(data.messages.some((one) => one.case === "C3" && one.body === "Om porten"));
  assert.ok(!data.messages.some((one) => one.body === "På torsdag."));
  assert.equal((await chef.postForm("/staff/contacts/P1/erase", { number: "P1" }, [],
    "/staff/contacts/P1/personal-data")).status, 303);
  assert.deepEqual(portal.sql("SELECT COUNT(*) FROM case_message WHERE who LIKE '%Kim%'"), [["0"]]);
  const shown = messagesOf((await eken.get("/cases/C1")).text);
  assert.equal(shown[0].who, "Borttagen person");
  assert.match(shown[0].body, /När kommer ni/);
  assert.ok(shown.some((one) => one.who === "Firman"));
  const check = await portal.run("check");
  assert.equal(check.code, 0, check.stdout + check.stderr);
});

test("a login that is taken away leaves what was written with it, also while staff look as it", async () => {
  for (const remove of [() => chef.postForm("/staff/customers/K1/login/remove", { sure: "yes" }, [],
    "/staff/customers/K1"),
    async () => ({
      status: (await portal.importFiles({ "objects.csv": "number,name,login\nO1,Storgatan 1,\n" }), 303) })]) {
    const [client, name] = remove.toString().includes("K1") ? [eken, "eken"] : [huset, "huset"];
    await (await open(client, "/cases/C1")).send({ message: `Med ${name}`, name: "Bo Berg" });
    assert.equal((await chef.postForm("/staff/view-as", { login: name, reason: "Prov" }, [], "/staff/view-as")).status,
      303);
    assert.equal((await remove()).status, 303);
    assert.equal((await client.get("/cases/C1")).status, 303);
    assert.deepEqual(messagesOf((await staff.get("/staff/cases/C1")).text).at(-1),
      { who: "Bo Berg", body: `Med ${name}`, staff: false, login: "", waits: true });
  }
});
