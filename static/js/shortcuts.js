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
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
