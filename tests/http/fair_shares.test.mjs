// One account, one address or one guesser takes no more than its share of what all use: connections, memory, passwords.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import net from "node:net";
import { after, before, test } from "node:test";
import { ENGINE, PROGRAM, startPortal, waitFor } from "./harness.mjs";
import { STAFF_PASSWORD, staffClient, codeOf, wrongCode } from "./staff.mjs";

const PASSWORD = "Ekollon-2026";
const files = { "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,aspen/${PASSWORD}\n` };
let portal;
before(async () => {
  portal = await startPortal({ files, config: "[server]\ntrusted_proxy = 127.0.0.1\n" });
});
after(() => portal?.stop());

const from = (address) => portal.client({ "x-forwarded-for": address });

// --- connections and memory ------------------------------------------------------------------------------------------

test("5,000 slow connections of one address leave room for others", async () => {
  const open = await startPortal({ files });
  const { hostname, port } = new URL(open.url);
  const crowd = Array.from({ length: 5000 }, () => {
    const socket = net.connect({ host: hostname, port: Number(port), localAddress: "127.0.0.2" });
    const one = { socket };
    one.settled = new Promise((done) => socket.on("close", done).on("error", () => {})
      .once("connect", () => socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", done)));
    return one;
  });
  try {
    await Promise.all(crowd.map((one) => one.settled));
    await waitFor("those over the limit to be turned away",
      () => crowd.filter((one) => !one.socket.destroyed).length <= 4096);
    assert.equal((await open.client().get("/healthz")).status, 200);
    assert.equal((await open.client().get("/login")).status, 200);
  } finally {
    for (const one of crowd) one.socket.destroy();
    await open.stop();
  }
});

const openForms = () => execFileSync(PROGRAM, ["routes"], { encoding: "utf8" }).split("\n")
  .map((line) => line.split(/\s+/)).filter(([method, path, who]) => method === "POST" && who === "anybody" && path)
  .map(([, path]) => path);

test("without a session no page reads a long form", async () => {
  const paths = openForms();
  assert.ok(paths.includes("/login") && paths.includes("/staff/login"), paths.join(" "));
  for (const path of [...paths, "/nothing", "/cases/new", "/account/password"]) {
    const answer = await from("192.0.2.1").post(path, { text: "x".repeat(17_000) });
    const unread = answer.status === 413 || /^\/login\?/.test(answer.headers.get("location"));
    assert.ok(unread, `${path}: ${answer.status}`);
  }
});

test("the longest form without a session is read", async () => {
  const answer = await from("192.0.2.2").postForm("/login",
    { username: "ö".repeat(320), password: "ö".repeat(512), next: `/cases?q=${"ö".repeat(700)}` });
  assert.equal(answer.status, 401);
});

test("of one login at most sixteen large forms are read at once, and others send theirs", async () => {
  const [eken, aspen] = await Promise.all(["eken", "aspen"].map(async (name) => {
    const client = from("192.0.2.3");
    assert.equal((await client.login(name, PASSWORD)).status, 303);
    return client;
  }));
  const { hostname, port } = new URL(portal.url);
  const cookie = [...eken.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const slow = Array.from({ length: 40 }, () => {
    const one = { socket: net.connect(Number(port), hostname), answer: "" };
    one.socket.on("data", (bytes) => (one.answer += bytes)).on("error", () => {});
    one.socket.write(["POST /cases/draft HTTP/1.1", "Host: x", `Cookie: ${cookie}`,
      "Content-Type: application/x-www-form-urlencoded", "Content-Length: 100000", "", "title=x"].join("\r\n"));
    return one;
  });
  const refused = () => slow.filter((one) => /^HTTP\/1\.1 429 [^]*\r\nRetry-After: \d+\r\n/.test(one.answer));
  try {
    await waitFor("those beyond sixteen to be refused", () => refused().length === slow.length - 16);
    assert.equal((await aspen.postForm("/cases/new", { title: "Stort", description: "x".repeat(90_000),
      reporter: "Kim" })).status, 303);
  } finally {
    for (const one of slow) one.socket.destroy();
  }
  await waitFor("the turns to be free again", async () => (await eken.postForm("/cases/new",
    { title: "Stort", description: "x".repeat(90_000), reporter: "Kim" })).status === 303, 200);
});

// On SQLite one writer holds up all others: there are no places for writers to share.
test("requests of one login that wait for a lock leave connections for others who write",
  { skip: ENGINE === "sqlite" }, async () => {
    const [eken, aspen] = await Promise.all(["eken", "aspen"].map(async (name) => {
      const client = from("192.0.2.4");
      assert.equal((await client.login(name, PASSWORD)).status, 303);
      return { client, csrf_token: await client.token("/cases/new") };
    }));
    const save = ({ client, csrf_token }, title) => client.post("/cases/draft", { csrf_token, title });
    assert.equal((await save(eken, "Först")).status, 204);
    const lock = await portal.hold("draft");
    let answered = 0;
    const many = Array.from({ length: 12 }, (_, i) => save(eken, `Nummer ${i}`).finally(() => answered++));
    try {
      await waitFor("three that wait for the lock", () =>
        Number(portal.sql("SELECT count(*) FROM pg_stat_activity "
          + "WHERE wait_event_type = 'Lock' AND datname = current_database()")[0][0]) >= 3);
      assert.equal((await save(aspen, "Annan")).status, 204);
      assert.equal(answered, 0, "the others still wait");
    } finally {
      await lock.release();
    }
    assert.deepEqual(new Set((await Promise.all(many)).map((one) => one.status)), new Set([204]));
  });

// --- passwords and codes ---------------------------------------------------------------------------------------------

test("while one account logs in 300 times at once, others log in", async () => {
  const real = await startPortal({ files, cheapPasswords: false });
  try {
    const people = await Promise.all(Array.from({ length: 300 }, async () => {
      const client = real.client();
      return { client, csrf_token: await client.token("/login") };
    }));
    const other = real.client();
    const csrf_token = await other.token("/login");
    let done = 0;
    const crowd = people.map(async (one) => {
      const answer = await one.client.post("/login",
        { csrf_token: one.csrf_token, username: "eken", password: PASSWORD });
      done++;
      return answer.status;
    });
    await waitFor("a long queue", async () =>
      /^kundportal_passwords_waiting 2\d\d$/m.test((await real.client().get("/metrics")).text), 1);
    assert.equal((await other.post("/login", { csrf_token, username: "aspen", password: PASSWORD })).status, 303);
    assert.ok(done < people.length, "the other one was in before the last of the crowd");
    assert.ok((await Promise.all(crowd)).every((status) => status === 303 || status === 503));
  } finally {
    await real.stop();
  }
});

async function halfIn(email, client) {
  assert.equal((await client.postForm("/staff/login", { email, password: STAFF_PASSWORD })).status, 303);
  return client;
}
const giveCode = (client, code) => client.postForm("/staff/login/code", { code });

test("who knows a staff password and guesses codes keeps the owner out neither of their browser nor elsewhere",
  async () => {
    const email = "anna@firma.se";
    const { client: owner, secret } = await staffClient(portal, email, "administrator");
    await owner.postForm("/staff/logout", {}, [], "/staff/account");
    for (const address of ["203.0.113.7", "203.0.113.8"]) {
      const thief = await halfIn(email, from(address));
      for (let i = 0; i < 5; i++) assert.equal((await giveCode(thief, wrongCode(secret))).status, 401);
      assert.equal((await giveCode(thief, wrongCode(secret))).status, 429);
      assert.equal((await giveCode(await halfIn(email, from(address)), codeOf(secret))).status, 429,
        "a new session is no new try");
    }
    assert.equal((await giveCode(await halfIn(email, from("203.0.113.9")), codeOf(secret))).status, 303, "elsewhere");
    for (let i = 10; i < 20; i++) {
      const thief = await halfIn(email, from(`203.0.113.${i}`));
      for (let k = 0; k < 5; k++) await giveCode(thief, wrongCode(secret));
    }
    assert.equal((await giveCode(await halfIn(email, from("203.0.113.99")), codeOf(secret, 1))).status, 429,
      "guesses from everywhere are limited");
    assert.equal((await giveCode(await halfIn(email, owner), codeOf(secret, 1))).status, 303, "in their own browser");
  });

test("a browser in which only the password was given is no known one for codes", async () => {
  const email = "bo@firma.se";
  const { secret } = await staffClient(portal, email, "administrator");
  const thief = await halfIn(email, from("203.0.113.200"));
  for (let i = 0; i < 5; i++) await giveCode(thief, wrongCode(secret));
  const again = await halfIn(email, thief);
  assert.equal((await giveCode(again, wrongCode(secret))).status, 429);
});
