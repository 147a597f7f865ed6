// The request cycle from outside: who gets where, what every answer carries, and what a form needs.
import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { after, before, test } from "node:test";
import { cookieLines, startPortal } from "./harness.mjs";
import { withoutToken } from "./html.mjs";

const files = {
  "customers.csv": "number,name,login\nK1,Brf Eken,eken/Ekollon-2026\nK2,Brf Aspen,aspen/Asplöv-2026\n",
  "cases.csv": "number,title,customer,created\n251123-0001,Läckande kran,K1,2025-11-23T08:00:00\n"
    + "251123-0002,Annan,K2,2025-11-23T09:00:00\n",
};
let portal, client;

before(async () => {
  portal = await startPortal({ files });
  client = portal.client();
  assert.equal((await client.login("eken", "Ekollon-2026")).status, 303);
});
after(() => portal?.stop());

function assertGuarded(answer, what) {
  const policy = answer.headers.get("content-security-policy");
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'/, what);
  assert.match(policy, /form-action 'self'; base-uri 'none'; frame-ancestors 'none'/, what);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff", what);
  assert.equal(answer.headers.get("referrer-policy"), "same-origin", what);
  assert.equal(answer.headers.get("cross-origin-opener-policy"), "same-origin", what);
  assert.equal(answer.headers.get("cross-origin-resource-policy"), "same-origin", what);
}

test("every answer carries the security headers, and no page is stored", async () => {
  for (const path of ["/", "/login", "/nothing", "/cases.csv", "/healthz", "/logout", "/language?lang=sv"]) {
    const answer = await portal.client().get(path);
    assertGuarded(answer, path);
    assert.equal(answer.headers.get("cache-control"), "no-store", path);
  }
  for (const path of ["/", "/cases", "/cases/251123-0001", "/cases/251123-0002", "/cases.csv"]) {
    const answer = await client.get(path);
    assertGuarded(answer, path);
    assert.equal(answer.headers.get("cache-control"), "no-store", path);
  }
});

// A request that fetch cannot send; the answer as it came.
function sendRaw(text) {
  const { hostname, port } = new URL(portal.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (bytes) => (answer += bytes)).on("close", () => resolve(answer)).on("error", reject);
  });
}

