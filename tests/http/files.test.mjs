// Files over HTTP (domain 7): who sees which, search and sorting, downloads in parts, and several at once as a zip.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startPortal, waitFor } from "./harness.mjs";
import { textOf, withoutToken } from "./html.mjs";
import { readCsv, readXlsx } from "./sheets.mjs";
import { storeFiles } from "./stored.mjs";

const PASSWORD = "Ekollon-2026";
const people = {
  kim: { customers: "K1" }, // C
  olle: { objects: "O2" }, // O
  petra: {}, // only a contact of a case
  bo: { customers: "K2", objects: "O1" }, // both
  alva: null, // an account without contact
};
const imported = {
  "picklists.csv": "list,key,label_sv,label_en\nfile_category,ritning,Ritning,Drawing\n"
    + "file_category,avtal,Avtal,Agreement\n",
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,aspen/${PASSWORD}\nK3,Brf Granen,\n`,
  "objects.csv": `number,name,customer,parent,login
O0,Område Söder,K3,,
O1,Storgatan 1,K1,O0,hus/${PASSWORD}
O2,Hiss Åby,K1,O1,
O3,Panna,K2,,
`,
  "contacts.csv": Object.entries(people).filter(([, links]) => links).reduce((text, [name, links], i) =>
    `${text}P${i},${name},X,${name}@x.se,${links.customers ?? ""},${links.objects ?? ""}\n`,
      "number,first_name,last_name,email,customers,objects\n"),
  "accounts.csv": Object.keys(people)
    .reduce((text, name) => `${text}${name}@x.se,${PASSWORD},yes\n`, "email,password,verified\n"),
  "cases.csv": `number,title,customer,object,primary_contact,created
C1,Kran,K1,,,2026-03-01T08:00:00
C2,Port,K2,O2,,2026-03-01T08:00:00
C3,Lampa,K3,,P2,2026-03-01T08:00:00
C4/x,Dold,K3,,,2026-03-01T08:00:00
`,
};
const big = randomBytes(300_000);
const stored = [
  { key: "k1", name: "Avtal Eken.txt", customer: "K1", category: "avtal", created: "2026-01-01T12:00:00Z" },
  { key: "k1big", name: "stor.jpg", customer: "K1", bytes: big, type: "image/jpeg", created: "2026-01-02T12:00:00Z" },
  { key: "k1dold", name: "intern kund.txt", customer: "K1", visible: false },
  { key: "k2", name: "Avtal Aspen.txt", customer: "K2", category: "avtal", created: "2026-01-03T12:00:00Z" },
  { key: "o1", name: "PLAN Å.txt", object: "O1", category: "ritning", created: "2026-01-04T12:00:00Z" },
  { key: "o2", name: "hiss.txt", object: "O2", category: "ritning", created: "2026-01-05T12:00:00Z" },
  { key: "o2dold", name: "intern objekt.txt", object: "O2", visible: false },
  { key: "o3", name: "panna.txt", object: "O3", created: "2026-01-06T12:00:00Z" },
  { key: "c1", name: "foto.txt", case: "C1", created: "2026-01-07T12:00:00Z" },
  { key: "c1dold", name: "intern ärende.txt", case: "C1", visible: false },
  { key: "c2", name: "foto.txt", case: "C2", bytes: "port", created: "2026-01-08T12:00:00Z" },
  { key: "c3", name: "lampa.txt", case: "C3", created: "2026-01-09T12:00:00Z" },
  { key: "c4", name: "ingen.txt", case: "C4/x", created: "2026-01-10T12:00:00Z" },
];
const sees = {
  kim: ["c1", "c2", "k1", "k1big", "o1", "o2"], // C, OC, and cases of both
  olle: ["c2", "o2"],
  petra: ["c3"],
  bo: ["c2", "k2", "o1", "o3"], // C2 belongs to Bo's own customer; O2 lies below O1, which reaches nothing
  alva: [],
};

let portal;
before(async () => {
  portal = await startPortal({ files: imported });
  storeFiles(portal, stored);
});
after(() => portal.stop());

const clients = {};
async function as(name) {
  if (!clients[name]) {
    clients[name] = portal.client();
    const login = name in people ? `${name}@x.se` : name;
    assert.equal((await clients[name].login(login, PASSWORD)).status, 303, name);
  }
  return clients[name];
}
const fileOf = (key) => stored.find((file) => file.key === key);
const bytesOf = (key) => Buffer.from(fileOf(key).bytes ?? `Innehåll i ${fileOf(key).name}\n`);
const path = (key) => `/files/${key}/${encodeURIComponent(fileOf(key)?.name ?? "x")}`;
const keysOf = (page) => [...page.text.matchAll(/name="id" value="([^"]+)"/g)].map((found) => found[1]);
async function keys(name, query = "") {
  const page = await (await as(name)).get(`/files${query}`);
  assert.equal(page.status, 200, query);
  return keysOf(page);
}

// --- who sees what ---------------------------------------------------------------------------------------------------

test("each contact sees the files of their customers, objects and cases, and no others", async () => {
  for (const [name, expected] of Object.entries(sees)) {
    assert.deepEqual((await keys(name)).sort(), expected, name);
    const [, ...rows] = readCsv((await (await as(name)).get("/files.csv")).text);
    assert.deepEqual(rows.map(([file]) => file).sort(), expected.map((key) => fileOf(key).name).sort(),
      `${name}'s CSV`);
  }
});

