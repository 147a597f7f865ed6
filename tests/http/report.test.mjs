// Where a new case is: the latest objects as buttons, objects under their property, single choices, the address of the
// chosen object, and the cases that are open on it before the form is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { textOf } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const many = Array.from({ length: 40 }, (_, i) => `M${i + 1},Mast ${i + 1},${i > 20 ? "M1" : ""},BIG,,,`).join("\n");
const files = {
  "customers.csv": `number,name,login,status\nA,Brf Aspen,aspen/${PASSWORD},\nB,Brf Björken,,\nBIG,Mastbolaget,,\n`
    + "OLD,Gamla bolaget,,inactive\n",
  "objects.csv": "number,name,parent,customer,street,city,login\n"
    + "F1,Storgatan 1,,A,Storgatan 1,Åmål,\n"
    + `F1-2,Lgh 2,F1,A,Storgatan 1 B,Åmål,lgh/${PASSWORD}\nF1-10,Lgh 10,F1,A,,,\n`
    + "F2,Backen 5,,B,Backen 5,Åmål,\nF2-1,Panncentral,F2,B,,,\nGA,Garaget,,B,,,\nHE,Hemligt hus,,OLD,,,\n"
    + `HE-1,Maskin,HE,OLD,,,\n${many}\n`,
  "contacts.csv": "number,first_name,last_name,email,mobile,customers,objects\nK1,Bo,Ek,bo@x.se,070-1,A|B,\n"
    + "K2,En,Da,enda@x.se,070-2,,F1-2\nK3,Ma,Skin,maskin@x.se,070-3,,HE-1|GA\nK4,Maja,Många,maja@x.se,070-4,BIG,\n"
    + "K5,Ola,Annan,ola@x.se,070-5,,F1-2|GA\nK6,Kim,Kund,kim@x.se,070-6,A,HE-1\n",
  "accounts.csv": "email,password,verified\n"
    + ["bo", "enda", "maskin", "maja", "ola", "kim"].map((name) => `${name}@x.se,${PASSWORD},yes\n`).join(""),
  "cases.csv": "number,title,customer,object,primary_contact,created,status\n"
    + ["F1,K1,started", "GA,K1,finished", "F2-1,K1,not_started", "F1,K1,not_started", "F1-2,,not_started",
      "F1-10,K1,finished"].map((one, i) => `C${i + 1},Fel ${i + 1},A,${one.split(",")[0]},${one.split(",")[1]},`
      + `2026-03-0${i + 1}T08:00:00,${one.split(",")[2]}`).join("\n") + "\n",
};
let portal;
before(async () => (portal = await startPortal({ files })));
after(() => portal?.stop());

async function enter(name) {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303, name);
  return client;
}
const formOf = async (name) => (await (await enter(name)).get("/cases/new")).text;
const latest = (html) => [...html.matchAll(/name="choose" value="([^"]+)"[^>]*aria-pressed="(\w+)"/g)]
  .map(([, number, pressed]) => (pressed === "true" ? `${number}!` : number));
const openCases = (html) => [...html.matchAll(/name="follow" value="([^"]+)"/g)].map((m) => m[1]);
const foldedAddress = (html) => /<summary>(Adress[^<]*)<\/summary>/.exec(html)?.[1];
const chosen = (html) => /<option value="([^"]+)"[^>]* selected>/.exec(html)?.[1]
  ?? /type="radio"[^>]*name="object" value="([^"]+)" checked/.exec(html)?.[1];
const discard = (client) => client.postForm("/cases/draft/discard", {}, [], "/cases/new");

test("objects of one's newest cases are buttons, without scripts too, and the form keeps what was typed", async () => {
  const client = await enter("bo@x.se");
  const page = await client.get("/cases/new");
  assert.deepEqual(latest(page.text), ["F1-10", "F1", "F2-1", "GA"]);
  const after = await client.submit("/cases/new", { title: "Kallt", choose: "F2-1" }, { form: "/cases/new" });
  assert.equal(after.status, 200);
  assert.deepEqual(latest(after.text), ["F1-10", "F1", "F2-1!", "GA"]);
  assert.equal(chosen(after.text), "F2-1");
  assert.match(after.text, /name="title"\s+value="Kallt"/);
  const draft = await client.get("/cases/new");
  assert.equal(chosen(draft.text), "F2-1", "the draft has the chosen object");
  await discard(client);
});

