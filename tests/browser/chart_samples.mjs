// Dashboards as the server writes them, with every kind of chart and of data: few and many values, none, gaps, negative
// and very large ones, long names.

const NAMES = ["Brf Eken", "Storgatan 1–37, Göteborg, gårdshuset med undercentralen för fjärrvärme",
  "Hisservice & Söner AB",
  "Bostadsstiftelsen Björkstadens Allmännyttiga Fastigheter och Lokaler", "Kv. Ängsörten 4", "Övriga"];
const format = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 2 }).format;

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const weeks = (count) =>
  Array.from({ length: count }, (_, i) => `${2023 + Math.floor((i + 20) / 52)} v. ${((i + 20) % 52) + 1}`);

function cell(value, row, column) {
  if (value === null) return `<td class="cell-number">–</td>`;
  return `<td class="cell-number" data-value="${value}"><a `
    + `href="/rows.html?row=${row}&amp;series=${column}">${format(value)}</a></td>`;
}

/** One section: rows are [name, value, …]; a value of null is a gap. */
export function block(id, kind, title, head, rows) {
  const headings = head.map((name, i) =>
    `<th scope="col"${i ? ' class="cell-number"' : ""}${name.startsWith("%") ? " data-no-chart" : ""}>${name}</th>`);
  const body = rows.map(([name, ...values], i) =>
    `<tr><th scope="row">${escaped(name)}</th>${values.map((one, j) => cell(one, i, j)).join("")}</tr>`);
  const sums = head.slice(1)
    .map((_, i) => `<td class="cell-number">${format(rows.reduce((sum, row) => sum + row[i + 1], 0))}</td>`);
  return `<section class="chart-block" data-chart="${kind}" aria-labelledby="${id}-title">
  <div class="chart-head"><h2 id="${id}-title">${title}</h2>
  <p class="chart-tools no-print"><a href="/rows.html?csv=${id}" download>CSV
  <span class="visually-hidden"> ${title}</span></a></p></div>
  <div class="chart" data-chart-figure></div>
  <p class="chart-keys no-print" id="${id}-keys" data-chart-keys hidden>Piltangenterna går från värde till värde.</p>
  <details class="chart-fold" data-chart-table open>
  <summary>Visa som tabell<span class="visually-hidden">: ${title}</span></summary>
  <div class="table-scroll"><table class="table chart-table"><caption class="visually-hidden">${title}</caption>
  <thead><tr>${headings.join("")}</tr></thead><tbody>${body.join("\n")}</tbody>
  <tfoot><tr><th scope="row">Summa</th>${sums.join("")}</tr></tfoot></table></div>
  </details>
</section>`;
}

const FIGURES = `<dl class="figures">
<div class="figure"><dt>Skapade</dt><dd><a class="figure-value" href="/rows.html">1\u00a0234</a>
  <span class="figure-change figure-change--up">+12 % mot föregående period</span></dd></div>
<div class="figure"><dt>Avslutade</dt><dd><a class="figure-value" href="/rows.html">1\u00a0100</a>
  <span class="figure-change figure-change--down">−3 % mot föregående period</span></dd></div>
<div class="figure"><dt>Öppna</dt><dd><a class="figure-value" href="/rows.html">87</a>
  <span class="figure-change figure-change--same">oförändrat mot föregående period</span></dd></div>
<div class="figure"><dt>Utgifter</dt>
  <dd><a class="figure-value" href="/rows.html">1\u00a0234\u00a0567,50\u00a0kr</a></dd></div></dl>`;

const FORM = `<form class="search-form" action="/dashboard.html" method="get"><div class="criteria">
<div class="criterion"><div class="field"><label class="form-label" for="from">Från</label>
  <input class="form-control" type="date" id="from" name="from" value="2026-08-23"></div></div>
<div class="criterion"><div class="field"><label class="form-label" for="to">Till</label>
  <input class="form-control" type="date" id="to" name="to" value="2026-11-23"></div></div>
</div><div class="form-actions"><button class="btn btn-primary" type="submit">Visa</button></div></form>
<div class="print-only"><p>23 augusti – 23 november 2026. Kund: alla. Utskriven 23 november 2026 kl. 15.00.</p></div>`;

const wave = (i, high) => Math.round(high * (1 + Math.sin(i / 3) + Math.sin(i * 1.7) / 4) / 2 + high / 5);

