/* A button, shown only where it works, that prints the page. */
export function attach(element) {
  element.hidden = false;
  element.querySelector("button").addEventListener("click", () => window.print());
}
