/* Keeps what somebody writes in this browser until it was sent: the fields in data-fields and nothing else, for a week.
   On a page after sending (data-sent) it is taken away. */
const PREFIX = "teilhabe-entwurf:";
const OFF = "teilhabe-entwurf-aus";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 400;

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key));
    return kept && Date.now() - kept.at < WEEK ? kept.values : null;
  } catch {
    return null;
  }
}

const valueOf = (form, name) => form.elements[name]?.value ?? "";

function restore(form, values) {
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

function attachToForm(element) {
  const form = element.closest("form");
  const { key, fields } = element.dataset;
  const names = fields.split(" ");
  const said = (name) => element.querySelector(`[data-said="${name}"]`);
  const isOff = () => localStorage.getItem(OFF) === "1";
  const forget = () => localStorage.removeItem(PREFIX + key);
  const show = () => {
    said("on").hidden = isOff();
    said("off").hidden = !isOff();
  };
  const keep = () => {
    if (isOff()) return;
    if (!valueOf(form, "text").trim()) return forget();
    const values = Object.fromEntries(names.map((name) => [name, valueOf(form, name)]));
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values }));
  };
  const kept = isOff() ? null : read(key);
  if (kept && !valueOf(form, "text")) {
    restore(form, kept);
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    said("restored").textContent = element.querySelector("template").content.textContent;
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => sessionStorage.setItem(PREFIX, key));
  const does = {
    delete: () => { forget(); form.elements.text.value = ""; said("restored").textContent = ""; },
    off: () => { forget(); localStorage.setItem(OFF, "1"); },
    on: () => { localStorage.removeItem(OFF); keep(); },
  };
  for (const button of element.querySelectorAll("[data-does]")) {
    button.addEventListener("click", () => { does[button.dataset.does](); show(); });
  }
  show();
  element.hidden = false;
}

export function attach(element) {
  try {
    if ("sent" in element.dataset) localStorage.removeItem(PREFIX + sessionStorage.getItem(PREFIX));
    else attachToForm(element);
  } catch { /* this browser keeps nothing */ }
}
