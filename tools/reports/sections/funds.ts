import { fundRows, type ReportScope } from "../../../data/reports/reports.service.ts";
import { minus, over } from "../expression.ts";
import type { Section } from "../report.ts";
import { section } from "../section.ts";
import { money, type Reader, text } from "./columns.ts";

/** Funds that touch the period, by state of their money. */
export async function budgetSection({ actor, store }: Reader, scope: ReportScope): Promise<Section> {
  const rows = await fundRows(actor, store, scope);
  return section({
    id: "funds",
    title: "Funds",
    columns: [
      text("account", "Account"),
      text("fund", "Fund"),
      { key: "start", label: "From", unit: "date" },
      { key: "end", label: "To", unit: "date" },
      money("amount", "Amount"),
      money("planned", "Planned"),
      money("committed", "Committed"),
      money("accrued", "Accrued"),
      money("settled", "Settled"),
      {
        ...money("left", "Left"),
        from: minus(minus(minus(minus("amount", "planned"), "committed"), "accrued"), "settled"),
      },
      { key: "left_share", label: "Left, share", unit: "%", detail: true, from: over("left", "amount") },
    ],
    rows,
    words: [
      "Of ",
      { column: "amount", unknown: "an unknown amount" },
      ", ",
      { column: "left", unknown: "an unknown amount" },
      " is left.",
    ],
    empty: "No fund covers this period.",
    source: "v_budget",
    chart: {
      kind: "bar",
      title: "What is left in each fund",
      label: new Set(rows.map((row) => row.account)).size > 1 ? "account" : "fund",
      values: ["left"],
    },
  });
}
