/* The wall: asks every few seconds, goes on to the next tables by itself, stands still on request. */
const EVERY = 5000;
const ROUNDS = 3; // of asking before the next tables come

export function attach(wall) {
  const button = wall.querySelector("[data-pause]");
  let address = location.href;
  let following = wall.dataset.following;
  let etag = "";
  let round = 0;
  let isStill = false;

  async function ask() {
    if (isStill || document.hidden) return;
    round += 1;
    if (round >= ROUNDS && following !== address) [address, etag, round] = [following, "", 0];
    try {
      const response = await fetch(address, { cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
      if (response.status === 304) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-screen]");
      if (!fresh) return location.reload(); // it has ended
      wall.querySelector("[data-screen]").replaceWith(fresh);
      following = page.querySelector("[data-following]").dataset.following;
      etag = response.headers.get("ETag");
    } catch { /* no network: what stands there stays */ }
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    isStill = !isStill;
    button.setAttribute("aria-pressed", String(isStill));
  });
  setInterval(ask, EVERY);
}
