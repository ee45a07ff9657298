import { addDays } from "../data/common/dates.ts";
import type { Store } from "../data/store/open.ts";
import { temporaryStore } from "../data/testing.ts";
import { loadActor } from "../data/users/actor.ts";
import type { ToolContext } from "./define.ts";
import { createFittedModels } from "./fitting/fittedModels.ts";

/** What the panel was made with, so that estimates can be held against it. */
export const PANEL_TRUTH = { elasticity: -2.5, display: 0.9, first: "2025-07-07", weeks: 70 } as const;

/** Chances that are the same every time. */
function stream(): () => number {
  let s = 20_261;
  return () => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return (s + 0.5) / 4_294_967_296;
  };
}

/**
 * For tests only: a store with nothing but weekly sales, as an import of a foreign panel leaves it. Five accounts, one
 * product, price and display shares; no promotions, costs, everyday prices, contracts or owners.
 * @param today the last sales are of the week of 2026-11-02
 */
export async function foreignStore(
  today?: string,
): Promise<{ store: Store; context: ToolContext; close: () => Promise<void> }> {
  const made = await temporaryStore(today);
  const { db } = made.store;
  const next = stream();
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  await db.insertInto("category").values({ id: 1, name: "Cheese" }).execute();
  await db.insertInto("brand").values({ id: 1, name: "Borden", category_id: 1 }).execute();
  await db.insertInto("product").values({ id: 1, code: "B1", name: "Borden Sliced", brand_id: 1 }).execute();
  for (let a = 1; a <= 5; a++) {
    await db
      .insertInto("account")
      .values({ id: a, code: `M${a}`, name: `Market ${"ABCDE"[a - 1]}`, currency: "USD" })
      .execute();
    const display = PANEL_TRUTH.display + 0.25 * (a - 3);
    const rows = Array.from({ length: PANEL_TRUTH.weeks }, (_, w) => {
      const cut = next() < 0.2 ? 0.1 + 0.2 * next() : 0;
      const share = next() < (cut > 0 ? 0.5 : 0.12) ? 0.3 + 0.5 * next() : 0;
      const price = Math.round(300 * (1 - cut)) / 100;
      const log = 6 + 0.3 * a + PANEL_TRUTH.elasticity * Math.log(price / 3) + display * share + 0.1 * normal();
      return {
        account_id: a,
        product_id: 1,
        week: addDays(PANEL_TRUTH.first, 7 * w),
        units: Math.round(Math.exp(log)),
        price,
        display: Math.round(100 * share) / 100,
        promoted: share > 0 || cut > 0 ? 1 : 0,
      };
    });
    await db.insertInto("sales_week").values(rows).execute();
  }
  const context = { store: made.store, models: createFittedModels(), actor: await loadActor(made.store) };
  return { store: made.store, context, close: made.close };
}
