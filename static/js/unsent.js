/* Before a table is closed: what this device has not sent yet would be left out. */
import { fill } from "./offline/fill.js";
import { storeFor } from "./offline/store.js";

export async function attach(root) {
  const count = (await storeFor("erfassung", Number(root.dataset.table)).entries()).length;
  const words = root.querySelector("[data-unsent]");
  words.textContent = count === 1 ? root.dataset.one : fill(root.dataset.many, { count });
  words.hidden = !count;
  for (const button of root.querySelectorAll("button")) button.hidden = count > 0;
}
