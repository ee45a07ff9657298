import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Hono } from "hono";

const require = createRequire(import.meta.url);

/** The folder of an installed package, wherever npm put it. */
function packageFolder(name: string): string {
  let folder = dirname(require.resolve(name));
  while (!folder.endsWith(join("node_modules", ...name.split("/")))) folder = dirname(folder);
  return folder;
}

const PAGE = new URL("../page/", import.meta.url);
/** The page and its modules, by name: what stands in the folder when the server starts, and nothing else. */
const FILES: Readonly<Record<string, string>> = {
  "/": "index.html",
  ...Object.fromEntries(
    readdirSync(PAGE).flatMap((name) => (/^[a-z]+\.(?:js|css)$/i.test(name) ? [[`/${name}`, name]] : [])),
  ),
};
const VENDOR: Readonly<Record<string, readonly [string, string]>> = {
  "/vendor/marked.js": ["marked", "lib/marked.esm.js"],
  "/vendor/purify.js": ["dompurify", "dist/purify.es.mjs"],
  "/vendor/vega.js": ["vega", "build/vega.min.js"],
  "/vendor/vega-lite.js": ["vega-lite", "build/vega-lite.min.js"],
  "/vendor/vega-embed.js": ["vega-embed", "build/vega-embed.min.js"],
};
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** The page and the libraries that it loads, each by its own fixed path. */
export function page(): Hono {
  const app = new Hono();
  const serve = (path: string, file: () => string | URL): void => {
    app.get(path, async (c) => {
      const from = file();
      const type = TYPES[String(from).split(".").at(-1) ?? ""] ?? "application/octet-stream";
      return c.body(await readFile(from), 200, {
        "content-type": type,
        "cache-control": path.startsWith("/vendor/") ? "public, max-age=86400" : "no-cache",
      });
    });
  };
  for (const [path, file] of Object.entries(FILES)) serve(path, () => new URL(file, PAGE));
  for (const [path, [name, file]] of Object.entries(VENDOR)) serve(path, () => join(packageFolder(name), file));
  return app;
}
