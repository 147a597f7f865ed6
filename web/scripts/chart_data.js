// What a chart draws: the numbers of the table under it, with their links and the texts people read.
import { stack, stackOffsetDiverging } from "d3-shape";

const DAYS_FROM_HOURS = 72;
const UNITS = { h: "hour", d: "day" };

/**
 * Returns { series: [name], rows: [{ name, total, cells: [{ value, text, href }] }], unit }. `total` is the text of the
 * first column that is not drawn. The value of a cell without data-value is null: a gap. Columns without any number are
 * left out, and so are columns marked data-no-chart unless all are marked; the drawn ones have the unit of the section.
 */
export function readTable(section) {
  const table = section.querySelector("table");
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const headings = [...table.tHead.rows[0].cells].slice(1);
  const known = headings.filter(({ cellIndex }) => rows.some((row) => readValue(row.cells[cellIndex]) !== null));
  const isWanted = (heading) => !("noChart" in heading.dataset);
  const drawn = headings.some(isWanted) ? known.filter(isWanted) : known;
  const total = known.find((heading) => !drawn.includes(heading));
  const data = {
    series: drawn.map(readText),
    rows: rows.map((row) => ({
      name: readText(row.cells[0]),
      total: total ? readText(row.cells[total.cellIndex]) : "",
      cells: drawn.map(({ cellIndex }) => readCell(row.cells[cellIndex])),
    })),
    unit: section.dataset.unit ?? "",
  };
  return data.unit === "h" ? inDays(data) : data;
}

/** Many hours are shown as days. */
function inDays(data) {
  const cells = data.rows.flatMap((row) => row.cells);
  if (cells.every(({ value }) => value < DAYS_FROM_HOURS)) return data;
  for (const cell of cells) if (cell.value !== null) cell.value /= 24;
  return { ...data, unit: "d" };
}

// Keeps the spaces that do not break a line.
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

/** Calls `action` with each cell that has a number, its row and its column. */
export function eachCell(data, action) {
  data.rows.forEach((row, i) => row.cells.forEach((cell, column) => cell.value !== null && action(cell, i, column)));
}

/** Where each cell of stacked series begins and ends: [column][row] → [from, to]; negative values go down from zero. */
export function stackLayers(data) {
  return stack().keys(data.series.keys()).value((row, column) => row.cells[column].value ?? 0).offset(stackOffsetDiverging)(data.rows);
}

/** The smallest and the largest value, zero among them: a bar that does not begin at zero would mislead. */
export function extentOf(values) {
  const known = values.filter((value) => value !== null);
  return [Math.min(0, ...known), Math.max(0, ...known)];
}

/** Numbers along an axis with their unit, in the language of the page; large numbers are shortened. */
export function axisFormat(largest, unit) {
  const size = largest >= 100_000 ? { notation: "compact", maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
  const time = UNITS[unit] && { style: "unit", unit: UNITS[unit], unitDisplay: "short" };
  const { format } = new Intl.NumberFormat(document.documentElement.lang || "sv", { ...size, ...time });
  return time || !unit ? format : (number) => `${format(number)}\u00a0${unit}`;
}
