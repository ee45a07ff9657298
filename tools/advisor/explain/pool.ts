import { weekIndex } from "../../../data/common/dates.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { type EventLine, pooledResults, promotionLines } from "../../../data/results/results.service.ts";
import { emptyShelves } from "../../../data/sales/sales.service.ts";
import type { Store } from "../../../data/store/open.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";
import { type Habits, habitsOf } from "./habits.ts";

/** Out-of-stock shares of a promotion's categories, by `account|product|week index`. */
export async function emptySharesOf(store: Store, lines: readonly EventLine[]): Promise<ReadonlyMap<string, number>> {
  const rows = await emptyShelves(store, [...new Set(lines.map((line) => line.category_id))]);
  return new Map(rows.map((r) => [`${r.account_id}|${r.product_id}|${weekIndex(r.week)}`, r.out_of_stock]));
}

/** What the other promotions of the same categories, at all accounts, have in common. */
export async function habitsOfKin(
  store: Store,
  fitted: StoreModel,
  promotionId: number,
  lines: readonly EventLine[],
  empty: ReadonlyMap<string, number>,
): Promise<Habits> {
  const categories = new Set(lines.map((line) => line.category_id));
  const kin = (await listProducts(store)).filter((product) => categories.has(product.category_id));
  const all = await pooledResults(
    store,
    kin.map((product) => product.id),
  );
  const others = all.filter((row) => row.promotion_id !== promotionId);
  const linesOf = Map.groupBy(await promotionLines(store, others), (line) => line.promotion_id);
  const productIds = (id: number): number[] => (linesOf.get(id) ?? []).map((line) => line.product_id);
  return habitsOf(
    fitted,
    others.map((row) => ({ ...row, productIds: productIds(row.promotion_id) })),
    empty,
  );
}
