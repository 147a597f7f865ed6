// Small helpers of all scripts.

/** A text in the user's language, from <body data-text-NAME>; {1}, {2} … become the values. */
export function text(name, ...values) {
  const key = "text" + name.replace(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase());
  const template = document.body.dataset[key] ?? "";
  return template.replace(/\{(\d)\}/g, (whole, number) => values[number - 1] ?? whole);
}

/** An element with attributes and children; texts are never read as HTML. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const said = [];

/** Has screen readers say a text, for what changes elsewhere than where the focus is; several at once one by one. */
export function announce(told) {
  let status = document.getElementById("announced");
  if (!status) {
    status = element("p", { id: "announced", class: "visually-hidden", role: "status" });
    document.body.append(status);
  }
  said.push(told);
  queueMicrotask(() => {
    if (said.length) status.textContent = said.splice(0).join(". ");
  });
}

export function debounce(milliseconds, action) {
  let timer;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** A size as fmt_size writes it. */
export function sizeText(bytes) {
  const [unit, divisor] = bytes >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
  const value = bytes / divisor;
  const digits = { maximumFractionDigits: value < 10 ? 1 : 0 };
  return `${new Intl.NumberFormat(document.documentElement.lang, digits).format(value)}\u00a0${unit}`;
}
