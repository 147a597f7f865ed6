// How staff get in: the command, the one-time link, password, second factor, recovery codes, sessions, and that no
// login of customers is ever taken for one of staff.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { errorOf, textOf, valueOf } from "./html.mjs";
import { addStaff, choosePassword, codeOf, linkPath, setUpSecond, STAFF_PASSWORD, staffClient,
  wrongCode } from "./staff.mjs";

const CUSTOMER_PASSWORD = "Ekollon-2026";
let portal;
before(async () => {
  portal = await startPortal({ config: "[server]\ntrusted_proxy = 127.0.0.1\n", files: {
    "customers.csv": `number,name,login\nK1,Brf Eken,eken/${CUSTOMER_PASSWORD}\n`,
    "accounts.csv": `email,password,verified\nkim@x.se,${CUSTOMER_PASSWORD},yes\n`,
  } });
});
after(() => portal?.stop());

let users = 0;
const fresh = () => `person${++users}@firma.se`;
const leads = (answer) => answer.headers.get("location");

test("the command makes users, prints a link, and refuses what is wrong", async () => {
  const made = await portal.run("staff", "add", "Anna@Firma.se", "--role", "administrator");
  assert.equal(made.code, 0);
  assert.match(made.stdout, /^http:\/\/\S+\/staff\/password\?token=[\w-]+\n$/);
  for (const [args, code, said] of [
    [["add", "anna@firma.se", "--role", "handler"], 1, /already/],
    [["add", "x@firma.se"], 2, /--role/],
    [["add", "x@firma.se", "--role", "boss"], 2, /administrator or handler/],
    [["add", "nonsense", "--role", "handler"], 2, /no e-mail address/],
    [["remove", "anna@firma.se"], 2, /staff add/],
    [["link", "nobody@firma.se"], 1, /no active staff user/],
    [["add"], 2, /missing/],
  ]) {
    const done = await portal.run("staff", ...args);
    assert.equal(done.code, code, `${args}: ${done.stderr}`);
    assert.match(done.stderr, said);
    assert.equal(done.stderr.trim().split("\n").length, 1);
  }
});

test("a link lets choose a password once", async () => {
  const link = await addStaff(portal, fresh(), "handler");
  const client = portal.client();
  const token = new URLSearchParams(link.split("?")[1]).get("token");
  const short = await client.postForm("/staff/password", { token, password: "kort" }, [], link);
  assert.equal(short.status, 400);
  assert.match(errorOf(short.text, "password"), /12/);
  assert.equal((await client.postForm("/staff/password", { token, password: STAFF_PASSWORD }, [], link)).status, 303);
  assert.equal((await client.get(link)).status, 404);
  assert.equal((await client.postForm("/staff/password", { token, password: STAFF_PASSWORD }, [], "/staff/login"))
    .status, 404);
});

test("a new link voids the one before, and the new password ends all sessions", async () => {
  const email = fresh();
  const first = await addStaff(portal, email, "handler");
  const second = linkPath((await portal.run("staff", "link", email)).stdout);
  assert.equal((await portal.client().get(first)).status, 404);
  await choosePassword(portal, second);
  const client = portal.client();
  await client.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  assert.equal((await client.get("/staff/account")).status, 200);
  await choosePassword(portal, linkPath((await portal.run("staff", "link", email)).stdout), "ett helt annat lösenord");
  assert.equal(leads(await client.get("/staff/account")), "/staff/login?next=%2Fstaff%2Faccount");
});

test("a handler logs in by password, in whatever case the address is written", async () => {
  const email = fresh();
  await choosePassword(portal, await addStaff(portal, email, "handler"));
  const client = portal.client();
  const answer = await client.postForm("/staff/login",
    { email: ` ${email.toUpperCase()} `, password: STAFF_PASSWORD, next: "/staff/account" });
  assert.equal(leads(answer), "/staff/account");
  assert.match(textOf((await client.get("/staff/account")).text), new RegExp(email));
});

