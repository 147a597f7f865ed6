// The bars and points of a chart: each is a link to the rows that it counts, with its own name. The chart is one stop
// of the Tab key; arrow keys go from mark to mark. A mark under the pointer or with the focus shows its text beside it.
import { hatchPath, seriesClass } from "./chart_look.js";

const HIT_PADDING = 8;
const LINE = 18;

/** Marks of one drawing of a chart. `svg` is a selection; tips stay within `width`. */
export class Marks {
  constructor(svg, data, width, measure) {
    Object.assign(this, { svg, data, width, measure, grid: data.rows.map(() => []), current: null });
    svg.on("keydown", (event) => this.pressed(event));
  }

  /** The group of one cell's bar or point; its tip stands over the point (x, y). */
  add(parent, row, column, x, y) {
    const cell = this.data.rows[row].cells[column];
    const mark = parent.append(cell.href ? "a" : "g").attr("class", `chart-mark ${seriesClass(column, this.data.series.length)}`).attr("tabindex", -1);
    mark.attr("aria-label", `${this.data.rows[row].name}, ${this.data.series[column]}: ${cell.text}`);
    if (cell.href) mark.attr("href", cell.href);
    else mark.attr("role", "img");
    mark.on("pointerenter focus", () => this.showTip(row, column, x, y)).on("pointerleave blur", () => this.hideTip());
    mark.on("focusin", () => this.makeCurrent(row, column));
    this.grid[row][column] = mark.node();
    if (!this.current) this.makeCurrent(row, column);
    return mark;
  }

  makeCurrent(row, column) {
    if (this.current) this.at(this.current)?.setAttribute("tabindex", -1);
    this.current = [row, column];
    this.at(this.current).setAttribute("tabindex", 0);
  }

  at([row, column]) {
    return this.grid[row]?.[column];
  }

  /** The mark that has the focus, or null. */
  focused() {
    return this.current && this.at(this.current) === document.activeElement ? this.current : null;
  }

  focus(place) {
    this.at(place)?.focus({ preventScroll: true });
  }

  pressed(event) {
    if (event.key === "Escape") this.hideTip();
    if (event.ctrlKey || event.altKey || event.metaKey || !this.current) return;
    const next = this.neighbour(event.key);
    if (next === undefined) return;
    event.preventDefault();
    next?.focus();
  }

  /** The mark that a key leads to: null without such a mark, undefined when the key is not ours. */
  neighbour(key) {
    const [row, column] = this.current;
    const rows = [...this.grid.keys()].filter((one) => this.grid[one][column]);
    const columns = this.data.series.map((_, one) => one).filter((one) => this.grid[row][one]);
    const forward = this.upright ? "ArrowDown" : "ArrowRight";
    const backward = this.upright ? "ArrowUp" : "ArrowLeft";
    const aside = this.upright ? ["ArrowLeft", "ArrowRight"] : ["ArrowDown", "ArrowUp"];
    const step = (list, from, by) => list[list.indexOf(from) + by];
    switch (key) {
      case forward: return this.at([step(rows, row, 1), column]) ?? null;
      case backward: return this.at([step(rows, row, -1), column]) ?? null;
      case aside[0]: return this.at([row, step(columns, column, -1)]) ?? null;
      case aside[1]: return this.at([row, step(columns, column, 1)]) ?? null;
      case "Home": return this.at([rows[0], column]);
      case "End": return this.at([rows.at(-1), column]);
      default: return undefined;
    }
  }

  showTip(row, column, x, y) {
    this.hideTip();
    const { name, cells } = this.data.rows[row];
    const lines = [name, `${this.data.series[column]}: ${cells[column].text}`];
    const width = Math.max(...lines.map(this.measure)) * 1.1 + 2 * HIT_PADDING;
    const height = lines.length * LINE + HIT_PADDING;
    const left = Math.max(0, Math.min(x - width / 2, this.width - width));
    const top = y - height - HIT_PADDING < 0 ? y + HIT_PADDING : y - height - HIT_PADDING;
    this.tip = this.svg.append("g").attr("class", "chart-tip").attr("aria-hidden", true).attr("transform", `translate(${left},${top})`);
    this.tip.append("rect").attr("width", width).attr("height", height).attr("rx", 6);
    const text = this.tip.append("text");
    lines.forEach((line, i) => text.append("tspan").attr("x", HIT_PADDING).attr("y", (i + 0.85) * LINE + 2).text(line));
  }

  hideTip() {
    this.tip?.remove();
    this.tip = null;
  }
}

/** The part of a mark that reacts to the pointer and the focus: larger than the visible part. */
export function appendHit(mark, x, y, width, height) {
  mark.append("rect").attr("class", "chart-hit").attr("x", x).attr("y", y).attr("width", width).attr("height", height);
}

/** The bar of a mark, with the hatching of its series. */
export function appendBar(mark, number, x, y, width, height) {
  const thin = Math.min(width, height) < 4; // its outline would leave nothing of it
  mark.append("rect").attr("class", thin ? "chart-bar chart-bar--thin" : "chart-bar").attr("x", x).attr("y", y).attr("width", width).attr("height", height);
  const hatch = thin ? "" : hatchPath(number, x, y, width, height);
  if (hatch) mark.append("path").attr("class", "chart-hatch").attr("d", hatch);
}