test("a file that one may not see answers like one that is not there, to the last byte", async () => {
  for (const [name, visible] of Object.entries(sees)) {
    const client = await as(name);
    const nothing = await client.get("/files/zzz/x");
    assert.equal(nothing.status, 404);
    for (const { key } of stored) {
      const answer = await client.get(path(key));
      assert.equal(answer.status, visible.includes(key) ? 200 : 404, `${key} for ${name}`);
      if (visible.includes(key)) assert.deepEqual(answer.bytes, bytesOf(key));
      else assert.deepEqual(strip(answer), strip(nothing), `${key} for ${name}`);
      const zip = await client.get(`/files.zip?id=${key}`);
      assert.equal(zip.status, visible.includes(key) ? 200 : 404, `${key} in a zip for ${name}`);
      if (!visible.includes(key)) assert.deepEqual(strip(zip), strip(await client.get("/files.zip?id=zzz")));
    }
  }
});
// The language switch leads back to the same address.
const strip = (answer) => ({
  status: answer.status,
  headers: [...answer.headers].filter(([name]) => !["date", "content-length"].includes(name)),
  text: withoutToken(answer.text).replaceAll(/\/files[^"]*/g, ""),
});

test("a zip with one file that may not be seen is not there at all", async () => {
  assert.equal((await (await as("olle")).get("/files.zip?id=o2&id=k1")).status, 404);
  assert.equal((await (await as("olle")).get("/files.zip?id=o2&id=o2dold")).status, 404);
});

test("logins of customers and objects have no files, and strangers are led to the login", async () => {
  for (const name of ["eken", "hus"]) {
    for (const address of ["/files", "/files.csv", "/files.xlsx", "/files.zip?id=k1", path("k1")])
      assert.equal((await (await as(name)).get(address)).status, 404, `${address} for ${name}`);
    assert.ok(!(await (await as(name)).get("/")).text.includes('href="/files"'));
  }
  const answer = await portal.client().get("/files", { accept: "text/html" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/login?next=%2Ffiles");
});

test("an account without contact reads why there is nothing", async () => {
  const page = await (await as("alva")).get("/files");
  assert.equal(page.status, 200);
  assert.match(textOf(page.text), /Du kan inte se några filer ännu/);
});

test("a link that is cut hides its files at once", async () => {
  assert.equal((await (await as("bo")).get(path("o3"))).status, 200);
  portal.sql("UPDATE file SET visible = 0 WHERE key = 'o3'");
  assert.equal((await (await as("bo")).get(path("o3"))).status, 404);
  portal.sql("UPDATE file SET visible = 1 WHERE key = 'o3'");
});

// --- the list --------------------------------------------------------------------------------------------------------

test("words are found in names and owners, whatever the case of their letters", async () => {
  assert.deepEqual(await keys("kim", "?q=plan+%C3%A5"), ["o1"]);
  assert.deepEqual(await keys("kim", "?q=%C3%A5by"), ["o2"]);
  assert.deepEqual(await keys("kim", "?q=EKEN+avtal"), ["k1"]);
  assert.deepEqual(await keys("kim", "?q=c2"), ["c2"]);
  assert.deepEqual(await keys("kim", "?q=100%25"), []);
  assert.deepEqual(await keys("kim", "?q=%25"), []); // no letter or digit: finds nothing, as in every list
});

test("a name that a Mac wrote with loose accents is found like any other", async () => {
  await portal.importFiles({ "files.csv": "path,name,customer,visible\nmac.txt,va\u030attkontroll.txt,K1,yes\n",
    "mac.txt": "x" });
  for (const word of ["v\u00e5ttkontroll", "va\u030attkontroll", "V\u00c5TTKONTROLL"])
    assert.equal((await keys("kim", `?q=${encodeURIComponent(word)}`)).length, 1, word);
  portal.sql("DELETE FROM file WHERE path = 'mac.txt'");
});

test("category, owner, customer, object and dates narrow the list", async () => {
  assert.deepEqual(await keys("kim", "?category=ritning"), ["o2", "o1"]);
  assert.deepEqual(await keys("kim", "?category=nej"), []);
  assert.deepEqual(await keys("kim", "?owner=customer"), ["k1big", "k1"]);
  assert.deepEqual(await keys("kim", "?owner=case"), ["c2", "c1"]);
  assert.deepEqual(await keys("kim", "?customer=K1"), ["c1", "o2", "o1", "k1big", "k1"]);
  assert.deepEqual(await keys("kim", "?object=O2"), ["c2", "o2"]);
  assert.deepEqual(await keys("kim", "?from=2026-01-05&to=2026-01-07"), ["c1", "o2"]);
});

test("each order holds over all pages, forwards and backwards", async () => {
  const client = await as("kim");
  // More rows than a page, with equal sort values.
  storeFiles(portal, Array.from({ length: 25 },
    (_, i) => ({ key: `m${i}`, name: `många ${i % 3}.txt`, customer: "K1", created: "2025-01-01T00:00:00Z" })));
  for (const sort of ["", "name", "-name", "size", "-size", "category", "-category", "created"]) {
    const whole = await keys("kim", `?page_size=100&sort=${sort}`);
    assert.equal(whole.length, 31);
    const walked = [];
    let address = `/files?page_size=10&sort=${sort}`, last;
    while (address) {
      last = await client.get(address);
      walked.push(...keysOf(last));
      address = /rel="next" href="([^"]+)"/.exec(last.text)?.[1].replaceAll("&amp;", "&");
    }
    assert.deepEqual(walked, whole, sort);
    const previous = /rel="prev" href="([^"]+)"/.exec(last.text)[1].replaceAll("&amp;", "&");
    assert.deepEqual(keysOf(await client.get(previous)), whole.slice(20, 30), `back by ${sort}`);
  }
  portal.sql("DELETE FROM file WHERE key LIKE 'm%'");
});

