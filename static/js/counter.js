/* Says how many characters are left, or too many, aloud only after a pause in typing. Nothing is cut off. */
const PAUSE = 1000;

export function attach(element) {
  const field = element.querySelector("textarea, input");
  const shown = element.querySelector("[data-counter]");
  const most = Number(field.dataset.most ?? field.getAttribute("maxlength"));
  if (!most || !shown) return;
  const spoken = shown.cloneNode();
  shown.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.removeAttribute("id");
  spoken.setAttribute("role", "status");
  shown.after(spoken);
  let timer;
  const words = () => {
    const left = most - [...field.value].length;
    return (left < 0 ? shown.dataset.over : shown.dataset.counter).replace("{n}", String(Math.abs(left)));
  };
  const update = () => {
    shown.textContent = words();
    clearTimeout(timer);
    timer = setTimeout(() => { spoken.textContent = shown.textContent; }, PAUSE);
  };
  field.addEventListener("input", update);
  shown.textContent = words();
}
