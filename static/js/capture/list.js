/* The buttons and fields of each line, without a request; + and - count points wherever the focus is in a line. */
export function attachList(root, actions, { round }) {
  const list = root.querySelector("[data-list]");
  const keyOf = (element) => element.closest("[data-line]")?.dataset.line;

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    const key = button && keyOf(button);
    if (!key) return undefined;
    if ("undo" in button.dataset) return actions.undo(key);
    return actions.show(key, "show" in button.dataset);
  });

  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-change]");
    if (!link) return;
    event.preventDefault();
    root.querySelector("[data-write]").dispatchEvent(new CustomEvent("change-line", { detail: keyOf(link) }));
  });

  list.addEventListener("change", ({ target }) => {
    if (!("points" in target.dataset)) return;
    const line = actions.find(keyOf(target));
    const before = line.points[round()] ?? 0;
    const typed = target.value.trim();
    if (/^\d{0,3}$/.test(typed) && Number(typed) !== before) actions.setPoints(line.key, round(), Number(typed));
    else target.value = before;
  });

  list.addEventListener("keydown", (event) => {
    const key = keyOf(event.target);
    const field = key && event.target.closest("[data-line]").querySelector("[data-points]");
    if (!field || field.readOnly) return;
    if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      const by = event.key === "+" ? 1 : -1;
      field.value = Math.max(0, Number(field.value) + by);
      actions.addPoints(key, round(), by);
    }
  });
}
