/* Keeps on the server what is typed into a form, a moment after the last key, and says when. */
const PAUSE = 2500;

export function attach(element) {
  const form = element.closest("form");
  const said = element.querySelector("[role=status]");
  let timer;
  let running = new AbortController();
  const keep = async () => {
    running = new AbortController();
    try {
      const answer = await fetch(element.dataset.url, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: running.signal,
      });
      if (!answer.ok) throw new Error(answer.statusText);
      said.textContent = (await answer.json()).said;
      form.dispatchEvent(new Event("kept"));
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = element.dataset.failed;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => { // what is sent needs no keeping
    clearTimeout(timer);
    running.abort();
  });
}
