// The helper submit() of the tests: a form is sent as a browser sends it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { fieldsOf, findForm } from "./form.mjs";
import { Client } from "./harness.mjs";

const PAGE = `<form action="/logout" method="post"><input type="hidden" name="csrf_token" value="t"></form>
<form action="/list" method="get"><input type="search" name="q" value="a &amp; b"></form>
<form id="thing" action="/things/1" method="post">
  <input type="hidden" name="csrf_token" value="t"><input type="hidden" name="was" value="&lt;1&gt;">
  <input class="x"
    type="text" id="name" name="name" value="Åke &quot;A&quot;" required>
  <button class="btn" type="submit" name="search" value="name" formnovalidate>Search</button>
  <input type="checkbox" name="row" value="1" checked><input type="checkbox" name="row" value="2">
  <input type="checkbox" name="off" value="yes" disabled checked>
  <input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>
  <textarea name="text" rows="5">
one
two &amp; three</textarea>
  <select name="state"><option value="">–</option><option value="open" selected>Open</option></select>
  <select name="first"><option value="1">One</option><option value="2">Two</option></select>
  <datalist id="known"><option value="no"></option></datalist>
  <button type="submit" name="act" value="save">Save</button><button type="submit" name="act" value="drop">Drop</button>
</form>`;

const whole = [["csrf_token", "t"], ["was", "<1>"], ["name", 'Åke "A"'], ["row", "1"], ["kind", "b"],
  ["text", "one\r\ntwo & three"], ["state", "open"], ["first", "1"], ["act", "save"]];

test("a form is sent with everything that the page filled in, and the main button", () => {
  assert.deepEqual(fieldsOf(findForm(PAGE, "/things/1")), whole);
  assert.deepEqual(fieldsOf(findForm(PAGE)), whole, "the only form that is posted, without that of the frame");
});

test("fields replace what stood there; undefined leaves one out, a list sends several, a button is pressed", () => {
  const changes = { name: "Bo", row: ["1", "2"], kind: undefined, text: "a\nb", act: "drop" };
  assert.deepEqual(fieldsOf(findForm(PAGE, "#thing"), changes), [["csrf_token", "t"], ["was", "<1>"], ["name", "Bo"],
    ["row", "1"], ["row", "2"], ["text", "a\r\nb"], ["state", "open"], ["first", "1"], ["act", "drop"]]);
});

test("a field that the form does not have is an error, and so is a form that nobody can tell", () => {
  assert.throws(() => fieldsOf(findForm(PAGE, "#thing"), { off: "yes" }), /no field off/);
  assert.throws(() => findForm(PAGE, undefined, ["other"]), /0 forms fit the fields other/);
  assert.throws(() => findForm(PAGE + PAGE.replaceAll("thing", "other"), undefined, ["name"]), /2 forms fit/);
});

test("submit sends urlencoded, multipart or an address, as the form says", async () => {
  const got = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    got.push([request.method, request.url, Buffer.concat(chunks).toString()]);
    response.end(PAGE);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const client = new Client(`http://127.0.0.1:${server.address().port}`);
  await client.submit("/page", { name: "Bo" });
  await client.submit(PAGE, { q: "å" });
  const files = '<form action="/up" method="post" enctype="multipart/form-data"><input type="file" name="one">'
    + '<input type="file" name="two"></form>';
  const file = { field: "one", name: "a.txt", bytes: "hej", type: "text/plain" };
  await client.submit({ text: files }, {}, { files: [file] });
  server.close();
  const asked = got.slice(0, 3).map(([method, url]) => `${method} ${url}`);
  assert.deepEqual(asked, ["GET /page", "POST /things/1", "GET /list?q=%C3%A5"]);
  assert.match(got[1][2], /was=%3C1%3E&name=Bo&row=1/);
  assert.match(got[3][2], /name="one"; filename="a.txt"\r\nContent-Type: text\/plain\r\n\r\nhej\r\n/);
  assert.match(got[3][2], /name="two"; filename=""/);
});
