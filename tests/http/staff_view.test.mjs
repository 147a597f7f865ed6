// Staff look at the portal as a customer: exactly what the customer sees, nothing that changes anything, and a
// trace.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf, valueOf } from "./html.mjs";
import { STAFF_PASSWORD, staffClient } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
let portal, staff;
before(async () => {
  portal = await startPortal({ files: {
    "customers.csv": `number,name,login,status\nK1,Brf Eken,eken/${PASSWORD},\nK2,Nedlagda,ned/${PASSWORD},inactive\n`,
    "objects.csv": `number,name,customer,login\nO1,Storgatan 1,K1,hus/${PASSWORD}\n`,
    "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
    "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
    "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n"
      + "C2,Annans,,,2026-03-01T08:00:00\n",
  } });
  staff = (await staffClient(portal, "hand@firma.se", "handler")).client;
});
after(() => portal?.stop());

const look = (client, login, reason = "Ring om C1") => client.postForm("/staff/view-as", { login, reason });
const audit = (action) => portal.sql(`SELECT who, subject, detail FROM audit WHERE action = '${action}' ORDER BY id`);
const plain = (html) => html.replace(/<section class="viewing".*?<\/section>/s, "")
  .replace(/<li>\s*<form action="\/logout".*?<\/li>/s, "")
  .replace(/<form[^>]*action="\/cases\/C1\/messages".*?<\/form>/s, "")
  .replace(/<form class="case-follow.*?<\/form>/s, "")
  .replace(/<details class="case-add.*?<\/details>/s, "")
  .replaceAll(/value="[^"]{20,}"/g, "").replaceAll(/\s+/g, " ");

test("what staff see is what the login sees, for each kind of login, and the banner says so", async () => {
  for (const login of ["kim@x.se", "EKEN", "hus"]) {
    const own = portal.client();
    assert.equal((await own.login(login, PASSWORD)).status, 303);
    const answer = await look(staff, ` ${login} `);
    assert.equal(answer.status, 303);
    for (const path of ["/", "/cases", "/cases/C1", "/cases/C2", "/cases/new", "/files", "/account"]) {
      const [theirs, seen] = [await own.get(path), await staff.get(path)];
      assert.equal(seen.status, theirs.status, `${login} ${path}`);
      const same = (text) => plain(text).replaceAll(/submission[^>]*>/g, "")
        .replace(/<form[^>]*action="[^"]*\/messages".*?<\/form>/, "").replaceAll(/\s+/g, " ");
      assert.equal(same(seen.text), same(theirs.text), `${login} ${path}`);
      assert.match(textOf(seen.text), new RegExp(`Du ser portalen som ${login.toLowerCase()}`), path);
      assert.doesNotMatch(theirs.text, /class="viewing"/);
    }
    assert.equal((await staff.get("/staff")).status, 200);
  }
});

test("nothing can be changed or sent", async () => {
  assert.equal((await look(staff, "kim@x.se")).status, 303);
  const token = valueOf((await staff.get("/cases/new")).text, "csrf_token");
  const before = portal.sql(
    "SELECT (SELECT COUNT(*) FROM cases), (SELECT COUNT(*) FROM session), (SELECT COUNT(*) FROM draft)")[0];
  for (const [path, fields] of [["/cases/new", { title: "Nej" }], ["/account/password", { password: "nytt" }],
    ["/logout", {}], ["/login", { username: "kim@x.se", password: PASSWORD }]]) {
    const answer = await staff.post(path, { csrf_token: token, ...fields });
    assert.ok([403, 404, 405].includes(answer.status), `${path} ${answer.status}`);
    if (answer.status === 403) assert.match(textOf(answer.text), /Härifrån kan inget ändras eller skickas/);
  }
  assert.equal((await staff.post("/cases/new", { csrf_token: token, title: "Nej" })).status, 403);
  assert.deepEqual(portal.sql(
    "SELECT (SELECT COUNT(*) FROM cases), (SELECT COUNT(*) FROM session), (SELECT COUNT(*) FROM draft)")[0], before);
});

test("what was begun in the same browser under the login itself stays there", async () => {
  const { client } = await staffClient(portal, "bada@firma.se", "handler");
  assert.equal((await client.login("eken", PASSWORD)).status, 303);
  const token = valueOf((await client.get("/cases/new")).text, "csrf_token");
  assert.equal((await client.post("/cases/draft", { csrf_token: token, title: "Halvfärdigt" })).status, 204);
  const owner = () => portal.sql("SELECT owner FROM draft WHERE form LIKE '%Halvf%'");
  const before = owner();
  assert.equal((await look(client, "eken")).status, 303);
  assert.equal((await client.get("/cases/new")).status, 200);
  assert.deepEqual(owner(), before);
  assert.equal((await client.postForm("/view-as/end", {}, [], "/")).status, 303);
});

test("staff do not see what a customer has typed and not sent", async () => {
  for (const login of ["kim@x.se", "eken"]) {
    const own = portal.client();
    assert.equal((await own.login(login, PASSWORD)).status, 303);
    const title = `Osänt av ${login}`;
    const page = (await own.get("/cases/new")).text;
    const kept = await own.postForm("/cases/new", { title: "", type: "" },
      [{ field: "attachments", name: "osänd.txt", bytes: "Osänd fil" }]);
    assert.equal(kept.status, 400, `${login}: a refused form keeps its files`);
    const token = valueOf(page, "csrf_token");
    assert.equal((await own.post("/cases/draft", { csrf_token: token, title })).status, 204);
    assert.match((await own.get("/cases/new")).text, new RegExp(title));
    assert.equal((await look(staff, login)).status, 303);
    for (const path of ["/", "/cases/new"])
      assert.doesNotMatch((await staff.get(path)).text, /Osänt av|osänd\.txt/, `${login} ${path}`);
    assert.match((await own.get("/cases/new")).text, new RegExp(title));
    assert.equal((await own.postForm("/cases/draft/discard", {}, [], "/cases/new")).status, 303);
  }
  assert.equal((await staff.postForm("/view-as/end", {}, [], "/")).status, 303);
});

test("it ends with the button, and both ends are in the audit with the reason", async () => {
  assert.equal((await look(staff, "kim@x.se", "Frågan om <b>C1</b>")).status, 303);
  assert.deepEqual(audit("view_as_begin").at(-1), ["hand@firma.se", "kim@x.se", "Frågan om <b>C1</b>"]);
  const answer = await staff.postForm("/view-as/end", {}, [], "/");
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/staff");
  assert.deepEqual(audit("view_as_end").at(-1).slice(0, 2), ["hand@firma.se", "kim@x.se"]);
  assert.equal((await staff.get("/cases")).headers.get("location"), "/login?next=%2Fcases");
  assert.deepEqual(portal.sql("SELECT * FROM view_as"), []);
});

test("without a reason or a login that can log in there is nothing to see, and what was typed stays", async () => {
  for (const [login, reason, field, fault] of [
    ["kim@x.se", "  ", "reason", /Fyll i/], ["kim@x.se", "x".repeat(201), "reason", /för lång/],
    ["saknas", "Skäl", "login", /ingen inloggning/], ["ned", "Skäl", "login", /ingen inloggning/],
      ["", "Skäl", "login", /ingen inloggning/],
  ]) {
    const answer = await look(staff, login, reason);
    assert.equal(answer.status, 400, login);
    assert.match(errorOf(answer.text, field), fault);
    assert.equal(valueOf(answer.text, "login"), login);
  }
  assert.equal((await staff.get("/cases")).status, 303);
  assert.equal(valueOf((await staff.get("/staff/view-as?login=hus")).text, "login"), "hus");
});

test("customers cannot look as others, nor end what they have not begun", async () => {
  const kim = portal.client();
  assert.equal((await kim.login("kim@x.se", PASSWORD)).status, 303);
  assert.equal((await kim.post("/staff/view-as",
    { csrf_token: await kim.token("/account"), login: "eken", reason: "x" })).status, 303);
  assert.equal((await kim.post("/view-as/end", { csrf_token: await kim.token("/account") })).status, 404);
  kim.cookies.set("view_as", kim.cookies.get("session"));
  assert.doesNotMatch((await kim.get("/")).text, /class="viewing"/);
  assert.equal(kim.cookies.has("view_as"), false);
});

test("it ends with the session of staff, when it is too old, and when the user is blocked", async () => {
  const chef = (await staffClient(portal, "chef@firma.se", "handler")).client;
  const shown = async () => (await chef.get("/cases")).status;
  await look(chef, "eken");
  assert.equal(await shown(), 200);
  portal.sql("UPDATE view_as SET ends = ends - 1900000000");
  assert.equal(await shown(), 303);
  await look(chef, "eken");
  assert.equal((await chef.postForm("/staff/logout", {}, [], "/staff")).status, 303);
  assert.equal(await shown(), 303);
  assert.equal((await chef.postForm("/staff/login", { email: "chef@firma.se", password: STAFF_PASSWORD })).status, 303);
  await look(chef, "eken");
  assert.equal(await shown(), 200);
  portal.sql("UPDATE staff SET active = 0 WHERE email = 'chef@firma.se'");
  assert.equal(await shown(), 303);
});

test("a login that was made inactive meanwhile shows nothing more", async () => {
  await look(staff, "hus");
  assert.equal((await staff.get("/cases")).status, 200);
  portal.sql("UPDATE object SET active = 0 WHERE number = 'O1'");
  assert.equal((await staff.get("/cases")).status, 303);
});
