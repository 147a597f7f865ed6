// Logging in three ways, registering, forgotten passwords, the account, and what guessing meets (domain 3 and 9).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { withoutToken } from "./html.mjs";
import { mailTo, mailsTo } from "./mails.mjs";

const PASSWORD = "Kanel-bulle-7";
const files = {
  "customers.csv": "number,name,status,login\nK1,Brf Eken,active,eken/Ekollon/2026\n"
    + "K2,Brf Aspen,inactive,aspen/Asp-2026-lund\n"
    + "K3,Brf Rönnen,active,styrelsen@example.com/Ronn-bar-3\n",
  "objects.csv": "number,name,customer,login\n1001,Storgatan 1,K1,Storgatan1/Port-kod-55\n",
  "contacts.csv": "number,first_name,last_name,email,email_2,objects\n"
    + "P1,Anna,Alm,Anna.Alm@Example.com,,1001\nP2,Bo,Berg,delad@example.com,,\n"
    + "P3,Eva,Ek,annat@example.com,delad@example.com,\n"
    + "P4,Sara,Sand,,sara@example.com,1001\n",
  "accounts.csv": "email,password,verified,language\nanna.alm@example.com,Kanel-bulle-7,yes,sv\n"
    + "delad@example.com,Kanel-bulle-7,yes,sv\novan@example.com,Kanel-bulle-7,no,sv\n"
    + "engelsk@example.com,Kanel-bulle-7,yes,en\n",
};
let portal, address = 1;

before(async () => {
  portal = await startPortal({ files,
    config: "[server]\ntrusted_proxy = 127.0.0.1\n[login]\nhash_memory_kib = 64\nhash_passes = 1\n" });
});
after(() => portal?.stop());

// Everybody comes from an address of their own, so that no test meets the limits of another.
const visitor = (from = `192.0.2.${address++}`) => portal.client({ "x-forwarded-for": from });

async function loggedIn(name = "anna.alm@example.com", password = PASSWORD) {
  const client = visitor();
  assert.equal((await client.login(name, password)).status, 303, `login of ${name}`);
  return client;
}

const isIn = async (client) => (await client.get("/")).status === 200;
const register = (client, email, password) => client.postForm("/register", { email, password });
const tokenOf = (mail) => new URL(mail.path, "http://x").searchParams.get("token");

test("three kinds of login enter by one form, whatever the case of the name", async () => {
  for (const [name, password, shown] of [[" Anna.ALM@example.com ", PASSWORD, "Anna Alm"],
    ["eken", "Ekollon/2026", "Brf Eken"],
    ["storgatan1", "Port-kod-55", "Storgatan 1"]]) {
    const client = visitor();
    const answer = await client.login(name, password);
    assert.equal(answer.status, 303, name);
    assert.equal(answer.headers.get("location"), "/");
    assert.match((await client.get("/")).text, new RegExp(shown));
  }
});

