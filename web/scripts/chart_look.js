// How readers distinguish series without colour: bars by hatching, lines by the shape of their points and by dashes
// (_charts.scss). The hatching is drawn line by line, because print makes pictures of SVG patterns.
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle } from "d3-shape";

const COLOURS = 6;
const GAP = 7;
const SHAPES = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar];
const HATCHES = [() => "", risingLines, dots, fallingLines, levelLines, (...box) => risingLines(...box) + fallingLines(...box)];

/** The class that gives a series its colour. A single series has the colour of the installation. */
export function seriesClass(number, count) {
  return count === 1 ? "chart-series chart-series--only" : `chart-series chart-series--${(number % COLOURS) + 1}`;
}

/** The path that hatches a box for a series. When the colours begin again, the hatchings are shifted by one. */
export function hatchPath(number, x, y, width, height) {
  return HATCHES[(number + Math.floor(number / COLOURS)) % HATCHES.length](x, y, width, height);
}

/** The path of a point of a series. */
export function pointPath(number, size) {
  return symbol(SHAPES[number % SHAPES.length], size)();
}

function multiples(from, to) {
  const list = [];
  for (let at = Math.ceil(from / GAP) * GAP; at < to; at += GAP) list.push(at);
  return list;
}

function risingLines(x, y, width, height) {
  return multiples(x + y, x + y + width + height)
    .map((sum) => {
      const left = Math.max(x, sum - y - height);
      const right = Math.min(x + width, sum - y);
      return `M${left},${sum - left}L${right},${sum - right}`;
    })
    .join("");
}

function fallingLines(x, y, width, height) {
  return multiples(y - x - width, y + height - x)
    .map((difference) => {
      const left = Math.max(x, y - difference);
      const right = Math.min(x + width, y + height - difference);
      return `M${left},${difference + left}L${right},${difference + right}`;
    })
    .join("");
}

function levelLines(x, y, width, height) {
  return multiples(y, y + height)
    .map((level) => `M${x},${level}h${width}`)
    .join("");
}

function dots(x, y, width, height) {
  return multiples(y + 2, y + height - 2)
    .flatMap((level) => multiples(x + 2, x + width - 2).map((left) => `M${left},${level}h0`))
    .join("");
}
