// The scale of numbers. That of d3-scale also interpolates colours and formats numbers, a third of the script.
import { ticks } from "d3-array";

/** Where a number of the domain lies in the range; with what d3-axis asks of a scale. */
export function scaleNumbers([low, high], [from, to]) {
  const scale = (value) => from + ((value - low) / (high - low)) * (to - from);
  return Object.assign(scale, { domain: () => [low, high], range: () => [from, to], ticks: (count) => ticks(low, high, count), copy: () => scale });
}
