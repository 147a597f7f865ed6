// A password, a code or a link takes a while to check. Meanwhile the password is changed, the second factor removed,
// the login blocked: then nothing that the check would have led to is written any more, and nobody has a session after
// all sessions were ended.
//
// Each test holds the rows that both write, sends the change, sends what is being checked, and lets go: both have then
// read what was true before, and the change is written first.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { mailTo } from "./mails.mjs";
import { addStaff, choosePassword, codeOf, linkPath, setUpSecond, STAFF_PASSWORD, staffClient } from "./staff.mjs";

const OLD = STAFF_PASSWORD, NEW = "ett helt annat lösenord", THIRD = "inkräktarens eget lösenord";
const CUSTOMER_OLD = "Kanel-bulle-7", CUSTOMER_NEW = "hallon-sylt-9";
let portal, boss;
let people = 0;

before(async () => {
  portal = await startPortal({
    config: "[server]\ntrusted_proxy = 127.0.0.1\n",
    files: { "customers.csv": `number,name,login\nK1,Brf Eken,eken/${CUSTOMER_OLD}\n` },
  });
  boss = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(() => portal?.stop());

// `change` and `slow` are sent in this order while nobody can write the rows, and then both get their answers.
async function race(table, where, change, slow) {
  const held = await portal.hold(table, where);
  const answers = [];
  try {
    for (const send of [change, slow]) {
      answers.push(send());
      await portal.metric("kundportal_database_writers", answers.length);
    }
  } finally {
    await held.release();
  }
  return Promise.all(answers);
}

// --- staff -----------------------------------------------------------------------------------------------------------

async function person(second) {
  const email = `person${++people}@firma.se`;
  await choosePassword(portal, await addStaff(portal, email, "handler"));
  const owner = portal.client();
  assert.equal((await owner.postForm("/staff/login", { email, password: OLD })).status, 303);
  const factor = second ? await setUpSecond(owner) : {};
  const list = (await boss.get("/staff/users")).text;
  const path = new RegExp(`href="(/staff/users/\\d+)">${email}<`).exec(list)[1];
  return { email, owner, path, ...factor };
}

const inside = async (client) => (await client.get("/staff/account")).status === 200;
const login = (client, email, password) => client.postForm("/staff/login", { email, password });

// What ends all that the old password, the old second factor or the right to log in gave.
const CHANGES = {
  "a password chosen by a link": async ({ email }) => {
    const link = linkPath((await portal.run("staff", "link", email)).stdout);
    const token = new URLSearchParams(link.split("?")[1]).get("token");
    return () => portal.client().postForm("/staff/password", { token, password: NEW }, [], link);
  },
  "a password changed by its owner": async ({ owner }) => () =>
    owner.postForm("/staff/account/password", { current_password: OLD, new_password: NEW }, [], "/staff/account"),
  "a block": async ({ path }) => () => boss.postForm(`${path}/block`, {}, [], path),
};

// What somebody who knows the old password sends at that moment; the client that must not be let in by it.
const SENT = {
  "a login": async ({ email }) => {
    const client = portal.client();
    return { client, send: () => login(client, email, OLD) };
  },
  "a confirmation": async ({ email }) => {
    const client = portal.client();
    await login(client, email, OLD);
    return { client, send: () => client.postForm("/staff/confirm", { password: OLD }) };
  },
  "a password of their own": async ({ email }) => {
    const client = portal.client();
    await login(client, email, OLD);
    return { client, send: () =>
      client.postForm("/staff/account/password", { current_password: OLD, new_password: THIRD }, [],
        "/staff/account") };
  },
};

for (const [change, prepareChange] of Object.entries(CHANGES)) {
  for (const [sent, prepareSent] of Object.entries(SENT)) {
    test(`${change} is not undone by ${sent} with the old one that is being checked`, async () => {
      const someone = await person(false);
      const intruder = await prepareSent(someone);
      const [changed, refused] = await race("staff", `name = '${someone.email}'`, await prepareChange(someone),
        intruder.send);
      assert.equal(changed.status, 303, changed.text);
      assert.ok([400, 401].includes(refused.status), `${refused.status}`);
      if (change === "a block") {
        assert.equal((await boss.postForm(`${someone.path}/unblock`, {}, [], someone.path)).status, 303);
      } else {
        assert.equal((await login(portal.client(), someone.email, OLD)).status, 401, "the old password is gone");
        assert.equal((await login(portal.client(), someone.email, NEW)).status, 303, "the new one is there");
      }
      assert.equal(await inside(intruder.client), false, "no session is left");
      assert.equal((await login(portal.client(), someone.email, THIRD)).status, 401);
    });
  }
}

const CODES = {
  "a code": ({ secret }) => codeOf(secret),
  "a recovery code": ({ codes }) => codes[0],
};
const CODE_CHANGES = {
  "a password chosen by a link": CHANGES["a password chosen by a link"],
  "a block": CHANGES["a block"],
  "the removal of the second factor": async ({ path }) => async () =>
    boss.sure(await boss.postForm(`${path}/second-factor`, {}, [], path)),
};

for (const [change, prepareChange] of Object.entries(CODE_CHANGES)) {
  for (const [kind, make] of Object.entries(CODES)) {
    test(`${change} is not outlived by a session that ${kind} makes whole at that moment`, async () => {
      const someone = await person(true);
      const intruder = portal.client();
      assert.equal((await login(intruder, someone.email, OLD)).status, 303);
      const [changed, refused] = await race("staff", `name = '${someone.email}'`, await prepareChange(someone),
        () => intruder.postForm("/staff/login/code", { code: make(someone) }));
      assert.equal(changed.status, 303, changed.text);
      assert.ok([400, 401].includes(refused.status), `${refused.status}`);
      if (change === "a block") await boss.postForm(`${someone.path}/unblock`, {}, [], someone.path);
      assert.equal(await inside(intruder), false, "no session is left");
    });
  }
}

test("of two who set up the first second factor at once, the second is out", async () => {
  const { email, owner } = await person(false);
  const intruder = portal.client();
  await login(intruder, email, OLD);
  const prepare = async (client) => {
    const page = (await client.get("/staff/second-factor")).text;
    const [secret, proof] = ["secret",
      "proof"].map((name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)[1]);
    return () => client.postForm("/staff/second-factor", { secret, proof, code: codeOf(secret) });
  };
  const [first, second] = await race("staff", `name = '${email}'`, await prepare(owner), await prepare(intruder));
  assert.equal(first.status, 200);
  assert.equal(second.status, 401);
  assert.equal(await inside(owner), true);
  assert.equal(await inside(intruder), false);
});

test("one of the staff who is blocked while they set a customer's password sets none", async () => {
  const { email, owner, path } = await person(false);
  const sessions = `staff_id = (SELECT id FROM staff WHERE name = '${email}')`;
  const [blocked, refused] = await race("staff_session", sessions, () => boss.postForm(`${path}/block`, {}, [], path),
    () => owner.postForm("/staff/customers/K1/login", { login: "eken/Smyg-vag-99" }, [], "/staff/customers/K1"));
  assert.equal(blocked.status, 303);
  assert.equal(refused.status, 401);
  assert.equal((await portal.client().login("eken", "Smyg-vag-99")).status, 401);
  assert.equal((await portal.client().login("eken", CUSTOMER_OLD)).status, 303);
});

test("proving oneself again gives the session a new token, and the old one is worth nothing", async () => {
  const { owner } = await person(false);
  const stolen = portal.client();
  stolen.cookies = new Map(owner.cookies);
  assert.equal((await owner.postForm("/staff/confirm", { password: OLD })).status, 303);
  assert.equal(await inside(owner), true);
  assert.equal(await inside(stolen), false);
});

// --- customers -------------------------------------------------------------------------------------------------------

async function account() {
  const email = `kund${++people}@example.com`;
  await portal.importFiles({ "accounts.csv": `email,password,verified\n${email},${CUSTOMER_OLD},yes\n` });
  const owner = portal.client();
  assert.equal((await owner.login(email, CUSTOMER_OLD)).status, 303);
  const list = (await boss.get(`/staff/accounts?q=${email}`)).text;
  const path = new RegExp(`href="(/staff/accounts/\\d+)">${email}<`).exec(list)[1];
  return { email, owner, path };
}

async function resetLink(email, count = 1) {
  await portal.client().postForm("/password/forgot", { email });
  const mail = await mailTo(portal, email, count);
  return { path: mail.path, token: new URL(mail.path, "http://x").searchParams.get("token") };
}

const CUSTOMER_CHANGES = {
  "a password reset by mail": async ({ email }) => {
    const { path, token } = await resetLink(email);
    return () => portal.client().postForm("/password/reset", { token, password: CUSTOMER_NEW }, [], path);
  },
  "a password changed by its owner": async ({ owner }) => () =>
    owner.postForm("/account/password", { current_password: CUSTOMER_OLD, new_password: CUSTOMER_NEW }, [], "/account"),
  "a block": async ({ path }) => () => boss.postForm(`${path}/block`, {}, [], path),
};
const CUSTOMER_SENT = {
  "a login": async ({ email }) => {
    const client = portal.client();
    return { client, send: () => client.login(email, CUSTOMER_OLD) };
  },
  "a password of their own": async ({ email }) => {
    const client = portal.client();
    await client.login(email, CUSTOMER_OLD);
    return { client, send: () =>
      client.postForm("/account/password", { current_password: CUSTOMER_OLD, new_password: "inkraktare-11" }, [],
        "/account") };
  },
};

for (const [change, prepareChange] of Object.entries(CUSTOMER_CHANGES)) {
  for (const [sent, prepareSent] of Object.entries(CUSTOMER_SENT)) {
    test(`of a customer: ${change} is not undone by ${sent} with the old one that is being checked`, async () => {
      const someone = await account();
      const intruder = await prepareSent(someone);
      const [changed, refused] = await race("login", `name = '${someone.email}'`, await prepareChange(someone),
        intruder.send);
      assert.equal(changed.status, 303, changed.text);
      assert.ok([400, 401].includes(refused.status), `${refused.status}`);
      if (change === "a block") await boss.postForm(`${someone.path}/unblock`, {}, [], someone.path);
      assert.equal((await intruder.client.get("/account")).status, 303, "no session is left");
      assert.equal((await portal.client().login(someone.email, "inkraktare-11")).status, 401);
      assert.equal((await portal.client().login(someone.email, change === "a block" ? CUSTOMER_OLD : CUSTOMER_NEW))
        .status, 303);
    });
  }
}

test("a link by mail sets no password and lets nobody in when its account is blocked at that moment", async () => {
  const someone = await account();
  const { path, token } = await resetLink(someone.email);
  const client = portal.client();
  const [blocked, spent] = await race("login", `name = '${someone.email}'`,
    () => boss.postForm(`${someone.path}/block`, {}, [], someone.path),
    () => client.postForm("/password/reset", { token, password: CUSTOMER_NEW }, [], path));
  assert.equal(blocked.status, 303);
  assert.equal(spent.status, 404);
  await boss.postForm(`${someone.path}/unblock`, {}, [], someone.path);
  assert.equal((await client.get("/account")).status, 303);
  assert.equal((await portal.client().login(someone.email, CUSTOMER_OLD)).status, 303);
});

test("a shared login whose password staff change at that moment lets nobody in with the old one", async () => {
  const client = portal.client();
  const [changed, refused] = await race("login", "name = 'eken'",
    () => boss.postForm("/staff/customers/K1/login", { login: `eken/${CUSTOMER_NEW}` }, [], "/staff/customers/K1"),
    () => client.login("eken", CUSTOMER_OLD));
  assert.equal(changed.status, 303, changed.text);
  assert.equal(refused.status, 401);
  assert.equal((await client.get("/cases")).status, 303);
  assert.equal((await portal.client().login("eken", CUSTOMER_NEW)).status, 303);
});

test("a password that is imported voids the links that were mailed before", async () => {
  const { email } = await account();
  const { path } = await resetLink(email);
  await portal.importFiles({ "accounts.csv": `email,password,verified\n${email},${CUSTOMER_NEW},yes\n` });
  assert.equal((await portal.client().get(path)).status, 404);
});
