/* Condensing: what is ticked or selected in an original becomes a marked passage at once, with the words it led to. */
import { selectedIn, selectedInText, wordsOf } from "./passage-range.js";

const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export function attach(form) {
  const list = form.querySelector("[data-marked]");
  const wording = form.elements.wording;
  const said = list.dataset;
  const boxes = (value) => form.querySelectorAll(`input[name=passage][value="${value}"]`);
  const label = (id, text) => make("label", { className: "kern-label", htmlFor: id, textContent: text });

  const tool = (text, act) => {
    const button = make("button", { type: "button", className: "kern-btn kern-btn--tertiary" });
    button.append(make("span", { className: "kern-label", textContent: text }));
    button.addEventListener("click", act);
    return button;
  };
  const addTools = (entry) => {
    const field = entry.querySelector("input[type=text]");
    entry.append(
      tool(said.insert, () => {
        const quote = entry.querySelector("p").textContent.slice(1, -1);
        wording.setRangeText(quote, wording.selectionStart, wording.selectionEnd, "end");
        field.value = quote;
        wording.focus();
      }),
      tool(said.take, () => {
        field.value = wording.value.slice(wording.selectionStart, wording.selectionEnd);
      }),
    );
  };
  const add = ({ value, text, lang, dir }) => {
    for (const box of boxes(value)) box.checked = true;
    if (list.querySelector(`[data-value="${value}"]`)) return;
    const box = { type: "checkbox", className: "kern-form-check__checkbox", id: `behalten-${value}`, name: "passage", value, checked: true };
    const words = { type: "text", className: "kern-form-input__input", id: `worte-${value}`, name: `worte-${value}` };
    const entry = make("li", {},
      make("p", { lang, dir, textContent: `„${text}“` }),
      make("div", { className: "kern-form-check" }, make("input", box), label(box.id, said.keep)),
      make("div", { className: "field kern-form-input" }, label(words.id, said.words), make("input", words)));
    entry.dataset.value = value;
    addTools(entry);
    list.append(entry);
  };
  const addFound = (found) => {
    if (!found) return;
    add(found);
    getSelection().removeAllRanges();
  };

  form.querySelector("[data-shows-marks]").hidden = true;
  for (const entry of list.children) addTools(entry);
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "passage") return;
    const [sentence] = target.labels;
    if (target.checked) add({ value: target.value, text: wordsOf(sentence), lang: sentence.lang, dir: sentence.dir });
    else {
      for (const box of boxes(target.value)) box.checked = false;
      list.querySelector(`[data-value="${target.value}"]`)?.remove();
    }
  });
  const selected = tool(said.select, () => addFound(selectedIn(form)));
  selected.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would go
  list.after(selected);
  for (const area of form.querySelectorAll("textarea[data-exact]")) {
    // Writable, so that there is a caret to select with by keyboard; nothing that is typed gets in
    Object.assign(area, { hidden: false, readOnly: false, inputMode: "none", ariaReadOnly: "true" });
    area.addEventListener("beforeinput", (event) => event.preventDefault());
    area.labels[0].hidden = false;
    area.after(tool(said.select, () => addFound(selectedInText(area))));
  }
}
