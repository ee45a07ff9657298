import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TEST_TODAY } from "../data/testing.ts";
import { makeDemoStore } from "./demoStore.ts";

let folder: string;
let db: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kam-demo-"));
  db = join(folder, "store.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NO_PROCESS = 4_194_305;

it("gives a store its name only when it is whole, and clears away what was left by programs that are gone", async () => {
  const left = `store.db.${NO_PROCESS}.unfinished`;
  for (const name of [left, `${left}-wal`, "store.db.before-0002", "other.db"]) writeFileSync(join(folder, name), "x");
  const seen: boolean[] = [];
  const stopped = makeDemoStore({
    db,
    today: TEST_TODAY,
    onProgress: (step) => {
      seen.push(existsSync(db), existsSync(join(folder, left)));
      if (step === "fitting it") throw new Error("stopped");
    },
  });
  await expect(stopped).rejects.toThrow("stopped");
  expect(seen.length).toBeGreaterThan(2);
  expect(new Set(seen)).toEqual(new Set([false]));
  expect(readdirSync(folder).sort()).toEqual(["other.db", "store.db.before-0002"]);
});