test("wrong passwords and unknown addresses answer alike", async () => {
  const email = fresh();
  await choosePassword(portal, await addStaff(portal, email, "handler"));
  const answers = [];
  for (const [name, password] of [[email, "fel fel fel fel"], ["nobody@firma.se", STAFF_PASSWORD]]) {
    const answer = await portal.client().postForm("/staff/login", { email: name, password });
    assert.equal(answer.status, 401);
    answers.push(answer.text.replaceAll(name, "").replaceAll(/csrf_token" value="[^"]*"/g, ""));
  }
  assert.equal(answers[0], answers[1]);
  assert.equal((await portal.client().postForm("/staff/login", { email: "", password: "" })).status, 400);
});

test("the name of a staff user is taken under the field name of the portal's login, too", async () => {
  const email = fresh();
  await choosePassword(portal, await addStaff(portal, email, "handler"));
  assert.equal((await portal.client().postForm("/staff/login", { username: email, password: STAFF_PASSWORD })).status,
    303);
});

test("many wrong passwords make one wait", async () => {
  const email = fresh();
  let answer;
  for (let i = 0; i < 6; i++) answer = await portal.client()
    .postForm("/staff/login", { email, password: "fel fel fel fel" });
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
});

test("guesses from many addresses keep out neither a browser that was in before, nor who is in, nor a new link",
  async () => {
  const email = fresh();
  await choosePassword(portal, await addStaff(portal, email, "handler"));
  const known = portal.client(), stranger = portal.client();
  const enter = (client, password = STAFF_PASSWORD) => client.postForm("/staff/login", { email, password });
  assert.equal((await enter(known)).status, 303);
  for (let i = 0; i < 51; i++) await enter(portal.client({ "x-forwarded-for": `203.0.113.${i + 1}` }),
    "fel fel fel fel");
  assert.equal((await enter(stranger)).status, 429, "a strange browser waits");
  assert.equal((await known.postForm("/staff/confirm", { password: STAFF_PASSWORD })).status, 303,
    "who is in confirms himself");
  await known.postForm("/staff/logout", {}, [], "/staff/account");
  assert.equal((await enter(known)).status, 303, "a known one is let in");
  const link = linkPath((await portal.run("staff", "link", email)).stdout);
  const token = new URLSearchParams(link.split("?")[1]).get("token");
  assert.equal((await stranger.postForm("/staff/password", { token, password: "ett helt annat lösenord" }, [], link))
    .status, 303);
  assert.equal((await enter(stranger, "ett helt annat lösenord")).status, 303, "and who chose a password with a link");
  await known.postForm("/staff/logout", {}, [], "/staff/account");
  assert.equal((await enter(known, "ett helt annat lösenord")).status, 429,
    "the new password ends what the old one had proven");
});

test("a browser is known for the user who gave their password in it, and for nobody else", async () => {
  const [own, other] = [fresh(), fresh()];
  for (const email of [own, other]) await choosePassword(portal, await addStaff(portal, email, "handler"));
  const client = portal.client({ "x-forwarded-for": "198.51.100.77" });
  assert.equal((await client.postForm("/staff/login", { email: own, password: STAFF_PASSWORD })).status, 303);
  await client.postForm("/staff/logout", {}, [], "/staff/account");
  for (let i = 0; i < 5; i++) await client.postForm("/staff/login", { email: other, password: "fel fel fel fel" });
  assert.equal((await portal.client({ "x-forwarded-for": "198.51.100.77" })
    .postForm("/staff/login", { email: other, password: STAFF_PASSWORD })).status, 429);
});

test("an administrator must set up a second factor to get anywhere", async () => {
  const email = fresh();
  await choosePassword(portal, await addStaff(portal, email, "administrator"));
  const client = portal.client();
  assert.match(leads(await client.postForm("/staff/login", { email, password: STAFF_PASSWORD })),
    /^\/staff\/second-factor/);
  assert.equal(leads(await client.get("/staff/account")), "/staff/second-factor");
  const page = (await client.get("/staff/second-factor")).text;
  const secret = valueOf(page, "secret");
  const wrong = await client.postForm("/staff/second-factor",
    { secret, proof: valueOf(page, "proof"), code: wrongCode(secret) });
  assert.equal(wrong.status, 400);
  assert.equal(valueOf(wrong.text, "secret"), secret);
  const foreign = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  assert.equal(leads(await client.postForm("/staff/second-factor",
    { secret: foreign, proof: valueOf(page, "proof"), code: codeOf(foreign) })),
    "/staff/second-factor");
  const { codes } = await setUpSecond(client);
  assert.equal(codes.length, 10);
  assert.equal((await client.get("/staff/account")).status, 200);
});

test("the second factor is asked for, and each code works once", async () => {
  const email = fresh();
  const { secret } = await staffClient(portal, email, "administrator");
  const enter = async (code) => {
    const client = portal.client();
    assert.match(leads(await client.postForm("/staff/login", { email, password: STAFF_PASSWORD })),
      /^\/staff\/login\/code/);
    assert.equal(leads(await client.get("/staff/account")), "/staff/login/code");
    return { client, answer: await client.postForm("/staff/login/code", { code }) };
  };
  const code = codeOf(secret, 1);
  assert.equal((await enter("123")).answer.status, 401);
  const { client, answer } = await enter(` ${code.slice(0, 3)} ${code.slice(3)}`);
  assert.equal(answer.status, 303);
  assert.equal((await client.get("/staff/account")).status, 200);
  assert.equal((await enter(code)).answer.status, 401, "the same code again");
});

test("a recovery code stands in once, however it is written", async () => {
  const email = fresh();
  const { codes } = await staffClient(portal, email, "administrator");
  const enter = async (code) => {
    const client = portal.client();
    await client.postForm("/staff/login", { email, password: STAFF_PASSWORD });
    return client.postForm("/staff/login/code", { code });
  };
  assert.equal((await enter(codes[3].toUpperCase().replaceAll("-", " "))).status, 303);
  assert.equal((await enter(codes[3])).status, 401);
  assert.equal((await enter(codes[4])).status, 303);
});

test("half a session reaches nothing but the second factor", async () => {
  const email = fresh();
  const { client: whole } = await staffClient(portal, email, "administrator");
  assert.equal((await whole.get("/staff/account")).status, 200);
  const half = portal.client();
  await half.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  for (const path of ["/staff", "/staff/account", "/staff/confirm", "/staff/second-factor"])
    assert.equal(leads(await half.get(path)), "/staff/login/code", path);
  const token = await half.token("/staff/login/code");
  for (const path of ["/staff/account/password", "/staff/second-factor", "/staff/second-factor/codes",
    "/staff/account/logout-everywhere"])
    assert.equal(leads(await half.post(path, { csrf_token: token })), "/staff/login/code", path);
});

test("no login of customers is one of staff, and no login of staff is one of customers", async () => {
  const customer = portal.client();
  assert.equal((await customer.login("eken", CUSTOMER_PASSWORD)).status, 303);
  assert.match(leads(await customer.get("/staff/account")), /^\/staff\/login/);
  customer.cookies.set("staff", customer.cookies.get("session"));
  assert.match(leads(await customer.get("/staff/account")), /^\/staff\/login/);
  const { client } = await staffClient(portal, fresh(), "handler");
  assert.match(leads(await client.get("/cases")), /^\/login/);
  client.cookies.set("session", client.cookies.get("staff"));
  assert.match(leads(await client.get("/cases")), /^\/login/);
  assert.equal((await portal.client().postForm("/staff/login", { email: "kim@x.se", password: CUSTOMER_PASSWORD }))
    .status, 401);
});

test("both kinds of login live side by side in one browser", async () => {
  const { client } = await staffClient(portal, fresh(), "handler");
  assert.equal((await client.login("eken", CUSTOMER_PASSWORD)).status, 303);
  assert.equal((await client.get("/cases")).status, 200);
  assert.equal((await client.get("/staff/account")).status, 200);
  await client.postForm("/staff/logout", {}, [], "/staff/account");
  assert.match(leads(await client.get("/staff/account")), /^\/staff\/login/);
  assert.equal((await client.get("/cases")).status, 200);
});

test("the password is changed with the one of now, and other sessions end", async () => {
  const email = fresh();
  const { client } = await staffClient(portal, email, "handler");
  const other = portal.client();
  await other.postForm("/staff/login", { email, password: STAFF_PASSWORD });
  const change = (current, password) =>
    client.postForm("/staff/account/password", { current_password: current, new_password: password }, [],
      "/staff/account");
  assert.equal((await change("fel fel fel fel", "nytt långt lösenord")).status, 400);
  assert.equal((await change(STAFF_PASSWORD, "kort")).status, 400);
  assert.equal((await change(STAFF_PASSWORD, "nytt långt lösenord")).status, 303);
  assert.equal((await client.get("/staff/account")).status, 200);
  assert.match(leads(await other.get("/staff/account")), /^\/staff\/login/);
});

test("after a while what matters asks again who it is", async () => {
  const email = fresh();
  const { client } = await staffClient(portal, email, "handler");
  portal.sql("UPDATE staff_session SET proven = proven - 3600000000");
  assert.equal(leads(await client.get("/staff/second-factor")), "/staff/confirm?next=%2Fstaff%2Fsecond-factor");
  assert.equal((await client.postForm("/staff/confirm", { password: "fel fel fel fel" })).status, 401);
  const answer = await client.postForm("/staff/confirm", { password: STAFF_PASSWORD, next: "/staff/second-factor" });
  assert.equal(leads(answer), "/staff/second-factor");
  assert.equal((await client.get("/staff/second-factor")).status, 200);
});

test("a session ends when it is idle, by age, and with its user", async () => {
  for (const statement of ["UPDATE staff_session SET last_seen = last_seen - 3600000000",
    "UPDATE staff_session SET created = created - 43200000000",
    "UPDATE staff SET active = 0"]) {
    const { client } = await staffClient(portal, fresh(), "handler");
    assert.equal((await client.get("/staff/account")).status, 200);
    portal.sql(statement);
    assert.match(leads(await client.get("/staff/account")), /^\/staff\/login/, statement);
  }
});

test("forms of the staff area need their token, and lead nowhere else", async () => {
  const { client } = await staffClient(portal, fresh(), "handler");
  assert.equal((await client.post("/staff/account/logout-everywhere", { csrf_token: "x" })).status, 403);
  for (const next of ["//evil.example", "https://evil.example", "/cases", "/staffx", "/staff/logout"]) {
    const page = await portal.client().get(`/staff/login?next=${encodeURIComponent(next)}`);
    assert.equal(valueOf(page.text, "next"), "/staff", next);
  }
});

test("what is typed in place of the address is not kept when it is nobody's: it may be the password", async () => {
  assert.equal((await portal.client().postForm("/staff/login", { email: "MittHemligaLösen", password: "fel" })).status,
    401);
  assert.deepEqual(portal.sql("SELECT who, subject FROM audit WHERE action = 'login_refused' ORDER BY id DESC LIMIT 1"),
    [["?", ""]]);
  assert.equal(portal.sql("SELECT COUNT(*) FROM audit WHERE lower(who || subject || detail) LIKE '%hemliga%'")[0][0],
    "0");
});

test("a recovery code that was used to confirm oneself stands in the audit", async () => {
  const email = fresh();
  const { client, codes } = await staffClient(portal, email, "administrator");
  const answer = await client.postForm("/staff/confirm",
    { password: STAFF_PASSWORD, code: codes[0], next: "/staff/users" });
  assert.equal(leads(answer), "/staff/users");
  assert.deepEqual(portal.sql(`SELECT action, detail FROM audit WHERE who = '${email}' ORDER BY id DESC LIMIT 1`),
    [["confirmed", "recovery code"]]);
});

test("logins, refusals and changes stand in the audit, which nothing can change", async () => {
  const email = fresh();
  await staffClient(portal, email, "administrator");
  await portal.client().postForm("/staff/login", { email, password: "fel fel fel fel" });
  const actions = portal.sql(`SELECT action FROM audit WHERE who = '${email}' OR subject = '${email}' ORDER BY id`)
    .flat();
  assert.deepEqual(actions,
    ["staff_added", "password_by_link", "login_password", "second_factor_set", "login_refused"]);
  assert.throws(() => portal.sql("UPDATE audit SET who = 'x'"));
  assert.throws(() => portal.sql("DELETE FROM audit"));
});
