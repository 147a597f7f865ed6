// Who proves again who they are, or becomes somebody else, has a new session token and new form tokens; the old ones
// are worth nothing: somebody who has read them gets no part in what the proof opens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { mailTo } from "./mails.mjs";
import { addStaff, choosePassword, codeOf, setUpSecond, STAFF_PASSWORD, staffClient } from "./staff.mjs";

const PASSWORD = "Kanel-bulle-7", NEW_PASSWORD = "Promenad-i-regn-2";
let portal, boss, people = 0;
before(async () => {
  const names = Array.from({ length: 8 }, (_, i) => `kund${i}@x.se`);
  portal = await startPortal({ files: {
    "accounts.csv": ["email,password,verified", ...names.map((name, i) => `${name},${PASSWORD},${i ? "yes" : "no"}`)],
  } });
  boss = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

const tokenIn = (text) => /name="csrf_token" value="([^"]*)"/.exec(text)[1];

// Does what `prove` does with a client, and compares its tokens before and after. `page` is one that the session shows
// (`first` before the proof), `cookie` its cookie; `form` an address that takes a form with any token that is right.
async function assertNewTokens(client, { page, first = page, cookie, form }, prove) {
  const stolen = portal.client();
  stolen.cookies = new Map(client.cookies);
  const before = tokenIn((await client.get(first)).text), session = client.cookies.get(cookie);
  await prove();
  const after = tokenIn((await client.get(page)).text);
  assert.ok(client.cookies.get(cookie) && client.cookies.get(cookie) !== session, "the session has a new token");
  assert.notEqual(after, before, "forms have a new token");
  assert.equal((await client.post(form, { csrf_token: before })).status, 403, "the old form token is worth nothing");
  assert.notEqual((await stolen.get(page)).status, 200, "the old session token is worth nothing");
  assert.equal((await client.get(page)).status, 200);
}

const CUSTOMER = { page: "/account", cookie: "session", form: "/account/language" };
async function customer(name) {
  const client = portal.client();
  assert.equal((await client.login(name, PASSWORD)).status, 303);
  return client;
}
const linkTokenOf = (mail) => new URL(mail.path, "http://x").searchParams.get("token");

const CUSTOMER_PROOFS = {
  "logging in again": async (client, name) => client.postForm("/login",
    { username: name, password: PASSWORD }, [], "/account"),
  "a new password": async (client) => client.postForm("/account/password",
    { current_password: PASSWORD, new_password: NEW_PASSWORD }, [], "/account"),
  "a new password by mail": async (client, name) => {
    await client.postForm("/password/forgot", { email: name });
    const mail = await mailTo(portal, name);
    return client.postForm("/password/reset", { token: linkTokenOf(mail), password: NEW_PASSWORD }, [], mail.path);
  },
};

test("a customer: confirming the address", async () => {
  const client = await customer("kund0@x.se");
  await assertNewTokens(client, CUSTOMER, async () => {
    await client.postForm("/account/verify", {}, [], "/account");
    const mail = await mailTo(portal, "kund0@x.se");
    assert.equal((await client.postForm("/verify", { token: linkTokenOf(mail) }, [], mail.path)).status, 303);
  });
  assert.equal(portal.sql("SELECT verified FROM account WHERE email = 'kund0@x.se'").length, 1);
});

for (const [what, prove] of Object.entries(CUSTOMER_PROOFS)) {
  test(`a customer: ${what}`, async () => {
    const name = `kund${++people}@x.se`, client = await customer(name);
    await assertNewTokens(client, CUSTOMER, async () => assert.equal((await prove(client, name)).status, 303));
  });
}

const STAFF = { page: "/staff/account", cookie: "staff", form: "/staff/account/notifications" };

test("staff: password, second factor, confirming and a new password", async () => {
  const email = "anna@firma.se";
  await choosePassword(portal, await addStaff(portal, email, "handler"));
  const client = portal.client();
  const enter = (password, from) => client.postForm("/staff/login", { email, password }, [], from);
  assert.equal((await enter(STAFF_PASSWORD, "/staff/login")).status, 303);
  await assertNewTokens(client, STAFF, async () =>
    assert.equal((await enter(STAFF_PASSWORD, "/staff/account")).status, 303));
  let second;
  await assertNewTokens(client, STAFF, async () => (second = await setUpSecond(client)));
  await assertNewTokens(client, STAFF, async () => assert.equal((await client.postForm("/staff/confirm",
    { password: STAFF_PASSWORD, code: codeOf(second.secret) })).status, 303));
  await assertNewTokens(client, STAFF, async () => assert.equal((await client.postForm("/staff/account/password",
    { current_password: STAFF_PASSWORD, new_password: "ett helt nytt lösenord" }, [], "/staff/account")).status, 303));
  assert.equal((await enter("ett helt nytt lösenord", "/staff/account")).status, 303);
  await assertNewTokens(client, { ...STAFF, first: "/staff/login/code" }, async () =>
    assert.equal((await client.postForm("/staff/login/code", { code: second.codes[0] })).status, 303));
});

test("staff: another role ends the sessions of a user, and renews one's own", async () => {
  const { client } = await staffClient(portal, "bo@firma.se", "handler");
  const pathOf = async (email) => new RegExp(`href="(/staff/users/\\d+)"[^>]*>${email}`)
    .exec((await boss.get("/staff/users")).text)[1];
  const path = await pathOf("bo@firma.se");
  const setRole = (who, where, role) => who.postForm(`${where}/role`, { role }, [], where);
  assert.equal((await setRole(boss, path, "administrator")).status, 303);
  assert.equal((await client.get("/staff/account")).status, 303, "they log in again");
  const other = (await staffClient(portal, "eva@firma.se", "administrator")).client;
  await assertNewTokens(other, STAFF, async () =>
    assert.equal((await setRole(other, await pathOf("eva@firma.se"), "handler")).status, 303));
});