/** What a visitor sees usually: three months. */
export function dashboard() {
  return `<h1>Ärenden</h1>${FORM}${FIGURES}<div class="charts">${[
    block("time", "columns", "Skapade och avslutade per vecka", ["Vecka", "Skapade", "Avslutade", "% klart"],
      weeks(14).map((name, i) => [name, wave(i, 40), wave(i + 1, 36), 50])),
    block("single", "columns", "Skapade per vecka", ["Vecka", "Skapade"],
      weeks(14).map((name, i) => [name, wave(i, 40)])),
    block("type", "stack", "Skapade per vecka och ärendetyp",
      ["Vecka", "Felanmälan", "Beställning", "Fråga", "Besiktning", "Reklamation", "Skada", "Övriga"],
      weeks(14).map((name, i) => [name, ...[30, 20, 12, 9, 5, 4, 3].map((high, j) => wave(i + j, high))])),
    block("object", "bars", "Per objekt", ["Objekt", "Ärenden"], NAMES.map((name, i) => [name, 120 - 23 * i])),
    block("parts", "bars-stack", "Per kund", ["Kund", "% Skapade", "Avslutade", "Öppna"],
      NAMES.map((name, i) => [name, 120 - 23 * i, 100 - 20 * i, 20 - 3 * i])),
    block("median", "line", "Genomloppstid", ["Vecka", "Median (dygn)", "90 % (dygn)", "Medel (dygn)"],
      weeks(14).map((name, i) => [name, wave(i, 4) + 0.5, i === 5 ? null : wave(i, 12), wave(i, 7) + 0.25])),
  ].join("\n")}</div>`;
}

/** What a visitor sees seldom. */
export function extremes() {
  return `<h1>Gränsfall</h1>${[
    block("one", "columns", "En vecka", ["Vecka", "Skapade"], [["2026 v. 43", 3]]),
    block("one-line", "line", "En punkt", ["Vecka", "Median"], [["2026 v. 43", 3.5]]),
    block("zero", "columns", "Inget skapat", ["Vecka", "Skapade"], weeks(5).map((name) => [name, 0])),
    block("long", "columns", "200 veckor", ["Vecka", "Skapade"], weeks(200).map((name, i) => [name, wave(i, 90)])),
    block("long-pair", "columns", "200 veckor, två serier", ["Vecka", "Skapade", "Avslutade"],
      weeks(200).map((name, i) => [name, wave(i, 90), wave(i + 3, 80)])),
    block("credit", "columns", "Summa med krediteringar", ["Månad", "Summa"],
      ["jan. 2026", "feb. 2026", "mars 2026"].map((name, i) => [name, [12500.5, -8000.25, 3000][i]])),
    block("credit-stack", "stack", "Summa per artikeltyp", ["Månad", "Arbete", "Material"],
      [["jan. 2026", 9000, -2500], ["feb. 2026", -1200, 6000], ["mars 2026", 0, 4000]]),
    block("large", "bars", "Mycket stora tal", ["Kund", "Summa"],
      [["Staten", 123456789012.5], ["Brf Eken", 4200.25], ["Kredit", -35000000000]]),
    block("large-time", "line", "Mycket stora tal över tid", ["Månad", "Summa"],
      weeks(8).map((name, i) => [name, (i - 2) * 98765432109])),
    block("hours", "line", "Timmar", ["Vecka", "Median"], weeks(4).map((name, i) => [name, 24 * (i + 1)]))
      .replace("data-chart", 'data-unit="h" data-chart'),
    block("money", "columns", "Kronor", ["Vecka", "Summa"], weeks(4).map((name, i) => [name, 2_500_000 * (i + 1)]))
      .replace("data-chart", 'data-unit="kr" data-chart'),
    block("unknown", "columns", "Väntan utan kända starter", ["Vecka", "Väntan", "Arbete", "% Avslutade"],
      weeks(4).map((name, i) => [name, null, null, 4 + i])).replace("data-chart", 'data-unit="h" data-chart'),
    block("gaps", "line", "Luckor", ["Vecka", "Median"],
      weeks(12).map((name, i) => [name, i % 4 === 1 ? null : wave(i, 9)])),
    block("pair", "bars", "Väntan och arbete", ["Objekt", "Väntan", "Arbete"],
      NAMES.map((name, i) => [name, 14.5 - 2 * i, i * 1.25])),
    block("spread", "steps", "Fördelning", ["Tid", "Ärenden"],
      ["under 4 timmar", "4–24 timmar", "1–3 dygn", "3–7 dygn",
      "1–2 veckor", "2–4 veckor", "över 4 veckor"].map((name, i) => [name, wave(i, 300)])),
    block("long-table", "bars", "Alla objekt", ["Objekt", "Ärenden"],
      Array.from({ length: 25 }, (_, i) => [`Objekt ${1000 + i}, Storgatan ${i}`, 200 - 2 * i])),
  ].join("\n")}
<section class="chart-block" data-chart="columns" aria-labelledby="none-title">
<div class="chart-head"><h2 id="none-title">Utan värden</h2></div>
<div class="chart" data-chart-figure></div>
<div class="table-scroll"><table class="table chart-table"><caption class="visually-hidden">Utan värden</caption>
<thead><tr><th scope="col">Vecka</th><th scope="col" class="cell-number">Skapade</th></tr></thead>
<tbody></tbody></table></div></section>
<section class="chart-block" data-chart="columns" aria-labelledby="bare-title"><h2 id="bare-title">Utan tabell</h2>
<div class="chart" data-chart-figure></div><p>Det finns inget att visa.</p></section>`;
}
