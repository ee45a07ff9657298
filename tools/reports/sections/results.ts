import { endedEvents, type ReportScope } from "../../../data/reports/reports.service.ts";
import { minus, over, plus, times, whole } from "../expression.ts";
import type { Column, Section } from "../report.ts";
import { section } from "../section.ts";
import { money, PROMOTION, type Reader, units } from "./columns.ts";

/** ROI of other units than the likeliest ones: profit goes with the true incremental. */
const roiAt = (bound: "low" | "high", spend: string): Column["from"] =>
  over(minus(over(times("incremental_profit", bound), "true_incremental"), spend), spend);

/**
 * Events that ended with their result, spend descending. The total's ROI is pooled: profit summed over spend summed, of those
 * whose profit is known.
 */
export async function resultSection(
  { actor, store }: Reader,
  scope: ReportScope,
  by: "start" | "end",
  title: string,
): Promise<Section> {
  const events = await endedEvents(actor, store, scope, by);
  const allKnown = events.every((e) => e.incremental_profit !== null);
  const rows = events.map((e) => ({ ...e, judged_spend: e.incremental_profit === null ? null : e.spend }));
  const spend = allKnown ? "spend" : "judged_spend";
  return section({
    id: "results",
    title,
    columns: [
      ...PROMOTION,
      units("units", "Units"),
      units("baseline", "Baseline"),
      { ...units("gross_incremental", "Incremental"), detail: true, from: minus("units", "baseline") },
      { key: "uplift", label: "Uplift", unit: "%", from: over("gross_incremental", "baseline") },
      { ...units("dip", "Dip after"), detail: true },
      { ...units("cannibalised", "Cannibalised"), detail: true },
      { ...units("halo", "Halo"), detail: true },
      {
        ...units("true_incremental", "True incremental"),
        from: plus(minus(minus("gross_incremental", "dip"), "cannibalised"), "halo"),
      },
      { key: "low", label: "True incremental, low", unit: "units", detail: true },
      { key: "high", label: "True incremental, high", unit: "units", detail: true },
      money("spend", "Spend"),
      { key: "spend_share", label: "Share of spend", unit: "%", detail: true, from: over("spend", whole("spend")) },
      ...(allKnown ? [] : [{ ...money("judged_spend", "Spend with known profit"), detail: true }]),
      money("incremental_profit", "Incremental profit"),
      { key: "net_roi", label: "Net ROI", unit: "ratio", from: over(minus("incremental_profit", spend), spend) },
      { key: "net_roi_low", label: "Net ROI, low", unit: "ratio", detail: true, from: roiAt("low", spend) },
      { key: "net_roi_high", label: "Net ROI, high", unit: "ratio", detail: true, from: roiAt("high", spend) },
      { key: "gross_roi", label: "Gross ROI", unit: "ratio", detail: true, from: over("incremental_profit", spend) },
    ],
    rows,
    words: [
      "Promotions: ",
      { rows: true },
      "; ",
      { column: "spend", unknown: "an unknown amount" },
      " of spend brought ",
      { column: "incremental_profit", unknown: "an unknown amount" },
      " of incremental profit, a pooled net ROI of ",
      { column: "net_roi", unknown: "unknown size" },
      ".",
    ],
    empty: "No promotion with a result lies in this period.",
    source: "v_promotion_result",
    chart: {
      kind: "bar",
      title: "Net ROI of the promotions with the largest spend",
      label: "name",
      values: ["net_roi"],
    },
    notes: [
      "Net ROI is incremental profit less spend, over spend; nought is break-even. The total is pooled.",
      ...(allKnown
        ? []
        : ["Promotions whose profit is not known (a cost is missing) are left out of the ROI, not of the spend."]),
    ],
  });
}

/** Whether a pooled ROI had to leave promotions out. */
export const leavesOut = (results: Section): boolean => results.columns.some((c) => c.key === "judged_spend");
