import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { TEST_TODAY } from "../data/testing.ts";
import { makeDemoStore } from "./demoStore.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A store with the demo market, fitted; or why it could not be made. */
    demoTemplate: { readonly path: string } | { readonly error: string };
  }
}

/** What the template is made from: a change in any of these makes a new one. */
const SOURCES = [
  "data/demo",
  "data/store",
  "data/contracts",
  "data/holidays",
  "data/models",
  "data/sales",
  "forecasting",
  "tools/fitting",
  "tools/forecasts",
];
const CACHE = join("node_modules", ".cache", "kam");
const KEEP_MS = 3_600_000;

/** Makes the demo store that tests copy, once for the state of the sources. */
export default async function setup(project: TestProject): Promise<void> {
  const folder = join(project.config.root, CACHE);
  const path = join(folder, `demo-${hashOf(project.config.root)}.db`);
  try {
    if (!existsSync(path)) await makeTemplate(folder, path);
    project.provide("demoTemplate", { path });
  } catch (thrown) {
    project.provide("demoTemplate", {
      error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    });
  }
}

async function makeTemplate(folder: string, path: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) {
    const file = join(folder, old);
    if (Date.now() - statSync(file).mtimeMs > KEEP_MS) rmSync(file, { force: true });
  }
  const unfinished = `${path}.${process.pid}`;
  await makeDemoStore({ db: unfinished, today: TEST_TODAY });
  renameSync(unfinished, path);
}

function hashOf(root: string): string {
  const hash = createHash("sha256").update(TEST_TODAY);
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => join(folder, name)),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}
