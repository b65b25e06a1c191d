/* Keeps the rows of the page as the list stands; a button stays the same one, so that the focus is not lost. */
import { fill } from "../offline/fill.js";

function showPerson(row, person, says) {
  const [name, since, arrive, undo] = [".door-name", ".door-since", "[data-arrive]", "[data-undo]"].map((each) => row.querySelector(each));
  const hadFocus = row.contains(document.activeElement);
  row.dataset.person = person.id;
  name.textContent = person.name;
  since.textContent = person.since ? fill(says.saysSince, { time: person.since }) : "";
  for (const button of [arrive, undo]) button.value = person.id;
  arrive.setAttribute("aria-label", fill(says.saysPerson, person));
  undo.setAttribute("aria-label", fill(says.saysUndo, person));
  since.hidden = undo.hidden = !person.entry;
  arrive.hidden = Boolean(person.entry);
  if (hadFocus) (person.entry ? undo : arrive).focus();
}

function showParty(row, party, says) {
  const rows = row.querySelector("ul");
  const template = document.getElementById("einlass-person").content.firstElementChild;
  row.dataset.party = party.id;
  while (rows.children.length > party.people.length) rows.lastElementChild.remove();
  while (rows.children.length < party.people.length) rows.append(template.cloneNode(true));
  party.people.forEach((person, number) => showPerson(rows.children[number], person, says));
  const missing = party.people.filter((person) => !person.entry).length;
  const together = row.querySelector("[data-together]");
  together.value = party.id;
  together.querySelector(".kern-label").textContent = fill(missing < party.people.length ? says.saysRest : says.saysTogether, { count: missing });
  if (together === document.activeElement && missing < 2) row.querySelector("[data-undo]:not([hidden])")?.focus();
  together.hidden = missing < 2;
}

export function showList(root, list, isShown) {
  const rows = root.querySelector(".door-list");
  const template = document.getElementById("einlass-party").content.firstElementChild;
  const known = new Map([...rows.children].map((row) => [Number(row.dataset.party), row]));
  let before = null;
  for (const party of list.parties) {
    const row = known.get(party.id) ?? template.cloneNode(true);
    known.delete(party.id);
    if (!row.parentNode) before ? before.after(row) : rows.prepend(row);
    showParty(row, party, root.dataset);
    row.hidden = !isShown(party);
    before = row;
  }
  for (const row of known.values()) row.remove();
  root.querySelector("[data-nobody]").hidden = list.parties.some(isShown);
}
