import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import type { Period } from "../../../data/common/dates.ts";
import { scopeOf } from "../../advisor/scope.ts";
import { type Tracked, trackedTargets } from "../../advisor/targets/planTracking.ts";
import type { ToolContext } from "../../define.ts";
import { minus } from "../expression.ts";
import type { Column, ColumnUnit, Section } from "../report.ts";
import { section } from "../section.ts";
import { text } from "./columns.ts";

/** Targets of one unit can stand in one table. */
const TABLES: readonly {
  readonly id: string;
  readonly title: string;
  readonly unit: ColumnUnit;
  readonly measures: readonly string[];
}[] = [
  { id: "targets_money", title: "Targets in money", unit: "money", measures: ["net_sales"] },
  { id: "targets_units", title: "Targets in units", unit: "units", measures: ["units"] },
  { id: "targets_share", title: "Targets as shares", unit: "%", measures: ["share", "distribution", "spend_rate"] },
  { id: "targets_roi", title: "Targets of return", unit: "ratio", measures: ["net_roi"] },
];

/** What was agreed with an account for a period, where it stands, and what is expected by the end. */
export async function targetSections(
  context: ToolContext,
  account: VisibleAccount,
  period: Period,
): Promise<Section[]> {
  const tracked = await trackedTargets(context, await scopeOf(context, { account: account.name }), period);
  return TABLES.flatMap(({ id, title, unit, measures }) => {
    const rows = tracked.filter((row) => measures.includes(row.measure)).map(rowOf);
    const figure = (key: string, label: string): Column => ({ key, label, unit });
    if (!rows.length) return [];
    return section({
      id,
      title,
      columns: [
        text("what", "Target for"),
        { key: "start", label: "From", unit: "date" },
        { key: "end", label: "To", unit: "date" },
        figure("value", "Agreed"),
        figure("actual", "To date"),
        figure("expected", "Expected"),
        { ...figure("gap", "Expected less agreed"), from: minus("expected", "value") },
        figure("low", "Expected, low"),
        figure("high", "Expected, high"),
        text("state", "Stands"),
      ],
      rows,
      empty: "No target is agreed.",
      source: "targets, sales and results",
      notes: ["The range holds what came of the same method in the past, eight tries in ten."],
    });
  });
}

const rowOf = (row: Tracked) => ({
  what: [words(row.measure), row.category].filter(Boolean).join(", "),
  start: row.from,
  end: row.to,
  value: row.value,
  actual: row.actual,
  expected: row.expected,
  low: row.low,
  high: row.high,
  state: words(row.state),
  currency: row.currency,
});

const words = (key: string): string => key.replaceAll("_", " ").replace("roi", "ROI");
