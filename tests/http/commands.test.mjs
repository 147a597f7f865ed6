// The command line: exit codes, reasons on one line, and that nothing is left half done.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { ENGINE, PROGRAM, makePortal } from "./harness.mjs";

const files = {
  "customers.csv": "number,name\nK1,Brf Eken\n",
  "objects.csv": "number,name,customer\nO1,Pannrum,K1\n",
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@example.se,K1\n",
  "cases.csv": "number,title,customer,object,primary_contact,created\n251123-0001,Kran,K1,O1,P1,2025-11-23T08:00:00\n",
};
let portal;
before(async () => (portal = await makePortal({ files })));
after(() => portal?.stop());

const COMMANDS = ["serve", "import", "export", "migrate", "check", "routes", "backup", "restore", "version"];

test("every command explains itself", async () => {
  for (const command of COMMANDS) {
    const help = await portal.run(command, "--help");
    assert.equal(help.code, 0, command);
    assert.match(help.stdout, new RegExp(`^Usage: kundportal ${command}`), command);
    assert.match(help.stdout, /--database/, command);
    assert.equal(help.stderr, "", command);
  }
});

test("the version is printed by a command and by an option", async () => {
  const [command, option] = [await portal.run("version"), await promisify(execFile)(PROGRAM, ["--version"])];
  assert.match(option.stdout, /^kundportal \d/);
  assert.equal(option.stdout, command.stdout);
});

test("wrong usage is 2, with one line", async () => {
  for (const [command, ...args] of [["nope"], ["migrate", "--nope"], ["migrate", "x"], ["backup"], ["backup", "a", "b"],
    ["check", "--config"], ["import"], ["serve", "--listen", "nowhere"], ["serve", "--base-url", "x"],
    ["demo", "--cases", "many"]]) {
    const run = await portal.run(command, ...args);
    assert.equal(run.code, 2, `${command} ${args}`);
    assert.equal(run.stderr.trim().split("\n").length, 1, `${command} ${args}`);
  }
});

test("check finds nothing wrong in a sound installation", async () => {
  const run = await portal.run("check");
  assert.deepEqual([run.code, run.stderr], [0, ""]);
});

test("check reports what is wrong in the settings, with file and line", async () => {
  const config = join(portal.folder, "wrong.ini");
  writeFileSync(config, "[portal]\ncolour = pink\n[case_search]\ncolumns = number, moon\n");
  const run = await portal.run("check", "--config", config);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /wrong\.ini:2: colour/);
  assert.match(run.stderr, /wrong\.ini:4: unknown name moon/);
});

test("check finds a derived row that is missing and a file that is gone", async () => {
  const broken = await makePortal({ files });
  try {
    broken.sql("DELETE FROM case_scope WHERE scope % 4 = 1");
    broken.sql("INSERT INTO file (key, case_id, name, media_type, size, digest, created) "
      + `SELECT 'k', min(id), 'a.png', 'image/png', 3, '${"ab".repeat(32)}', 0 FROM cases`);
    const run = await broken.run("check");
    assert.equal(run.code, 1);
    assert.match(run.stderr, /1 entries are missing, 0 too many/);
    assert.match(run.stderr, /is missing/);
  } finally {
    await broken.stop();
  }
});

test("a command that looks makes no database", async () => {
  const path = join(portal.folder, "none.db");
  for (const args of [["check"], ["backup", join(portal.folder, "none.tar")]]) {
    const run = await portal.run(...args, "--database", `sqlite:${path}`);
    assert.equal(run.code, 1, args[0]);
    assert.ok(!existsSync(path), args[0]);
  }
});

test("a dry run of migrate lists the schemas that a missing database would get, and makes no database", async () => {
  const path = join(portal.folder, "none.db");
  const run = await portal.run("migrate", "--dry-run", "--database", `sqlite:${path}`);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  assert.match(run.stdout, /^0001 first\n[^]*To be applied: [1-9]/);
  assert.ok(!existsSync(path));
});

test("an older program refuses a newer schema", async () => {
  const newer = await makePortal({ files });
  try {
    newer.sql("INSERT INTO schema_migration (version, name, applied) VALUES (9999, 'later', 0)");
    for (const command of ["migrate", "check", "serve"]) assert.equal((await newer.run(command)).code, 1, command);
  } finally {
    await newer.stop();
  }
});

test("what backup wrote, restore brings back", async () => {
  const tar = join(portal.folder, "backup.tar");
  assert.equal((await portal.run("backup", tar)).code, 0);
  assert.equal((await portal.run("backup", tar)).code, 1, "nothing is written over");
  const other = await makePortal();
  const [before, after] = [join(other.folder, "before"), join(other.folder, "after")];
  try {
    const restored = await other.run("restore", tar);
    assert.deepEqual([restored.code, restored.stderr], [0, ""]);
    assert.equal((await other.run("check")).code, 0);
    assert.equal((await portal.run("export", before)).code, 0);
    assert.equal((await other.run("export", after)).code, 0);
    for (const name of readdirSync(before)) assert.deepEqual(readFileSync(join(before, name)),
      readFileSync(join(after, name)), name);
    assert.equal((await other.run("restore", tar)).code, 1, "only where there is no data yet");
  } finally {
    await other.stop();
  }
});

test("a backup of the other engine is refused, and nothing is left of it", { skip: ENGINE === "sqlite" }, async () => {
  const [tar, foreign] = [join(portal.folder, "sqlite.tar"), `sqlite:${join(portal.folder, "foreign.db")}`];
  const other = await makePortal();
  try {
    assert.equal((await portal.run("migrate", "--database", foreign)).code, 0);
    assert.equal((await portal.run("backup", tar, "--database", foreign)).code, 0);
    const run = await other.run("restore", tar);
    assert.deepEqual([run.code, run.stderr], [1, "kundportal restore: the backup is of the other kind of database\n"]);
    assert.match((await other.run("migrate", "--dry-run")).stdout, /^0001 /, "no table was made");
  } finally {
    await other.stop();
  }
});

test("a damaged backup restores nothing", async () => {
  const tar = join(portal.folder, "cut.tar");
  const other = await makePortal();
  try {
    assert.equal((await portal.run("backup", tar)).code, 0);
    const whole = readFileSync(tar);
    const size = whole.length;
    const changed = (at) => Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    const digest = whole.lastIndexOf("digest\0") + 512; /* its content, after its head */
    for (const damaged of [whole.subarray(0, 5000), whole.subarray(0, digest - 512), whole.subarray(0, digest + 10),
      ...[0.2, 0.5, 0.9].map((part) => changed(Math.floor(size * part))), changed(digest - 1024),
        changed(digest + 5)]) {
      writeFileSync(tar, damaged);
      const run = await other.run("restore", tar);
      assert.equal(run.code, 1);
      assert.equal(run.stderr.trim().split("\n").length, 1);
      assert.ok(!readdirSync(other.folder).some((name) => name.startsWith("portal.db")));
      assert.deepEqual(readdirSync(join(other.data, "tmp")), []);
      assert.deepEqual(readdirSync(join(other.data, "files")), []);
    }
    writeFileSync(tar, whole);
    assert.equal((await other.run("restore", tar)).code, 0);
  } finally {
    rmSync(tar, { force: true });
    await other.stop();
  }
});