test("files that are alike in the order stand by name, numbers by value", async () => {
  const names = [10, 2, 33, 1].map((n) => `Lgh ${n}.txt`);
  storeFiles(portal, names.map((name, i) =>
    ({ key: `n${i}`, name, object: "O1", category: "ritning", bytes: "lika", created: "2025-01-01T00:00:00Z" })));
  const client = await as("kim");
  const shown = async (address) => (await client.get(address)).text.match(/Lgh \d+\.txt(?=<)/g);
  for (const address of ["/files", ...["created", "size", "-size", "category"].map((sort) => `/files?sort=${sort}`),
    "/objects/O1"]) {
    const found = [...new Set(await shown(address))];
    assert.deepEqual(found, ["Lgh 1.txt", "Lgh 2.txt", "Lgh 10.txt", "Lgh 33.txt"], address);
  }
  portal.sql("DELETE FROM file WHERE key LIKE 'n_'");
});

test("criteria that are not valid are refused in the form", async () => {
  const client = await as("kim");
  const bad = ["owner=x", "from=x", "to=2026-13-01", "from=2026-02-01&to=2026-01-01", "sort=x", "page_size=7",
    "after=x", "after=n.zzz",
    "after=n.k1dold", `q=${"x".repeat(600)}`, `q=${Array.from({ length: 13 }, (_, i) => `w${i}`).join("+")}`];
  for (const query of bad) {
    const page = await client.get(`/files?${query}`);
    assert.equal(page.status, 400, query);
    assert.match(page.text, /<form class="search-form"/, query);
    if (!query.startsWith("after=n")) assert.equal((await client.get(`/files.csv?${query}`)).status, 400, query);
  }
});

