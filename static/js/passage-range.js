/* Which characters of an original are selected: counted as the server counts them, without the numbers set among them. */
const count = (text) => [...text].length;

/** The words of an element or fragment without the numbers that say where they are used. */
export function wordsOf(node) {
  const copy = node.cloneNode(true);
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return copy.textContent;
}

const sentenceOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("label[data-start]");

function placeOf(sentence, container, offset) {
  const before = document.createRange();
  before.setStart(sentence, 0);
  before.setEnd(container, offset);
  return Number(sentence.dataset.start) + count(wordsOf(before.cloneContents()));
}

const passage = (fieldset, start, end, text, { lang, dir }) =>
  start < end ? { value: `${fieldset.dataset.version}:${start}:${end}`, text, lang, dir } : null;

/** What is selected among the sentences of one original; null when nothing is, or more than one original. */
export function selectedIn(form) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [first, last] = [sentenceOf(range.startContainer), sentenceOf(range.endContainer)];
  const fieldset = first?.closest("fieldset");
  if (!form.contains(first) || !last || last.closest("fieldset") !== fieldset) return null;
  const start = placeOf(first, range.startContainer, range.startOffset);
  const end = placeOf(last, range.endContainer, range.endOffset);
  return passage(fieldset, start, end, wordsOf(range.cloneContents()).replace(/\s+/g, " ").trim(), first);
}

/** The same in the text that can be selected by keyboard or finger. */
export function selectedInText(area) {
  const { value, selectionStart, selectionEnd } = area;
  const start = count(value.slice(0, selectionStart));
  const text = value.slice(selectionStart, selectionEnd);
  return passage(area.closest("fieldset"), start, start + count(text), text, area);
}