test("one message for every wrong login; the name is kept, the password is not", async () => {
  const pages = [];
  for (const [name, password] of [["anna.alm@example.com", "fel-losenord"], ["ingen@example.com", "fel-losenord"],
    ["aspen", "Asp-2026-lund"], ["eken", "fel-losenord"]]) {
    const answer = await visitor().login(name, password);
    assert.equal(answer.status, 401, name);
    assert.match(answer.text, new RegExp(`value="${name}"`));
    assert.doesNotMatch(answer.text, /fel-losenord|Asp-2026/);
    pages.push(answer.text.replaceAll(name, "").replace(/name="csrf_token" value="[^"]*"/g, ""));
  }
  assert.equal(new Set(pages).size, 1);
});

test("an empty field is refused, without counting as a guess", async () => {
  for (const fields of [{ username: "", password: "x" }, { username: "eken", password: "" }])
    assert.equal((await visitor().postForm("/login", fields)).status, 400);
});

test("next leads on, but never out of the portal", async () => {
  for (const [next, location] of [["/cases?q=a", "/cases?q=a"], ["//evil.example", "/"], ["https://evil.example/", "/"],
    ["/logout", "/"], ["/\\evil.example", "/"]]) {
    const answer = await visitor().postForm("/login", { username: "eken", password: "Ekollon/2026", next });
    assert.equal(answer.headers.get("location"), location, next);
  }
  const page = await visitor().get("/login?next=%2Fcases%3Fq%3Da");
  assert.match(page.text, /name="next" value="\/cases\?q=a"/);
});

test("who is logged in is not asked again", async () => {
  const client = await loggedIn();
  assert.equal((await client.get("/login")).headers.get("location"), "/");
  assert.equal((await client.get("/register")).headers.get("location"), "/account");
});

test("logging out ends the session on the server", async () => {
  const client = await loggedIn();
  const cookies = new Map(client.cookies);
  assert.match((await client.get("/logout")).text, /action="\/logout"/);
  const answer = await client.logout();
  assert.equal(answer.headers.get("location"), "/login");
  assert.match(answer.headers.get("clear-site-data") ?? "", /cache/);
  assert.match((await client.get("/login")).text, /Du är utloggad/);
  client.cookies = cookies;
  assert.equal((await client.get("/")).status, 303, "the old cookie is worth nothing");
  assert.equal((await visitor().get("/logout")).headers.get("location"), "/login");
});

test("logging in makes a new session: a planted cookie is worth nothing", async () => {
  const client = visitor();
  client.cookies.set("session", "A".repeat(43));
  await client.login("eken", "Ekollon/2026");
  assert.notEqual(client.cookies.get("session"), "A".repeat(43));
  const first = client.cookies.get("session");
  await client.postForm("/login", { username: "eken", password: "Ekollon/2026" }, [], "/");
  assert.notEqual(client.cookies.get("session"), first);
  const old = visitor();
  old.cookies.set("session", first);
  assert.equal(await isIn(old), false);
});

test("registering proves the address by mail, and the account is linked by itself", async () => {
  const client = visitor();
  const sent = await register(client, " Sara@Example.com ", "sommar-regn-12");
  assert.equal(sent.status, 200);
  assert.match(sent.text, /Sara@Example\.com/);
  assert.equal((await visitor().login("sara@example.com", "sommar-regn-12")).status, 401,
    "not before the link is used");
  const mail = await mailTo(portal, "Sara@Example.com");
  assert.match(mail.subject, /Bekräfta din adress/);
  const page = await client.get(mail.path);
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.text, /name="password"/, "one click in the browser of the registration");
  assert.equal((await visitor().login("sara@example.com", "sommar-regn-12")).status, 401,
    "opening the link proves nothing");
  const done = await client.postForm("/verify", { token: tokenOf(mail) }, [], mail.path);
  assert.equal(done.status, 303);
  assert.match((await client.get("/account")).text, /Kopplat till kontakten Sara Sand/);
  assert.equal((await visitor().login("sara@example.com", "sommar-regn-12")).status, 303);
  assert.equal((await client.get(mail.path)).status, 404, "the link works once");
});

test("a password that was planted before the owner came never counts", async () => {
  const attacker = visitor(), owner = visitor();
  await register(attacker, "agare@example.com", "planted-password");
  await register(owner, "agare@example.com", "owners-password");
  const [planted, own] = [await mailTo(portal, "agare@example.com", 1), await mailTo(portal, "agare@example.com", 2)];
  assert.match((await owner.get(planted.path)).text, /name="password"/, "the link of another is more than a click");
  const wrong = await owner.postForm("/verify", { token: tokenOf(planted), password: "owners-password" }, [],
    planted.path);
  assert.equal(wrong.status, 400);
  assert.equal((await owner.postForm("/verify", { token: tokenOf(own) }, [], own.path)).status, 303);
  assert.equal((await visitor().login("agare@example.com", "owners-password")).status, 303);
  assert.equal((await visitor().login("agare@example.com", "planted-password")).status, 401);
  assert.equal((await attacker.get(planted.path)).status, 404, "the other link is void");
});

