// Names of 82 letters without a blank, web addresses and mail addresses in every column and field: no page that
// customers or staff can open gets wider than the narrowest phone, and no table of it scrolls sideways.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRoutes } from "../http/permissions.mjs";
import { storeFiles } from "../http/stored.mjs";
import { assertFits, browserTest, PASSWORD } from "./site.mjs";

const WORDS = {
  name: "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften",
  web: "https://www.energimyndigheten.se/energisystem-och-analys/statistik/officiell-statistik?ar=2026",
  mail: "fornamn.mellannamn.efternamnsson@fastighetsforvaltningen-i-vastra-hamnen.example.se",
};
const { name, web, mail } = WORDS;
const row = (...cells) => `${cells.join(",")}\n`;
const files = {
  "picklists.csv": "list,key,label_sv\n" + ["case_type", "priority", "work_order_type", "action_code", "file_category",
    "object_group"].map((list) => row(list, "lang", name)).join(""),
  "customers.csv": "number,name,email,phone,street,postal_code,city\n" + row(name, web, mail, name, web, name, name),
  "objects.csv": "number,name,customer,parent,group,street,postal_code,city\n"
    + row(name, web, name, "", "lang", web, name, name) + row(`${name}2`, mail, name, name, "lang", web, name, name),
  "contacts.csv": "number,first_name,last_name,email,phone,mobile,customers,objects\n"
    + row(name, name, web, "bo@x.se", name, name, name, name),
  "accounts.csv": `email,password,verified\nbo@x.se,${PASSWORD},yes\n${mail},${PASSWORD},yes\n`,
  "articles.csv": "number,name,article_type,unit,unit_price\n" + row(name, web, "time", name, "650"),
  "cases.csv": "number,title,description,type,priority,customer,object,primary_contact,your_reference,reporter,"
    + "reporter_phone,site_street,site_postal_code,site_city,created,extra_lang\n"
    + row(name, web, mail, "lang", "lang", name, name, name, web, mail, name, web, name, name, "2026-11-01T08:00:00",
      web),
  "work_orders.csv": "number,case,title,type,status,resource,booked_from,created,started,finished\n"
    + row(`${name}1`, name, web, "lang", "finished", mail, "2026-11-02T08:00:00", "2026-11-01T09:00:00",
      "2026-11-02T09:00:00", "2026-11-02T10:00:00"),
  "article_rows.csv": "number,case,work_order,article,date,title,description,action_code,article_type,quantity,unit,"
    + "unit_price,status,resource\n"
    + row(`${name}R`, name, `${name}1`, name, "2026-11-02", web, mail, "lang", "time", "123456.789", name, "99999.99",
      "attested", mail),
  "invoice_specifications.csv": "number,customer,title,status,your_reference,rows\n"
    + row(name, name, web, "awaiting_approval", mail, `${name}R`),
};
const config = `[case_search]
columns = number, title, description, status, type, priority, customer, object, your_reference, reporter, `
  + `reporter_phone, site_street, site_postal_code, site_city, created, started, finished, actions, extra_lang
[extra.lang]
label_sv = ${name}
[actions]
columns = number, date, work_order, article, title, description, action_code, article_type, quantity, unit, `
  + `unit_price, discount, total, status, resource
prices = always
`;

const site = browserTest({
  files,
  config,
  logins: { bo: "bo@x.se", chef: { email: "chef@x.se", role: "administrator" } },
  prepare: async ({ portal }) => {
    storeFiles(portal, Object.values(WORDS).map((one, i) =>
      ({ key: `k${i}`, name: `${one.replaceAll("/", "_")}.txt`, customer: name, bytes: "x" })));
    storeFiles(portal, [{ key: "kc", name: `${name}.txt`, case: name, bytes: "x" }]);
    const own = `/cases/${encodeURIComponent(name)}`;
    await (await site.client("bo")).submit(own, { message: `${name} ${web} ${mail}` }, { form: `${own}/messages` });
    await (await site.client("chef")).submit(`/staff${own}`, { note: `${name} ${web} ${mail}` },
      { form: `/staff${own}/notes` });
  },
});

// What stands for the `{…}` of a route, by what is before it.
const VALUES = {
  "/cases/": name, "/invoices/": name, "/dashboards/": "cases", "/staff/accounts/": "2", "/staff/articles/": name,
  "/staff/cases/": name, "/staff/contacts/": name, "/staff/customers/": name, "/staff/files/": "1",
  "/staff/invoices/": name, "/staff/objects/": name, "/staff/picklists/": "case_type", "/staff/users/": "1",
  "/staff/configuration/form/": "title", "/rows/": `${name}R`, "/work-orders/": `${name}1`,
  "/staff/configuration/preview/": "login", "/objects/": name,
};
const NO_PAGE = new RegExp("\\.(csv|xlsx|zip|json|pdf|css|ico|txt|ini)$|\\{name\\}|\\{key\\}|/state$"
  + "|^/(assets|healthz|metrics|logo|language|logout)|/(choices|lookup)/|/new/(customers|objects|known)$");
const ELSEWHERE = new RegExp("\\{receipt\\}|imports/\\{id\\}|history/\\{number\\}"
  + "|^/cases/\\{number\\}/edit$|/(confirm|login|code|second-factor|password|verify|reset|publish|logo)$");

function addressesFor(words) {
  return readRoutes().filter((route) => route.method === "GET" && route.who.some((one) => words.includes(one)))
    .map((route) => route.path)
    .filter((path) => !NO_PAGE.test(path) && !ELSEWHERE.test(path))
    .map((path) => path.replace(/(^.*?\/|\/[a-z-]+\/)\{\w+\}/g, (whole, before) => {
      const key = Object.keys(VALUES).find((one) => one === before) ?? assert.fail(`no value for ${path}`);
      return before + encodeURIComponent(VALUES[key]);
    }));
}

for (const [who, words] of [["bo", ["contact", "payer", "linked"]], ["chef", ["administrator"]]]) {
  test(`long words fit on every page of ${who}`, async () => {
    const page = await site.open(undefined, { who, width: 320 });
    const wide = [];
    for (const path of addressesFor(words)) {
      const response = await page.goto(site.url + path);
      if (response.status() !== 200) wide.push(`${path}: ${response.status()}`);
      const scrolling =
        await page.$$eval(".table-scroll", (all) => all.map((one) => one.scrollWidth - one.clientWidth));
      if (scrolling.some((beyond) => beyond > 0)) wide.push(`${path}: a table scrolls ${scrolling}`);
      await assertFits(page, path).catch((error) => wide.push(error.message.slice(0, 900)));
    }
    assert.deepEqual(wide, []);
  });
}
