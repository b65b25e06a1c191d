/* Keeps the rows of the page as the lines stand; a row stays the same one, so that the focus is not lost. */
import { fill } from "../offline/fill.js";

const nameOf = (select, value) => [...select.options].find((option) => option.value === value)?.text ?? value;

function showRow(row, line, { says, write, round, closed }) {
  const part = (name) => row.querySelector(`[data-${name}]`);
  const name = line.number ? fill(says.saysNumber, line) : says.saysNew;
  row.dataset.line = line.key;
  row.value = line.number;
  Object.assign(part("words"), { textContent: line.text, lang: line.language, dir: line.direction });
  const about = [nameOf(write.elements.language, line.language), nameOf(write.elements.kind, line.what), fill(says.saysRound, { number: line.round })];
  part("about").textContent = about.filter(Boolean).join(", ");
  part("waits").hidden = !line.waits;
  part("hidden").hidden = !line.hidden;
  for (const button of row.querySelectorAll("button")) {
    button.value = line.key;
    button.setAttribute("aria-label", `${button.textContent.trim()}: ${name}`);
  }
  part("change").setAttribute("aria-label", `${part("change").textContent.trim()}: ${name}`);
  part("change").hidden = part("undo").hidden = closed || Boolean(line.fixed);
  const [hide, show] = [part("hide"), part("show")];
  const hadFocus = [hide, show].includes(document.activeElement);
  hide.hidden = Boolean(line.hidden);
  show.hidden = !line.hidden;
  if (hadFocus) (line.hidden ? show : hide).focus();
  showPoints(part("points"), line, { says, name, round, closed });
}

function showPoints(field, line, { says, name, round, closed }) {
  if (!field) return;
  field.name = `punkte-${line.key}`;
  field.readOnly = closed;
  field.setAttribute("aria-label", fill(says.saysPoints, { line: name }));
  const isTyping = field === document.activeElement && field.dataset.shown !== field.value && field.dataset.round === String(round);
  if (!isTyping) field.value = line.points[round] ?? 0;
  field.dataset.shown = String(line.points[round] ?? 0);
  field.dataset.round = String(round);
}

export function showLines(root, list, { round, write }) {
  const rows = root.querySelector("[data-lines]");
  const template = root.querySelector("[data-row]").content.firstElementChild;
  const known = new Map([...rows.children].map((row) => [row.dataset.line, row]));
  let before = null;
  for (const line of list.lines) {
    const row = known.get(line.key) ?? template.cloneNode(true);
    known.delete(line.key);
    if (!row.parentNode) before ? before.after(row) : rows.prepend(row);
    showRow(row, line, { says: root.dataset, write, round, closed: list.closed });
    before = row;
  }
  for (const row of known.values()) row.remove();
  root.querySelector("[data-empty]").hidden = list.lines.length > 0;
  for (const each of root.querySelectorAll("[data-without-script]")) each.remove();
}
