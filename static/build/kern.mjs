/* PostCSS plugins that make KERN ours: only the parts we use, logical instead of physical sides, no unused tokens. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export async function kernSource() {
  const entry = require.resolve("@kern-ux/native/package.json").replace("package.json", "dist/kern.css");
  return readFile(entry, "utf8");
}

/* KERN's components and modifiers that appear in templates/components; everything else is dropped. */
const KEPT = new RegExp(
  `^kern-(${[
    "btn(--primary|--secondary|--tertiary|--block)?",
    "form-input(--error)?(__input|__select|__select-wrapper)?(--error)?",
    "form-check(--error)?(__radio|__checkbox)?(--error)?",
    "fieldset(--error)?(__body)?",
    "label(__optional)?",
    "hint",
    "error",
    "icon(--small|--info|--success|--warning|--danger)?",
    "alert(--info|--success|--warning|--danger)?(__header|__body)?",
  ].join("|")})$`,
);
const isKept = (selector) => {
  const bare = selector.replace(/:has\([^)]*\)|:not\([^)]*\)/g, "");
  const names = [...bare.matchAll(/\.(kern-[\w-]+)/g)].map(([, name]) => name);
  return names.length > 0 && names.every((name) => KEPT.test(name));
};
const isTokens = (rule) => rule.selector === ":root" || rule.selector.startsWith(":is(body");

export const keepUsed = {
  postcssPlugin: "keep-used",
  OnceExit(root) {
    root.walkComments((comment) => { comment.remove(); });
    root.walkRules((rule) => {
      if (isTokens(rule) || rule.parent.name?.endsWith("keyframes")) return;
      const selectors = rule.selectors.filter(isKept);
      if (selectors.length > 0) rule.selectors = selectors;
      else rule.remove();
    });
    root.walkAtRules((rule) => { if (rule.name !== "media" || rule.nodes.length === 0) rule.remove(); });
  },
};

const SIDES = { left: "inline-start", right: "inline-end", top: "block-start", bottom: "block-end" };
const CORNERS = {
  "top-left": "start-start", "top-right": "start-end", "bottom-left": "end-start", "bottom-right": "end-end",
};
const ALIGNED = new Set(["text-align", "float", "clear"]);

/* Four values are top, right, bottom, left: only a different right and left needs two properties. */
const parts = (value) => {
  const found = [];
  let depth = 0;
  let current = "";
  for (const char of value) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (/\s/.test(char) && depth === 0) { if (current) found.push(current); current = ""; } else current += char;
  }
  return current ? [...found, current] : found;
};

export const logical = {
  postcssPlugin: "logical",
  Declaration(decl) {
    const { prop, value, important } = decl;
    const physical = prop.match(/^(margin|padding)-(top|right|bottom|left)$/);
    const border = prop.match(/^border-(top|right|bottom|left)(-width|-style|-color)?$/);
    const corner = prop.match(/^border-(top|bottom)-(left|right)-radius$/);
    if (physical) decl.prop = `${physical[1]}-${SIDES[physical[2]]}`;
    else if (border) decl.prop = `border-${SIDES[border[1]]}${border[2] ?? ""}`;
    else if (corner) decl.prop = `border-${CORNERS[`${corner[1]}-${corner[2]}`]}-radius`;
    else if (SIDES[prop]) decl.prop = `inset-${SIDES[prop]}`;
    else if (ALIGNED.has(prop) && (value === "left" || value === "right")) {
      decl.value = prop === "text-align" ? { left: "start", right: "end" }[value] : SIDES[value];
    } else if (["margin", "padding", "inset"].includes(prop)) {
      const [top, right, bottom, left] = parts(value);
      if (left === undefined || left === right) return;
      decl.cloneBefore({ prop: `${prop}-block`, value: `${top} ${bottom}`, important });
      decl.cloneBefore({ prop: `${prop}-inline`, value: `${left} ${right}`, important });
      decl.remove();
    }
  },
};

/* Custom properties nobody reads, and, once they are gone, those only they had read. */
export const pruneTokens = {
  postcssPlugin: "prune-tokens",
  OnceExit(root) {
    for (let removed = 1; removed > 0;) {
      removed = 0;
      const read = new Set();
      root.walkDecls((decl) => { for (const [, name] of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) read.add(name); });
      root.walkDecls(/^--/, (decl) => { if (!read.has(decl.prop)) { decl.remove(); removed += 1; } });
    }
    root.walkRules((rule) => { if (rule.nodes.length === 0) rule.remove(); });
    root.walkAtRules("media", (rule) => { if (rule.nodes.length === 0) rule.remove(); });
  },
};
