// What a careless or hostile world does to a server: garbage, endless input, crowds, slow clients, a full disk. Others
// are served all the while, and nothing acknowledged is lost. Kills: kill.test.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, rmdirSync, writeSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ENGINE, startPortal } from "./harness.mjs";
import { readCsv } from "./sheets.mjs";

const PASSWORD = "Ekollon-2026";
const CUSTOMERS = 20;
const files = {
  "customers.csv": ["number,name,login",
    ...Array.from({ length: CUSTOMERS }, (_, i) => `K${i},Kund ${i},kund${i}/${PASSWORD}`)].join("\n"),
  "cases.csv": ["number,title,customer,created",
    ...Array.from({ length: 3000 }, (_, i) => `C${i},Ärende ${i},K0,2026-01-01T08:00:00`)].join("\n"),
};

let portal, client, token;
before(async () => {
  portal = await startPortal({ files });
  client = portal.client();
  assert.equal((await client.login("kund0", PASSWORD)).status, 303);
  token = await client.token("/cases/new");
});
after(() => portal?.stop());

const cookies = () => [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
const cases = () => portal.sql("SELECT count(*) FROM cases")[0][0];
const assertServes = async () => assert.equal((await client.get("/cases")).status, 200);

// A connection to the portal and all that came from it; `closed` is done when the other side is.
function connect(to = portal) {
  const { hostname, port } = new URL(to.url);
  const socket = net.connect(Number(port), hostname);
  const connection = { socket, answer: "" };
  socket.on("data", (bytes) => (connection.answer += bytes.toString("latin1")));
  socket.on("error", () => {});
  connection.opened = new Promise((done, failed) => socket.once("connect", done).once("error", failed));
  connection.closed = new Promise((done) => socket.once("close", done));
  return connection;
}

// Sends bytes as they are and waits for the end of the answer.
async function send(bytes) {
  const connection = connect();
  await connection.opened;
  connection.socket.write(bytes);
  await connection.closed;
  return connection.answer;
}
const status = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const get = (target, ...headers) =>
  [`GET ${target} HTTP/1.1`, "Host: x", "Connection: close", ...headers, "", ""].join("\r\n");
const post = (body, type = "application/x-www-form-urlencoded", length = Buffer.byteLength(body)) =>
  [`POST /cases/new HTTP/1.1`, "Host: x", "Connection: close", `Cookie: ${cookies()}`, `Content-Type: ${type}`,
    `Content-Length: ${length}`, "", body].join("\r\n");

// --- garbage ---------------------------------------------------------------------------------------------------------

for (const [what, target] of [
  ["NUL in the query", "/cases?q=%00"], ["bad UTF-8 in the query", "/cases?q=%ff%fe"],
    ["an overlong form", "/cases?q=%c0%af"],
  ["a half escape", "/cases?q=%4"], ["an escape of no digits", "/cases?q=%zz"], ["a surrogate", "/cases?q=%ed%a0%80"],
  ["NUL in the path", "/cases/%00"], ["bad UTF-8 in the path", "/cases/%ff"], ["a way up", "/cases/../../etc/passwd"],
  ["an escaped way up", "/cases/%2e%2e/%2e%2e/etc/passwd"], 
]) {
  test(`refused with 400: ${what}`, async () => {
    const answer = await send(get(target, `Cookie: ${cookies()}`));
    assert.equal(status(answer), 400, answer.slice(0, 300));
    assert.doesNotMatch(answer, /sqlite|postgres|SELECT|\/src\//i);
  });
}

test("a thousand query parameters are refused", async () => {
  assert.equal(status(await send(get(`/cases?${"a=1&".repeat(1000)}`, `Cookie: ${cookies()}`))), 413);
});

test("a target without end is refused", async () => {
  assert.ok([400, 414, 431].includes(status(await send(get(`/cases?q=${"x".repeat(100_000)}`)))));
});

test("a header without end is refused", async () => {
  assert.ok([400, 431].includes(status(await send(get("/cases", `X-Long: ${"x".repeat(100_000)}`)))));
});

test("garbage in cookies is no session", async () => {
  for (const cookie of ["session=%00", "session=\u00ff\u00fe", `session=${"a".repeat(4000)}`, "session", "=;=;="]) {
    assert.equal(status(await send(get("/cases", "Sec-Fetch-Mode: navigate", `Cookie: ${cookie}`))), 303,
      cookie.slice(0, 20));
  }
});

test("cookies without end are refused", async () => {
  assert.equal(status(await send(get("/cases", `Cookie: ${"a=b; ".repeat(1000)}`))), 431);
});

for (const [what, body] of [["NUL", "title=a%00b"], ["bad UTF-8", "title=%ff"], ["raw NUL", "title=a\0b"],
  ["a half escape", "title=%4"]]) {
  test(`a form with ${what} is refused with 400`, async () => {
    assert.equal(status(await send(post(`csrf_token=${token}&${body}`))), 400);
  });
}

for (const count of [2201, 100_000]) {
  test(`a form of ${count} fields is refused with 413`, async () => {
    assert.equal(status(await send(post(`csrf_token=${token}&${"a=1&".repeat(count)}title=x`))), 413);
  });
}

test("a multipart form of 100,000 fields is refused with 413", async () => {
  const part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
  assert.equal(status(await send(post(`${part.repeat(100_000)}--B--\r\n`, "multipart/form-data; boundary=B"))), 413);
});

test("a multipart form that breaks off is refused, and makes nothing", async () => {
  const before = cases();
  const body = `--B\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n${token}\r\n--B\r\n`
    + `Content-Disposition: form-data; name="title"\r\n\r\nhalf`;
  assert.equal(status(await send(post(body, "multipart/form-data; boundary=B"))), 400);
  assert.equal(cases(), before);
});

test("content that is no form is refused with 415", async () => {
  assert.equal(status(await send(post("{}", "application/json"))), 415);
});

test("a field larger than forms may be is refused with 413", async () => {
  assert.equal(status(await send(post(`csrf_token=${token}&description=${"x".repeat(3 * 1024 * 1024)}`))), 413);
});

test("half a request makes nothing, and others are served", async () => {
  const before = cases();
  const halves = [post(`csrf_token=${token}&title=half&reporter=x`, undefined, 10_000), "POST /cases/new HT",
    get("/cases").slice(0, -2)];
  for (const half of halves) {
    const connection = connect();
    await connection.opened;
    await new Promise((done) => connection.socket.write(half, done));
    connection.socket.destroy();
  }
  await assertServes();
  assert.equal(cases(), before);
});

test("noise instead of HTTP is refused, and others are served", async () => {
  for (const noise of ["\x16\x03\x01\x02\x00\x01\x00", "\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "SSH-2.0-x\r\n\r\n"]) {
    const connection = connect();
    await connection.opened;
    connection.socket.end(Buffer.from(noise, "latin1"));
    await connection.closed;
    assert.doesNotMatch(connection.answer, /^HTTP\/1\.1 [23]/);
  }
  await assertServes();
});

// --- crowds ----------------------------------------------------------------------------------------------------------

test("2,000 idle connections do not stop others", async () => {
  const crowd = Array.from({ length: 2000 }, () => connect());
  try {
    await Promise.all(crowd.map((one) => one.opened));
    await assertServes();
    assert.equal((await client.get("/cases/new")).status, 200);
  } finally {
    for (const one of crowd) one.socket.destroy();
  }
});

test("clients that send a byte now and then do not stop others", async () => {
  const crowd = Array.from({ length: 100 }, () => connect());
  const request = get("/login");
  try {
    await Promise.all(crowd.map((one) => one.opened));
    for (let i = 0; i < 20; i++) {
      for (const one of crowd) one.socket.write(request[i]);
      await assertServes();
    }
  } finally {
    for (const one of crowd) one.socket.destroy();
  }
});

test("clients that do not read their answer do not stop others", async () => {
  const crowd = Array.from({ length: 50 }, () => connect());
  try {
    await Promise.all(crowd.map((one) => one.opened));
    for (const one of crowd) {
      one.socket.pause();
      for (let i = 0; i < 4; i++) one.socket.write(["GET /cases.csv HTTP/1.1", "Host: x", `Cookie: ${cookies()}`, "",
        ""].join("\r\n"));
    }
    for (let i = 0; i < 10; i++) await assertServes();
  } finally {
    for (const one of crowd) one.socket.destroy();
  }
});

test("pages are shown while a hundred people log in at once", async () => {
  const real = await startPortal({ files, cheapPasswords: false });
  try {
    const viewer = real.client();
    assert.equal((await viewer.login("kund0", PASSWORD)).status, 303);
    const people = await Promise.all(Array.from({ length: 100 }, async (_, i) => {
      const person = real.client();
      const page = await person.get("/login");
      return { person, name: `kund${i % CUSTOMERS}`, token: /name="csrf_token" value="([^"]*)"/.exec(page.text)[1] };
    }));
    let entered = 0;
    const logins = people.map(async ({ person, name, token: own }) => {
      const answer = await person.post("/login", { csrf_token: own, username: name, password: PASSWORD });
      entered++;
      return answer.status;
    });
    let viewsMeanwhile = 0;
    while (entered < people.length) {
      assert.equal((await viewer.get("/cases")).status, 200);
      if (entered < people.length) viewsMeanwhile++;
    }
    assert.deepEqual(new Set(await Promise.all(logins)), new Set([303]));
    assert.ok(viewsMeanwhile >= 10, `${viewsMeanwhile} pages were shown before the last had logged in`);
    if (!process.env.ASAN_OPTIONS) {
      for (const pid of real.children()) {
        const peak = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
        assert.ok(peak < 64 * 1024, `a process took ${peak} KiB`);
      }
    }
  } finally {
    await real.stop();
  }
});

// --- a full disk -----------------------------------------------------------------------------------------------------

// A small file system of its own, where the machine lets us make one.
function makeDisk(size) {
  const folder = mkdtempSync(join(tmpdir(), "kundportal-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], { stdio: "ignore" });
    return { folder, remove: () => (execFileSync("umount", [folder]), rmdirSync(folder)) };
  } catch {
    rmdirSync(folder);
    return null;
  }
}

function fill(folder) {
  const file = openSync(join(folder, "filler"), "w");
  for (const size of [1 << 20, 4096]) {
    try {
      for (const chunk = Buffer.alloc(size); ; ) writeSync(file, chunk);
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    }
  }
  closeSync(file);
}

test("a full disk is reported, other requests are served, and nothing acknowledged is lost", async (context) => {
  const disk = makeDisk("64m");
  if (!disk) return context.skip("needs the right to mount a tmpfs");
  const small = await startPortal({ files, within: disk.folder });
  try {
    const person = small.client();
    assert.equal((await person.login("kund0", PASSWORD)).status, 303);
    const form = { csrf_token: await person.token("/cases/new"), reporter: "Kim" };
    const picture = (n) => Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(200_000, n)]);
    const report = async (title, n) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...form, title })) body.append(name, value);
      body.append("attachments", new Blob([picture(n)], { type: "application/pdf" }), "a.pdf");
      return person.request("/cases/new", { method: "POST", body });
    };
    const acknowledged = ["Före"];
    assert.equal((await report("Före", 1)).status, 303);
    fill(disk.folder);
    const refused = [await report("Full", 2)];
    // The database has some room left in its files; what fits in there is acknowledged and counts.
    for (let i = 0; ENGINE === "sqlite" && refused.length < 2; i++) {
      const title = `Utan bilaga ${i}`;
      const answer = await person.post("/cases/new", { ...form, title, description: `${i} `.repeat(3000) });
      if (answer.status === 303) acknowledged.push(title);
      else refused.push(answer);
    }
    for (const answer of refused) {
      assert.equal(answer.status, 507);
      assert.match(answer.text, /Ingenting sparades/);
    }
    for (const path of ["/cases", "/cases/new", "/", "/cases/C1"]) assert.equal((await person.get(path)).status, 200,
      path);
    for (const path of ["/cases.csv", "/cases.xlsx"]) assert.equal((await person.get(path)).status, 507, path);
    rmSync(join(disk.folder, "filler"));
    assert.equal((await report("Efter", 3)).status, 303);
    acknowledged.push("Efter");
    const [head, ...rows] = readCsv((await person.get("/cases.csv?from=2026-01-02")).text);
    assert.deepEqual(rows.map((row) => row[head.indexOf("title")]).sort(), acknowledged.sort());
    assert.equal((await small.run("check")).code, 0);
  } finally {
    await small.stop();
    disk.remove();
  }
});
