/* Asks before leaving a form in which something was written and not sent. */
export function attach(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  for (const event of ["submit", "kept"]) form.addEventListener(event, () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
