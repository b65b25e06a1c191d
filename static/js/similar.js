/* Shows what is like the text while it is typed, after a pause, and what it changes; the buttons are for where no script
   runs. The form is read again by the server, without the files. */
const PAUSE = 900;
const LEAST = 20;

function written(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function show(page, selector, found) {
  const here = document.querySelector(selector);
  const there = page.querySelector(found ?? selector);
  if (here && here.innerHTML !== (there?.innerHTML ?? "")) here.replaceChildren(...(there?.childNodes ?? []));
}

export function attach(element) {
  const form = element.closest("form");
  const field = form.elements[element.dataset.field];
  const asked = element.dataset.also.split(" ");
  element.querySelector("button").hidden = true;
  let timer;
  let running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(element.dataset.url, { method: "POST", body: written(form), signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(page, "#similar", field.value.trim().length < LEAST ? "#none" : "#similar:has(h2)");
      show(page, "#subject");
      show(page, `label[for=${field.id}]`);
      const there = page.querySelector(`#${field.id}`);
      if (there && !field.value !== !there.value) field.value = there.value; // a change starts from the present words
    } catch { /* typed on, or no network: the hint can wait */ }
  };
  const soon = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };
  field.addEventListener("input", () => soon(PAUSE));
  form.addEventListener("change", ({ target }) => { if (asked.includes(target.name)) soon(0); });
}
