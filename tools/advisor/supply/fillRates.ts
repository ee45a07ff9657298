import { addDays, mondayOf, type Period } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { fillOf, lastShippedWeek, type SupplyWeek, supplyWeeks } from "../../../data/supply/supply.service.ts";
import type { ToolContext } from "../../define.ts";
import { type NamedPromotion, namedJson } from "../../supply/named.ts";
import type { Scope } from "../scope.ts";

/** Weeks looked at where no period is named. */
const WEEKS = 4;
const MOST = 12;

/** What was delivered of what was ordered, by account and product, the least filled first. */
export async function fillRates(
  context: ToolContext,
  scope: Scope,
  promotion: NamedPromotion | null,
  asked: Period | undefined,
) {
  const { actor, store } = context;
  const last = await lastShippedWeek(store);
  if (last === null) throw new KamError("no_data", "No shipments are in the store; they come by import from the ERP.");
  const period = asked ??
    promotion?.buyIn ?? {
      from: addDays(last, -7 * (WEEKS - 1)),
      to: addDays(last, 6),
    };
  // A week belongs to the period that holds most of its days.
  const weeks = await supplyWeeks(actor, store, {
    accountIds: scope.accounts.map((a) => a.id),
    productIds: promotion ? promotion.productIds : scope.products?.map((p) => p.id),
    period: { from: mondayOf(addDays(period.from, 3)), to: addDays(period.to, -3) },
  });
  const total = fillOf(weeks);
  const products = new Map((await listProducts(store)).map((p) => [p.id, p.name]));
  const accounts = new Map(scope.accounts.map((a) => [a.id, a.name]));
  const grouped = (key: (w: SupplyWeek) => number, names: ReadonlyMap<number, string>, column: string) =>
    [...Map.groupBy(weeks, key)]
      .flatMap(([id, own]) => {
        const fill = fillOf(own);
        return fill ? [{ [column]: names.get(id) ?? String(id), ...fill }] : [];
      })
      .sort((a, b) => (a.fill_rate as number) - (b.fill_rate as number));
  const byProduct = grouped((w) => w.product_id, products, "product");
  return {
    promotion: namedJson(promotion),
    period,
    period_basis: asked ? "named" : promotion ? "buy_in" : "last_weeks",
    weeks: new Set(weeks.filter((w) => w.ordered !== null).map((w) => w.week)).size,
    ordered: total?.ordered ?? null,
    delivered: total?.delivered ?? null,
    missed: total?.missed ?? null,
    fill_rate: total?.fill_rate ?? null,
    products: byProduct.length,
    short_products: byProduct.filter((row) => (row.fill_rate as number) < 1).length,
    by_account: grouped((w) => w.account_id, accounts, "account"),
    rows: byProduct.slice(0, MOST),
    missing: [
      ...scope.notes,
      ...(total ? [] : ["No orders are recorded for these weeks, so there is no fill rate."]),
      ...(period.to > addDays(last, 6) ? ["Shipments of the last days of it are not in the store yet."] : []),
    ],
    assumptions: [
      "The fill rate is units delivered over units ordered, in the same weeks; a week counts to the period that holds most of its days.",
    ],
  };
}