test("the list says what, whose, how large and when", async () => {
  const page = textOf((await (await as("kim")).get("/files")).text);
  assert.match(page, /6 filer/);
  for (const text of ["Avtal Eken.txt", "Avtal", "Brf Eken", "Storgatan 1 › Hiss Åby", "C2 Port", "Bild",
    "2026-01-08 13:00"])
    assert.ok(page.includes(text), text);
  assert.ok(!page.includes("Område Söder"), "the object above, which they may not see");
  const links = (await (await as("kim")).get("/files")).text;
  assert.match(links, /href="\/cases\/C2"/);
  assert.match(links, /href="\/files\/k1big\/stor.jpg\?show=1"/);
});

test("the same list as CSV and as a sheet", async () => {
  const client = await as("kim");
  const csv = await client.get("/files.csv?owner=object");
  assert.match(csv.headers.get("content-disposition"), /attachment; filename="files.csv"/);
  assert.equal(csv.text, `name,category,category_name,owner,owner_number,owner_name,place,size,type,created\r
hiss.txt,ritning,Ritning,object,O2,Hiss Åby,Storgatan 1 › Hiss Åby,21,text/plain,2026-01-05T12:00:00Z\r
PLAN Å.txt,ritning,Ritning,object,O1,Storgatan 1,Storgatan 1,24,text/plain,2026-01-04T12:00:00Z\r
`);
  const sheet = await client.get("/files.xlsx?owner=object");
  assert.equal(sheet.status, 200);
  assert.ok(JSON.stringify(readXlsx(sheet.bytes)).includes("Storgatan 1 › Hiss Åby"));
});

// --- contents --------------------------------------------------------------------------------------------------------

test("a file is saved under its name, whatever the address says, and nothing of it is kept by others", async () => {
  const client = await as("kim");
  const answer = await client.get("/files/o1/annat.html");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-disposition"),
    "attachment; filename=\"PLAN __.txt\"; filename*=UTF-8''PLAN%20%C3%85.txt");
  assert.equal(answer.headers.get("content-type"), "text/plain");
  assert.equal(answer.headers.get("cache-control"), "private, no-store");
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.match(answer.headers.get("content-security-policy"), /^default-src 'none'; sandbox/);
  assert.match(answer.headers.get("etag"), /^"[0-9a-f]{64}"$/);
});

