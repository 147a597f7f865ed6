// The rows of a case in a table, folded under the line of the case; the style sheet shows them all on paper and where
// there are no scripts.
export function startFold(table) {
  const all = table.closest("section").querySelector(".spec-fold-all");
  const buttons = [...table.querySelectorAll(".spec-fold")];
  const isOpen = (button) => button.getAttribute("aria-expanded") === "true";
  const open = (button, opened) => {
    button.setAttribute("aria-expanded", opened);
    button.closest("tbody").classList.toggle("spec-open", opened);
  };
  const openAll = () => all.setAttribute("aria-expanded", buttons.every(isOpen));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      open(button, !isOpen(button));
      openAll();
    });
  }
  all.addEventListener("click", () => {
    const opened = !isOpen(all);
    buttons.forEach((button) => open(button, opened));
    openAll();
  });
}