test("a link that is opened on another device asks for the password", async () => {
  await register(visitor(), "mobil@example.com", "promenad-i-regn");
  const mail = await mailTo(portal, "mobil@example.com");
  const phone = visitor();
  assert.match((await phone.get(mail.path)).text, /name="password"/);
  const done = await phone.postForm("/verify", { token: tokenOf(mail), password: "promenad-i-regn" }, [], mail.path);
  assert.equal(done.status, 303);
  assert.equal(await isIn(phone), true);
});

test("registering an address that is known looks the same and changes nothing", async () => {
  const known = await register(visitor(), "anna.alm@example.com", "something-else-1");
  const fresh = await register(visitor(), "ny.person@example.com", "something-else-1");
  const plain = (answer) => answer.text.replaceAll(/anna\.alm@example\.com|ny\.person@example\.com/g, "");
  assert.equal(known.status, fresh.status);
  assert.equal(plain(known), plain(fresh));
  assert.match((await mailTo(portal, "anna.alm@example.com")).subject, /redan en inloggning/);
  await loggedIn();
});

test("nobody gets more than a few mails from strangers", async () => {
  for (let i = 0; i < 5; i++) assert.equal((await register(visitor(), "offer@example.com", "something-else-1")).status,
    200);
  await mailTo(portal, "offer@example.com", 3);
  await register(visitor(), "efter@example.com", "something-else-1");
  await mailTo(portal, "efter@example.com");
  assert.equal(mailsTo(portal, "offer@example.com").length, 3);
});

test("registering somebody's address again and again does not hold back the mail with which they log in", async () => {
  const email = "ostord@example.com";
  for (let i = 0; i < 5; i++) await register(visitor(), email, "something-else-1");
  await mailTo(portal, email, 3);
  const owner = visitor();
  await owner.postForm("/password/forgot", { email });
  const mail = await mailTo(portal, email, 4);
  assert.match(mail.subject, /Nytt lösenord/);
  assert.equal((await owner.postForm("/password/reset", { token: tokenOf(mail), password: "kardemumma-8" }, [],
    mail.path)).status, 303);
  assert.equal(await isIn(owner), true);
});

test("passwords with å, ä, ö are refused with the reason, also decomposed; other letters are fine", async () => {
  for (const password of ["smörgås-tårta", "sma\u030altorparna", "APFELMA\u0308NNCHEN", "O\u0308rebro-2026"]) {
    const answer = await register(visitor(), "svensk@example.com", password);
    assert.equal(answer.status, 400, password);
    assert.match(answer.text, /Lösenordet får inte innehålla bokstäverna å, ä eller ö\./);
    assert.match(answer.text, /value="svensk@example\.com"/);
  }
  assert.match((await register(visitor(), "svensk@example.com", "kort")).text, /minst 8 tecken/);
  assert.match((await register(visitor(), "svensk@example.com", "x".repeat(1025))).text, /för långt/);
  assert.equal((await register(visitor(), "svensk@example.com", "idé-på-kafé".replace("å", "a"))).status, 200);
});

test("a password is the same typed on a phone and on a PC", async () => {
  const client = visitor();
  await register(client, "kafe@example.com", "kafe\u0301-latte-1");
  const mail = await mailTo(portal, "kafe@example.com");
  await client.postForm("/verify", { token: tokenOf(mail) }, [], mail.path);
  assert.equal((await visitor().login("kafe@example.com", "kaf\u00e9-latte-1")).status, 303);
});

test("a bad address is refused", async () => {
  for (const email of ["", "anna", "a@b@c.se", "a b@c.se", "a@c.se\r\nBcc: x@y.se", "å@example.com"])
    assert.equal((await register(visitor(), email, "something-else-1")).status, 400, email);
});

test("a forgotten password is replaced by mail; all sessions end and the address is proven", async () => {
  const before = await loggedIn("ovan@example.com");
  const client = visitor();
  const sent = await client.postForm("/password/forgot", { email: "Ovan@example.com" });
  assert.equal(sent.status, 200);
  const mail = await mailTo(portal, "Ovan@example.com");
  assert.match(mail.path, /^\/password\/reset\?token=/);
  const refused = await client.postForm("/password/reset", { token: tokenOf(mail), password: "kort" }, [], mail.path);
  assert.equal(refused.status, 400);
  const done = await client.postForm("/password/reset", { token: tokenOf(mail), password: "hallon-sylt-9" }, [],
    mail.path);
  assert.equal(done.status, 303);
  assert.equal(await isIn(client), true);
  assert.equal(await isIn(before), false, "the other session is over");
  assert.equal((await client.get(mail.path)).status, 404);
  assert.equal((await visitor().login("ovan@example.com", PASSWORD)).status, 401);
  assert.equal((await visitor().login("ovan@example.com", "hallon-sylt-9")).status, 303);
  assert.doesNotMatch((await client.get("/account")).text, /inte bekräftad/);
});

