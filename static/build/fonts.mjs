/* The font files we serve: one WOFF2 per script and weight, so that a German page loads no Cyrillic or Arabic. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import postcss from "postcss";

const require = createRequire(import.meta.url);
const FONTS = [
  { source: "@fontsource/fira-sans", subsets: ["latin", "latin-ext", "cyrillic"], weights: [400, 600] },
  { source: "@fontsource/vazirmatn", subsets: ["arabic"], weights: [400, 600] },
];

export async function fontFaces(put) {
  const faces = [];
  for (const { source, subsets, weights } of FONTS) {
    for (const weight of weights) {
      const sheet = require.resolve(`${source}/${weight}.css`);
      const rules = postcss.parse(await readFile(sheet, "utf8")).nodes.filter((node) => node.name === "font-face");
      for (const rule of rules) {
        const [, file] = rule.toString().match(/url\((\S+?\.woff2)\)/);
        const prefix = `${basename(source)}-`;
        if (!subsets.includes(basename(file).slice(prefix.length, -`-${weight}-normal.woff2`.length))) continue;
        const name = basename(file).replace("-normal", "");
        const hashed = await put(name, await readFile(join(dirname(sheet), file)));
        rule.walkDecls("src", (decl) => { decl.value = `url("${hashed}") format("woff2")`; });
        faces.push(rule.toString());
      }
    }
  }
  return faces.join("\n");
}
