// The outside of the portal as docs/operations.md and the contract with its operators have it: addresses, errors and
// their pages, links, and who may read the figures. requests.test.mjs has the cycle of a request.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cookieLines, ENGINE, startPortal } from "./harness.mjs";
import { everyMatch, linkOf, textOf, unescape, withoutToken } from "./html.mjs";

const PASSWORD = "Ekollon-2026";
const files = {
  "customers.csv": `number,name,login\nK1,Brf Eken,eken/${PASSWORD}\nK2,Brf Aspen,\n`,
  "objects.csv": `number,name,customer,login\nO1,Storgatan 1,K1,hus/${PASSWORD}\n`,
  "contacts.csv": "number,first_name,last_name,email,customers\nP1,Kim,Ek,kim@x.se,K1\n",
  "accounts.csv": `email,password,verified\nkim@x.se,${PASSWORD},yes\n`,
  "cases.csv": "number,title,customer,object,created\nC1,Kran,K1,O1,2026-03-01T08:00:00\n"
    + "C2,Annan,K2,,2026-03-01T08:00:00\n",
};
const LOGINS = { contact: "kim@x.se", customer: "eken", object: "hus" };

let portal;
const clients = {};
before(async () => {
  portal = await startPortal({ files });
  for (const [kind, name] of Object.entries(LOGINS)) {
    clients[kind] = portal.client();
    assert.equal((await clients[kind].login(name, PASSWORD)).status, 303, kind);
  }
});
after(() => portal?.stop());

const OPEN = ["/login", "/register", "/password/forgot", "/healthz", "/metrics", "/robots.txt"];
const PAGES = ["/", "/cases", "/cases.csv", "/cases.xlsx", "/cases/new", "/cases/C1", "/cases/C1/actions",
  "/cases/C1/actions.csv",
  "/cases/C1/actions.xlsx", "/account"];

for (const path of OPEN) {
  test(`${path} is there without login`, async () => {
    assert.equal((await portal.client().get(path)).status, 200);
  });
}
for (const path of PAGES) {
  test(`${path} is there for every kind of login, and for nobody else`, async () => {
    for (const [kind, client] of Object.entries(clients)) assert.equal((await client.get(path)).status, 200, kind);
    const answer = await portal.client().get(path);
    const file = /\.(csv|xlsx)$/.test(path);
    assert.equal(answer.status, file ? 401 : 303);
    assert.equal(answer.headers.get("location"), file ? null : `/login?next=${encodeURIComponent(path)}`);
  });
}

test("the menu leads to a new case, to the search, and out", async () => {
  for (const [kind, client] of Object.entries(clients)) {
    const { text } = await client.get("/");
    assert.equal(linkOf(text, "Nytt ärende"), "/cases/new", kind);
    assert.equal(linkOf(text, "Ärenden"), "/cases", kind);
    assert.match(text, /<form[^>]*action="\/logout" method="post"/, kind);
  }
});