test("asking for a new password does not show who has an account", async () => {
  const known = await visitor().postForm("/password/forgot", { email: "engelsk@example.com" });
  const unknown = await visitor().postForm("/password/forgot", { email: "okand@example.com" });
  assert.equal(withoutToken(known.text.replaceAll("engelsk@", "")),
    withoutToken(unknown.text.replaceAll("okand@", "")));
  assert.match((await mailTo(portal, "okand@example.com")).body, /inget konto/);
  assert.match((await mailTo(portal, "engelsk@example.com")).subject, /^New password/,
    "mails are in the account's language");
});

test("a shared login that is named like an address keeps the password it was given", async () => {
  assert.equal((await register(visitor(), "Styrelsen@example.com", "something-else-1")).status, 200);
  assert.match((await mailTo(portal, "Styrelsen@example.com", 1)).body, /delad inloggning/);
  assert.equal((await visitor().postForm("/password/forgot", { email: "styrelsen@example.com" })).status, 200);
  assert.doesNotMatch((await mailTo(portal, "styrelsen@example.com", 1)).body, /token=/);
  await loggedIn("styrelsen@example.com", "Ronn-bar-3");
});

test("an imported account without password is invited by mail to choose one", async () => {
  await portal.importFiles({ "accounts.csv": "email,password,verified\ninbjuden@example.com,,no\n" });
  const client = visitor();
  const mail = await mailTo(portal, "inbjuden@example.com");
  assert.equal((await visitor().login("inbjuden@example.com", "x")).status, 401);
  const done = await client.postForm("/password/reset", { token: tokenOf(mail), password: "blaklint-och-vallmo" }, [],
    mail.path);
  assert.equal(done.status, 303);
  await loggedIn("inbjuden@example.com", "blaklint-och-vallmo");
});

test("made-up and old links are refused alike", async () => {
  for (const path of ["/verify", "/verify?token=", "/verify?token=abc", "/password/reset?token=abc"])
    assert.equal((await visitor().get(path)).status, 404, path);
  await visitor().postForm("/password/forgot", { email: "anna.alm@example.com" });
  const mail = await mailTo(portal, "anna.alm@example.com", 2);
  portal.sql("UPDATE mail_token SET expires = 1");
  assert.equal((await visitor().get(mail.path)).status, 404);
});

test("several contacts with the address, or none, link nobody, and the account says why", async () => {
  assert.match((await (await loggedIn("delad@example.com")).get("/account")).text,
    /Flera kontakter hos oss har den här adressen/);
  const client = await loggedIn("engelsk@example.com");
  assert.match((await client.get("/account")).text, /No contact with us has this address yet/);
  await portal.importFiles({ "contacts.csv": "number,first_name,last_name,email_3\nP9,Nils,Ny,ENGELSK@example.com\n" });
  assert.match((await client.get("/account")).text, /Linked to the contact Nils Ny/, "the link appears by itself");
});

test("an imported account whose address is not proven sees no contact until it is", async () => {
  await portal.importFiles({
    "contacts.csv": "number,first_name,last_name,email\nP10,Olga,Oprovad,olga@example.com\n",
    "accounts.csv": "email,password,verified\nolga@example.com,Kanel-bulle-7,no\n",
  });
  const client = await loggedIn("olga@example.com");
  assert.match((await client.get("/account")).text, /inte bekräftad/);
  assert.equal((await client.postForm("/account/verify", {}, [], "/account")).status, 303);
  const mail = await mailTo(portal, "olga@example.com");
  assert.doesNotMatch((await client.get(mail.path)).text, /name="password"/);
  assert.match((await visitor().get(mail.path)).text, /name="password"/, "a stranger with the link needs the password");
  await client.postForm("/verify", { token: tokenOf(mail) }, [], mail.path);
  assert.match((await client.get("/account")).text, /Kopplat till kontakten Olga Oprovad/);
});

