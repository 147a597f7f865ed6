// Bars that lie beside their names: beside a name where there is room, under it on phones.
import { scaleLinear } from "d3-scale";
import { extentOf } from "./chart_data.js";
import { hatchPath, seriesClass } from "./chart_look.js";
import { appendHit } from "./chart_marks.js";
import { cutText } from "./chart_text.js";

const NARROW = 520; // px
const NAME_PART = 0.4;
const NAME_LINE = 20;

/** Draws into `svg`; gives the height that it took. */
export function drawBars(svg, data, marks, width, measure) {
  const beside = width >= NARROW;
  const thick = data.series.length === 1 ? 20 : 15;
  const rowHeight = data.series.length * (thick + 2) + (beside ? 14 : NAME_LINE + 10);
  const texts = data.rows.flatMap((row) => row.cells.map((cell) => cell.text ?? ""));
  const nameRoom = beside ? Math.min(Math.max(...data.rows.map((row) => measure(row.name))), width * NAME_PART) : width;
  const left = beside ? nameRoom + 10 : 1;
  const right = Math.max(left + 20, width - Math.max(...texts.map(measure)) - 10);
  const [low, high] = extentOf(data.rows.flatMap((row) => row.cells.map((cell) => cell.value)));
  const x = scaleLinear([low, low === high ? 1 : high], [left, right]);
  marks.upright = true;
  data.rows.forEach((row, i) => {
    const top = i * rowHeight;
    drawName(svg, row.name, beside ? left - 10 : 0, beside ? top + rowHeight / 2 : top + 13, beside, nameRoom, measure);
    row.cells.forEach((cell, column) => {
      if (cell.value === null) return;
      const at = top + (beside ? 7 : NAME_LINE) + column * (thick + 2);
      const hit = data.series.length === 1 ? [top + 1, rowHeight - 2] : [at, thick];
      drawBar(marks.add(svg, i, column, (x(0) + x(cell.value)) / 2, at), cell, column, data, x, { at, thick, hit, width });
    });
  });
  // Not through the names.
  const zero = data.rows.map((_, i) => (beside ? `M${x(0)},${i * rowHeight}v${rowHeight}` : `M${x(0)},${i * rowHeight + NAME_LINE - 3}V${(i + 1) * rowHeight - 6}`));
  svg.append("path").attr("class", "chart-zero").attr("aria-hidden", true).attr("d", zero.join(""));
  return data.rows.length * rowHeight;
}

function drawName(svg, name, x, y, beside, room, measure) {
  const shown = cutText(name, room, measure);
  const text = svg.append("text").attr("class", "chart-name").attr("aria-hidden", true).attr("x", x).attr("y", y).text(shown);
  if (beside) text.attr("text-anchor", "end").attr("dy", "0.35em");
  if (shown !== name) text.append("title").text(name);
}

function drawBar(mark, cell, column, data, x, { at, thick, hit, width }) {
  const [from, to] = [Math.min(x(0), x(cell.value)), Math.max(x(0), x(cell.value))];
  mark.classed(seriesClass(column, data.series.length), true);
  appendHit(mark, 0, hit[0], width, hit[1]);
  mark.append("rect").attr("class", "chart-bar").attr("x", from).attr("y", at).attr("width", to - from).attr("height", thick);
  const hatch = hatchPath(column, from, at, to - from, thick);
  if (hatch) mark.append("path").attr("class", "chart-hatch").attr("d", hatch);
  mark.append("text").attr("class", "chart-label").attr("aria-hidden", true).attr("x", to + 6).attr("y", at + thick / 2)
    .attr("dy", "0.35em").text(cell.text);
}
