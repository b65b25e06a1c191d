/* "{count} Zeilen" with its values. */
export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
