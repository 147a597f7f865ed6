// Closes the filter of a list, except where it stands at the side or something in it is wrong. One that never stands there
// says so. Without scripts it is open.
export function startFilter(filter) {
  const side = matchMedia(filter.dataset.filter === "never" ? "not all" : "(min-width: 87.5rem)");
  const fit = () => (filter.open = side.matches || filter.hasAttribute("data-filter-kept"));
  fit();
  side.addEventListener("change", fit);
  filter.dataset.filterReady = "";
}
