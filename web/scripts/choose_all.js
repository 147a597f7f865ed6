// A box at the head of a list that chooses all of its rows; without the script each is chosen by itself.

export function startChooseAll(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const place = form.querySelector("[data-choose-all-here]");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "form-check-input";
  all.setAttribute("aria-label", form.dataset.chooseAll);
  place.replaceChildren(all);

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  addEventListener("pageshow", show); // the browser's history brings back what was chosen
  show();
}
