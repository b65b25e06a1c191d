/* Reads a ticket and knows a genuine one by the public key alone (app/attendance/codes.py writes them). */
import { verifyAsync } from "@noble/ed25519";

const SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWX";
const CONTENT = 16;
const SIGNATURE = 64;

function unspell(code) {
  const signs = [...code.toUpperCase().replace(/\s/g, "").replaceAll("O", "0").replaceAll("I", "1")];
  if (signs.length * 5 !== (CONTENT + SIGNATURE) * 8) return null;
  const values = signs.map((sign) => SIGNS.indexOf(sign));
  if (values.includes(-1)) return null;
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("");
  return Uint8Array.from(bits.match(/.{8}/g), (byte) => Number.parseInt(byte, 2));
}

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (byte) => Number.parseInt(byte, 16));

/* The browser's own Ed25519 where it has it. */
async function isGenuine(content, signature, hex) {
  const key = bytes(hex);
  try {
    const own = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, own, signature, content);
  } catch {
    return verifyAsync(signature, content, key);
  }
}

async function read(code, key) {
  const signed = unspell(code);
  if (!signed) return null;
  const content = signed.slice(0, CONTENT);
  if (!(await isGenuine(content, signed.slice(CONTENT), key))) return null;
  const view = new DataView(content.buffer);
  const [event, registration, attendee] = [1, 5, 9].map((at) => view.getUint32(at));
  return { version: view.getUint8(0), event, registration, attendee, generation: view.getUint16(13) };
}

/* { people, party } whom it lets in, { late: true } for who is not on the list yet, or { refused } with the reason. */
export async function admit(code, list, at) {
  const ticket = await read(code, list.key);
  if (!ticket || ticket.version !== 1) return { refused: "forged" };
  if (ticket.event !== list.event) return { refused: "foreign" };
  if (at >= new Date(list.tickets_until)) return { refused: "over" };
  if (list.gone.includes(ticket.registration)) return { refused: "cancelled" };
  const party = list.parties.find((each) => each.id === ticket.registration);
  if (!party) return { late: true };
  if (party.generation !== ticket.generation) return { refused: "outdated" };
  const people = party.people.filter((each) => ticket.attendee === 0 || each.id === ticket.attendee);
  return people.length ? { party, people } : { refused: "unknown" };
}
