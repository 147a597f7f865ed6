// Runs the program for tests: a portal with a new database of the engine under test (KP_TEST_ENGINE: sqlite or
// postgres), and clients that keep cookies and send forms as a browser does. Everything is gone after stop().

import { execFile, execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fieldsOf, findForm, multipartOf } from "./form.mjs";
import { assertRefusalTold } from "./html.mjs";

const ROOT = resolve(new URL(".", import.meta.url).pathname, "../..");
export const PROGRAM = resolve(ROOT, process.env.KP_TEST_PROGRAM ?? "build/kundportal");
// The builds beside build/ have sanitizers, which make the program several times slower.
export const SANITIZED = /\/build-[a-z]+\/kundportal$/.test(PROGRAM);
export const ENGINE = process.env.KP_TEST_ENGINE ?? "sqlite";
// How long a machine may be busy with other things; those who wait go on as soon as they can.
const WAIT_SECONDS = 120;

const BIG = { encoding: "utf8", maxBuffer: 1 << 28 };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// Waits until a condition gives something, and returns that. `what` is said when it did not come in time; a function of
// it is asked then.
export async function waitFor(what, condition, pause = 20) {
  for (const deadline = Date.now() + WAIT_SECONDS * 1000; Date.now() < deadline; await wait(pause)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`not within ${WAIT_SECONDS} s: ${typeof what === "string" ? what : what()}`);
}

const unescape = (html) => html.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<")
  .replaceAll("&gt;", ">")
  .replaceAll("&amp;", "&");

// Not gone, and no zombie either.
function isRunning(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

// --- a database of its own -------------------------------------------------------------------------------------------

function psql(...args) {
  return execFileSync("psql", [process.env.KP_TEST_POSTGRES, "-qAtX", "-v", "ON_ERROR_STOP=1", ...args],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

// Whether psql does as it is told, or finds what `expected` says instead.
function psqlUnless(expected, command) {
  try {
    psql("-c", command);
    return true;
  } catch (error) {
    if (!expected.test(error.stderr)) throw new Error(error.stderr);
    return false;
  }
}

const shortHash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const urlOf = (name) => process.env.KP_TEST_POSTGRES.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);

// Makes a PostgreSQL database with the program's schema. To copy one takes a third of the time of making the schema, so
// the first database of a program becomes the template of the others; templates of earlier builds go.
function copyTemplate(name) {
  const { mtimeMs, size } = statSync(PROGRAM);
  const family = `kp_template_${shortHash(PROGRAM)}`;
  const template = `${family}_${shortHash(`${mtimeMs} ${size}`)}`;
  if (psqlUnless(/does not exist/, `CREATE DATABASE ${name} TEMPLATE ${template}`)) return;
  psql("-c", `CREATE DATABASE ${name}`);
  execFileSync(PROGRAM, ["migrate", "--database", urlOf(name)], { stdio: ["ignore", "ignore", "inherit"] });
  const earlier = psql("-c", `SELECT datname FROM pg_database WHERE datname LIKE '${family}%'`).split("\n")
    .filter((one) => one && one !== template);
  for (const one of earlier) psqlUnless(/being accessed/, `DROP DATABASE IF EXISTS ${one}`);
  psqlUnless(/already exists/, `CREATE DATABASE ${template} TEMPLATE ${name}`); // another test file may be quicker
}

function makeDatabase(folder, hasSchema) {
  if (ENGINE === "sqlite") return { url: `sqlite:${join(folder, "portal.db")}`, drop() {} };
  const name = `kp_${randomBytes(6).toString("hex")}`;
  if (hasSchema) copyTemplate(name);
  else psql("-c", `CREATE DATABASE ${name}`);
  return { url: urlOf(name), drop: () => psql("-c", `DROP DATABASE ${name} WITH (FORCE)`) };
}

// The lines of Set-Cookie. Node 18 of Debian joins them to one; a comma stands in no cookie of ours.
export const cookieLines = (headers) => headers.getSetCookie?.() ?? headers.get("set-cookie")?.split(", ") ?? [];

// --- a client with cookies -------------------------------------------------------------------------------------------

export class Client {
  constructor(url, headers = {}) {
    this.url = url;
    this.headers = headers;
    this.cookies = new Map();
  }

  #keep(response) {
    for (const line of cookieLines(response.headers)) {
      const [pair, ...rest] = line.split("; ");
      const at = pair.indexOf("=");
      const gone = rest.some((part) => /^max-age=0$/i.test(part));
      if (gone) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  // Never follows redirects. The answer has status, headers, text, and bytes.
  async request(path, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "accept-language": "sv", ...this.headers, ...(cookie && { cookie }), ...options.headers };
    const response = await fetch(this.url + path, { redirect: "manual", ...options, headers });
    this.#keep(response);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString("utf8").replace(/^\ufeff/, ""); // as Response.text() gives it
    const answer = { status: response.status, headers: response.headers, bytes, text };
    assertRefusalTold(answer, `${options.method ?? "GET"} ${path}`);
    return answer;
  }

  get(path, headers) {
    return this.request(path, { headers });
  }

  // The token of the first form on a page.
  async token(path) {
    const found = /name="csrf_token" value="([^"]*)"/.exec((await this.get(path)).text);
    return found ? unescape(found[1]) : "";
  }

  // Fields as they are; a value that is a list is sent once an element.
  post(path, fields, headers) {
    const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
    return this.request(path, { method: "POST", body: new URLSearchParams(pairs), headers });
  }

  // The form at `from` (the same address by default) with these fields and its token. files: [{field, name, bytes,
  // type}].
  async postForm(path, fields = {}, files = [], from = path) {
    const all = { csrf_token: await this.token(from), ...fields };
    if (!files.length) return this.post(path, all);
    const body = new FormData();
    for (const [name, value] of Object.entries(all)) for (const one of [value].flat()) body.append(name, String(one));
    for (const file of files) body.append(file.field, new Blob([file.bytes], { type: file.type ?? "" }), file.name);
    return this.request(path, { method: "POST", body });
  }

  // Fills in a form of a page and sends it as a browser does: with its hidden fields and all that the page filled in.
  // `page` is an address, an answer, or HTML. `fields` are the changes; form.mjs says how undefined, lists and buttons
  // are sent, and an unknown name is an error. Options: form (its action, or "#id", where several have the fields),
  // files (as for postForm), headers.
  async submit(page, fields = {}, { form: which, files = [], headers } = {}) {
    const answer = typeof page === "string" && page.startsWith("/") ? await this.get(page) : page;
    const form = findForm(answer.text ?? answer, which, [...Object.keys(fields), ...files.map((file) => file.field)]);
    const pairs = fieldsOf(form, fields);
    if (form.method === "get") return this.get(`${form.action}?${new URLSearchParams(pairs)}`, headers);
    if (!form.multipart) return this.request(form.action,
      { method: "POST", body: new URLSearchParams(pairs), headers });
    const none = form.controls.filter((one) => one.kind === "file" && !files.some((file) => file.field === one.name));
    const { type, body } = multipartOf(pairs,
      [...files, ...none.map(({ name }) => ({ field: name, name: "", bytes: "" }))]);
    return this.request(form.action, { method: "POST", body, headers: { ...headers, "content-type": type } });
  }

  // Answers yes on a page that asks first; any other answer stays as it is.
  sure(answer) {
    const [, action] = /<form action="([^"]*)"[^>]*>(?:(?!<\/form>).)*name="sure"/s.exec(answer.text) ?? [];
    return action ? this.submit(answer, {}, { form: unescape(action) }) : answer;
  }

  login(username, password) {
    return this.postForm("/login", { username, password });
  }

  logout() {
    return this.postForm("/logout", {}, [], "/");
  }
}