test("an object that may not be chosen any more is no button, and choosing it changes nothing", async () => {
  const client = await enter("bo@x.se");
  portal.sql("UPDATE object SET active = 0 WHERE number = 'GA'");
  assert.deepEqual(latest((await client.get("/cases/new")).text), ["F1-10", "F1", "F2-1"]);
  portal.sql("UPDATE object SET active = 1 WHERE number = 'GA'");
  const answer = await client.submit("/cases/new", { choose: "HE" }, { form: "/cases/new" });
  assert.equal(chosen(answer.text), undefined);
  await discard(client);
});

test("few objects need no buttons", async () => {
  assert.deepEqual(latest(await formOf("ola@x.se")), []);
});

test("objects stand under their property, which comes first", async () => {
  const html = await formOf("bo@x.se");
  const select = /<select[^>]* name="object".*?<\/select>/s.exec(html)[0];
  const pieces = [...select.matchAll(/<optgroup label="([^"]+)"|<option value="([^"]+)"|<(\/optgroup)>/g)]
    .map(([, group, number, end]) => (group ? `[${group}` : (number ?? "]")));
  assert.deepEqual(pieces, ["[Backen 5", "F2", "F2-1", "]", "GA", "[Storgatan 1", "F1", "F1-2", "F1-10", "]"]);
});

test("a property that one does not see is not named", async () => {
  const html = await formOf("maskin@x.se");
  assert.doesNotMatch(html, /Hemligt hus|<optgroup/);
});

test("hits among many objects stand under their property too", async () => {
  const client = await enter("maja@x.se");
  const hits = JSON.parse((await client.get("/cases/new/objects?q=mast%203")).text);
  assert.deepEqual(hits.map((hit) => `${hit.group ?? ""}/${hit.value}`).slice(0, 3), ["/M3", "M1/M30", "M1/M31"]
    .map((one) => one.replace("M1/", "Mast 1/")));
  const page = await client.submit("/cases/new", { object_search: "mast 3", search: "object" }, { form: "/cases/new" });
  assert.match(page.text, /<p class="picker-group">Mast 1<\/p>\s*<div class="form-check"><input[^>]*value="M30"/);
  await discard(client);
});

test("a single object and a single customer are not asked for, and the case gets them", async () => {
  const client = await enter("enda@x.se");
  const page = await client.get("/cases/new");
  assert.doesNotMatch(page.text, /id="object"|id="customer"/);
  assert.match(textOf(page.text), /Objekt ?Lgh 2 \(F1-2\) Kund ?Brf Aspen/);
  assert.equal(foldedAddress(page.text), "Adress: Storgatan 1 B, Åmål – ändra");
  const answer = await client.submit("/cases/new", { title: "Enda" }, { form: "/cases/new" });
  const receipt = await client.get(answer.headers.get("location"));
  const number = /\d{6}-\d{4}/.exec(receipt.text)[0];
  assert.deepEqual(portal.sql(`SELECT o.number, cu.number FROM cases c JOIN object o ON o.id = c.object_id
    JOIN customer cu ON cu.id = c.customer_id WHERE c.number = '${number}'`), [["F1-2", "A"]]);
});

test("the single customer is that of a case whose object has none, never of another customer's object", async () => {
  const client = await enter("kim@x.se");
  const customers = [];
  for (const object of ["", "HE-1"]) {
    const answer = await client.submit("/cases/new", { title: `Kund ${object}`, object }, { form: "/cases/new" });
    assert.equal(answer.status, 303, textOf(answer.text));
    const number = /\d{6}-\d{4}/.exec((await client.get(answer.headers.get("location"))).text)[0];
    customers.push(portal.sql(`SELECT COALESCE(cu.number, '-') FROM cases c
      LEFT JOIN customer cu ON cu.id = c.customer_id WHERE c.number = '${number}'`)[0][0]);
  }
  assert.deepEqual(customers, ["A", "-"]);
});

