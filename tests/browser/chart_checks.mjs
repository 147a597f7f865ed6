// What is looked for in drawn charts, on sample pages and on real dashboards. The functions without parameters run in
// the page.

/** For each cell that a chart draws: its link, what it is called, and whether its mark has them. */
export function compareMarks() {
  const text = (cell) => cell.textContent.trim();
  return [...document.querySelectorAll("[data-chart]")].filter((one) => one.querySelector("tbody tr")).map((one) => {
    const heads = [...one.querySelectorAll("thead th")];
    const left = (head) => head.dataset.noChart !== undefined && heads.slice(1)
      .some((other) => other.dataset.noChart === undefined);
    const drawn = new Map([...one.querySelectorAll(".chart-mark")].map((mark) =>
      [mark.getAttribute("aria-label"), mark.getAttribute("href")]));
    const expected = new Map();
    for (const row of one.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, i) => {
        const seen = cell.dataset.value !== undefined && !left(heads[i])
          && !(one.dataset.chart.endsWith("stack") && Number(cell.dataset.value) === 0);
        if (seen) expected.set(`${text(row.cells[0])}, ${text(heads[i])}: ${text(cell)}`,
          cell.querySelector("a")?.getAttribute("href") ?? null);
      });
    }
    return { drawn: [...drawn], expected: [...expected] };
  });
}

/** Pairs of texts of one chart that lie on each other, and texts that stand outside it. */
export function badTexts() {
  const bad = [];
  for (const drawing of document.querySelectorAll(".chart-drawing")) {
    const frame = drawing.getBoundingClientRect();
    const boxes = [...drawing.querySelectorAll("text")].filter((text) => text.textContent)
      .map((text) => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([text, a], i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom
        + 1) bad.push(`outside: ${text}`);
      for (const [other, b] of boxes.slice(i + 1)) {
        if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom
          - 2) bad.push(`${text} on ${other}`);
      }
    });
  }
  return bad;
}

/** Brings each chart into view, which draws it, and goes back to the top. */
export async function drawAll(page) {
  await page.evaluate(async () => {
    for (const figure of document.querySelectorAll("[data-chart-figure=waiting]")) {
      figure.scrollIntoView({ block: "center" });
      while (figure.dataset.chartFigure === "waiting") await new Promise(requestAnimationFrame);
    }
    scrollTo(0, 0);
  });
}
