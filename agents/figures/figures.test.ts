import { describe, expect, it } from "vitest";
import type { Call, Figure } from "../answer.ts";
import { prove } from "./prove.ts";
import { scanNumbers } from "./scan.ts";

const call = (result: Record<string, unknown>): Call => ({ tool: "t", args: {}, status: "ok", result, ms: 1 });
const texts = (s: string, names: string[] = []) => scanNumbers(s, names).map((t) => t.text);

describe("scanNumbers", () => {
  it("reads figures and leaves dates, labels, list markers, names and ids alone", () => {
    expect(
      texts("1. From 1–14 June 2027 (week 42, CW 24–25, Q3 2026) it sold 1,234 units at €3.05, -12.5 % less."),
    ).toEqual(["1,234", "€3.05", "-12.5 %"]);
    expect(texts("P-1042, Kestrel 20 % at Albion sold 500 g packs", ["Kestrel 20 % at Albion", "500 g"])).toEqual([]);
    expect(texts("28 June – 11 July 2027 and 2027-06-01, since 2024")).toEqual([]);
    expect(texts("between 10-20 and -€1,235")).toEqual(["10", "20", "-€1,235"]);
  });
});

describe("prove", () => {
  const calls = [call({ units: 1234.4, roi: -0.4567, share: 0.155, money: { spend: 1999.6, currency: "EUR" } })];
  const figures: Figure[] = [
    { text: "1,234", value: 1234.4, unit: "units", call: 0, path: "/units" },
    { text: "-0.46", value: -0.4567, unit: "ratio", call: 0, path: "/roi" },
    { text: "15.5 %", value: 0.155, unit: "%", call: 0, path: "/share" },
    { text: "€2,000", value: 1999.6, unit: "EUR", call: 0, path: "/money/spend" },
  ];
  const reply = "It sold 1,234 units. Net ROI was -0.46, on €2,000 spent. That is 15.5 % of the year.";

  it("keeps what is proven, whole", () => {
    expect(prove(reply, figures, calls, [])).toEqual({ reply, figures, removed: [] });
  });

  it("lets no altered figure through", () => {
    for (const [from, to] of [
      ["1,234", "1,235"],
      ["1,234", "11,234"],
      ["-0.46", "0.46"],
      ["15.5 %", "15.5"],
      ["15.5 %", "5.5 %"],
      ["€2,000", "$2,000"],
      ["€2,000", "€2,000.5"],
      ["€2,000", "€12,000"],
      ["€2,000", "-€2,000"],
    ] as const) {
      const altered = prove(reply.replace(from, to), figures, calls, []);
      expect(altered.removed, `${from} → ${to}`).toHaveLength(1);
      expect(altered.reply).not.toContain(to === "0.46" ? " 0.46" : to);
    }
  });

  it("drops a figure whose value does not stand at its path", () => {
    const lied = figures.map((f) => (f.path === "/roi" ? { ...f, value: 0.9, text: "0.90" } : f));
    expect(prove("Net ROI was 0.90.", lied, calls, []).reply).toBe("");
  });
});
