// Charts of the dashboards: each is drawn from the table under it when it comes into view, one at a time, so that a slow
// phone answers in between (web/README.md). Other pages do not load this script.
import { select } from "d3-selection";
import { barsHeight, drawBars } from "./chart_bars.js";
import { readTable } from "./chart_data.js";
import { hatchPath, pointPath, seriesClass } from "./chart_look.js";
import { Marks } from "./chart_marks.js";
import { measureOf } from "./chart_text.js";
import { drawTime, timeHeight, timeKind } from "./chart_time.js";

// The width between the margins of A4, in px of CSS. Other paper scales the drawing.
const PAPER_WIDTH = 680;
const NEAR = "300px"; // what is as near to the screen is drawn already

class Chart {
  constructor(section) {
    this.kind = section.dataset.chart;
    this.figure = section.querySelector("[data-chart-figure]");
    this.fold = section.querySelector("[data-chart-table]");
    this.keys = section.querySelector("[data-chart-keys]");
    this.data = readTable(section);
    this.title = section.getAttribute("aria-labelledby");
    this.width = 0;
    this.seen = false;
  }

  isEmpty() {
    return !this.data.rows.length || !this.data.series.length;
  }

  /** The drawing says it all: its table is folded until somebody opens it. */
  start() {
    if (this.fold) this.fold.open = false;
    if (this.keys) this.keys.hidden = false;
    this.fit();
  }

  /** Makes room for a drawing as wide as the figure. Returns whether the width is a new one. */
  fit() {
    return this.makeRoom(Math.floor(this.figure.clientWidth));
  }

  makeRoom(width) {
    if (width === this.width || width <= 0) return false;
    this.focused = this.marks?.focused() ?? this.focused;
    this.marks?.end();
    this.marks = null;
    this.width = width;
    this.look = timeKind(this.kind, this.data, width);
    this.figure.dataset.chartFigure = "waiting";
    this.figure.replaceChildren();
    if (this.data.series.length > 1) drawLegend(this.figure, this.look, this.data.series);
    const height = this.look.startsWith("bars") ? barsHeight(this.data, width, this.look === "bars-stack") : timeHeight(width);
    this.svg = select(this.figure).append("svg").attr("class", "chart-drawing").attr("role", "group").attr("aria-labelledby", this.title);
    if (this.keys) this.svg.attr("aria-describedby", this.keys.id);
    this.svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
    return true;
  }

  draw() {
    if (this.marks || !this.svg) return;
    const measure = measureOf(this.svg.node());
    this.marks = new Marks(this.svg, this.data, this.width, measure);
    if (this.look.startsWith("bars")) drawBars(this.svg, this.data, this.marks, this.width, measure, this.look === "bars-stack");
    else drawTime(this.look, this.svg, this.data, this.marks, this.width, measure);
    this.figure.dataset.chartFigure = "drawn";
    if (this.focused) this.marks.focus(this.focused);
    this.focused = null;
  }

  print() {
    this.opened = this.fold?.open;
    if (this.fold) this.fold.open = true;
    this.makeRoom(PAPER_WIDTH);
    this.draw();
  }

  printed() {
    if (this.fold) this.fold.open = this.opened;
  }
}

// Charts that wait to be drawn, each in a task of its own.
const waiting = new Set();

function drawSoon(chart) {
  if (!waiting.size) setTimeout(drawNext);
  waiting.add(chart);
}

function drawNext() {
  const [chart] = waiting;
  waiting.delete(chart);
  chart.draw();
  if (waiting.size) setTimeout(drawNext);
}

function drawLegend(figure, kind, names) {
  const list = select(figure).append("ul").attr("class", "chart-legend").attr("aria-hidden", true);
  names.forEach((name, number) => {
    const item = list.append("li");
    const key = item.append("svg").attr("class", `chart-key ${seriesClass(number, names.length)}`).attr("viewBox", "0 0 28 16");
    if (kind === "line") {
      key.append("path").attr("class", "chart-line").attr("d", "M0,8H28");
      key.append("path").attr("class", "chart-point").attr("transform", "translate(14,8)").attr("d", pointPath(number, 44));
    } else {
      key.append("rect").attr("class", "chart-bar").attr("width", 28).attr("height", 16);
      key.append("path").attr("class", "chart-hatch").attr("d", hatchPath(number, 0, 0, 28, 16));
    }
    item.append("span").text(name);
  });
}

function start() {
  const charts = [...document.querySelectorAll("[data-chart]")]
    .filter((section) => section.querySelector("table")?.tHead && section.querySelector("[data-chart-figure]"))
    .map((section) => new Chart(section))
    .filter((chart) => !chart.isEmpty());
  const chartOf = new Map(charts.map((chart) => [chart.figure, chart]));
  let printing = false;
  const fit = (chart) => chart.fit() && chart.seen && drawSoon(chart);
  const sizes = new ResizeObserver((entries) => printing || entries.forEach(({ target }) => fit(chartOf.get(target))));
  const views = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
    views.unobserve(target);
    chartOf.get(target).seen = true;
    drawSoon(chartOf.get(target));
  }), { rootMargin: NEAR });
  const print = (begins) => {
    if (printing === begins) return;
    printing = begins;
    charts.forEach((chart) => (begins ? chart.print() : chart.printed()));
    if (!begins) charts.forEach(fit);
  };
  document.querySelectorAll("[data-chart-table]").forEach((fold) => (fold.dataset.chartTable = "ready"));
  charts.forEach((chart) => {
    chart.start();
    sizes.observe(chart.figure);
    views.observe(chart.figure);
  });
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  matchMedia("print").addEventListener("change", (event) => print(event.matches));
}

start();
