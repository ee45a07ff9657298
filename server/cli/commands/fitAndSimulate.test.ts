import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeStore } from "../../../data/store/open.ts";
import { TEST_TODAY } from "../../../data/testing.ts";
import { foreignStore } from "../../../tools/testingPanel.ts";
import { fit as fitStoreAt } from "./fit.ts";
import { simulate } from "./simulate.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

const at = { account: "Market B", products: ["Borden"], start: "2026-11-23", end: "2026-12-06" };

describe("kam fit and kam simulate", () => {
  it("fit what is in the store and compare what a file says", async () => {
    const made = await foreignStore();
    const db = made.store.path;
    const spec = join(db, "..", "spec.json");
    await closeStore(made.store);
    await fitStoreAt({ db, today: TEST_TODAY, json: true });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      rows: 350,
      series: 5,
      accounts: 5,
      products: 1,
      events: 0,
      last_week: "2026-11-02",
    });
    await fitStoreAt({ db, today: TEST_TODAY, json: false });
    expect(lines[1]).toContain("350 rows of 5 series");

    writeFileSync(
      spec,
      JSON.stringify({
        scenarios: [
          { ...at, discount: 0.1 },
          { ...at, discount: 0.2, name: "deep" },
        ],
      }),
    );
    await simulate({ db, today: TEST_TODAY, spec, json: true });
    const result = JSON.parse(lines[2]!) as { best: { label: string }; ranked: unknown[] };
    expect(result.best.label).toBe("deep");
    expect(result.ranked).toHaveLength(2);
    await simulate({ db, today: TEST_TODAY, spec, json: false });
    expect(lines[3]).toMatch(/^1\. deep: profit not known/);

    writeFileSync(spec, "{");
    await expect(simulate({ db, today: TEST_TODAY, spec, json: true })).rejects.toMatchObject({ code: "bad_input" });
    writeFileSync(spec, JSON.stringify({ scenarios: [at] }));
    await expect(simulate({ db, today: TEST_TODAY, spec, json: true })).rejects.toMatchObject({ code: "bad_input" });
    await expect(simulate({ db, today: TEST_TODAY, spec: `${spec}x`, json: true })).rejects.toMatchObject({
      code: "file_missing",
    });
    await expect(fitStoreAt({ db: `${db}x`, today: TEST_TODAY, json: true })).rejects.toMatchObject({
      code: "store_missing",
    });
  });
});
