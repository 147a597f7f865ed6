// Random worlds: customers, object trees, contacts with links, accounts, shared logins, cases. One graph is a handful
// of each, small enough that every kind of overlap and gap turns up within a few hundred.

const PASSWORD = "Slump-2026-test";

function customersOf(random, name) {
  return Array.from({ length: 1 + random.below(4) }, (_, i) => ({
    number: `${name}-C${i}`,
    name: `Kund ${name} ${i}`,
    active: !random.chance(0.1),
    login: random.chance(0.4) ? `${name}.kund${i}` : null,
  }));
}

function objectsOf(random, name, customers) {
  const objects = [];
  for (let i = 0; i < 1 + random.below(6); i++) {
    objects.push({
      number: `${name}-O${i}`,
      name: `Objekt ${name} ${i}`,
      customer: random.chance(0.8) ? random.pick(customers).number : null,
      parent: i && random.chance(0.5) ? random.pick(objects).number : null,
      active: !random.chance(0.1),
      login: random.chance(0.3) ? `${name}.objekt${i}` : null,
    });
  }
  return objects;
}

function spelled(random, email) {
  return random.chance(0.3) ? ` ${email.toUpperCase()} ` : random.chance(0.3) ? email.toUpperCase() : email;
}

function contactsOf(random, name, customers, objects, emails) {
  return Array.from({ length: 1 + random.below(4) }, (_, i) => {
    const fields = ["", "", ""];
    for (const email of random.some(emails, 0.3)) fields[random.below(3)] = spelled(random, email);
    return {
      number: `${name}-K${i}`,
      fields,
      customers: random.chance(0.5) ? random.some(customers, 0.5).map((c) => c.number) : [],
      objects: random.chance(0.6) ? random.some(objects, 0.4).map((o) => o.number) : [],
      active: !random.chance(0.1),
    };
  });
}

function casesOf(random, name, customers, objects, contacts) {
  return Array.from({ length: 4 + random.below(10) }, (_, i) => {
    const others = random.some(contacts, 0.2).map((k) => k.number);
    const primary = random.chance(0.4) ? random.pick(contacts).number : null;
    return {
      number: `${name}-A${i}`,
      title: `${random.pick(["Hissen", "Porten", "Lampan", "Ärendet"])} ${random.pick(["står", "läcker", "blinkar"])} `
        + `${i}`,
      customer: random.chance(0.6) ? random.pick(customers).number : null,
      object: random.chance(0.6) ? random.pick(objects).number : null,
      primary,
      contacts: others,
      status: random.pick(["not_started", "started", "finished", "cancelled"]),
      day: 1 + random.below(28),
      rows: Array.from({ length: random.below(3) }, (__, r) => ({
        number: `${name}-R${i}.${r}`,
        status: random.pick(["editable", "attested", "invoiced", "cancelled"]),
        price: random.below(100000) / 100,
      })),
    };
  });
}

export function makeGraph(random, index) {
  const name = `g${index}`;
  const customers = customersOf(random, name);
  const objects = objectsOf(random, name, customers);
  const emails = Array.from({ length: 1 + random.below(3) }, (_, i) => `${name}.person${i}@example.se`);
  const contacts = contactsOf(random, name, customers, objects, emails);
  return {
    name,
    customers,
    objects,
    contacts,
    accounts: emails.map((email) =>
      ({ email, verified: !random.chance(0.15), spelling: spelled(random, email).trim() })),
    cases: casesOf(random, name, customers, objects, contacts),
    password: PASSWORD,
  };
}

const cell = (value) =>
  (/[",\r\n|]/.test(value) && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const table = (head, rows) => [head, ...rows].map((row) => row.map((v) => cell(String(v ?? ""))).join(",")).join("\r\n")
  + "\r\n";
const state = (one) => (one.active ? "active" : "inactive");
const login = (one, password) => (one.login ? `${one.login}/${password}` : "");

// The graphs as one folder of CSV files by contract 4: name → text.
export function toCsv(graphs) {
  const all = (key, row) => graphs.flatMap((g) => g[key].map((one) => row(one, g)));
  const cases = graphs.flatMap((g) => g.cases);
  return {
    "customers.csv": table(["number", "name", "status", "login"],
      all("customers", (c, g) => [c.number, c.name, state(c), login(c, g.password)])),
    "objects.csv": table(["number", "name", "customer", "parent", "status", "login"],
      all("objects", (o, g) => [o.number, o.name, o.customer, o.parent, state(o), login(o, g.password)])),
    "contacts.csv": table(["number", "first_name", "last_name", "email", "email_2", "email_3", "customers", "objects",
      "status"],
      all("contacts",
        (k) => [k.number, "Kim", k.number, ...k.fields, k.customers.join("|"), k.objects.join("|"), state(k)])),
    "accounts.csv": table(["email", "password", "verified"],
      all("accounts", (a, g) => [a.spelling, g.password, a.verified ? "yes" : "no"])),
    "cases.csv": table(["number", "title", "status", "customer", "object", "primary_contact", "contacts", "created"],
      cases.map((c) => [c.number, c.title, c.status, c.customer, c.object, c.primary, c.contacts.join("|"),
        `2026-03-${String(c.day).padStart(2, "0")}T08:00:00`])),
    "article_rows.csv": table(["number", "case", "date", "title", "article_type", "quantity", "unit_price", "status"],
      cases.flatMap((c) =>
        c.rows.map((r) => [r.number, c.number, "2026-03-30", "Material", "material", 1, r.price, r.status]))),
  };
}