test("only pictures and PDF are shown, and types that are not known are bytes", async () => {
  const types = { "image/png": true, "application/pdf": true, "image/svg+xml": false, "text/html": false,
    "application/xml": false, "text/plain": false };
  storeFiles(portal,
    Object.keys(types).map((type, i) => ({ key: `t${i}`, name: `fil${i}.html`, type, customer: "K1" })));
  const client = await as("kim");
  let i = 0;
  for (const [type, shown] of Object.entries(types)) {
    const address = `/files/t${i++}/fil.html`;
    for (const query of ["", "?show=1"]) {
      const answer = await client.get(address + query);
      const inline = shown && query !== "";
      assert.ok(answer.headers.get("content-disposition").startsWith(inline ? "inline;" : "attachment;"), type + query);
      assert.equal(answer.headers.get("content-type"),
        shown || type === "text/plain" ? type : "application/octet-stream");
      assert.match(answer.headers.get("content-security-policy"), /^default-src 'none'/);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.equal(answer.headers.get("x-frame-options"), "DENY");
      if (!(inline && type === "application/pdf")) assert.match(answer.headers.get("content-security-policy"),
        /sandbox/);
    }
  }
  portal.sql("DELETE FROM file WHERE key LIKE 't%'");
});

test("a download goes on where it was broken off, and its parts are the whole", async () => {
  const client = await as("kim");
  const whole = await client.get(path("k1big"));
  assert.equal(whole.headers.get("accept-ranges"), "bytes");
  const etag = whole.headers.get("etag");
  const parts = [];
  for (let at = 0; at < big.length; at += 70_001) {
    const last = Math.min(at + 70_000, big.length - 1);
    const part = await client.get(path("k1big"), { range: `bytes=${at}-${last}`, "if-range": etag });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get("content-range"), `bytes ${at}-${last}/${big.length}`);
    assert.equal(part.headers.get("content-length"), String(last - at + 1));
    parts.push(part.bytes);
  }
  assert.deepEqual(Buffer.concat(parts), big);
});

test("ranges: open ends, suffixes, several, impossible ones, conditions and HEAD", async () => {
  const client = await as("kim");
  const ask = (headers, options) => client.request(path("k1big"), { headers, ...options });
  assert.deepEqual((await ask({ range: "bytes=299990-" })).bytes, big.subarray(299990));
  assert.deepEqual((await ask({ range: "bytes=-10" })).bytes, big.subarray(-10));
  assert.deepEqual((await ask({ range: "bytes=0-0" })).bytes, big.subarray(0, 1));
  for (const range of ["bytes=0-1,5-6", "bytes=x", "bytes=5-2", "pages=1-2"]) {
    const answer = await ask({ range });
    assert.equal(answer.status, 200, range);
    assert.equal(answer.bytes.length, big.length, range);
  }
  const beyond = await ask({ range: "bytes=300000-" });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers.get("content-range"), "bytes */300000");
  assert.equal(beyond.bytes.length, 0);
  assert.equal((await ask({ range: "bytes=0-9", "if-range": '"another"' })).status, 200);
  assert.equal((await ask({ range: "bytes=0-9", "if-range": "Wed, 21 Oct 2026 07:28:00 GMT" })).status, 200);
  const etag = (await ask({})).headers.get("etag");
  const unchanged = await ask({ "if-none-match": etag });
  assert.equal(unchanged.status, 304);
  assert.equal(unchanged.bytes.length, 0);
  const head = await ask({}, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), "300000");
  assert.equal(head.headers.get("accept-ranges"), "bytes");
  assert.equal((await (await as("olle")).get(path("k1big"), { range: "bytes=0-9" })).status, 404);
});

test("the attachment of a case is sent the same way", async () => {
  const client = await as("kim");
  const part = await client.get("/cases/C2/attachments/c2/foto.txt", { range: "bytes=1-2" });
  assert.equal(part.status, 206);
  assert.equal(part.text, "or");
  const own = portal.client();
  await own.login("aspen", PASSWORD);
  assert.equal((await own.get("/cases/C2/attachments/c2/foto.txt")).text, "port");
});

