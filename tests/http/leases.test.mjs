// Two `serve` on one database: what must be done once is done by one of them, and only the process with the
// lease writes the result.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ENGINE, startPortal, waitFor } from "./harness.mjs";
import { textOf } from "./html.mjs";
import { mailTo, mailsTo } from "./mails.mjs";
import { staffClient } from "./staff.mjs";

let portal, other, chief;
before(async () => {
  portal = await startPortal({ cheapPasswords: false });
  other = await portal.beside();
  chief = (await staffClient(portal, "chef@firma.se", "administrator")).client;
});
after(async () => {
  await other?.end();
  await portal?.stop();
});

// Passwords take their time: each of the two looks for work several times meanwhile.
let round = 0;
function accounts(count) {
  round++;
  const rows = Array.from({ length: count }, (_, i) => `p${i}.${round}@example.com,Kanel-bulle-7,yes`);
  return [{ field: "files", name: "accounts.csv", bytes: `email,password,verified\n${rows.join("\n")}\n` }];
}

async function send(count) {
  const answer = await chief.postForm("/staff/imports", {}, accounts(count));
  assert.equal(answer.status, 303, answer.text);
  return answer.headers.get("location");
}

const stateOf = (path) => portal.sql(`SELECT state FROM import_run WHERE id = ${path.split("/").pop()}`)[0][0];

const state = (path, wanted) => waitFor(() => `${path} as ${wanted}, but as ${stateOf(path)}`, () => {
  const now = stateOf(path);
  return wanted.includes(now) && now;
});

test("an import is checked and run once, and neither takes it for one that was stopped in the middle", async () => {
  const path = await send(20);
  assert.equal(await state(path, ["checked", "failed", "refused"]), "checked");
  assert.equal((await chief.postForm(`${path}/run`, {}, [], path)).status, 303);
  assert.equal(await state(path, ["done", "failed", "refused"]), "done");
  assert.match(textOf((await chief.get(path)).text), /Allt är importerat/);
  assert.deepEqual(portal.sql("SELECT count(*) FROM account"), [["20"]]);
  assert.deepEqual(portal.sql("SELECT count(*) FROM audit WHERE action = 'import_done'"), [["1"]]);
});

// The lease is lost at the moment at which a check begins, however quick the check is.
function loseLease() {
  const event = "AFTER UPDATE ON import_run";
  const loss = "UPDATE lease SET holder = 'somebody else', ends = ends + 3600000000 WHERE name = 'imports'";
  portal.sql(ENGINE === "sqlite"
    ? `CREATE TRIGGER losing ${event} WHEN NEW.state = 'checking' BEGIN ${loss}; END`
    : `CREATE FUNCTION losing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${loss}; RETURN NEW; END $$;
      CREATE TRIGGER losing ${event} FOR EACH ROW WHEN (NEW.state = 'checking') EXECUTE FUNCTION losing()`);
}
const keepLease = () => portal.sql(`DROP TRIGGER losing${ENGINE === "sqlite" ? "" : " ON import_run"}`);

test("a process that lost its lease writes nothing of the import, and the next holder puts it right", async () => {
  loseLease();
  const path = await send(1);
  const lost = (line) => /"work_failed"/.test(line) && /lease/.test(line);
  await waitFor("a lost lease in one of the logs", () => [portal, other].some(({ log }) => log.split("\n").some(lost)));
  assert.equal(stateOf(path), "checking", "what came of the check is not written");
  keepLease();
  portal.sql("UPDATE lease SET ends = 0 WHERE holder = 'somebody else'");
  await state(path, ["failed"]);
  assert.match(textOf((await chief.get(path)).text), /Ingenting importerades/);
  assert.deepEqual(portal.sql("SELECT count(*) FROM account"), [["20"]]);
});

test("a mail is sent once, also when both look for it", async () => {
  for (let i = 0; i < 20; i++) await chief.postForm("/staff/users", { email: `ny${i}@firma.se`, role: "handler" });
  for (let i = 0; i < 20; i++) await mailTo(portal, `ny${i}@firma.se`);
  assert.deepEqual(portal.sql("SELECT max(attempts) FROM mail"), [["1"]]);
  assert.equal(mailsTo(portal, "ny0@firma.se").length, 1);
});

test("a process that ends leaves no lease that others would have to wait for", async () => {
  const third = await portal.beside();
  await third.end();
  const path = await send(1);
  assert.equal(await state(path, ["checked", "failed"]), "checked");
});
