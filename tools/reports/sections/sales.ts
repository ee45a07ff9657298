import { brandSales, type ReportScope } from "../../../data/reports/reports.service.ts";
import { change } from "../expression.ts";
import type { Section } from "../report.ts";
import { section } from "../section.ts";
import { money, type Reader, text, units } from "./columns.ts";

/** Sell-out by brand beside the same weeks a year before. */
export async function salesSection({ actor, store }: Reader, scope: ReportScope): Promise<Section> {
  return section({
    id: "sales",
    title: "Sell-out by brand",
    columns: [
      text("category", "Category"),
      text("brand", "Brand"),
      units("units", "Units"),
      units("units_before", "Units a year before"),
      { key: "units_change", label: "Change of units", unit: "%", from: change("units", "units_before") },
      money("net_sales", "Net sales"),
      money("net_sales_before", "Net sales a year before"),
      {
        key: "net_sales_change",
        label: "Change of net sales",
        unit: "%",
        from: change("net_sales", "net_sales_before"),
      },
    ],
    rows: await brandSales(actor, store, scope),
    words: [
      "Net sales were ",
      { column: "net_sales", unknown: "an unknown amount" },
      "; against the same weeks a year before that is ",
      { column: "net_sales_change", unknown: "an unknown share" },
      ".",
    ],
    empty: "No sell-out is in the store for this period.",
    source: "v_sales_week",
    chart: {
      kind: "column",
      title: "Net sales by brand, and a year before",
      label: "brand",
      values: ["net_sales", "net_sales_before"],
    },
  });
}
