// Bars that lie beside their names: beside a name where there is room, under it on phones.
import { eachCell, extentOf, stackLayers } from "./chart_data.js";
import { appendBar, appendHit } from "./chart_marks.js";
import { scaleNumbers } from "./chart_scale.js";
import { NARROW, cutText } from "./chart_text.js";

const NAME_PART = 0.4;
const NAME_LINE = 20;

function sizesOf(data, width, stacked) {
  const beside = width >= NARROW;
  const lanes = stacked ? 1 : data.series.length;
  const thick = lanes === 1 ? 20 : 15;
  return { beside, thick, rowHeight: lanes * (thick + 2) + (beside ? 14 : NAME_LINE + 6) };
}

/** The height of the drawing. */
export function barsHeight(data, width, stacked) {
  return data.rows.length * sizesOf(data, width, stacked).rowHeight;
}

export function drawBars(svg, data, marks, width, measure, stacked) {
  const { beside, thick, rowHeight } = sizesOf(data, width, stacked);
  const texts = data.rows.flatMap((row) => (stacked ? row.total : row.cells.map((cell) => cell.text ?? "")));
  const nameRoom = beside ? Math.min(Math.max(...data.rows.map((row) => measure(row.name))), width * NAME_PART) : width;
  const left = beside ? nameRoom + 10 : 1;
  const right = Math.max(left + 20, width - Math.max(...texts.map(measure)) - 10);
  const [low, high] = extentOf(stacked ? stackLayers(data).flat(2) : data.rows.flatMap((row) => row.cells.map((cell) => cell.value)));
  const x = scaleNumbers([low, low === high ? 1 : high], [left, right]);
  const place = { x, thick, rowHeight, width, offset: beside ? 7 : NAME_LINE };
  marks.upright = true;
  data.rows.forEach((row, i) => {
    const top = i * rowHeight;
    drawName(svg, row.name, beside ? left - 10 : 0, beside ? top + rowHeight / 2 : top + 13, beside, nameRoom, measure);
  });
  if (stacked) drawStacked(svg, data, marks, place);
  else drawSeparate(svg, data, marks, place);
  // The lines of the grid do not cross the names.
  const zero = data.rows.map((_, i) => (beside ? `M${x(0)},${i * rowHeight}v${rowHeight}` : `M${x(0)},${i * rowHeight + NAME_LINE - 3}V${(i + 1) * rowHeight - 6}`));
  svg.append("path").attr("class", "chart-zero").attr("aria-hidden", true).attr("d", zero.join(""));
}

function drawSeparate(svg, data, marks, { x, thick, rowHeight, width, offset }) {
  eachCell(data, (cell, row, column) => {
    const y = row * rowHeight + offset + column * (thick + 2);
    const [from, to] = [Math.min(x(0), x(cell.value)), Math.max(x(0), x(cell.value))];
    const mark = marks.add(svg, row, column, (from + to) / 2, y);
    if (data.series.length === 1) appendHit(mark, 0, row * rowHeight + 1, width, rowHeight - 2);
    else appendHit(mark, 0, y, width, thick);
    appendBar(mark, column, from, y, to - from, thick);
    appendLabel(mark, to + 6, y + thick / 2, cell.text);
  });
}

/** Parts of a whole, one after another; the whole is written at the end. */
function drawStacked(svg, data, marks, { x, thick, rowHeight, offset }) {
  const layers = stackLayers(data);
  eachCell(data, (cell, row, column) => {
    if (cell.value === 0) return; // nothing to see or press; the table says it
    const [from, to] = layers[column][row].map(x);
    const y = row * rowHeight + offset;
    const mark = marks.add(svg, row, column, (from + to) / 2, y);
    appendBar(mark, column, from, y, to - from, thick);
    appendHit(mark, from, row * rowHeight + 1, to - from, rowHeight - 2);
  });
  data.rows.forEach(({ total }, row) => {
    const end = Math.max(0, ...layers.map((layer) => layer[row][1]));
    appendLabel(svg, x(end) + 6, row * rowHeight + offset + thick / 2, total);
  });
}

function appendLabel(parent, x, y, text) {
  parent.append("text").attr("class", "chart-label").attr("aria-hidden", true).attr("x", x).attr("y", y).attr("dy", "0.35em").text(text);
}

function drawName(svg, name, x, y, beside, room, measure) {
  const shown = cutText(name, room, measure);
  const text = svg.append("text").attr("class", "chart-name").attr("aria-hidden", true).attr("x", x).attr("y", y).text(shown);
  if (beside) text.attr("text-anchor", "end").attr("dy", "0.35em");
  if (shown !== name) text.append("title").text(name);
}
