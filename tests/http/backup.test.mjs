// What may go wrong with a backup: left-over files beside the database, files that are not archives, killed runs,
// files in the way.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, unlinkSync,
  writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { digestOf } from "./bundle.mjs";
import { ENGINE, makePortal, PROGRAM } from "./harness.mjs";

const sqlite = { skip: ENGINE !== "sqlite" };
const DATABASE = ENGINE === "sqlite" ? "kundportal.db" : "kundportal.pgdump";
let portal, whole;

before(async () => {
  portal = await makePortal({ files: {
    "customers.csv": "number,name\nK1,Brf Eken\n",
    "files.csv": "path,name,customer\nintyg.txt,Intyg,K1\n",
    "intyg.txt": "Besiktat utan anmärkning\n",
  } });
  whole = join(portal.folder, "whole.tar");
  assert.equal((await portal.run("backup", whole)).code, 0);
});
after(() => portal?.stop());

// An archive with what tar makes of these files, in this order.
function pack(name, entries) {
  const folder = join(portal.folder, `${name}-files`), tar = join(portal.folder, `${name}.tar`);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of entries) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  execFileSync("tar", ["-cf", tar, "--format=ustar", "-C", folder, ...entries.map(([path]) => path)]);
  return tar;
}

const refused = (run, why) => {
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stderr, why);
  assert.equal(run.stderr.trim().split("\n").length, 1);
};

async function elsewhere(body) {
  const other = await makePortal();
  try {
    await body(other);
  } finally {
    await other.stop();
  }
}

test("nothing is restored beside the left-overs of another database, and they stay as they are", sqlite, async () => {
  for (const side of ["-wal", "-shm", "-journal"]) {
    await elsewhere(async (other) => {
      const left = join(other.folder, `portal.db${side}`);
      writeFileSync(left, "pages of another database");
      refused(await other.run("restore", whole), new RegExp(`portal\\.db${side} is left from another database`));
      assert.equal(readFileSync(left, "utf8"), "pages of another database");
      assert.ok(!existsSync(join(other.folder, "portal.db")));
      unlinkSync(left);
      assert.equal((await other.run("restore", whole)).code, 0);
      assert.equal((await other.run("check")).code, 0);
    });
  }
});

test("an archive whose database is not a database is refused, also when its digest fits", async () => {
  for (const database of ["no database at all", "", ...(ENGINE === "sqlite" ? [foreignDatabase()] : [])]) {
    const entries = [["format", "kundportal backup 2\n"], [DATABASE, database]];
    const tar = pack("none", [...entries, ["digest", digestOf(entries)]]);
    refused(await portal.run("backup", "--verify", tar), /./);
    await elsewhere(async (other) => {
      refused(await other.run("restore", tar), /./);
      assert.ok(!existsSync(join(other.folder, "portal.db")));
      assert.deepEqual(readdirSync(join(other.data, "tmp")), []);
    });
  }
});

// A sound SQLite database, but of something else.
function foreignDatabase() {
  const path = join(portal.folder, "foreign.db");
  rmSync(path, { force: true });
  execFileSync("sqlite3", [path, "CREATE TABLE something (id INTEGER)"]);
  return readFileSync(path);
}

test("a content that is missing or changed is found before anything is restored", sqlite, async () => {
  const folder = join(portal.folder, "taken-apart");
  mkdirSync(folder);
  execFileSync("tar", ["-xf", whole, "-C", folder]);
  const names = execFileSync("tar", ["-tf", whole], { encoding: "utf8" }).trim().split("\n")
    .filter((name) => name !== "digest");
  const entries = names.map((name) => [name, readFileSync(join(folder, name))]);
  const changed = entries.map(([name, bytes]) =>
    (name.startsWith("files/") ? [name, Buffer.from("something else")] : [name, bytes]));
  for (const [some, why] of [[entries.filter(([name]) => !name.startsWith("files/")), /is missing/],
    [changed, /is damaged/]]) {
    const tar = pack("short", [...some, ["digest", digestOf(some)]]);
    refused(await portal.run("backup", "--verify", tar), why);
    await elsewhere(async (other) => {
      refused(await other.run("restore", tar), why);
      assert.ok(!existsSync(join(other.folder, "portal.db")));
      assert.deepEqual(readdirSync(join(other.data, "files")), []);
    });
  }
});

