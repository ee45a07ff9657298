import { ACCOUNTS } from "./accounts.ts";
import { CATEGORIES } from "./products.ts";
import { random } from "./random.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

/** EUR 10,000 at a time. */
const STEP = 1_000_000;

/** What was agreed for this year at every account: net sales, units, share of one category, return and spend rate of promotions. */
export function targetRows(world: DemoWorld, sales: Tables["sales_week"]): Tables["target"] {
  const year = Number(world.frame.today.slice(0, 4));
  const before = Map.groupBy(
    sales.filter((row) => row.week.startsWith(`${year - 1}-`)),
    (row) => row.account_id,
  );
  const rows = ACCOUNTS.flatMap((account, a) => {
    const draw = random("targets", account.code);
    const sold = before.get(a + 1) ?? [];
    const net = sold.reduce((sum, row) => sum + (row.net_sales_minor ?? 0), 0);
    const units = sold.reduce((sum, row) => sum + row.units, 0);
    const common = {
      account_id: a + 1,
      start: `${year}-01-01`,
      end: `${year}-12-31`,
      category_id: null,
      value: null,
      value_minor: null,
      currency: null,
      set_by: account.owner,
      set_at: `${year}-01-10`,
      note: null,
    };
    const category = account.code === "HAR" ? 2 : draw.int(0, CATEGORIES.length - 1);
    return [
      {
        ...common,
        measure: "net_sales" as const,
        value_minor: Math.round((net * draw.uniform(0.97, 1.05)) / STEP) * STEP,
        currency: "EUR",
      },
      { ...common, measure: "units" as const, value: Math.round((units * draw.uniform(0.97, 1.05)) / 10_000) * 10_000 },
      { ...common, measure: "share" as const, category_id: category + 1, value: draw.int(22, 33) / 100 },
      { ...common, measure: "net_roi" as const, value: draw.int(0, 20) / 100 },
      { ...common, measure: "spend_rate" as const, value: draw.int(45, 60) / 1000 },
    ];
  });
  return rows.map((row, i) => ({ id: i + 1, ...row }));
}
