// A message that something was sent or saved gets the focus, because screen readers do not read what stood in a page from
// the start. A field that people are about to type in keeps the focus and is described by the message instead.
export function startNotice(notice) {
  const field = document.querySelector("main [autofocus]");
  const focus = () => notice.focus({ preventScroll: true }); // the page stays where its address leads to
  if (field) field.setAttribute("aria-describedby", `${notice.id} ${field.getAttribute("aria-describedby") ?? ""}`.trim());
  else if (!location.hash) focus();
  else addEventListener("load", () => requestAnimationFrame(focus)); // going there, a browser takes the focus away
}
