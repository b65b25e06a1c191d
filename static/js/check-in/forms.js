/* The forms of the page, taken over: the same fields and buttons, without a request. */
export function attachForms(root, actions, { narrow, refresh }) {
  const [search, all, code, list, guest] = ["search", "all", "code", "list", "guest"].map((name) => root.querySelector(`[data-${name}]`));
  const on = (form, act) => form?.addEventListener("submit", (event) => {
    event.preventDefault();
    act(event);
  });

  on(search, refresh);
  search.elements.suche.addEventListener("input", refresh);
  all.addEventListener("click", (event) => {
    event.preventDefault();
    narrow(null);
    search.elements.suche.focus();
  });

  on(list, ({ submitter }) => {
    const id = Number(submitter.value);
    if (submitter.name === "party") return actions.arriveTogether(id);
    return "undo" in submitter.dataset ? actions.undo(id) : actions.arrive(id);
  });

  on(code, async () => {
    const field = code.querySelector("input:not([type=hidden])");
    const typed = field.value.trim();
    field.value = "";
    if (typed) await actions.scan(typed);
  });

  on(guest, async () => {
    const [name, persons] = guest.querySelectorAll("input:not([type=hidden])");
    const count = Number(persons.value);
    const isRight = Boolean(name.value.trim()) && Number.isInteger(count) && count >= 1 && count <= 20;
    name.setAttribute("aria-invalid", String(!name.value.trim()));
    persons.setAttribute("aria-invalid", String(!(count >= 1 && count <= 20)));
    if (!isRight) return (name.value.trim() ? persons : name).focus();
    await actions.guest(name.value.trim().slice(0, 200), count);
    guest.reset();
    return name.focus();
  });
}
