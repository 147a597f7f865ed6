// Texts in a chart: how wide they are, and how they are made to fit. SVG neither wraps nor cuts by itself.

/** The width in px below which there is no room for names beside bars. */
export const NARROW = 460;

const context = document.createElement("canvas").getContext("2d");

/** Returns a function that measures texts in the font of the element: text → width in px. */
export function measureOf(element) {
  const style = getComputedStyle(element);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return (text) => Math.ceil(context.measureText(text).width * 1.02);
}

/** The text, cut with an ellipsis if it is too wide. */
export function cutText(text, room, measure) {
  if (measure(text) <= room) return text;
  let kept = 0;
  for (let over = text.length; over - kept > 1; ) {
    const middle = (kept + over) >> 1;
    if (measure(text.slice(0, middle) + "…") <= room) kept = middle;
    else over = middle;
  }
  return text.slice(0, kept).trimEnd() + "…";
}

/** The text in two lines as equally wide as its words allow; one line when it is one word. */
export function splitText(text, measure) {
  const words = text.split(" ");
  const width = (lines) => Math.max(...lines.map(measure));
  return words
    .slice(1)
    .map((_, i) => [words.slice(0, i + 1).join(" "), words.slice(i + 1).join(" ")])
    .reduce((best, lines) => (width(lines) < width(best) ? lines : best), [text]);
}

/** The text in lines that fit; a word that does not is broken. */
export function wrapText(text, room, measure) {
  const lines = [];
  for (let word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length && measure(longer) <= room) {
      lines[lines.length - 1] = longer;
      continue;
    }
    while (measure(word) > room && word.length > 1) {
      let kept = word.length - 1;
      while (kept > 1 && measure(word.slice(0, kept)) > room) kept -= 1;
      lines.push(word.slice(0, kept));
      word = word.slice(kept);
    }
    lines.push(word);
  }
  return lines;
}
