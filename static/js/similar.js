/* Shows what is like the text while it is typed, after a pause; the button is for where no script runs. */
const PAUSE = 900;
const LEAST = 20;

export function attach(element) {
  const form = element.closest("form");
  const field = form.elements[element.dataset.field];
  const shown = element.querySelector("#similar");
  element.querySelector("button").hidden = true;
  let timer;
  let running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    if (field.value.trim().length < LEAST) return shown.replaceChildren();
    try {
      const answer = await fetch(element.dataset.url, { method: "POST", body: new FormData(form), signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown.replaceChildren(...(page.querySelector("#similar:has(h2)")?.childNodes ?? []));
    } catch { /* typed on, or no network: the hint can wait */ }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
