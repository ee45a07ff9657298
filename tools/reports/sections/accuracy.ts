import { endedEvents, type ReportScope } from "../../../data/reports/reports.service.ts";
import { absolute, change, minus, over } from "../expression.ts";
import type { Column, Section } from "../report.ts";
import { section } from "../section.ts";
import { PROMOTION, type Reader, text, units } from "./columns.ts";

const BIAS: Column = { key: "bias", label: "Bias", unit: "%", from: change("planned_units", "units") };
const WAPE: Column = { key: "wape", label: "WAPE", unit: "%", from: over("missed_units", "units") };
const PLANNED = units("planned_units", "Planned units");
const ACTUAL = units("units", "Actual units");
const MISSED = units("missed_units", "Units missed by");

/** Plans against what was sold, by account and by promotion: WAPE and bias are ratios of sums. */
export async function accuracySections(
  { actor, store }: Reader,
  scope: ReportScope,
  by: "start" | "end",
): Promise<Section[]> {
  const events = (await endedEvents(actor, store, scope, by)).filter((row) => row.planned_units !== null);
  const empty = "No ended promotion with planned units lies in this period.";
  const byEvent = section({
    id: "by_promotion",
    title: "By promotion",
    columns: [
      ...PROMOTION,
      PLANNED,
      ACTUAL,
      { ...MISSED, detail: true, from: absolute(minus("planned_units", "units")) },
      { ...WAPE, detail: true },
      BIAS,
    ],
    rows: events.map((e) => ({ ...e, currency: null })),
    empty,
    source: "v_promotion_result",
  });
  const gathered = (column: Column): Column => ({
    ...column,
    gathered: { section: "by_promotion", column: column.key, match: "account", by: "account" },
  });
  const sum = (rows: Section["rows"], key: string): number => rows.reduce((n, row) => n + Number(row[key] ?? 0), 0);
  const byAccount = section({
    id: "by_account",
    title: "By account",
    columns: [
      text("account", "Account"),
      {
        key: "events",
        label: "Promotions",
        unit: "count",
        adds: true,
        gathered: { section: "by_promotion", match: "account", by: "account" },
      },
      gathered(PLANNED),
      gathered(ACTUAL),
      { ...gathered(MISSED), detail: true },
      WAPE,
      BIAS,
    ],
    rows: [...Map.groupBy(byEvent.rows, (row) => row.account ?? "")].map(([account, rows]) => ({
      account,
      events: rows.length,
      planned_units: sum(rows, "planned_units"),
      units: sum(rows, "units"),
      missed_units: sum(rows, "missed_units"),
    })),
    words: [
      "The total miss (WAPE) is ",
      { column: "wape", unknown: "an unknown share" },
      ", the bias ",
      { column: "bias", unknown: "an unknown share" },
      ".",
    ],
    empty,
    source: "v_promotion_result",
    chart: { kind: "column", title: "Miss (WAPE) by account", label: "account", values: ["wape"] },
    notes: [
      "WAPE is the sum of the misses over the sum sold; a bias above nought means that more was planned than sold.",
    ],
  });
  return [byAccount, byEvent];
}
