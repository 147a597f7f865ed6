// Real data of a city, where it is there (../shared/data/nyc311 beside the project): it imports as it is, everybody in
// it can log in, and each sees what the rules say.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { startPortal } from "./harness.mjs";
import { readCsv } from "./sheets.mjs";

const FOLDER = resolve(new URL(".", import.meta.url).pathname, "../../../shared/data/nyc311");
const PASSWORD = "Portal-311-test";

// The files as the project does not read them: each line by its own delimiter, no quotes around line breaks.
function read(name) {
  const text = readFileSync(join(FOLDER, name), "utf8").replace(/^\ufeff/, "").replace(/\r\n|\r|\n/g, "\r\n");
  const delimiter = text.split("\r\n")[0].includes(";") ? ";" : ",";
  const [head, ...rows] = delimiter === "," ? readCsv(text) : text.trimEnd().split("\r\n")
    .map((line) => line.split(";"));
  return rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i] ?? ""])));
}
const list = (cell) => (cell ?? "").split("|").filter(Boolean);
const sorted = (items) => [...items].sort();

describe("the data of a city", { skip: existsSync(FOLDER) ? false : "no data beside the project" }, () => {
  let portal, data;
  before(async () => {
    portal = await startPortal();
    await portal.importFolder(FOLDER);
    data = Object.fromEntries(["customers", "objects", "contacts", "accounts",
      "cases"].map((name) => [name, read(`${name}.csv`)]));
    data.owner = Object.fromEntries(data.objects.map((object) => [object.number, object.customer]));
  });
  after(() => portal?.stop());

  async function shown(name, password) {
    const client = portal.client();
    assert.equal((await client.login(name, password)).status, 303, `login of ${name}`);
    const page = await client.get("/cases");
    const total = Number(/<h2 id="result-title">([\d\s\u00a0,]+)/.exec(page.text)[1].replace(/\D/g, ""));
    const numbers = readCsv((await client.get("/cases.csv")).text).slice(1).map((row) => row[0]);
    assert.equal(total, numbers.length, `count of ${name}`);
    return sorted(numbers);
  }

  test("every customer logs in and sees its cases", async () => {
    const logins = data.customers.filter((customer) => customer.login);
    assert.ok(logins.length > 0);
    for (const { number, login } of logins) {
      const [name, ...password] = login.split("/");
      const own = data.cases.filter((one) => one.customer === number).map((one) => one.number);
      assert.deepEqual(await shown(name, password.join("/")), sorted(own), name);
    }
  });

  test("every contact logs in and sees the cases of its links", async () => {
    assert.equal(data.accounts.length, data.contacts.filter((contact) => contact.email).length);
    for (const contact of data.contacts.filter((one) => one.email)) {
      const customers = list(contact.customers);
      const objects = list(contact.objects);
      const own = data.cases.filter((one) => one.primary_contact === contact.number || list(one.contacts)
        .includes(contact.number)
        || objects.includes(one.object) || customers.includes(one.customer)
          || customers.includes(data.owner[one.object]));
      assert.deepEqual(await shown(contact.email, PASSWORD), sorted(own.map((one) => one.number)), contact.email);
    }
  });

  test("a case shows its real text and times", async () => {
    const one = data.cases.find((row) => row.description && row.finished && row.customer);
    const [name, ...password] = data.customers.find((customer) => customer.number === one.customer).login.split("/");
    const client = portal.client();
    await client.login(name, password.join("/"));
    const page = await client.get(`/cases/${one.number}`);
    assert.equal(page.status, 200);
    assert.ok(page.text.includes(one.created.slice(0, 16).replace("T", " ")), "created");
    assert.ok(page.text.includes(one.description.slice(0, 20)), "description");
  });

  test("what went in comes out again", async () => {
    const out = join(portal.folder, "out");
    assert.equal((await portal.run("export", out)).code, 0);
    const numbers = (text) => sorted(readCsv(text).slice(1).map((row) => row[0]));
    assert.deepEqual(numbers(readFileSync(join(out, "cases.csv"), "utf8")),
      sorted(data.cases.map((one) => one.number)));
  });
});
