// The text beside a bar or point that is under the pointer or has the focus. It stays while the pointer is on it and goes
// with Escape, wherever the focus is. It leads where its mark leads, since it may lie on it.
import { wrapText } from "./chart_text.js";

const PADDING = 8;
const LINE = 18;
const WIDEST = 360;
const REACH = 10; // from the mark to the tip, which the pointer crosses

export class Tip {
  /** `dismissed` is called when Escape took the tip away. Tips stay within `width`. */
  constructor(svg, width, measure, dismissed) {
    Object.assign(this, { svg, width, measure: (text) => measure(text) * 1.1 });
    this.pressed = ({ key }) => {
      if (key !== "Escape") return;
      this.hide();
      dismissed();
    };
  }

  /** Shows the first paragraph in bold over the point (x, y), or under it where there is no room. */
  show(paragraphs, x, y, href) {
    this.hide();
    const room = Math.min(WIDEST, this.width) - 2 * PADDING;
    const lines = paragraphs.flatMap((text, i) => wrapText(text, room, this.measure).map((line) => [line, i === 0]));
    const width = Math.max(...lines.map(([line]) => this.measure(line))) + 2 * PADDING;
    const height = lines.length * LINE + PADDING;
    const left = Math.max(0, Math.min(x - width / 2, this.width - width));
    const over = y - height - REACH >= 0;
    const top = over ? y - height - REACH : y + REACH;
    this.tip = this.svg.append(href ? "a" : "g").attr("class", "chart-tip").attr("aria-hidden", true).attr("transform", `translate(${left},${top})`);
    if (href) this.tip.attr("href", href).attr("tabindex", -1);
    this.tip.append("rect").attr("class", "chart-hit").attr("width", width).attr("height", height + REACH).attr("y", over ? 0 : -REACH);
    this.tip.append("rect").attr("width", width).attr("height", height).attr("rx", 6);
    const text = this.tip.append("text");
    lines.forEach(([line, bold], i) => text.append("tspan").attr("class", bold ? "chart-tip-name" : null).attr("x", PADDING).attr("y", (i + 0.85) * LINE + 2).text(line));
    document.addEventListener("keydown", this.pressed);
  }

  hide() {
    document.removeEventListener("keydown", this.pressed);
    this.tip?.remove();
    this.tip = null;
  }
}
