/* What whoever stands at the door must know, until they have seen it; and what just happened. */
export function newsBoard(element, store, says) {
  async function show() {
    const lines = (await store.news()).map(({ key, words }) => {
      const line = document.createElement("p");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "kern-btn kern-btn--tertiary" });
      const label = Object.assign(document.createElement("span"), { className: "kern-label", textContent: says.saysSeen });
      button.append(label);
      button.addEventListener("click", async () => {
        await store.removeNews(key);
        await show();
      });
      line.append(words, " ", button);
      return line;
    });
    element.querySelectorAll("p:not([data-now])").forEach((line) => line.remove());
    element.append(...lines);
  }

  return {
    show,
    say(words, isRefusal = false) {
      const line = element.querySelector("[data-now]") ?? document.createElement("p");
      line.dataset.now = isRefusal ? "refusal" : "done";
      line.dir = "auto";
      line.textContent = words;
      element.prepend(line);
    },
  };
}