test("requests refused before they reach the portal get the security headers, each once", async () => {
  const host = `Host: ${new URL(portal.url).host}\r\nConnection: close\r\n`;
  for (const [what, text] of [["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["lone line feeds", `GET / HTTP/1.1\n${host.replaceAll("\r", "")}\n`],
    ["a method", `TRACE / HTTP/1.1\r\n${host}\r\n`],
    ["two lengths", `POST /login HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`],
    ["two hosts", `GET / HTTP/1.1\r\n${host}Host: other.example\r\n\r\n`]]) {
    const answer = await sendRaw(text);
    assert.match(answer, /^HTTP\/1\.1 (400|501) /, what);
    for (const line of ["Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: same-origin",
      "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
      "Cache-Control: no-store"])
      assert.equal(answer.split(`\r\n${line}\r\n`).length, 2, `${what}: ${line}`);
  }
});

test("who is not logged in is sent to the login page and back", async () => {
  const anonymous = portal.client();
  for (const [path, next] of [["/", "%2F"], ["/cases?q=kran&status=open", "%2Fcases%3Fq%3Dkran%26status%3Dopen"],
    ["/cases/%C3%85%201", "%2Fcases%2F%25C3%2585%25201"]]) {
    const answer = await anonymous.get(path);
    assert.equal(answer.status, 303, path);
    assert.equal(answer.headers.get("location"), `/login?next=${next}`, path);
  }
});

test("an address that is too long to lead back to is no fault of the portal", async () => {
  const anonymous = portal.client(), long = "&".repeat(7000);
  for (const [path, location] of [[`/cases?q=${long}`, "/login"], [`/cases/${long}`, "/login"],
    [`/language?lang=sv&next=/${"a".repeat(7000)}`, "/"]]) {
    const answer = await anonymous.get(path);
    assert.equal(answer.status, 303, path.slice(0, 20));
    assert.equal(answer.headers.get("location"), location);
  }
  const answer = await anonymous.postForm("/login",
    { username: "aspen", password: "Asplöv-2026", next: `/${"a".repeat(10000)}` });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/");
});

test("what is no page answers 401 instead of a login form", async () => {
  const anonymous = portal.client();
  for (const [path, headers] of [["/cases.csv", {}], ["/cases.xlsx", {}], ["/cases", { "hx-request": "true" }],
    ["/cases", { "sec-fetch-dest": "empty" }]]) {
    const answer = await anonymous.get(path, headers);
    assert.equal(answer.status, 401, path);
    assert.match(answer.headers.get("content-type"), /^text\/plain/, path);
  }
  /* fetch sets this header itself, so a link that is followed is asked for by hand. */
  const followed = await new Promise((done) =>
    http.get(`${portal.url}/cases.csv`, { headers: { "sec-fetch-mode": "navigate" } }, done));
  followed.resume();
  assert.equal(followed.statusCode, 303);
});

test("a POST without session leads to the login page, and back to a page that can be opened", async () => {
  const anonymous = portal.client();
  const sent = await anonymous.post("/cases/new", { title: "x" });
  assert.equal(sent.status, 303);
  assert.equal(sent.headers.get("location"), "/login?next=%2Fcases%2Fnew");
  const logout = await anonymous.post("/logout", {});
  assert.equal(logout.headers.get("location"), "/login?next=%2Flogout");
});

test("a POST without the token of its form is refused", async () => {
  const token = await client.token("/");
  assert.equal((await client.post("/logout", {})).status, 403);
  assert.equal((await client.post("/logout", { csrf_token: token.slice(1) + "0" })).status, 403);
  const other = portal.client();
  assert.equal((await other.login("aspen", "Asplöv-2026")).status, 303);
  assert.equal((await other.post("/logout", { csrf_token: token })).status, 403, "the token of another session");
  assert.equal((await client.get("/")).status, 200, "still logged in");
});

test("a POST from another site is refused even with the token", async () => {
  const token = await client.token("/");
  const fields = { csrf_token: token };
  assert.equal((await client.post("/logout", fields, { "sec-fetch-site": "cross-site" })).status, 403);
  assert.equal((await client.post("/logout", fields, { origin: "https://evil.example" })).status, 403);
  assert.equal((await client.get("/")).status, 200);
});

test("an unknown address and a case of others answer with the same bytes but for the form token", async () => {
  const answers = [];
  for (const path of ["/cases/251123-0002", "/cases/251123-9999", "/cases/%3Cb%3E", "/nothing",
    "/cases/251123-0002/actions"]) {
    const answer = await client.get(path);
    assert.equal(answer.status, 404, path);
    const headers = [...answer.headers].filter(([name]) => !["date", "content-length"].includes(name));
    answers.push(JSON.stringify([headers, withoutToken(answer.text)]));
  }
  assert.equal(new Set(answers).size, 1);
});

test("the answer to another method lists the allowed methods", async () => {
  for (const [method, path, allow] of [["POST", "/cases", "GET, HEAD"], ["GET", "/account/password", "POST"],
    ["DELETE", "/cases/new", "GET, HEAD, POST"], ["PUT", "/healthz", "GET, HEAD"]]) {
    const answer = await client.request(path, { method });
    assert.equal(answer.status, 405, path);
    assert.equal(answer.headers.get("allow"), allow, path);
  }
});

test("HEAD answers as GET without the page", async () => {
  const answer = await client.request("/", { method: "HEAD" });
  assert.equal(answer.status, 200);
  assert.equal(answer.bytes.length, 0);
});

test("the language is the user's choice, then the browser's, then the installation's", async () => {
  const lang = async (visitor, accept) =>
    /<html lang="(\w+)"/.exec((await visitor.get("/login", { "accept-language": accept })).text)[1];
  const visitor = portal.client();
  assert.equal(await lang(visitor, "de-DE"), "sv");
  assert.equal(await lang(visitor, "en-GB,en;q=0.9,sv;q=0.8"), "en");
  assert.equal(await lang(visitor, "sv-SE,en;q=0.5"), "sv");
  const chosen = await visitor.get("/language?lang=en&next=%2Flogin");
  assert.equal(chosen.headers.get("location"), "/login");
  assert.equal(await lang(visitor, "sv"), "en");
  assert.equal((await visitor.get("/language?lang=xx&next=%2F%2Fevil.example")).headers.get("location"), "/");
  assert.equal(await lang(visitor, "sv"), "en", "an unknown language changes nothing");
});

test("assets are immutable, compressed as the browser takes them, and known again by their tag", async () => {
  const page = (await portal.client().get("/login")).text;
  const path = /href="(\/assets\/portal\.[^"]+\.css)"/.exec(page)[1];
  const visitor = portal.client();
  const plain = await visitor.get(path, { "accept-encoding": "identity" });
  assert.equal(plain.status, 200);
  assert.match(plain.headers.get("cache-control"), /immutable/);
  assert.equal(plain.headers.get("content-encoding"), null);
  for (const [accept, coding] of [["gzip, br", "br"], ["gzip, br;q=0", "gzip"]]) {
    const packed = await visitor.get(path, { "accept-encoding": accept });
    assert.equal(packed.headers.get("content-encoding"), coding);
    assert.equal(packed.headers.get("vary"), "Accept-Encoding");
    assert.equal(packed.text, plain.text); /* fetch unpacks it */
  }
  const tag = plain.headers.get("etag");
  assert.equal((await visitor.get(path, { "if-none-match": tag })).status, 304);
  const theme = /href="(\/theme\/[^"]+\.css)"/.exec(page)[1];
  assert.match((await visitor.get(theme)).text, /--kp-brand/);
  assert.equal((await visitor.get("/assets/portal.css")).status, 404);
  assert.equal((await visitor.get("/theme/other.css")).status, 404);
  assert.equal((await visitor.get("/theme/0123456789abcdef.css")).headers.get("location"), theme,
    "of a moment before, or of another node");
});

