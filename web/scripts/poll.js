// A block that updates itself: its address is asked again and again, and the answer replaces the block. The element of
// the status stays, so that screen readers read its changes; the focus does not move.

const EVERY_MS = 1000;

export function startPoll(block) {
  block.querySelector("[data-poll-by-hand]")?.remove();
  const address = block.dataset.poll;
  if (address) setTimeout(() => ask(block, address), EVERY_MS);
}

async function ask(block, address) {
  try {
    const answer = await fetch(address, { headers: { "x-requested-with": "fetch" } });
    if (answer.status === 401) return location.reload(); // to the login, and back
    if (answer.ok) return show(block, await answer.text());
  } catch {
    // The server is starting again or the network is down: ask once more.
  }
  setTimeout(() => ask(block, address), EVERY_MS * 3);
}

function show(block, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-poll]");
  const status = block.querySelector("[data-poll-status]"), told = fresh.querySelector("[data-poll-status]");
  if (status.textContent !== told.textContent) status.replaceChildren(...told.childNodes);
  status.className = told.className;
  block.querySelector("[data-poll-rest]").replaceWith(fresh.querySelector("[data-poll-rest]"));
  block.dataset.poll = fresh.dataset.poll;
  startPoll(block);
}