// --- the portal ------------------------------------------------------------------------------------------------------

class Portal {
  constructor(folder, options, hasSchema) {
    this.folder = folder;
    this.options = options;
    this.database = makeDatabase(folder, hasSchema);
    this.data = join(folder, "data");
    mkdirSync(this.data);
    this.config = join(folder, "kundportal.ini");
    const cheap = options.cheapPasswords === false ? "" : "\n[login]\nhash_memory_kib = 64\nhash_passes = 1\n";
    writeFileSync(this.config, `${options.config ?? ""}${/\[login\]/.test(options.config ?? "") ? "" : cheap}`);
  }

  arguments() {
    return ["--database", this.database.url, "--data", this.data, "--config", this.config];
  }

  // Runs a command of the program to its end: {code, stdout, stderr}.
  run(command, ...args) {
    return new Promise((done) => {
      execFile(PROGRAM, [command, ...this.arguments(), ...args], { maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
        done({ code: error ? (error.code ?? -1) : 0, stdout, stderr }));
    });
  }

  async start() {
    this.out = "";
    this.process = spawn(PROGRAM, ["serve", ...this.arguments(), "--listen", this.options.listen ?? "127.0.0.1:0"],
      { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...this.options.env } });
    this.ended = new Promise((done) => this.process.on("exit", (code, signal) => done({ code, signal })));
    this.process.stdout.on("data", (bytes) => (this.out += bytes));
    this.log = "";
    this.process.stderr.on("data", (bytes) => (this.log += bytes));
    const [, url] = await waitFor(() => `a portal that listens: ${this.log}`, () => {
      if ((this.process.exitCode ?? this.process.signalCode) !== null)
        throw new Error(`the portal did not start: ${this.log}`);
      return /listens on (\S+)\n/.exec(this.out);
    }, 10);
    this.url = url;
    return this;
  }

