/* Says how many characters are left, aloud only after a pause in typing. */
const PAUSE = 1000;

export function attach(element) {
  const field = element.querySelector("textarea, input");
  const shown = element.querySelector("[data-counter]");
  const most = Number(field.getAttribute("maxlength"));
  if (!most || !shown) return;
  const spoken = shown.cloneNode();
  shown.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.removeAttribute("id");
  spoken.setAttribute("role", "status");
  shown.after(spoken);
  let timer;
  const update = () => {
    const text = shown.dataset.counter.replace("{n}", String(most - field.value.length));
    shown.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { spoken.textContent = text; }, PAUSE);
  };
  field.addEventListener("input", update);
  shown.textContent = shown.dataset.counter.replace("{n}", String(most - field.value.length));
}
