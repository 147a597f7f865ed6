// A block that goes on by itself: its address is asked again and again, and what it answers takes the place of the block. The status stays
// the same element, so that what changes in it is read out; the focus goes nowhere.

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
    // The server starts again, or the network is away: asked once more.
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