test("the address of the chosen object is one line, and a typed one goes before it", async () => {
  const client = await enter("bo@x.se");
  assert.equal(foldedAddress((await client.get("/cases/new")).text), "Adress: objektets – ändra");
  assert.equal(foldedAddress((await client.get("/cases/new?object=F1")).text), "Adress: Storgatan 1, Åmål – ändra");
  const typed = await client.submit("/cases/new", { choose: "F1", site_street: "Gränd 3" }, { form: "/cases/new" });
  assert.equal(foldedAddress(typed.text), "Adress: Gränd 3 – ändra");
  await discard(client);
});

test("what is known of an object is asked for by scripts: its address and its open cases", async () => {
  const client = await enter("bo@x.se");
  const known = await client.get("/cases/new/known?object=F1");
  assert.deepEqual(openCases(known.text), ["C4", "C1"]);
  assert.match(known.text, /name="open_shown" value="F1" data-address="Adress: Storgatan 1, Åmål – ändra"/);
  const none = await client.get("/cases/new/known?object=");
  assert.deepEqual(openCases(none.text), []);
  assert.match(none.text, /data-address="Adress: objektets – ändra"/);
  for (const hidden of ["HE", "M1", "finns-inte"]) {
    const answer = await client.get(`/cases/new/known?object=${hidden}`);
    assert.equal(answer.text, none.text, hidden);
  }
});

test("an object login sees the open cases of its object at once", async () => {
  assert.deepEqual(openCases(await formOf("lgh")).at(-1), "C5");
});

test("a form that is sent before it showed the open cases shows them first, once, with everything kept", async () => {
  const client = await enter("bo@x.se");
  const first = await client.submit("/cases/new", { title: "Hissen igen", object: "F1" },
    { form: "/cases/new", files: [{ field: "attachments", name: "foto.png", bytes: PNG }] });
  assert.equal(first.status, 200);
  assert.match(textOf(first.text), /Ärendet är inte skickat än: det finns redan öppna ärenden på objektet\./);
  assert.deepEqual(openCases(first.text), ["C4", "C1"]);
  assert.match(first.text, /foto\.png/);
  const second = await client.submit(first, {}, { form: "/cases/new" });
  assert.equal(second.status, 303, textOf(second.text));
  const other = await client.submit("/cases/new", { title: "Inget öppet", object: "F1-10" }, { form: "/cases/new" });
  assert.equal(other.status, 303, "no case is open on that object");
});

test("a program that sends no number of the form is not asked", async () => {
  const client = await enter("bo@x.se");
  assert.equal((await client.postForm("/cases/new", { title: "Program", object: "F1" })).status, 303);
});

test("following an open case instead sends nothing; what was typed stays as a draft", async () => {
  const client = await enter("ola@x.se");
  const before = Number(portal.sql("SELECT COUNT(*) FROM cases")[0][0]);
  const answer = await client.submit("/cases/new?object=F1-2", { title: "Samma kran", follow: "C5" },
    { form: "/cases/new" });
  assert.equal(answer.headers.get("location"), "/cases/C5");
  assert.match(textOf((await client.get("/cases/C5")).text), /Du följer ärendet\. Det du skrev finns kvar/);
  assert.match((await client.get("/cases/new")).text, /value="Samma kran"/);
  assert.match((await client.get("/cases?status=followed")).text, /href="\/cases\/C5"/);
  assert.equal(Number(portal.sql("SELECT COUNT(*) FROM cases")[0][0]), before);
  await discard(client);
  await client.submit("/cases/new?object=F1-2", { follow: "C5" }, { form: "/cases/new" });
  assert.doesNotMatch((await client.get("/cases/new")).text, /Det här är utkastet/, "nothing was typed");
});

test("a case that one does not see cannot be followed instead", async () => {
  const client = await enter("enda@x.se");
  const answer = await client.submit("/cases/new", { title: "x", follow: "C1" }, { form: "/cases/new" });
  assert.equal(answer.status, 404);
  assert.deepEqual(portal.sql("SELECT f.case_id FROM case_follower f JOIN login l ON l.id = f.login_id"
    + " WHERE l.name = 'enda@x.se'"), []);
});
