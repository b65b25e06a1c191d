/* The list as it stands: what the site said last, and on top of it what this device recorded since. */
const BERLIN = { timeZone: "Europe/Berlin", hour: "numeric", minute: "2-digit" };

/* 9.30, and 14 on the full hour, as the site writes it. */
const clock = (at) => new Date(at).toLocaleTimeString("de-DE", BERLIN).replace(/^0/, "").replace(":00", "").replace(":", ".");

export function standing(list, entries) {
  const people = new Map();
  for (const party of list.parties) for (const person of party.people) people.set(person.id, { ...person });
  for (const entry of entries) {
    const person = people.get(entry.attendee);
    if (person && entry.kind === "arrived" && !person.entry) {
      Object.assign(person, { entry: entry.uuid, since: clock(entry.at) });
    } else if (person && entry.kind === "undone" && person.entry === entry.undoes) {
      Object.assign(person, { entry: "", since: "" });
    }
  }
  const parties = list.parties.map((party) => ({ ...party, people: party.people.map(({ id }) => people.get(id)) }));
  return { ...list, parties };
}

/* Guests and late tickets are on no list yet. */
export const unlisted = (entries) => entries.filter(({ kind }) => kind === "guest" || kind === "scan");

export const everyone = (list) => list.parties.flatMap((party) => party.people);
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("de-DE").replaceAll("ß", "ss").replace(/([aou])e/g, "$1");

export function answers(party, words) {
  const wanted = plain(words).split(/\s+/);
  return party.people.some(({ name }) => wanted.every((word) => plain(name).includes(word)));
}
