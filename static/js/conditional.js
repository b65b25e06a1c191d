/* Shows a part of a form only while one of the answers it depends on is given: data-when="kind=group question_5=12".
   What is hidden is not sent, so that a part may depend on another one. */
const parts = (form) => form.querySelectorAll("[data-when]");

function isMet(form, part) {
  const given = new FormData(form);
  return part.dataset.when.split(" ").some((pair) => {
    const [name, value] = pair.split("=");
    return given.getAll(name).includes(value);
  });
}

function update(form) {
  for (const part of parts(form)) {
    const shown = isMet(form, part);
    part.hidden = !shown;
    for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !shown;
  }
}

export function attach(element) {
  const form = element.closest("form");
  for (const words of element.querySelectorAll("[data-only-if]")) words.hidden = true;
  if (parts(form)[0] === element) {
    form.addEventListener("change", () => update(form));
    window.addEventListener("pageshow", () => update(form));
  }
  update(form);
}
