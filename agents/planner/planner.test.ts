import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Case, faults } from "./cases/run.ts";

// Data-driven: a case is a sentence (with what was said before) and what has to come of it. The held-out files were
// written before the planner was tuned on the others.
for (const file of readdirSync(new URL("./cases/", import.meta.url)).filter((f) => f.endsWith(".json"))) {
  const cases = JSON.parse(readFileSync(new URL(`./cases/${file}`, import.meta.url), "utf8")) as Case[];
  describe(file, () => {
    it.each(cases.map((test) => [`${(test.before ?? []).map((b) => `${b} → `).join("")}${test.say}`, test] as const))(
      "%s",
      (_, test) => {
        expect(faults(test)).toEqual([]);
      },
    );
  });
}
