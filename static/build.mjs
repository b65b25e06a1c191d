/* Writes static/vendor: KERN without what we do not use, our own styles, scripts and fonts, each with a hash of its content
   in the file name, and manifest.json from the plain name to the hashed one. The same sources give the same bytes. */
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import postcss from "postcss";
import { fontFaces } from "./build/fonts.mjs";
import { keepUsed, kernSource, logical, pruneTokens } from "./build/kern.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "vendor");
const manifest = {};

async function put(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  manifest[name] = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  await writeFile(join(target, manifest[name]), bytes);
  return manifest[name];
}

const files = async (folder) => (await readdir(join(here, folder))).sort().map((name) => join(here, folder, name));

async function styles() {
  const virtual = {
    kern: postcss([keepUsed, logical]).process(await kernSource(), { from: undefined }).css,
    fonts: await fontFaces(put),
  };
  const sources = {
    name: "kern-and-fonts",
    setup(bundle) {
      bundle.onResolve({ filter: /^(kern|fonts)$/ }, ({ path }) => ({ path, namespace: "virtual" }));
      bundle.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({ contents: virtual[path], loader: "css" }));
    },
  };
  const whole = await build({
    entryPoints: [join(here, "css/app.css")],
    bundle: true,
    write: false,
    external: ["*.woff2"],
    plugins: [sources],
    logLevel: "warning",
  });
  const pruned = postcss([pruneTokens]).process(whole.outputFiles[0].text, { from: undefined }).css;
  await put("app.css", (await transform(pruned, { loader: "css", minify: true, legalComments: "none" })).code);
}

/* main.js loads a behaviour only on pages that ask for it; its import("./x.js") gets the hashed name. A behaviour is one
   file: what it imports, from a folder beside it or from a package, is set into it. */
async function scripts() {
  const minify = async (text) => (await transform(text, { minify: true, format: "esm", target: "es2022" })).code;
  const paths = (await files("js")).filter((path) => path.endsWith(".js"));
  for (const path of paths.filter((each) => basename(each) !== "main.js")) {
    const whole = await build({ entryPoints: [path], bundle: true, write: false, minify: true, format: "esm", target: "es2022", legalComments: "none" });
    await put(basename(path), whole.outputFiles[0].text);
  }
  const main = await minify(await readFile(join(here, "js/main.js"), "utf8"));
  await put("main.js", main.replace(/(["'])\.\/([\w-]+\.js)\1/g, (_, quote, name) => {
    if (!manifest[name]) throw new Error(`main.js imports ${name}, which is not in static/js`);
    return `${quote}./${manifest[name]}${quote}`;
  }));
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const path of await files("img")) await put(basename(path), await readFile(path));
await styles();
await scripts();
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(target, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