test("an archive of another format is refused by the name of its format", async () => {
  const old = pack("old", [[DATABASE, "as it was before formats had numbers"], ["digest", "0".repeat(64)]]);
  const later = pack("later", [["format", "kundportal backup 17\n"], ["something", "new"]]);
  const foreign = pack("foreign", [["README", "a tar of something else"]]);
  const none = join(portal.folder, "none.tar");
  writeFileSync(none, "no tar");
  for (const [tar, why] of [[old, /has format 1 and this program reads format 2/], [later, /has format 17 and/],
    [foreign, /no backup of Kundportal/],
    [none, /no backup of Kundportal/]]) {
    await elsewhere(async (other) => refused(await other.run("restore", tar), why));
    refused(await portal.run("backup", "--verify", tar), why);
  }
});

test("verify says that a whole backup is whole, and keeps nothing", async () => {
  const run = await portal.run("backup", "--verify", whole);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  assert.match(run.stdout, /whole\.tar is whole/);
  assert.deepEqual(readdirSync(join(portal.data, "tmp")), []);
});

test("a backup on standard output is the same as one in a file", async () => {
  const tar = join(portal.folder, "piped.tar");
  const shell = spawn("sh", ["-c", '"$0" "$@" > "$OUT"', PROGRAM, "backup", ...portal.arguments(), "-"],
    { env: { ...process.env, OUT: tar }, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  shell.stderr.on("data", (bytes) => (said += bytes));
  assert.equal(await new Promise((done) => shell.on("exit", done)), 0, said);
  assert.equal((await portal.run("backup", "--verify", tar)).code, 0);
  await elsewhere(async (other) => assert.equal((await other.run("restore", tar)).code, 0));
});

test("a link in the way of a backup is not followed, and a file of somebody else not written over", async () => {
  const target = join(portal.folder, "guarded.tar"), part = `${target}.part`, victim = join(portal.folder, "victim");
  writeFileSync(victim, "precious", { mode: 0o600 });
  symlinkSync(victim, part);
  refused(await portal.run("backup", target), /guarded\.tar\.part is there/);
  unlinkSync(part);
  writeFileSync(part, "notes of somebody", { mode: 0o644 });
  refused(await portal.run("backup", target), /guarded\.tar\.part is there/);
  unlinkSync(part);
  symlinkSync(join(portal.folder, "nowhere"), target);
  refused(await portal.run("backup", target), /exists already/);
  unlinkSync(target);
  assert.equal(readFileSync(victim, "utf8"), "precious");
  assert.ok(!existsSync(target));
});

test("what a killed backup left is swept by the next one, and the backup is its owner's alone", async () => {
  const target = join(portal.folder, "again.tar"), part = `${target}.part`;
  const shell = spawn(PROGRAM, ["backup", ...portal.arguments(), target], { stdio: "ignore" });
  const ended = new Promise((done) => shell.on("exit", done));
  while (shell.exitCode === null && !existsSync(part)) await new Promise((done) => setTimeout(done, 1));
  shell.kill("SIGKILL");
  await ended;
  // It may have been quicker than the kill; what a slower one leaves is put there by hand.
  rmSync(target, { force: true });
  if (!existsSync(part)) writeFileSync(part, "half of it", { mode: 0o600 });
  mkdirSync(join(portal.data, "tmp", "backup"), { recursive: true });
  writeFileSync(join(portal.data, "tmp", "backup", "database"), "half of it");
  const run = await portal.run("backup", target);
  assert.deepEqual([run.code, run.stderr], [0, ""]);
  assert.equal(statSync(target).mode & 0o777, 0o600);
  assert.ok(!existsSync(part));
  assert.deepEqual(readdirSync(join(portal.data, "tmp")), []);
  assert.equal((await portal.run("backup", "--verify", target)).code, 0);
});

test("a restored database does not take the place of one that was made meanwhile", sqlite, async () => {
  await elsewhere(async (other) => {
    const path = join(other.folder, "portal.db");
    symlinkSync(join(other.folder, "nowhere.db"), path);
    refused(await other.run("restore", whole), /exists already/);
    assert.ok(lstatSync(path).isSymbolicLink());
  });
});
