/* Takes the reader to the list of errors, and from each of its links into the field itself. */
export function attach(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const label = field.closest("fieldset") ?? document.querySelector(`label[for="${field.id}"]`) ?? field;
    label.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
