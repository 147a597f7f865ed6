// serve as an operator meets it: it says where it is, survives its children, and leaves nothing.
import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { ENGINE, makePortal, startPortal, waitFor } from "./harness.mjs";

const portals = [];
after(() => Promise.all(portals.map((portal) => portal.stop())));
const start = async (options) => {
  const portal = await startPortal(options);
  portals.push(portal);
  return portal;
};
const alive = (pid) => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));

const answers = (portal) => portal.client().get("/healthz").then((answer) => answer.status === 200, () => false);

test("SIGTERM ends all processes with exit code 0", async () => {
  const portal = await start();
  const children = portal.children();
  assert.equal(children.length, 3);
  assert.deepEqual(await portal.end(), { code: 0, signal: null });
  for (const pid of children) assert.ok(!alive(pid));
});

test("a request that is being read is answered before the portal stops", async () => {
  const portal = await start();
  const { port } = new URL(portal.url);
  const socket = net.connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.on("data", (bytes) => (answer += bytes));
  socket.on("error", () => {});
  await new Promise((done) => socket.once("connect", done));
  socket.write(
    "POST /logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n"
      + "Expect: 100-continue\r\n\r\n");
  await waitFor("the head was read", () => answer.startsWith("HTTP/1.1 100"));
  const ended = portal.end();
  await waitFor("the job process has been told", () => portal.children().length < 2);
  socket.write("a=b");
  assert.equal((await ended).code, 0);
  assert.match(answer, /^HTTP\/1\.1 303/m);
});

test("kill -9 of the supervisor takes the others with it", async () => {
  const portal = await start();
  const children = portal.children();
  await portal.end("SIGKILL");
  await waitFor("the children end", () => children.every((pid) => !alive(pid)));
});

test("a process that is killed comes back at the same address", async () => {
  const portal = await start();
  for (const pid of portal.children()) process.kill(pid, "SIGKILL");
  await waitFor("the web process ends", async () => portal.children().length < 3 || !(await answers(portal)));
  await waitFor("all are back", async () => portal.children().length === 3 && (await answers(portal)));
  await portal.logged((line) => line.event === "process_ended" && line.signal === 9);
});

test("SIGHUP opens the log again", async () => {
  const probe = await makePortal();
  portals.push(probe);
  const log = join(probe.folder, "portal.log");
  writeFileSync(probe.config, `[server]\nlog_file = ${log}\n`);
  await probe.start();
  await probe.client().get("/robots.txt");
  await waitFor("the first log", () => /"\/robots.txt"/.test(readFileSync(log, "utf8")));
  renameSync(log, `${log}.1`);
  probe.process.kill("SIGHUP");
  await waitFor("the new log", async () => {
    await probe.client().get("/robots.txt");
    return existsSync(log) && /"\/robots.txt"/.test(readFileSync(log, "utf8"));
  });
});

test("a taken port, an open address and a missing database are reported in one line", async () => {
  const first = await start();
  const second = await makePortal();
  portals.push(second);
  const taken = await second.run("serve", "--listen", new URL(first.url).host);
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /^kundportal serve: .*in use\n$/i);
  const open = await second.run("serve", "--listen", "0.0.0.0:0");
  assert.equal(open.code, 1);
  assert.match(open.stderr, /^kundportal serve: .*allow_public\n$/);
  const url = ENGINE === "sqlite" ? "sqlite:/nowhere/at/all.db" : "postgresql://127.0.0.1:1/none";
  const gone = await second.run("serve", "--database", url);
  assert.equal(gone.code, 1);
  assert.equal(gone.stderr.trim().split("\n").length, 1);
});

test("two portals may start at once on a new database", async () => {
  const portal = await makePortal();
  portals.push(portal);
  const runs = await Promise.all(Array.from({ length: 4 }, () => portal.run("migrate")));
  assert.deepEqual(runs.map((run) => [run.code, run.stderr]), runs.map(() => [0, ""]));
});
