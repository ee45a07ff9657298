import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closeStore } from "../../../data/store/open.ts";
import { TEST_TODAY } from "../../../data/testing.ts";
import { foreignStore } from "../../../tools/testingPanel.ts";
import type { Invocation } from "../command.ts";
import { invocation } from "../testing.ts";
import { fit } from "./fit.ts";
import { simulate } from "./simulate.ts";

const at = { account: "Market B", products: ["Borden"], start: "2026-11-23", end: "2026-12-06" };

describe("kam fit and kam simulate", () => {
  it("fit what is in the store and compare what a file says", async () => {
    const made = await foreignStore();
    const db = made.store.path;
    const spec = join(db, "..", "spec.json");
    await closeStore(made.store);
    const told = async (
      command: (call: Invocation) => Promise<void>,
      values: Invocation["values"],
      path = db,
    ): Promise<string> => {
      const call = invocation({ KAM_DB: path, KAM_TODAY: TEST_TODAY }, values);
      await command(call);
      return call.said.join("\n");
    };
    expect(JSON.parse(await told(fit, { json: true }))).toMatchObject({
      rows: 350,
      series: 5,
      accounts: 5,
      products: 1,
      events: 0,
      last_week: "2026-11-02",
    });
    expect(await told(fit, {})).toContain("350 rows of 5 series");

    writeFileSync(
      spec,
      JSON.stringify({
        scenarios: [
          { ...at, discount: 0.1 },
          { ...at, discount: 0.2, name: "deep" },
        ],
      }),
    );
    const result = JSON.parse(await told(simulate, { spec, json: true })) as {
      best: { label: string };
      ranked: unknown[];
    };
    expect(result.best.label).toBe("deep");
    expect(result.ranked).toHaveLength(2);
    expect(await told(simulate, { spec })).toMatch(/^1\. deep: profit not known/);

    writeFileSync(spec, "{");
    await expect(told(simulate, { spec })).rejects.toMatchObject({ code: "bad_input" });
    writeFileSync(spec, JSON.stringify({ scenarios: [at] }));
    await expect(told(simulate, { spec })).rejects.toMatchObject({ code: "bad_input" });
    await expect(told(simulate, { spec: `${spec}x` })).rejects.toMatchObject({ code: "file_missing" });
    await expect(told(fit, {}, `${db}x`)).rejects.toMatchObject({ code: "store_missing" });
  });
});
