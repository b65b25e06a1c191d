/* Words that are selected in the text go with one button into the field that names them, each passage in a line of its own. */
export function attach(element) {
  const field = document.getElementById(element.dataset.into);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kern-btn kern-btn--secondary";
  button.disabled = true;
  button.append(Object.assign(document.createElement("span"), { className: "kern-label", textContent: element.dataset.label }));
  element.append(button);
  const chosen = () => {
    const selection = document.getSelection();
    const is_inside = selection.rangeCount && element.contains(selection.getRangeAt(0).commonAncestorContainer);
    return is_inside ? selection.toString().trim().replace(/\s+/g, " ") : "";
  };
  document.addEventListener("selectionchange", () => { button.disabled = !chosen(); });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", () => {
    const lines = field.value.split("\n").filter((line) => line.trim());
    const words = chosen();
    if (words && !lines.includes(words)) lines.push(words);
    field.value = lines.join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.getSelection().removeAllRanges();
  });
}
