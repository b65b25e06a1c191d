/* A button, shown only where it works, that copies the address beside it. */
export function attach(element) {
  const button = element.querySelector("button");
  const said = element.querySelector("[role='status']");
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(element.querySelector("a").href);
    said.textContent = element.dataset.done;
  });
}
