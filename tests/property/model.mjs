// Domain 3–5, written again from the text alone, over plain arrays. It shares nothing with the program: sets and loops
// only.

const fold = (text) => text.trim().toLowerCase();
const find = (items, number) => items.find((one) => one.number === number);

// Domain 3: the one active contact that has the proven address in any of its fields.
function contactOf(graph, account) {
  if (!account.verified) return null;
  const matching = graph.contacts.filter((k) => k.active
    && k.fields.some((field) => fold(field) === fold(account.email)));
  return matching.length === 1 ? matching[0] : null;
}

export function loginsOf(graph) {
  const logins = graph.accounts.map((account) => {
    const contact = contactOf(graph, account);
    return { kind: "contact", name: account.email, account, contact, allowed: true };
  });
  for (const customer of graph.customers.filter((c) => c.login))
    logins.push({ kind: "customer", name: customer.login, customer, allowed: customer.active });
  for (const object of graph.objects.filter((o) => o.login))
    logins.push({ kind: "object", name: object.login, object, allowed: object.active });
  return logins;
}

// K, O, C, CO and OC of domain 4.
function sets(graph, contact) {
  const O = graph.objects.filter((o) => contact.objects.includes(o.number));
  const C = graph.customers.filter((c) => contact.customers.includes(c.number));
  const CO = graph.customers.filter((c) => O.some((o) => o.customer === c.number));
  const OC = graph.objects.filter((o) => C.some((c) => c.number === o.customer));
  return { O, C, CO, OC };
}

// Domain 2.8: graph.showsCancelled is the setting.
export const isCancelled = (one) => one.status === "cancelled";

// Domain 5.
export function mayCase(graph, login, one) {
  if (isCancelled(one) && !graph.showsCancelled) return false;
  if (login.kind === "customer") return one.customer === login.customer.number;
  if (login.kind === "object") return one.object === login.object.number;
  const K = login.contact;
  if (!K) return false;
  const { O, C, OC } = sets(graph, K);
  return (
    one.primary === K.number ||
    one.contacts.includes(K.number) ||
    O.some((o) => o.number === one.object) ||
    C.some((c) => c.number === one.customer) ||
    OC.some((o) => o.number === one.object)
  );
}

export function mayPrices(graph, login, one) {
  if (!mayCase(graph, login, one)) return false;
  if (login.kind === "customer") return one.customer === login.customer.number;
  if (login.kind === "object" || !login.contact) return false;
  return sets(graph, login.contact).C.some((c) => c.number === one.customer);
}

// Domain 7.2: the objects of O and OC, of the customer, or the object itself; nothing below or above it.
export function mayObject(graph, login, one) {
  if (login.kind === "customer") return one.customer === login.customer.number;
  if (login.kind === "object") return one.number === login.object.number;
  if (!login.contact) return false;
  const { O, OC } = sets(graph, login.contact);
  return O.includes(one) || OC.includes(one);
}

const numbers = (items) => [...new Set(items.map((one) => one.number))].sort();

// What a form may offer: `null` where the form has no such choice. A new case takes only what is active.
export function choices(graph, login, activeOnly) {
  const kept = (items) => numbers(items.filter((one) => !activeOnly || one.active));
  if (login.kind === "customer")
    return { customers: null, objects: kept(graph.objects.filter((o) => o.customer === login.customer.number)) };
  if (login.kind === "object" || !login.contact) return { customers: null, objects: null };
  const { O, C, CO, OC } = sets(graph, login.contact);
  if (!O.length && !C.length) return { customers: null, objects: null };
  return { customers: kept([...C, ...CO]), objects: kept([...O, ...OC]) };
}

// The open cases on an object that a login is shown before it reports another one there: those it sees (domain 4.11).
export function openOn(graph, login, object) {
  const mayChoose = login.kind === "object" ? login.object.number === object
    : choices(graph, login, true).objects?.includes(object);
  if (!mayChoose) return [];
  return graph.cases.filter((one) =>
    one.object === object && one.status !== "finished" && !isCancelled(one) && mayCase(graph, login, one));
}

// Domain 5.20 and 12.1: the personal logins that follow a case are mailed about it, as far as they see it.
export function mailedFollowers(graph, one) {
  const logins = loginsOf(graph).filter((login) => login.kind === "contact" && login.allowed);
  return logins.filter((login) => one.followers?.includes(login.name) && mayCase(graph, login, one));
}

// Those who may be mailed besides them: the reporter, and the primary contact at any of its addresses.
export function mailedAnyway(graph, one) {
  const primary = graph.contacts.find((k) => k.number === one.primary);
  return [one.reporter ?? "", ...(primary?.fields ?? [])].map(fold).filter(Boolean);
}

// Domain 4: what a case gets that this login makes with these choices.
export function made(graph, login, customer, object) {
  if (login.kind === "customer") return { customer: login.customer.number, object, primary: null };
  if (login.kind === "object") return { customer: login.object.customer, object: login.object.number, primary: null };
  return { customer, object, primary: login.contact ? login.contact.number : null };
}

// Domain 4: whether the form takes this pair.
export function takes(graph, login, customer, object) {
  const offered = choices(graph, login, true);
  if (customer && !(offered.customers ?? []).includes(customer)) return false;
  if (object && !(offered.objects ?? []).includes(object)) return false;
  const owner = object && find(graph.objects, object).customer;
  return !(customer && owner && owner !== customer);
}

// What the article rows of these cases cost that were created in the last twelve months, as öre in a text; null: the
// login sees no price among them.
export function costOf(graph, login, cases) {
  const now = new Date();
  const first = new Date(now.getFullYear() - 1, now.getMonth(), now.getDate());
  const rows = cases.filter((one) => mayPrices(graph, login, one) && new Date(2026, 2, one.day) >= first)
    .flatMap((one) => one.rows.filter((row) => row.status !== "cancelled"));
  if (!rows.length) return null;
  const ore = rows.reduce((sum, row) => sum + Math.round(row.price * 100), 0);
  return `${Math.floor(ore / 100)},${String(ore % 100).padStart(2, "0")}`;
}