test("the machine itself may read health and figures", async () => {
  const visitor = portal.client();
  const health = await visitor.get("/healthz");
  assert.deepEqual([health.status, health.text], [200, "ok"]);
  const figures = await visitor.get("/metrics");
  assert.match(figures.headers.get("content-type"), /^text\/plain; version=0\.0\.4/);
  assert.match(figures.text, /^kundportal_requests_total\{status="2xx"\} [1-9]/m);
  assert.match(figures.text, /^kundportal_request_duration_seconds_bucket\{le="\+Inf"\} [1-9]/m);
  assert.match(figures.text, /^kundportal_sessions [1-9]/m);
  assert.match(figures.text, /^process_resident_memory_bytes [1-9]/m);
  assert.match((await visitor.get("/robots.txt")).text, /Disallow: \//);
});

test("a page without login costs no cookie but the visitor's", async () => {
  const visitor = portal.client();
  await visitor.get("/healthz");
  await visitor.get("/nothing");
  await visitor.get("/cases");
  assert.equal(visitor.cookies.size, 0);
  await visitor.get("/login");
  assert.deepEqual([...visitor.cookies.keys()], ["visitor"]);
});

test("cookies are for this site's requests alone", async () => {
  const lines = cookieLines((await portal.client().get("/login")).headers);
  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(line, /Path=\/.*HttpOnly.*SameSite=Lax/i);
});

test("the log holds routes and ids, but nothing people wrote", async () => {
  await client.get("/cases?q=hemligtord");
  await client.get("/cases/251123-0001");
  await portal.logged((line) => line.event === "request" && line.route === "/cases/{number}" && line.status === 200);
  assert.doesNotMatch(portal.log, /hemligtord|251123-0001|Ekollon|Eken/);
});

test("after logging out the old cookie shows nothing", async () => {
  const visitor = portal.client();
  await visitor.login("eken", "Ekollon-2026");
  const cookie = visitor.cookies.get("session");
  assert.equal((await visitor.get("/cases/251123-0001")).status, 200);
  const out = await visitor.logout();
  assert.equal(out.status, 303);
  assert.equal(out.headers.get("clear-site-data"), '"cache"');
  assert.equal(visitor.cookies.get("session"), undefined);
  visitor.cookies.set("session", cookie);
  assert.equal((await visitor.get("/cases/251123-0001")).status, 303);
  assert.equal((await visitor.get("/cases.csv")).status, 401);
});

test("logging in makes a new session and ends the one before", async () => {
  const visitor = portal.client();
  await visitor.login("eken", "Ekollon-2026");
  const first = visitor.cookies.get("session");
  const again = await visitor.postForm("/login", { username: "aspen", password: "Asplöv-2026" }, [], "/");
  assert.equal(again.status, 303);
  assert.notEqual(visitor.cookies.get("session"), first);
  const old = portal.client();
  old.cookies.set("session", first);
  assert.equal((await old.get("/")).status, 303);
});

test("a session that ran out leads to the login page, which says so", async () => {
  const visitor = portal.client();
  await visitor.login("eken", "Ekollon-2026");
  portal.sql("UPDATE session SET last_seen = last_seen - 28800000000");
  const answer = await visitor.get("/cases");
  assert.equal(answer.status, 303);
  assert.match((await visitor.get(answer.headers.get("location"))).text, /Du har blivit utloggad/);
  assert.doesNotMatch((await visitor.get("/login")).text, /Du har blivit utloggad/, "it is said once");
});
