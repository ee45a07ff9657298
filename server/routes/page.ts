import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import { BUNDLE, bundleFiles } from "../pageBundle.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

interface Asset {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
}

/** The page as it was built: each file by its own path, read and compressed when it is first asked for, and nothing else. */
export function page(): Hono {
  const app = new Hono();
  for (const file of bundleFiles()) {
    let asset: Asset | undefined;
    const send = (c: Context) => {
      asset ??= load(file);
      const zip = c.req.header("accept-encoding")?.includes("gzip") ?? false;
      return c.body(zip ? asset.zipped : asset.plain, 200, {
        "content-type": asset.type,
        vary: "accept-encoding",
        // The name of an asset holds a hash of what is in it.
        "cache-control": file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        ...(zip && { "content-encoding": "gzip" }),
      });
    };
    app.get(`/${file}`, send);
    if (file === "index.html") app.get("/", send);
  }
  return app;
}

function load(file: string): Asset {
  const plain = new Uint8Array(readFileSync(join(BUNDLE, file)));
  const type = TYPES[file.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  return { type, plain, zipped: new Uint8Array(gzipSync(plain)) };
}
