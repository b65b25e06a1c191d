/* The field for the next line, or for one that is being changed. What is typed survives a reload and a crash. */
import { fill } from "../offline/fill.js";

function drafts(name) {
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(name)) ?? {};
      } catch {
        return {};
      }
    },
    keep(values) {
      try {
        localStorage.setItem(name, JSON.stringify(values));
      } catch { /* storage is full or forbidden: the page works on, without a draft */ }
    },
  };
}

export function attachForm(form, actions, { says, name, part, refresh }) {
  const { text, language, kind, round, line } = form.elements;
  const draft = drafts(name);
  let aside = ""; // what was typed when a change began

  const keepDraft = () => draft.keep({ text: line.value ? aside : text.value, language: language.value, kind: kind.value, round: round?.value });

  function change(found) {
    aside = line.value ? aside : text.value;
    line.value = found?.key ?? "";
    text.value = found ? found.text : aside;
    if (found) [language.value, kind.value] = [found.language, found.what];
    part("changing").hidden = !found;
    part("which").textContent = found ? fill(says.saysChanging, { number: found.number || says.saysNew }) : "";
    text.removeAttribute("aria-invalid");
    text.focus();
  }

  const kept = draft.read();
  if (!line.value && !text.value) text.value = kept.text ?? "";
  for (const [field, value] of [[language, kept.language], [kind, kept.kind], [round, kept.round]]) {
    if (field && !line.value && [...field.options].some((option) => option.value === value)) field.value = value;
  }

  form.addEventListener("input", keepDraft);
  round?.addEventListener("change", refresh);
  part("cancel").addEventListener("click", (event) => {
    event.preventDefault();
    change(null);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = text.value.replace(/\s+/g, " ").trim();
    text.setAttribute("aria-invalid", String(!said));
    if (!said) return text.focus();
    const words = { text: said, language: language.value, what: kind.value };
    const changed = line.value;
    text.value = "";
    if (changed) change(null);
    await (changed ? actions.change(changed, words) : actions.write(words, Number(round?.value ?? 1)));
    keepDraft();
    return text.focus();
  });
  return form.addEventListener("change-line", ({ detail }) => change(actions.find(detail)));
}
