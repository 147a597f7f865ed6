// The bars and points of a chart: each is a link to the rows that it counts, with its own name. The chart is one stop
// of the Tab key; arrow keys go from mark to mark. A mark under the pointer or with the focus shows its text beside it.
import { pointer, select } from "d3-selection";
import { hatchPath, seriesClass } from "./chart_look.js";
import { Tip } from "./chart_tip.js";

const PATIENCE = 300; // ms for the pointer to reach the tip

/** Marks of one drawing of a chart. `svg` is a selection; tips stay within `width`. */
export class Marks {
  constructor(svg, data, width, measure) {
    Object.assign(this, { svg, data, grid: data.rows.map(() => []), current: null, places: new Map() });
    this.tip = new Tip(svg, width, measure, () => (this.dismissed = true));
    svg.on("keydown", (event) => this.pressed(event));
    svg.on("pointerover", (event) => this.pointed(event)).on("pointerleave", () => this.left());
    // Chrome lets the Tab key stop at a drawing that listens for the focus itself.
    select(svg.node().parentNode).on("focusin", ({ target }) => this.focusCame(target)).on("focusout", () => this.tell("focus", null));
  }

  /** The group of one cell's bar or point; its tip stands over the point (x, y). */
  add(parent, row, column, x, y) {
    const cell = this.data.rows[row].cells[column];
    const mark = parent.append(cell.href ? "a" : "g").attr("class", `chart-mark ${seriesClass(column, this.data.series.length)}`).attr("tabindex", -1);
    mark.attr("aria-label", `${this.data.rows[row].name}, ${this.data.series[column]}: ${cell.text}`);
    if (cell.href) mark.attr("href", cell.href);
    else mark.attr("role", "img");
    this.places.set(mark.node(), { row, column, x, y });
    this.grid[row][column] = mark.node();
    if (!this.current) this.makeCurrent(row, column);
    return mark;
  }

  focusCame(target) {
    const place = this.places.get(target);
    if (!place) return; // the tip, which a press of the pointer gave the focus
    this.makeCurrent(place.row, place.column);
    this.tell("focus", place);
  }

  pointed(event) {
    const place = this.places.get(event.target.closest(".chart-mark"));
    if (!place && !event.target.closest(".chart-tip")) return this.left();
    clearTimeout(this.leaving);
    // Right over the pointer, so that no other mark lies on the way to the tip.
    if (place && place.row + "," + place.column !== this.hovered) this.tell("pointer", { ...place, x: pointer(event, this.svg.node())[0] });
    if (place) this.hovered = place.row + "," + place.column;
  }

  left() {
    clearTimeout(this.leaving);
    this.hovered = null;
    this.leaving = setTimeout(() => this.tell("pointer", null), PATIENCE);
  }

  /** What the pointer is on goes before what has the focus. */
  tell(by, place) {
    this[`${by}Place`] = place;
    this.dismissed &&= !place;
    const shown = this.pointerPlace ?? this.focusPlace;
    if (!shown || this.dismissed) return this.tip.hide();
    const { name, cells } = this.data.rows[shown.row];
    const { text, href } = cells[shown.column];
    this.tip.show([name, `${this.data.series[shown.column]}: ${text}`], shown.x, shown.y, href);
  }

  /** To be called before another drawing takes the place of this one. */
  end() {
    clearTimeout(this.leaving);
    this.tip.hide();
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
