// The program is killed again and again while cases are being sent: every acknowledged case is there exactly once, with
// its attachment, and a case that was not acknowledged is made at most once by sending it again.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SANITIZED, startPortal } from "./harness.mjs";

// A sanitizer sees in a few rounds what it sees in many.
const ROUNDS = Number(process.env.KILL_ROUNDS || (SANITIZED ? 20 : 100));
const SENDERS = 4;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

let portal;
const clients = [];
before(async () => {
  portal = await startPortal({ files: { "customers.csv": "number,name,login\nK1,Brf Eken,eken/Ekollon-2026\n" } });
  for (let i = 0; i < SENDERS; i++) {
    const client = portal.client();
    assert.equal((await client.login("eken", "Ekollon-2026")).status, 303);
    clients.push({ client, token: await client.token("/cases/new"), sent: 0 });
  }
});
after(() => portal?.stop());

function send({ client, token }, title) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrf_token: token, submission: title, title,
    reporter: "Kim" })) body.append(name, value);
  body.append("attachments", new Blob([PNG, title]), `${title}.png`);
  return client.request("/cases/new", { method: "POST", body });
}

// Sends one case after another until the portal is gone; what was not answered is sent again in the next round.
async function work(sender, name, acknowledged) {
  for (;;) {
    sender.title ??= `${name}-${++sender.sent}`;
    const answer = await send(sender, sender.title).catch(() => null);
    if (!answer) return;
    assert.equal(answer.status, 303, sender.title);
    acknowledged.set(sender.title, answer.headers.get("location"));
    sender.title = null;
  }
}

test(`nothing acknowledged is lost or doubled when the program is killed ${ROUNDS} times`, { timeout: 600_000 },
  async () => {
  const acknowledged = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    if (round) {
      await portal.start();
      for (const { client } of clients) client.url = portal.url;
    }
    const workers = clients.map((sender, i) => work(sender, `s${i}`, acknowledged));
    for (const before = acknowledged.size; acknowledged.size === before; ) await wait(1);
    await wait(Math.random() * 40);
    await portal.kill();
    await Promise.all(workers);
  }
  await portal.start();
  for (const [i, sender] of clients.entries()) {
    sender.client.url = portal.url;
    if (!sender.title) continue;
    const answer = await send(sender, sender.title);
    assert.equal(answer.status, 303, `s${i}`);
    acknowledged.set(sender.title, answer.headers.get("location"));
  }
  const stored = portal.sql(
    "SELECT c.title, s.receipt, f.digest FROM cases c JOIN submission s ON s.case_id = c.id JOIN file f ON f.case_id = "
      + "c.id");
  assert.ok(acknowledged.size >= ROUNDS, `${acknowledged.size} cases were acknowledged`);
  assert.deepEqual(stored.map(([title]) => title).sort(), [...acknowledged.keys()].sort());
  for (const [title, receipt, digest] of stored) {
    assert.equal(acknowledged.get(title), `/cases/receipt/${receipt}`);
    assert.ok(existsSync(join(portal.data, "files", digest.slice(0, 2), digest.slice(2))), `attachment of ${title}`);
  }
  assert.equal(portal.sql("SELECT count(*) FROM cases")[0][0], String(stored.length));
  assert.equal(portal.sql("SELECT count(DISTINCT number) FROM cases")[0][0], String(stored.length));
});
