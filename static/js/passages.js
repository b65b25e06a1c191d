/* The note above a marked passage goes away with Escape and comes back with the next visit. */
export function attach(element) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") element.classList.add("is-quiet");
  });
  for (const name of ["pointerover", "focusin"]) {
    element.addEventListener(name, (event) => {
      if (event.target.closest(".passage")) element.classList.remove("is-quiet");
    });
  }
}
