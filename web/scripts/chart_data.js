// What a chart draws: the numbers of the table under it, with their links and the texts people read.

/**
 * { series: [name], rows: [{ name, cells: [{ value, text, href }] }], id of the heading and of the table's caption }.
 * The value of a cell without data-value is null: a gap. Columns without any number and those marked data-no-chart are left out.
 */
export function readTable(section) {
  const table = section.querySelector("table");
  const headings = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const columns = headings
    .map((heading, column) => ({ name: readText(heading), column, drawn: column > 0 && !("noChart" in heading.dataset) }))
    .filter(({ column, drawn }) => drawn && rows.some((row) => readValue(row.cells[column]) !== null));
  return {
    series: columns.map(({ name }) => name),
    rows: rows.map((row) => ({ name: readText(row.cells[0]), cells: columns.map(({ column }) => readCell(row.cells[column])) })),
  };
}

// Spaces that hold a text together stay.
function readText(cell) {
  return cell.textContent.trim().replace(/[ \t\r\n]+/g, " ");
}

function readValue(cell) {
  const text = cell?.dataset.value ?? "";
  const value = Number(text);
  return text === "" || !Number.isFinite(value) ? null : value;
}

function readCell(cell) {
  const value = readValue(cell);
  return value === null ? { value } : { value, text: readText(cell), href: cell.querySelector("a")?.getAttribute("href") };
}

/** The smallest and the largest value, zero among them: a bar that does not begin at zero lies. */
export function extentOf(values) {
  const known = values.filter((value) => value !== null);
  return [Math.min(0, ...known), Math.max(0, ...known)];
}

/** Numbers along an axis, as the page's language writes them; large ones are shortened. */
export function axisFormat(largest) {
  const lang = document.documentElement.lang || "sv";
  const options = largest >= 100_000 ? { notation: "compact", maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat(lang, options).format;
}