test("a lost content is a fault of the portal, and is reported before anything is sent", async () => {
  storeFiles(portal, [{ key: "lost", name: "borta.txt", customer: "K1" }]);
  portal.sql(`UPDATE file SET digest = '${"0".repeat(64)}' WHERE key = 'lost'`);
  const client = await as("kim");
  assert.equal((await client.get("/files/lost/borta.txt")).status, 500);
  assert.equal((await client.get("/files.zip?id=k1&id=lost")).status, 500);
  assert.match((await portal.run("check")).stderr, /file 0{64}: is missing/);
  portal.sql("DELETE FROM file WHERE key = 'lost'");
});

test("check reads the contents of files of all owners", async () => {
  assert.equal((await portal.run("check")).stderr, "");
  for (const key of ["k1", "o1", "c1"]) {
    const [[digest]] = portal.sql(`SELECT digest FROM file WHERE key = '${key}'`);
    const content = join(portal.data, "files", digest.slice(0, 2), digest.slice(2));
    const bytes = readFileSync(content);
    writeFileSync(content, Buffer.from(bytes).fill(88, 0, 1));
    assert.match((await portal.run("check")).stderr, new RegExp(`file ${digest}: its content is damaged`), key);
    writeFileSync(content, bytes);
  }
});

// --- zip -------------------------------------------------------------------------------------------------------------

