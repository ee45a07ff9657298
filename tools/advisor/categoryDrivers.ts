import { listProducts } from "../../data/products/products.repo.ts";
import { shelfValues } from "../../data/sales/category.service.ts";
import type { ToolContext } from "../define.ts";
import type { Compared } from "./growth.ts";
import type { Scope } from "./scope.ts";

/** What one of our products gave to the growth of its whole category, by what shoppers paid. */
export interface CategoryDriver {
  readonly product: string;
  readonly brand: string;
  readonly category: string;
  readonly value: number;
  readonly value_before: number;
  readonly change: number;
  /** Change over the category's value before. */
  readonly points: number;
}

/** Our products by their part of the category's growth, the largest first; none where shelf values or the year before are not known. */
export async function categoryDrivers(
  context: ToolContext,
  scope: Scope,
  weeks: Compared,
  categories: readonly { readonly category: string; readonly value_before: number | null }[],
): Promise<CategoryDriver[]> {
  if (!weeks.whole) return [];
  const before = new Map(categories.map((c) => [c.category, c.value_before]));
  const accounts = scope.accounts.map((a) => a.id);
  const ids = (scope.products ?? (await listProducts(context.store))).map((p) => p.id);
  const now = await shelfValues(context.actor, context.store, accounts, ids, weeks.period);
  const then = await shelfValues(context.actor, context.store, accounts, ids, weeks.before);
  if ([...now, ...then].some((row) => row.value === null)) return [];
  const rows = new Map([...now, ...then].map((row) => [row.product, row]));
  return [...rows.values()]
    .flatMap(({ product, brand, category }): CategoryDriver[] => {
      const whole = before.get(category);
      if (!whole) return [];
      const of = (some: typeof now): number => some.find((row) => row.product === product)?.value ?? 0;
      const change = of(now) - of(then);
      return [{ product, brand, category, value: of(now), value_before: of(then), change, points: change / whole }];
    })
    .sort((a, b) => b.points - a.points);
}
