// Charts along an axis of time: columns side by side, stacked columns, lines with points.
import { nice } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { scaleBand } from "d3-scale";
import { line } from "d3-shape";
import { axisFormat, eachCell, extentOf, stackLayers } from "./chart_data.js";
import { pointPath, seriesClass } from "./chart_look.js";
import { appendBar, appendHit } from "./chart_marks.js";
import { scaleNumbers } from "./chart_scale.js";
import { NARROW, splitText } from "./chart_text.js";

const TOP = 22; // room for a number over the highest column
const LINE = 16;
const WIDEST = 72; // px: one week alone is a column too, not a wall
const THINNEST = 3; // px

/** The kind of drawing for a width: lines where columns of several series would be too thin, bars for steps on phones. */
export function timeKind(kind, data, width) {
  if (kind === "steps") return width < NARROW ? "bars" : "columns";
  const thickness = (0.7 * (width - 60)) / data.rows.length / data.series.length;
  return kind === "columns" && data.series.length > 1 && thickness < THINNEST ? "line" : kind;
}

const axisAt = (width) => (width < NARROW ? 180 : width < 760 ? 210 : 260);

/** The height of the drawing: names under the axis have one line or two. */
export function timeHeight(width) {
  return axisAt(width) + 14 + 2 * LINE;
}

export function drawTime(kind, svg, data, marks, width, measure) {
  const height = axisAt(width);
  const layers = kind === "stack" ? stackLayers(data) : null;
  const y = scaleNumbers(valueDomain(data, layers), [height, TOP]);
  const ticks = tickValues(y, data);
  const format = axisFormat(Math.max(...y.domain().map(Math.abs)), data.unit);
  const left = Math.max(...ticks.map((tick) => measure(format(tick)))) + 12;
  const x = scaleBand([...data.rows.keys()], [left, width - 2]).paddingInner(data.rows.length > 60 ? 0.1 : 0.25).paddingOuter(0.1);
  svg.append("g").attr("class", "chart-axis").attr("aria-hidden", true).attr("transform", `translate(${left},0)`)
    .call(axisLeft(y).tickValues(ticks).tickFormat(format).tickSize(left - width).tickPadding(8));
  drawLabels(svg, data, x, width, height, measure);
  const wide = Math.min(x.bandwidth(), WIDEST * (kind === "columns" ? data.series.length : 1));
  const from = (x.bandwidth() - wide) / 2;
  const inner = scaleBand([...data.series.keys()], [from, from + wide]).paddingInner(data.series.length > 1 ? 0.08 : 0);
  const place = { x, y, inner, from, wide, height, measure };
  if (kind === "stack") drawStack(svg, data, marks, place, layers);
  else if (kind === "line") drawLines(svg, data, marks, place);
  else drawColumns(svg, data, marks, place);
  svg.append("path").attr("class", "chart-zero").attr("aria-hidden", true).attr("d", `M${left},${y(0)}H${width}`);
}

function valueDomain(data, layers) {
  const values = layers ? layers.flat(2) : data.rows.flatMap((row) => row.cells.map((cell) => cell.value));
  const [low, high] = extentOf(values);
  return nice(low, low === high ? 1 : high, 5);
}

function tickValues(y, data) {
  const whole = data.rows.every((row) => row.cells.every(({ value }) => value === null || Number.isInteger(value)));
  return y.ticks(5).filter((tick) => !whole || Number.isInteger(tick));
}