test("the password is changed with the current one; other sessions end", async () => {
  const client = await loggedIn("delad@example.com"), other = await loggedIn("delad@example.com");
  const send = (current_password, new_password) =>
    client.postForm("/account/password", { current_password, new_password }, [], "/account");
  assert.equal((await send("fel", "nytt-losen-ord")).status, 400);
  assert.match((await send(PASSWORD, "nytt-lösen-ord")).text, /å, ä eller ö/);
  assert.equal((await send(PASSWORD, "nytt-losen-ord")).status, 303);
  assert.equal(await isIn(client), true);
  assert.equal(await isIn(other), false);
  assert.equal((await visitor().login("delad@example.com", PASSWORD)).status, 401);
  await loggedIn("delad@example.com", "nytt-losen-ord");
});

test("log out everywhere ends all sessions", async () => {
  const first = await loggedIn("engelsk@example.com"), second = await loggedIn("engelsk@example.com");
  assert.match((await first.get("/account")).text, /\d+ devices are logged in/);
  assert.equal((await first.postForm("/account/logout-everywhere", {}, [], "/account")).headers.get("location"),
    "/login");
  assert.equal(await isIn(first), false);
  assert.equal(await isIn(second), false);
});

test("the language of the account is kept", async () => {
  const client = await loggedIn();
  const answer = await client.postForm("/account/language", { language: "en" }, [], "/account");
  await client.get(answer.headers.get("location"));
  assert.match((await client.get("/account")).text, /<html lang="en"/);
  assert.match((await (await loggedIn()).get("/account")).text, /<html lang="en"/, "in a new browser too");
  await client.postForm("/account/language", { language: "sv" }, [], "/account");
});

test("shared logins cannot change their password, and read who does", async () => {
  const client = await loggedIn("eken", "Ekollon/2026");
  const page = await client.get("/account");
  assert.match(page.text, /Inloggning för fakturakund/);
  assert.doesNotMatch(page.text, /current_password/);
  const token = /name="csrf_token" value="([^"]*)"/.exec(page.text)[1];
  const answer = await client.post("/account/password",
    { csrf_token: token, current_password: "Ekollon/2026", new_password: "something-else" });
  assert.equal(answer.status, 404);
});

test("a session ends when it was not used, and at last in any case", async () => {
  const now = Date.now() * 1000, hour = 3600e6;
  for (const [set, lives] of [[`last_seen = ${now - 7.9 * hour}`, true], [`last_seen = ${now - 8.1 * hour}`, false],
    [`created = ${now - 29.9 * 24 * hour}`, true], [`created = ${now - 30.1 * 24 * hour}`, false]]) {
    const client = await loggedIn("storgatan1", "Port-kod-55");
    portal.sql(`UPDATE session SET ${set} WHERE login_id = (SELECT id FROM login WHERE name = 'storgatan1')`);
    assert.equal(await isIn(client), lives, set);
    portal.sql("DELETE FROM session WHERE login_id = (SELECT id FROM login WHERE name = 'storgatan1')");
  }
});

test("guessing one login from one address is slowed down, for this address only", async () => {
  const client = visitor("198.51.100.1");
  for (let i = 0; i < 5; i++) assert.equal((await client.login("eken", `fel-${i}`)).status, 401);
  const limited = await client.login("eken", "Ekollon/2026");
  assert.equal(limited.status, 429, "the right password too");
  assert.ok(Number(limited.headers.get("retry-after")) > 0 && Number(limited.headers.get("retry-after")) <= 60);
  assert.match(limited.text, /value="eken"/);
  assert.match(limited.text, /Försök igen om/);
  assert.equal((await visitor("198.51.100.2").login("eken", "Ekollon/2026")).status, 303);
  assert.equal((await client.login("storgatan1", "Port-kod-55")).status, 303, "another login from there");
});

