// Pages are compressed for browsers that take it, and only pages. The form token is another text in each page, so that
// the length of a compressed page says nothing about it.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { startPortal } from "./harness.mjs";
import { withoutToken } from "./html.mjs";
import { staffClient } from "./staff.mjs";

const created = "2026-11-23T08:00:00";
const files = {
  "customers.csv": "number,name,login\nK1,Brf Eken,eken/Ekollon-2026\n",
  "cases.csv": ["number,title,customer,created",
    ...Array.from({ length: 60 }, (_, i) => `C${i + 1},Läckande kran ${i + 1},K1,${created}`)],
};
let portal, client, staff;

before(async () => {
  portal = await startPortal({ files });
  client = portal.client();
  assert.equal((await client.login("eken", "Ekollon-2026")).status, 303);
  ({ client: staff } = await staffClient(portal, "anna@example.se", "administrator"));
});
after(() => portal?.stop());

// An answer as it comes, not decoded as fetch does.
function ask(path, headers = {}, { method = "GET", who = client } = {}) {
  const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return new Promise((done, refuse) => {
    const request = http.request(portal.url + path, { method, headers: { cookie, ...headers } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts) }));
    });
    request.on("error", refuse).end();
  });
}

const GZIP = { "accept-encoding": "gzip, deflate, br" };

test("a page comes as gzip to a browser that takes it, and is the same page", async () => {
  for (const [path, who] of [["/cases?page_size=50", client], ["/cases/C1", client], ["/staff/cases", staff],
    ["/nothing", client]]) {
    const plain = await ask(path, {}, { who });
    const packed = await ask(path, GZIP, { who });
    assert.equal(packed.headers["content-encoding"], "gzip", path);
    assert.equal(packed.headers["content-length"], String(packed.bytes.length), path);
    assert.equal(withoutToken(gunzipSync(packed.bytes).toString()), withoutToken(plain.bytes.toString()), path);
  }
});

test("a list of 50 rows is sent in less than a fifth of its size", async () => {
  const plain = await ask("/cases?page_size=50");
  const packed = await ask("/cases?page_size=50", GZIP);
  assert.ok(packed.bytes.length * 5 < plain.bytes.length, `${packed.bytes.length} of ${plain.bytes.length} bytes`);
});

test("every page says that it differs by Accept-Encoding", async () => {
  for (const headers of [{}, GZIP])
    assert.equal((await ask("/cases", headers)).headers.vary, "Accept-Encoding", JSON.stringify(headers));
});

test("a page comes plain to clients that do not take gzip, or when another site asked for it", async () => {
  for (const headers of [{}, { "accept-encoding": "identity" }, { "accept-encoding": "br, gzip;q=0" },
    { ...GZIP, "sec-fetch-site": "cross-site" }]) {
    const answer = await ask("/cases", headers);
    assert.equal(answer.headers["content-encoding"], undefined, JSON.stringify(headers));
    assert.match(answer.bytes.toString(), /<\/html>/, JSON.stringify(headers));
  }
});

test("HEAD says what GET would send, and sends nothing", async () => {
  const head = await ask("/cases", GZIP, { method: "HEAD" });
  assert.equal(head.headers["content-encoding"], "gzip");
  assert.equal(head.headers.vary, "Accept-Encoding");
  const got = await ask("/cases", GZIP);
  const apart = Math.abs(Number(head.headers["content-length"]) - got.bytes.length);
  assert.ok(apart < 100, `${apart} bytes apart: only the form token may differ`);
  assert.equal(head.bytes.length, 0);
});

test("small answers, files and what is compressed already stay as they are", async () => {
  const page = (await ask("/cases")).bytes.toString();
  const style = /href="(\/assets\/[^"]*\.css)"/.exec(page)[1];
  const asset = await ask(style, GZIP);
  assert.equal(asset.headers["content-encoding"], "br");
  assert.match(brotliDecompressSync(asset.bytes).toString(), /\{/);
  const fresh = await ask(style, { ...GZIP, "if-none-match": asset.headers.etag });
  assert.equal(fresh.status, 304);
  assert.equal(fresh.headers["content-encoding"], undefined);
  for (const path of ["/cases.csv", "/cases.xlsx", "/healthz", "/language?lang=sv"])
    assert.equal((await ask(path, GZIP)).headers["content-encoding"], undefined, path);
});

test("the form token is another text in each page, and each of them is taken", async () => {
  const tokens = [];
  for (let i = 0; i < 3; i++) tokens.push(await client.token("/cases/new"));
  assert.equal(new Set(tokens).size, 3);
  for (const csrf_token of tokens)
    assert.notEqual((await client.post("/cases/new", { csrf_token, search: "object" })).status, 403);
});

test("all forms of one page carry one token", async () => {
  const { text } = await staff.get("/staff/cases/C1");
  const tokens = [...text.matchAll(/name="csrf_token" value="([^"]*)"/g)].map((m) => m[1]);
  assert.ok(tokens.length > 1);
  assert.equal(new Set(tokens).size, 1);
});

test("a token of somebody else, a cut one and two halves of different ones are refused", async () => {
  const [one, other] = [await client.token("/"), await client.token("/")];
  const halves = one.slice(0, 43) + other.slice(43);
  for (const csrf_token of [await staff.token("/staff"), one.slice(0, -1), `${one}A`, halves, "", "A"])
    assert.equal((await client.post("/cases/new", { csrf_token })).status, 403, csrf_token);
});
