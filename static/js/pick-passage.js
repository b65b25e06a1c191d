/* Words that are selected in the text become one more choice in the list of its passages: "start:stop" in characters. */
const count = (text) => [...text].length;

export function attach(element) {
  const text = element.querySelector(".passage-text").firstChild;
  const choices = document.querySelectorAll("input[name=passage]");
  if (!text || !choices.length) return;
  const list = choices[0].closest(".kern-fieldset__body");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "kern-btn kern-btn--secondary", disabled: true });
  button.append(Object.assign(document.createElement("span"), { className: "kern-label", textContent: element.dataset.label }));
  element.append(button);

  const chosen = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (range.startContainer !== text || range.endContainer !== text) return null;
    const words = range.toString();
    const start = range.startOffset + words.length - words.trimStart().length;
    const stop = start + words.trim().length;
    return start < stop ? { start, stop } : null;
  };
  const valueOf = ({ start, stop }) => `${count(text.data.slice(0, start))}:${count(text.data.slice(0, stop))}`;

  document.addEventListener("selectionchange", () => { button.disabled = !chosen(); });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", () => {
    const found = chosen();
    document.getElementById("passage-marked")?.closest(".kern-form-check").remove();
    const box = Object.assign(document.createElement("input"), {
      type: "radio", className: "kern-form-check__radio", id: "passage-marked", name: "passage", value: valueOf(found), checked: true,
    });
    const label = Object.assign(document.createElement("label"), {
      className: "kern-label", htmlFor: box.id, textContent: `${element.dataset.marked} „${text.data.slice(found.start, found.stop)}“`,
    });
    const entry = Object.assign(document.createElement("div"), { className: "kern-form-check" });
    entry.append(box, label);
    list.append(entry);
    document.getSelection().removeAllRanges();
    box.focus();
  });
}
