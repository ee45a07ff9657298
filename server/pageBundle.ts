import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KamError } from "../data/common/errors.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Where the built page lies; git does not know it. */
export const BUNDLE = join(ROOT, "dist", "page");
const MARK = join(BUNDLE, "built-from.txt");
/** What is built into the page, and what decides how. */
const SOURCES = ["server/page", "data/common"];
const WITH = ["package-lock.json"];

/** Every file of the built page, by its path in it; none where it was not built. */
export const bundleFiles = (): string[] =>
  existsSync(BUNDLE)
    ? readdirSync(BUNDLE, { recursive: true, encoding: "utf8" })
        .map((name) => name.replaceAll("\\", "/"))
        .filter((name) => /\.(?:html|js|css|svg)$/.test(name))
    : [];

/**
 * Builds the page where it is missing or older than its sources: at the first start after an installation without scripts, and
 * after an update.
 * @param onProgress told when it begins
 * @throws KamError file_missing where it is missing and cannot be built
 */
export async function ensurePage(onProgress: (line: string) => void = () => {}): Promise<void> {
  const wanted = hashOfSources();
  if (existsSync(MARK) && readFileSync(MARK, "utf8") === wanted) return;
  onProgress("building the page …");
  try {
    const { build } = await import("vite");
    await build({ configFile: join(ROOT, "server", "page", "vite.config.ts"), logLevel: "error" });
    writeFileSync(MARK, wanted);
  } catch (thrown) {
    // A page of before is better than none: where nothing can be written, an update still answers.
    if (existsSync(join(BUNDLE, "index.html"))) return;
    const why = thrown instanceof Error ? thrown.message.split("\n")[0] : String(thrown);
    throw new KamError(
      "file_missing",
      `The page could not be built (${why}); run npm ci, then npm run build.`,
      {},
      thrown,
    );
  }
}

function hashOfSources(): string {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:tsx?|css|html|json)$/.test(name) && !/\.test\.ts$/.test(name))
      .map((name) => join(folder, name)),
  );
  const hash = createHash("sha256");
  for (const file of [...files.sort(), ...WITH]) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest("hex");
}