test("no page asks another host for anything", async () => {
  const visitor = portal.client();
  for (const path of [...OPEN.slice(0, 3), ...PAGES.filter((page) => !/\.(csv|xlsx)$/.test(page)), "/nothing"]) {
    const { text } = await (OPEN.includes(path) ? visitor : clients.contact).get(path);
    for (const [, address] of everyMatch(text, /\b(?:href|src|action|data-source|data-draft-url)="([^"]*)"/g, path))
      assert.match(unescape(address), /^(\/(?!\/)|#|mailto:|tel:|\?)/, path);
  }
});

test("no page has scripts or styles in its HTML", async () => {
  for (const path of ["/login", "/", "/cases", "/cases/new", "/cases/C1", "/cases/C1/actions", "/account",
    "/nothing"]) {
    const { text } = await (path === "/login" ? portal.client() : clients.contact).get(path);
    assert.match(text, /<script [^>]*\bsrc=/, path);
    assert.doesNotMatch(text, /<style|\sstyle="|\son\w+="|<script(?![^>]*\bsrc=)/, path);
  }
});

test("the first view is below 60 kB in all", async () => {
  const visitor = portal.client({ "accept-encoding": "gzip, br" });
  const sizeOf = async (path) => {
    const answer = await visitor.get(path, { "accept-encoding": "identity" });
    const packed = await visitor.request(path, { method: "HEAD" });
    return { text: answer.text, size: Number(packed.headers.get("content-length")) };
  };
  const page = await sizeOf("/login");
  const assets = new Set([...page.text.matchAll(/(?:href|src)="(\/(?:assets|theme)\/[^"#]+)/g)].map((m) => m[1]));
  assert.ok(assets.size >= 3);
  let total = page.size;
  for (const asset of assets) total += (await sizeOf(asset)).size;
  assert.ok(total < 60_000, `${total} bytes`);
});

test("an unknown address has a page in the language of who asks", async () => {
  const swedish = await clients.contact.get("/nothing");
  assert.equal(swedish.status, 404);
  assert.match(swedish.text, /<html lang="sv"/);
  const english = await portal.client().get("/nothing", { "accept-language": "en" });
  assert.equal(english.status, 404);
  assert.match(textOf(english.text), /The page was not found/);
});

test("an account whose language nobody chose is shown what the browser asks for", async () => {
  const client = portal.client();
  assert.equal((await client.login(LOGINS.contact, PASSWORD)).status, 303);
  assert.match((await client.get("/account", { "accept-language": "en" })).text, /<html lang="en"/);
  assert.match((await client.get("/account", { "accept-language": "sv" })).text, /<html lang="sv"/);
});

test("an unknown address below a case and the case of others answer alike", async () => {
  for (const [others, unknown] of [["/cases/C2", "/cases/C9"], ["/cases/C2/actions", "/nothing"],
    ["/cases/C2/attachments/x/y", "/cases/C9/attachments/x/y"], ["/cases/C2/actions.csv", "/cases/C9/actions.csv"]]) {
    const answers = [await clients.customer.get(others), await clients.customer.get(unknown)];
    assert.deepEqual(answers.map((answer) => answer.status), [404, 404], others);
    assert.equal(withoutToken(answers[0].text), withoutToken(answers[1].text), others);
  }
});

test("HEAD has the type and the size of the answer to GET", async () => {
  for (const path of ["/cases", "/cases/C1", "/cases.csv", "/cases/C1/actions"]) {
    const got = await clients.customer.get(path, { "accept-encoding": "identity" });
    const head = await clients.customer.request(path, { method: "HEAD", headers: { "accept-encoding": "identity" } });
    assert.equal(head.status, 200, path);
    assert.equal(head.bytes.length, 0, path);
    assert.equal(head.headers.get("content-type"), got.headers.get("content-type"), path);
    assert.ok(Number(head.headers.get("content-length")) > 0, path);
  }
});

test("the page of a failure has the id of its log line and no detail", async () => {
  const broken = await startPortal({ files });
  try {
    const client = broken.client();
    assert.equal((await client.login("eken", PASSWORD)).status, 303);
    broken.sql("ALTER TABLE article_row RENAME TO gone");
    const answer = await client.get("/cases/C1/actions");
    assert.equal(answer.status, 500);
    const id = answer.headers.get("x-request-id");
    assert.ok(id && answer.text.includes(id));
    assert.doesNotMatch(answer.text, /article_row|SELECT|sqlite|relation|\.c:/i);
    await broken.logged((line) => line.request === id && line.level === "error");
  } finally {
    await broken.stop();
  }
});

test("/healthz answers 503 when the database is gone", { skip: ENGINE === "sqlite" && "SQLite is part of the program" },
  async () => {
  const lonely = await startPortal();
  try {
    assert.equal((await lonely.client().get("/healthz")).status, 200);
    lonely.database.drop();
    lonely.database.drop = () => {};
    assert.equal((await lonely.client().get("/healthz")).status, 503);
  } finally {
    await lonely.stop();
  }
});

test("the figures are for the machine itself, unless the settings open them", async () => {
  for (const [setting, status] of [["loopback", 404], ["any", 200]]) {
    const proxied = await startPortal({ config: `[server]\ntrusted_proxy = 127.0.0.1\nmetrics_from = ${setting}\n` });
    try {
      const from = (address) => proxied.client().get("/metrics", { "x-forwarded-for": address });
      assert.equal((await from("192.0.2.7")).status, status, setting);
      assert.equal((await proxied.client().get("/metrics")).status, 200, setting);
    } finally {
      await proxied.stop();
    }
  }
});

test("what comes through a proxy that is not trusted is not the machine itself", async () => {
  for (const address of ["192.0.2.7", "127.0.0.1"])
    assert.equal((await portal.client().get("/metrics", { "x-forwarded-for": address })).status, 404);
});

test("on https cookies are secure and browsers are told to stay", async () => {
  const secure = await startPortal({ config: "[server]\nbase_url = https://portal.example.se\n" });
  try {
    const answer = await secure.client().get("/login");
    assert.match(answer.headers.get("strict-transport-security"), /max-age=\d{7,}/);
    const lines = cookieLines(answer.headers);
    assert.ok(lines.length > 0);
    for (const line of lines) assert.match(line, /^__Host-.*; Secure/);
  } finally {
    await secure.stop();
  }
});

test("a form that changes something has its token, on every page", async () => {
  const visitor = portal.client();
  for (const [client, paths] of [[visitor, ["/login", "/register", "/password/forgot"]],
    [clients.contact, ["/", "/cases", "/cases/new", "/cases/C1", "/account"]]]) {
    for (const path of paths) {
      const { text } = await client.get(path);
      for (const [form] of everyMatch(text, /<form[^>]*method="post".*?<\/form>/gs, path))
        assert.match(form, /name="csrf_token" value="[^"]{20,}"/, path);
    }
  }
});

test("a POST without token is refused everywhere", async () => {
  for (const path of ["/cases/new", "/cases/draft", "/cases/draft/discard", "/logout", "/account/password"])
    assert.equal((await clients.contact.post(path, { title: "x" })).status, 403, path);
  for (const path of ["/login", "/register", "/password/forgot", "/password/reset"])
    assert.equal((await portal.client().post(path, { username: "x" })).status, 403, path);
  assert.equal((await clients.contact.get("/")).status, 200, "still logged in");
});

test("after logging out the old cookie shows nothing", async () => {
  const leaving = portal.client();
  assert.equal((await leaving.login("eken", PASSWORD)).status, 303);
  const old = new Map(leaving.cookies);
  assert.equal((await leaving.logout()).status, 303);
  leaving.cookies = old;
  for (const path of ["/", "/cases", "/cases/C1"]) assert.equal((await leaving.get(path)).status, 303, path);
});

test("the title of a page names it, so that no two pages of a history are called alike", async () => {
  const receipt = await clients.contact.submit("/cases/new", { title: "Nytt fel", reporter: "Kim" });
  const titles = [];
  for (const path of ["/", "/cases", "/cases/new", "/cases/C1", receipt.headers.get("location"), "/cases/C1/actions",
    "/objects", "/objects/tree", "/objects/tree?parent=O1", "/objects/O1", "/account", "/nothing", "/cases?from=x"]) {
    const { text } = await clients.contact.get(path);
    titles.push(unescape(/<title>(.*?)<\/title>/.exec(text)[1]));
  }
  assert.equal(new Set(titles).size, titles.length, titles.join("\n"));
  for (const said of ["Ärende C1: Kran", "Tack, vi har tagit emot ditt ärende", "I Storgatan 1",
    "Fel: Sidan hittades inte", "Fel: Sök ärende"]) {
    assert.ok(titles.some((title) => title.startsWith(`${said} – `)), `${said}: ${titles.join("\n")}`);
  }
});
