/* What somebody does at the door: each is an entry with a number of its own, kept first and sent later. */
import { fill } from "../offline/fill.js";
import { everyone } from "./state.js";
import { admit } from "./ticket.js";

const moment = () => ({ uuid: crypto.randomUUID(), at: new Date().toISOString() });

export function actionsOf({ store, board, says, current, sync, refresh, narrow }) {
  const find = (id) => everyone(current()).find((person) => person.id === id);

  async function keep(entries, words) {
    for (const entry of entries) await store.addEntry(entry);
    await refresh();
    board.say(words);
    sync();
  }

  async function arrive(people) {
    const missing = people.filter((person) => !person.entry);
    if (!missing.length) return board.say(fill(says.saysAlready, { name: people[0].name, time: people[0].since }), true);
    const entries = missing.map(({ id }) => ({ ...moment(), kind: "arrived", attendee: id }));
    return keep(entries, fill(missing.length > 1 ? says.saysHereMany : says.saysHere, { name: missing.map(({ name }) => name).join(", ") }));
  }

  return {
    arrive: (id) => arrive([find(id)]),
    arriveTogether: (id) => arrive(current().parties.find((party) => party.id === id).people),
    undo(id) {
      const person = find(id);
      const entry = { ...moment(), kind: "undone", attendee: id, undoes: person.entry };
      return keep([entry], fill(says.saysOpen, person));
    },
    guest(name, persons) {
      return keep([{ ...moment(), kind: "guest", name, persons }], fill(says.saysGuest, { name }));
    },
    async scan(code) {
      const found = await admit(code, current(), new Date());
      if (found.refused) return board.say(says[`says${found.refused[0].toUpperCase()}${found.refused.slice(1)}`], true);
      if (found.late) return keep([{ ...moment(), kind: "scan", code }], says.saysLate);
      if (found.people.length > 1 && found.people.some((person) => !person.entry)) return narrow(found.party);
      return arrive(found.people);
    },
  };
}
