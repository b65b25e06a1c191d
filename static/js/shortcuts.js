/* Keys for people who switched them on: one letter presses the button or link with data-key. Off until the box is ticked. */
const STORE = "teilhabe-shortcuts";
const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

export function attach(element) {
  const box = element.querySelector("input[type=checkbox]");
  const show = () => { document.documentElement.classList.toggle("shows-keys", box.checked); };
  element.hidden = false;
  box.checked = localStorage.getItem(STORE) === "on";
  show();
  box.addEventListener("change", () => {
    localStorage.setItem(STORE, box.checked ? "on" : "off");
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.target.matches(WRITING)) return;
    if (event.key === "?") return help(element).showModal();
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}

/* All keys in a dialog, made when it is first asked for. */
function help(element) {
  const known = document.querySelector("dialog.shortcuts-help");
  if (known) return known;
  const dialog = Object.assign(document.createElement("dialog"), { className: "shortcuts-help" });
  dialog.setAttribute("aria-label", element.dataset.title);
  const heading = Object.assign(document.createElement("h2"), { textContent: element.dataset.title });
  const close = Object.assign(document.createElement("button"), { className: "kern-btn kern-btn--secondary", type: "button" });
  close.append(Object.assign(document.createElement("span"), { className: "kern-label", textContent: element.dataset.close }));
  close.addEventListener("click", () => dialog.close());
  dialog.append(heading, element.querySelector("ul").cloneNode(true), close);
  document.body.append(dialog);
  return dialog;
}
