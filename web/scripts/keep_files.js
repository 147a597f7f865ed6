// Where the form has a draft, files are part of it as soon as they are chosen: each is sent by itself, and the answer
// shows what is kept. What cannot be kept now goes along with the form.

/** Returns the function that keeps a file, or undefined. `waits` tells whether the file is still wanted. */
export function startKeeping(input, { waits, done }) {
  const { form } = input;
  const box = form?.querySelector("[data-kept]");
  if (!box) return undefined;
  let before = Promise.resolve();
  let request = null;
  let leaving = false;

  const send = async (file) => {
    if (leaving || !waits(file)) return;
    const body = new FormData(form);
    body.delete(input.name);
    body.append(input.name, file, file.name);
    request = new AbortController();
    try {
      const answer = await fetch(box.dataset.kept, { method: "POST", body, signal: request.signal, redirect: "error" });
      if (answer.status !== 200 && answer.status !== 422) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const refusal = fresh.querySelector("[data-kept-fault]");
      refusal?.remove();
      box.replaceChildren(...fresh.body.childNodes);
      done(file, refusal?.textContent ?? "");
      form.dispatchEvent(new Event("change", { bubbles: true })); // a draft that was saved meanwhile lacks the file
    } catch {
      // It stays chosen.
    }
  };

  form.addEventListener("submit", () => {
    leaving = true;
    request?.abort();
  });
  addEventListener("pageshow", () => (leaving = false));
  return (file) => (before = before.then(() => send(file)));
}