/** Names of the rows under the axis: as many as have room, in two lines if one is too wide. */
function drawLabels(svg, data, x, width, height, measure) {
  let names = data.rows.map((row) => [row.name]);
  const widest = (gap) => Math.max(...names.flat().map(measure)) + gap;
  const split = widest(10) > x.step();
  if (split) names = data.rows.map((row) => splitText(row.name, measure));
  const every = Math.ceil(widest(split ? 5 : 10) / x.step());
  let end = 0;
  const axis = svg.append("g").attr("class", "chart-axis chart-axis--rows").attr("aria-hidden", true)
    .attr("transform", `translate(0,${height})`)
    .call(axisBottom(x).tickValues([...names.keys()].filter((row) => row % every === 0)).tickFormat("").tickSizeOuter(0));
  axis.selectAll("text").each(function (row) {
    const half = Math.max(...names[row].map(measure)) / 2;
    const centre = x(row) + x.bandwidth() / 2;
    const shift = Math.min(width - half - centre, 0) + Math.max(half - centre, 0);
    if (centre + shift - half < end) return; // the last one, moved in from the edge
    end = centre + shift + half + 4;
    names[row].forEach((name, i) => {
      const part = this.appendChild(document.createElementNS(this.namespaceURI, "tspan"));
      part.setAttribute("x", shift);
      part.setAttribute("dy", i === 0 ? "0.71em" : LINE);
      part.textContent = name;
    });
    this.setAttribute("dy", 0);
  });
}

function drawColumns(svg, data, marks, { x, y, inner, height, measure }) {
  const texts = data.rows.flatMap((row) => row.cells.map((cell) => (cell.value === null ? "" : cell.text)));
  const room = data.series.length === 1 ? x.step() : inner.bandwidth();
  const labelled = Math.max(...texts.map(measure)) + 4 <= room;
  eachCell(data, (cell, row, column) => {
    const [left, wide] = [x(row) + inner(column), inner.bandwidth()];
    const [top, low] = [y(Math.max(cell.value, 0)), y(Math.min(cell.value, 0))];
    const mark = marks.add(svg, row, column, left + wide / 2, top);
    appendHit(mark, left, TOP, wide, height - TOP);
    appendBar(mark, column, left, top, wide, low - top);
    if (!labelled) return;
    mark.append("text").attr("class", "chart-label").attr("text-anchor", "middle").attr("aria-hidden", true)
      .attr("x", left + wide / 2).attr("y", cell.value < 0 ? Math.min(low + 14, height - 2) : top - 5).text(cell.text);
  });
}

function drawStack(svg, data, marks, { x, y, from, wide }, layers) {
  eachCell(data, (cell, row, column) => {
    if (cell.value === 0) return; // nothing to see or press; the table says it
    const [low, high] = layers[column][row];
    const [left, top, tall] = [x(row) + from, y(high), y(low) - y(high)];
    const mark = marks.add(svg, row, column, left + wide / 2, top);
    appendBar(mark, column, left, top, wide, tall);
    appendHit(mark, left, top, wide, tall);
  });
}

function drawLines(svg, data, marks, { x, y, height }) {
  const centre = (row) => x(row) + x.bandwidth() / 2;
  const single = data.series.length === 1;
  const radius = Math.max(5, Math.min(12, x.step() / 2));
  data.series.forEach((_, column) => {
    const path = line().defined((row) => row.cells[column].value !== null).x((_, row) => centre(row)).y((row) => y(row.cells[column].value));
    svg.append("path").attr("class", `chart-line ${seriesClass(column, data.series.length)}`).attr("aria-hidden", true).attr("d", path(data.rows));
  });
  eachCell(data, (cell, row, column) => {
    const [left, top] = [centre(row), y(cell.value)];
    const mark = marks.add(svg, row, column, left, top);
    if (single) appendHit(mark, left - x.step() / 2, TOP, x.step(), height - TOP);
    else appendHit(mark, left - radius, top - radius, 2 * radius, 2 * radius);
    // Points that would touch are left out, but not a point that no line leads to.
    const alone = [row - 1, row + 1].every((other) => (data.rows[other]?.cells[column].value ?? null) === null);
    mark.append("path").attr("class", x.step() < 9 && !alone ? "chart-point chart-point--hidden" : "chart-point")
      .attr("transform", `translate(${left},${top})`).attr("d", pointPath(column, 44));
  });
}
