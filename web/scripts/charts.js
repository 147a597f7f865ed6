// Charts of the dashboards: each is drawn from the table under it, which stays (web/README.md). Other pages do not load
// this script.
import { select } from "d3-selection";
import { drawBars } from "./chart_bars.js";
import { readTable } from "./chart_data.js";
import { hatchPath, pointPath, seriesClass } from "./chart_look.js";
import { Marks } from "./chart_marks.js";
import { measureOf } from "./chart_text.js";
import { drawTime, timeKind } from "./chart_time.js";

// The width between the margins of A4, in px of CSS. Other paper scales the drawing.
const PAPER_WIDTH = 680;

class Chart {
  constructor(section) {
    this.kind = section.dataset.chart;
    this.figure = section.querySelector("[data-chart-figure]");
    this.data = readTable(section);
    this.title = section.getAttribute("aria-labelledby");
    this.note = captionId(section, this.title);
    this.width = 0;
  }

  isEmpty() {
    return !this.data.rows.length || !this.data.series.length;
  }

  draw(width) {
    if (width === this.width || width <= 0) return;
    const focused = this.marks?.focused();
    this.width = width;
    const kind = timeKind(this.kind, this.data, width);
    this.figure.replaceChildren();
    if (this.data.series.length > 1) drawLegend(this.figure, kind, this.data.series);
    const svg = select(this.figure).append("svg").attr("class", "chart-drawing").attr("role", "group").attr("aria-labelledby", this.title);
    if (this.note) svg.attr("aria-describedby", this.note);
    const measure = measureOf(svg.node());
    this.marks = new Marks(svg, this.data, width, measure);
    const height = kind.startsWith("bars")
      ? drawBars(svg, this.data, this.marks, width, measure, kind === "bars-stack")
      : drawTime(kind, svg, this.data, this.marks, width, measure);
    svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
    if (focused) this.marks.focus(focused);
  }

  drawFitting() {
    this.draw(Math.floor(this.figure.clientWidth));
  }
}

function captionId(section, title) {
  const caption = section.querySelector("caption");
  if (caption && !caption.id) caption.id = `${title}-table`;
  return caption?.id;
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
  let printing = false;
  const observer = new ResizeObserver(() => printing || charts.forEach((chart) => chart.drawFitting()));
  const print = (begins) => {
    printing = begins;
    charts.forEach((chart) => (begins ? chart.draw(PAPER_WIDTH) : chart.drawFitting()));
  };
  charts.forEach((chart) => {
    chart.drawFitting();
    observer.observe(chart.figure);
  });
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  matchMedia("print").addEventListener("change", (event) => print(event.matches));
}

start();
