// Portals to measure: databases, servers and logins.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cookieLines } from "../http/harness.mjs";

export const PASSWORD = "Demo-2026-kund";
export const work = mkdtempSync(join(tmpdir(), "kundportal-bench-"));

let databases = 0;
// The address of a new database, and a folder for the files that belong to it.
export function newDatabase(engine) {
  const name = `bench${databases++}`, data = join(work, `${name}-data`);
  if (engine === "sqlite") return { database: `sqlite:${join(work, `${name}.db`)}`, data };
  const admin = new URL(process.env.KP_TEST_POSTGRES);
  execFileSync("psql", ["-q", admin.href, "-c", `CREATE DATABASE ${name}`]);
  admin.pathname = `/${name}`;
  return { database: admin.href, data };
}

// Rows of a question to the database, each an array of texts.
export function ask(database, sql) {
  if (database.startsWith("sqlite:")) {
    const code = "import sqlite3,sys,json; print(json.dumps([[str(v) for v in r] for r in "
      + "sqlite3.connect(sys.argv[1]).execute(sys.argv[2])]))";
    return JSON.parse(execFileSync("python3", ["-c", code, database.slice(7), sql]).toString());
  }
  return execFileSync("psql", ["-AtqF", "\t", database, "-c", sql]).toString().trim().split("\n")
    .map((line) => line.split("\t"));
}

// Runs a command of a program that fills a database; the seconds it took.
export function fill(program, database, data, ...command) {
  const begin = Date.now();
  const run = spawnSync("/usr/bin/env", [program, ...command, "--database", database, "--data", data]);
  if (run.status !== 0) throw new Error(`${command[0]}: ${run.stderr}`);
  return (Date.now() - begin) / 1000;
}

// A running portal: {server, address, stop}.
export async function serve(program, database, data) {
  const server = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--database", database, "--data", data],
    { stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, KUNDPORTAL_LIMIT_CASES: "1000000", KUNDPORTAL_LIMIT_EXPORTS: "1000000" } });
  let text = "";
  const address = await new Promise((resolve, reject) => {
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error("the server did not start")));
  });
  return { server, address, stop: () => new Promise((done) => server.on("exit", done).kill()) };
}

// The cookies of somebody who has logged in; below /staff for the staff area.
export async function login(address, name, area = "") {
  const page = await fetch(`${address}${area}/login`);
  const visitor = cookieLines(page.headers).map((line) => line.split(";")[0]).join("; ");
  const token = /name="csrf_token" value="([^"]+)"/.exec(await page.text())[1];
  const answer = await fetch(`${address}${area}/login`,
    { method: "POST", redirect: "manual", headers: { cookie: visitor },
    body: new URLSearchParams({ username: name, password: PASSWORD, csrf_token: token }) });
  if (answer.status !== 303) throw new Error(`login of ${name}: ${answer.status}`);
  return cookieLines(answer.headers).map((line) => line.split(";")[0]).join("; ");
}

// The contact of the largest customer, and one of its cases.
export function findWho(database) {
  const [[login, name, contact]] = ask(database,
    `SELECT l.id, l.name, min(m.contact_id) FROM login l JOIN contact_address m ON m.address = l.name
     JOIN contact_customer cc ON cc.contact_id = m.contact_id JOIN cases c ON c.customer_id = cc.customer_id
     WHERE l.kind = 'contact' GROUP BY l.id, l.name ORDER BY count(*) DESC LIMIT 1`);
  const customers = ask(database, `SELECT customer_id FROM contact_customer WHERE contact_id = ${contact}`)
    .map(([id]) => Number(id));
  const scopes = [...customers.flatMap((id) => [id * 4 + 1, id * 4 + 3]), Number(contact) * 4];
  const [[caseId, number]] = ask(database,
    `SELECT c.id, c.number FROM cases c WHERE c.customer_id = ${customers[0]} AND c.status = 2 ORDER BY c.id DESC `
      + `LIMIT 1`);
  return { login, name, contact, scopes, caseId, number, word: "hiss" };
}
