// On the main link of a row, the arrow keys go to the link of the row below or above, Home and End to the first and the
// last one.
export function startRows(main) {
  main.addEventListener("keydown", (event) => {
    if (!event.target.matches("a.cell-link") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...main.querySelectorAll("a.cell-link")];
    const at = links.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || !links[to]) return;
    event.preventDefault();
    links[to].focus();
  });
}