function unpack(bytes) {
  const folder = mkdtempSync(join(tmpdir(), "kp-zip-"));
  try {
    writeFileSync(join(folder, "a.zip"), bytes);
    execFileSync("unzip", ["-tq", join(folder, "a.zip")]);
    execFileSync("unzip", ["-q", join(folder, "a.zip"), "-d", join(folder, "out")],
      { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const walk = (at) => readdirSync(join(folder, "out", at), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(join(at, entry.name))
        : [[join(at, entry.name), readFileSync(join(folder, "out", at, entry.name))]]);
    return Object.fromEntries(walk(""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("chosen files come as one zip, in folders of their owners, with their own contents", async () => {
  const client = await as("kim");
  const answer = await client.get("/files.zip?id=k1big&id=o1&id=c1&id=c2&id=c2");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/zip");
  assert.equal(answer.headers.get("content-disposition"), 'attachment; filename="filer.zip"');
  assert.equal(answer.headers.get("transfer-encoding"), "chunked");
  const files = unpack(answer.bytes);
  assert.deepEqual(Object.keys(files).sort(), ["Kunder/K1 Brf Eken/stor.jpg", "Objekt/O1 Storgatan 1/PLAN Å.txt",
    "Ärenden/C1 Kran/foto.txt", "Ärenden/C2 Port/foto.txt"].sort());
  assert.deepEqual(files["Kunder/K1 Brf Eken/stor.jpg"], big);
  assert.deepEqual(files["Ärenden/C2 Port/foto.txt"], Buffer.from("port"));
});

test("files with the same name get different names in the zip", async () => {
  storeFiles(portal, [{ key: "d1", name: "hiss.txt", object: "O2", bytes: "ett" },
    { key: "d2", name: "HISS.TXT", object: "O2", bytes: "två" }]);
  const files = unpack((await (await as("olle")).get("/files.zip?id=o2&id=d1&id=d2")).bytes);
  assert.deepEqual(Object.keys(files).length, 3);
  assert.deepEqual(Object.values(files).map(String).sort(), ["Innehåll i hiss.txt\n", "ett", "två"].sort());
  portal.sql("DELETE FROM file WHERE key IN ('d1', 'd2')");
});

test("all files that match come as one zip, and a search without hits says so", async () => {
  const client = await as("kim");
  assert.deepEqual(Object.keys(unpack((await client.get("/files.zip?all=1&category=ritning")).bytes)).length, 2);
  assert.equal((await client.get("/files.zip?all=1&q=finnsinte")).status, 404);
  assert.equal((await client.get("/files.zip?all=1&from=x")).status, 400);
});

test("without a choice the list of the search stands there again and says what to do", async () => {
  const client = await as("kim");
  const list = await client.get("/files?category=ritning&sort=name");
  const back = (await client.submit(list, {}, { form: "/files.zip" })).headers.get("location");
  assert.match(back, /^\/files\?.*category=ritning.*chosen=none/);
  const page = await client.get(back);
  assert.match(page.text, /role="alert" id="choose-error" data-choose-error>/);
  assert.equal(page.text.split("data-size").length, list.text.split("data-size").length);
  assert.match((await client.get("/files.zip?list=//evil.example/")).headers.get("location"), /^\/files\?/);
});

test("more than 500 files are refused with words", async () => {
  storeFiles(portal,
    Array.from({ length: 501 }, (_, i) => ({ key: `x${i}`, name: `${i}.txt`, customer: "K1", bytes: "x" })));
  const client = await as("kim");
  const back = (await client.get("/files.zip?all=1&q=txt")).headers.get("location");
  assert.match(back, /^\/files\?.*q=txt.*chosen=many#result$/);
  assert.match(textOf((await client.get(back)).text), /Högst 500 filer och 4 GB .*Välj färre/);
  assert.match(textOf((await client.get("/files")).text), /Högst 500 filer och 4 GB/);
  assert.doesNotMatch((await client.get("/files")).text, /all=1/);
  portal.sql("DELETE FROM file WHERE key LIKE 'x%'");
});

test("4 GB and more are refused in the list, before anything is sent, and the choice stays", async () => {
  portal.sql("UPDATE file SET size = 3000000000 WHERE key IN ('k1', 'o1')");
  const client = await as("kim"), list = await client.get("/files?sort=name");
  const keys = [...list.text.matchAll(/name="id" value="(k1|o1)"/g)].map(([, key]) => key);
  assert.equal(keys.length, 2);
  const refused = await client.submit(list, { id: keys }, { form: "/files.zip" });
  const page = await client.get(refused.headers.get("location"));
  assert.match(refused.headers.get("location"), /^\/files\?.*sort=name.*chosen=many/);
  assert.match(textOf(page.text), /Högst 500 filer och 4 GB .*Välj färre/);
  assert.deepEqual([...page.text.matchAll(/name="id" value="([^"]*)" data-size="\d+" checked/g)].map(([, key]) => key),
    keys);
  portal.sql(`UPDATE file SET size = ${bytesOf("k1").length} WHERE key = 'k1'`);
  portal.sql(`UPDATE file SET size = ${bytesOf("o1").length} WHERE key = 'o1'`);
});

test("a client that leaves in the middle of a zip leaves no open files", async () => {
  storeFiles(portal, Array.from({ length: 4 },
    (_, i) => ({ key: `y${i}`, name: `${i}.jpg`, type: "image/jpeg", customer: "K1", bytes: randomBytes(8_000_000) })));
  const client = await as("kim");
  const contents = () => portal.children().flatMap((pid) => readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return ""; // closed meanwhile
    }
  })).filter((target) => target.startsWith(join(portal.data, "files")));
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { hostname, port } = new URL(portal.url);
  await Promise.all(Array.from({ length: 6 }, () => new Promise((done, fail) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /files.zip?id=y0&id=y1&id=y2&id=y3 HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`));
    socket.once("data", (bytes) => {
      assert.match(bytes.toString("latin1"), /^HTTP\/1\.1 200 /);
      socket.destroy();
      done();
    });
    socket.once("error", fail);
  })));
  await waitFor(() => `no content, but ${contents()}`, () => !contents().length);
  const files = unpack((await client.get("/files.zip?id=y0&id=y1&id=y2&id=y3")).bytes);
  assert.equal(Object.keys(files).length, 4);
  portal.sql("DELETE FROM file WHERE key LIKE 'y%'");
});