test("a known device that guesses is slowed down too", async () => {
  const client = visitor();
  assert.equal((await client.login("storgatan1", "Port-kod-55")).status, 303);
  await client.logout();
  for (let i = 0; i < 5; i++) assert.equal((await client.login("storgatan1", "fel")).status, 401);
  assert.equal((await client.login("storgatan1", "Port-kod-55")).status, 429);
});

test("names nobody has are limited like others", async () => {
  const client = visitor("198.51.100.3");
  for (let i = 0; i < 5; i++) await client.login("finns-inte", `fel-${i}`);
  assert.equal((await client.login("finns-inte", "fel")).status, 429);
});

test("a network that tries many names is slowed down, an IPv6 /64 as one, but not its devices that are known",
  async () => {
  const known = visitor("2001:db8:1:2::99");
  assert.equal((await known.login("eken", "Ekollon/2026")).status, 303);
  await known.logout();
  for (let i = 0; i < 30; i++)
    assert.equal((await visitor(`2001:db8:1:2::${i + 1}`).login(`namn-${i}`, "fel")).status, 401, `guess ${i}`);
  assert.equal((await visitor("2001:db8:1:2:ffff::1").login("eken", "Ekollon/2026")).status, 429);
  assert.equal((await known.login("eken", "Ekollon/2026")).status, 303);
  assert.equal((await visitor("2001:db8:1:3::1").login("eken", "Ekollon/2026")).status, 303);
});

test("an attacker with many addresses does not lock out a device that is known, and mail lets in the others",
  async () => {
  const name = "kafe@example.com", known = visitor();
  assert.equal((await known.login(name, "kafé-latte-1")).status, 303);
  await known.logout();
  for (let i = 0; i < 50; i++) await visitor(`203.0.113.${i + 1}`).login(name, "fel");
  assert.equal((await visitor().login(name, "kafé-latte-1")).status, 429, "a strange device waits");
  assert.equal((await known.login(name, "kafé-latte-1")).status, 303, "a known one does not");
  const stranger = visitor();
  await stranger.postForm("/password/forgot", { email: name });
  const mail = await mailTo(portal, name, 2);
  const done = await stranger.postForm("/password/reset", { token: tokenOf(mail), password: "kardemumma-8" }, [],
    mail.path);
  assert.equal(done.status, 303);
  assert.equal(await isIn(stranger), true);
});

test("a hundred correct logins at once are never throttled", async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, async () => {
    const client = visitor("198.51.100.200");
    return (await client.login("storgatan1", "Port-kod-55")).status;
  }));
  assert.deepEqual(new Set(answers), new Set([303]));
});

test("a browser that has logged in is remembered, fifty for each login", () => {
  const counts = portal.sql("SELECT count(*) FROM known_device GROUP BY login_id").map(([n]) => Number(n));
  assert.ok(counts.length > 3 && counts.every((n) => n <= 50), counts.join(" "));
});

test("what is stored lets nobody in", () => {
  const hashes = portal.sql("SELECT password_hash FROM login WHERE password_hash IS NOT NULL").map(([hash]) => hash);
  assert.ok(hashes.length >= 6 && hashes.every((hash) => hash.startsWith("$argon2id$")));
  assert.equal(portal.sql("SELECT count(*) FROM mail WHERE state = 'sent' AND body <> ''")[0][0], "0");
  for (const mail of ["sara@example.com", "mobil@example.com"].flatMap((one) => mailsTo(portal, one)))
    assert.equal(portal.sql(`SELECT count(*) FROM mail_token WHERE token_hash = '${tokenOf(mail)}'`)[0][0], "0");
});

test("registration can be turned off", async () => {
  const closed = await startPortal({ config: "[login]\nregistration = no\nhash_memory_kib = 64\nhash_passes = 1\n" });
  try {
    assert.equal((await closed.client().get("/register")).status, 404);
    assert.equal((await closed.client()
      .postForm("/register", { email: "a@b.se", password: "x".repeat(9) }, [], "/login")).status, 404);
    assert.doesNotMatch((await closed.client().get("/login")).text, /\/register/);
  } finally {
    await closed.stop();
  }
});