  client(headers) {
    return new Client(this.url, headers);
  }

  // Imports {"customers.csv": text or list of lines, …}; throws what the program says when it refuses.
  async importFiles(files) {
    const folder = mkdtempSync(join(this.folder, "import-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), Array.isArray(text) ? text.map((line) => `${line}\n`).join("") : text);
    }
    return this.importFolder(folder);
  }

  async importFolder(folder) {
    const done = await this.run("import", folder);
    if (done.code !== 0) throw new Error(`import: ${done.stderr}`);
  }

  // Runs SQL on the database beside the program; rows as lists of texts. Doubled quotes are the caller's.
  sql(text) {
    const output = ENGINE === "sqlite"
      ? execFileSync(join(dirname(PROGRAM), "tests/schema/sql"), [join(this.folder, "portal.db"), text], BIG)
      : execFileSync("psql", [this.database.url, "-qAtX", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-c", text], BIG);
    return output.split("\n").filter(Boolean).map((line) => line.split("\x1f"));
  }

  // Has the program write the search words of rows that SQL put into the database beside it.
  writeWords() {
    this.sql("UPDATE generation SET value = 0 WHERE name = 'entity_words'");
    execFileSync(PROGRAM, ["migrate", ...this.arguments()], { stdio: ["ignore", "ignore", "inherit"] });
  }

  // Another `serve` on the same database and data; end() ends it.
  beside() {
    return Object.create(this).start();
  }

  // Holds what others would write until release(): all of an SQLite database, of PostgreSQL the rows of one table.
  async hold(table, where = "1 = 1") {
    const [command, args] = ENGINE === "sqlite" ? ["sqlite3", ["-bail", join(this.folder, "portal.db")]]
      : ["psql", [this.database.url, "-qAtX", "-v", "ON_ERROR_STOP=1"]];
    const shell = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    const begin = ENGINE === "sqlite" ? ".timeout 60000\nBEGIN IMMEDIATE;"
      : `BEGIN; SELECT 1 FROM ${table} WHERE ${where} FOR UPDATE;`;
    let out = "";
    await new Promise((done, refuse) => {
      shell.stdout.on("data", (bytes) => /held/.test((out += bytes)) && done());
      shell.on("exit", () => refuse(new Error(`${table ?? "the database"} could not be held`)));
      shell.stdin.write(`${begin}\nSELECT 'held';\n`);
    });
    return {
      release: () => new Promise((done) => {
        shell.on("exit", done);
        shell.stdin.end("ROLLBACK;\n");
      }),
    };
  }

  // Waits until a number of /metrics is this one.
  async metric(name, value) {
    let now;
    await waitFor(() => `${name} = ${value}, but ${now}`, async () => {
      now = Number(new RegExp(`^${name} (\\d+)$`, "m").exec((await this.client().get("/metrics")).text)?.[1]);
      return now === value;
    }, 10);
  }

  // The first line of the log that fits, as an object: it may be written after the answer that it is about.
  logged(fits) {
    return waitFor(() => `in the log: ${fits}\n${this.log}`, () => {
      const whole = this.log.slice(0, this.log.lastIndexOf("\n") + 1).split("\n").filter(Boolean);
      return whole.map((line) => JSON.parse(line)).find(fits);
    }, 10);
  }

  // The ids of the processes under the supervisor.
  children() {
    const file = `/proc/${this.process.pid}/task/${this.process.pid}/children`;
    return existsSync(file) ? readFileSync(file, "utf8").trim().split(" ").filter(Boolean).map(Number) : [];
  }

  // Ends it as an operator would; {code, signal}.
  async end(signal = "SIGTERM") {
    if (this.process?.exitCode === null && this.process.signalCode === null) this.process.kill(signal);
    return this.ended;
  }

  // Ends all of its processes as a power cut would, except that the kernel keeps written data. start() begins again.
  async kill() {
    const ids = [...this.children(), this.process.pid];
    for (const id of ids) {
      try {
        process.kill(id, "SIGKILL");
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
    }
    await this.ended;
    while (ids.some(isRunning)) await wait(5);
  }

  async stop() {
    await this.end();
    this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const newFolder = (options) => mkdtempSync(join(options.within ?? tmpdir(), "kundportal-test-"));

// options: config (text of the settings file), cheapPasswords (default true), listen, env, files (imported before it
// starts), within (a folder to put it in).
export async function startPortal(options = {}) {
  const portal = new Portal(newFolder(options), options, true);
  if (options.files) await portal.importFiles(options.files);
  return portal.start();
}

// The same without serving, for tests of commands. Without `files` the database is empty, without a schema.
export async function makePortal(options = {}) {
  const portal = new Portal(newFolder(options), options, Boolean(options.files));
  if (options.files) await portal.importFiles(options.files);
  return portal;
}
