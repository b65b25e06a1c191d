/* Attaches each behaviour to the elements that ask for it: <div data-behaviour="counter">. */
const behaviours = {
  autosave: () => import("./autosave.js"),
  capture: () => import("./capture.js"),
  "check-in": () => import("./check-in.js"),
  conditional: () => import("./conditional.js"),
  "copy-link": () => import("./copy-link.js"),
  counter: () => import("./counter.js"),
  draft: () => import("./draft.js"),
  "error-summary": () => import("./error-summary.js"),
  "mark-passages": () => import("./mark-passages.js"),
  passages: () => import("./passages.js"),
  "pick-passage": () => import("./pick-passage.js"),
  "pick-words": () => import("./pick-words.js"),
  print: () => import("./print.js"),
  proof: () => import("./proof.js"),
  "send-once": () => import("./send-once.js"),
  shortcuts: () => import("./shortcuts.js"),
  similar: () => import("./similar.js"),
  unsaved: () => import("./unsaved.js"),
  unsent: () => import("./unsent.js"),
  wall: () => import("./wall.js"),
};

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(" ")) {
    behaviours[name]?.().then((module) => module.attach(element));
  }
}
