// What lies beyond cases, added to a random world: types and times of cases, work orders, article rows with prices,
// invoice specifications and files.

const DAY = 86400e3;
const HOUR = 3600e3;
const FIRST = Date.UTC(2026, 4, 1);
export const ARTICLE_TYPES = ["material", "travel", "time", "purchase", "other"];
export const STATES = ["not_started", "started", "finished", "cancelled"];
export const TYPES = ["fel", "service", "annat"];
export const ORDER_TYPES = ["akut", "plan"];
export const CODES = ["byte", "kontroll", "resa"];
export const ARTICLES = Array.from({ length: 14 }, (_, i) => ({ number: `ART-${i}`, type: ARTICLE_TYPES[i % 5] }));

const maybe = (random, p, make) => (random.chance(p) ? make() : null);

function stamps(random, from, status) {
  const started = status === "not_started" ? null
    : maybe(random, 0.8, () => from + random.below(200) * HOUR + random.below(60) * 60e3);
  const finished = status === "finished" ? (started ?? from) + random.below(300) * HOUR + random.below(60) * 60e3
    : null;
  return { started, finished };
}

function ordersOf(random, one) {
  return Array.from({ length: random.below(4) }, (_, i) => {
    const status = random.pick(STATES);
    const created = one.created + random.below(60) * DAY + random.below(24) * HOUR;
    return {
      number: `${one.number}-${i + 1}`,
      type: maybe(random, 0.8, () => random.pick(ORDER_TYPES)),
      status,
      created,
      bookedTo: maybe(random, 0.6, () => created + random.below(200) * HOUR),
      ...stamps(random, created, status),
    };
  });
}

function rowsOf(random, one) {
  return Array.from({ length: random.below(5) }, (_, i) => {
    const article = maybe(random, 0.7, () => random.pick(ARTICLES));
    return {
      number: `${one.number}-R${i}`,
      case: one.number,
      article: article?.number ?? null,
      type: article?.type ?? random.pick(ARTICLE_TYPES),
      code: maybe(random, 0.7, () => random.pick(CODES)),
      quantity: 1 + random.below(2000), // hundredths
      price: random.below(500000) - 20000, // öre
      discount: random.pick([0, 0, 5, 25, 100]), // per cent
      status: random.pick(["editable", "attested", "invoiced", "cancelled"]),
    };
  });
}

function specificationsOf(random, graph) {
  const rows = graph.cases.flatMap((one) => one.rows);
  return Array.from({ length: random.below(4) }, (_, i) => {
    const customer = random.pick(graph.customers).number;
    const status = random.pick(["draft", "awaiting_approval", "approved", "rejected", "invoiced"]);
    const fits = (row) => status === "draft" || row.status !== "editable";
    return { number: `${graph.name}-S${i}`, customer, status,
      rows: random.some(rows, 0.3).filter(fits).map((row) => row.number) };
  });
}

function filesOf(random, graph) {
  const owners = [
    () => ({ customer: random.pick(graph.customers).number }),
    () => ({ object: random.pick(graph.objects).number }),
    () => ({ case: random.pick(graph.cases).number }),
  ];
  return Array.from({ length: random.below(9) }, (_, i) => ({
    name: `${graph.name}-fil-${i}.txt`,
    ...random.pick(owners)(),
    visible: !random.chance(0.35),
  }));
}

// Domain 2: the state of a case follows its work orders that are not cancelled, unless it is cancelled itself; its
// stamps are the earliest and the latest of theirs.
function derive(one) {
  const orders = one.orders.filter((order) => order.status !== "cancelled");
  if (!orders.length || one.status === "cancelled") return;
  const least = (values) => (values.length ? Math.min(...values) : null);
  const states = orders.map((order) => STATES.indexOf(order.status));
  one.status = STATES[Math.max(...states) === 0 ? 0 : Math.min(...states) === 2 ? 2 : 1];
  one.started = least(orders.map((order) => order.started).filter((at) => at !== null)) ?? one.started;
  const finished = orders.map((order) => order.finished).filter((at) => at !== null);
  one.finished = one.status === "finished" ? (finished.length ? Math.max(...finished) : one.finished) : null;
}

// An import refuses a case that its work orders finish before the start it was given.
function leaveOutStart(one) {
  const derived = { ...one };
  derive(derived);
  if (derived.started !== null && derived.finished !== null && derived.finished < derived.started) one.started = null;
}

export function enrich(random, graph) {
  for (const one of graph.cases) {
    one.created = FIRST + random.below(200) * DAY + random.below(24 * 60) * 60e3;
    one.type = maybe(random, 0.8, () => random.pick(TYPES));
    Object.assign(one, stamps(random, one.created, one.status));
    one.orders = ordersOf(random, one);
    one.rows = rowsOf(random, one);
    leaveOutStart(one);
  }
  graph.specifications = specificationsOf(random, graph);
  graph.files = filesOf(random, graph);
  return graph;
}

const table = (head, rows) => [head, ...rows].map((row) => row.map((v) => String(v ?? "")).join(",")).join("\r\n")
  + "\r\n";
const time = (at) => (at === null ? "" : new Date(at).toISOString().replace(".000Z", "Z"));

// The files of contract 4 that graph.mjs does not make, as name → text or bytes.
export function beyondCsv(graphs) {
  const cases = graphs.flatMap((g) => g.cases);
  const files = graphs.flatMap((g) => g.files);
  const made = {
    "picklists.csv": table(["list", "key", "label_sv"], [
      ...TYPES.map((key) => ["case_type", key, `Typ ${key}`]),
      ...ORDER_TYPES.map((key) => ["work_order_type", key, `Order ${key}`]),
      ...CODES.map((key) => ["action_code", key, `Kod ${key}`]),
    ]),
    "articles.csv": table(["number", "name", "article_type"],
      ARTICLES.map((a) => [a.number, `Artikel ${a.number}`, a.type])),
    "cases.csv": table(
      ["number", "title", "type", "status", "customer", "object", "primary_contact", "contacts", "created", "started",
        "finished"],
      cases.map((c) =>
        [c.number, c.title, c.type, c.given ?? c.status, c.customer, c.object, c.primary, c.contacts.join("|"),
        time(c.created), time(c.started), time(c.finished)])),
    "work_orders.csv": table(["number", "case", "type", "status", "booked_to", "created", "started", "finished"],
      cases.flatMap((c) => c.orders.map((w) =>
        [w.number, c.number, w.type, w.status, time(w.bookedTo), time(w.created), time(w.started), time(w.finished)]))),
    "article_rows.csv": table(
      ["number", "case", "article", "date", "title", "action_code", "article_type", "quantity", "unit_price",
        "discount", "status"],
      cases.flatMap((c) => c.rows.map((r) =>
        [r.number, c.number, r.article, "2026-06-30", "Rad", r.code, r.type, (r.quantity / 100).toFixed(2),
        (r.price / 100).toFixed(2), (r.discount / 100).toFixed(2), r.status]))),
    "invoice_specifications.csv": table(["number", "customer", "title", "status", "rows"],
      graphs.flatMap((g) =>
        g.specifications.map((s) => [s.number, s.customer, `Underlag ${s.number}`, s.status, s.rows.join("|")]))),
    "files.csv": table(["path", "name", "customer", "object", "case", "visible"],
      files.map((f) => [`inneh\u00e5ll/${f.name}`, f.name, f.customer, f.object, f.case, f.visible ? "yes" : "no"])),
  };
  for (const file of files) made[`inneh\u00e5ll/${file.name}`] = `Innehåll i ${file.name}\n`;
  for (const one of cases) derive(one);
  return made;
}
