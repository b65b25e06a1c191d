/* A second press of the button within five seconds sends nothing twice. */
const QUIET = 5000;

export function attach(form) {
  let last = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - last < QUIET) event.preventDefault();
    else last = event.timeStamp;
  });
  window.addEventListener("pageshow", () => { last = -Infinity; });
}
