import {
  addDays,
  earliest,
  movedBy,
  type Period,
  weekFromIndex,
  weekIndex,
  YEAR_OF_WEEKS,
} from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { promotionsOf } from "../../../data/results/results.service.ts";
import { measuredSpan, stockOuts } from "../../../data/sales/sales.service.ts";
import { signalsFor } from "../../../data/signals/signals.service.ts";
import { AFTER_PROMOTION, decompose, OTHER_PRODUCTS, pastPlan } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";
import { signalJson } from "../marketSignals.ts";
import type { Scope } from "../scope.ts";
import { SHORT_FROM } from "./evidence.ts";

const MOST = 5;

/** Parts of the units of some weeks; with `units` they add up. */
interface Parts {
  readonly units: number;
  readonly baseline: number;
  readonly promotions: number;
  readonly after_promotions: number;
  readonly own_other_products: number;
  readonly unexplained: number;
}

/** Why sales of a period were as they were, against the same weeks a year before, else against as many weeks before. */
export async function explainPeriod(context: ToolContext, scope: Scope, asked: Period) {
  const { actor, store } = context;
  const fitted = await context.models.current(store);
  const span = await measuredSpan(store);
  const days = weekIndex(asked.to) - weekIndex(asked.from) + 1;
  if (!span || asked.from > addDays(span.last, 6) || asked.to < span.first)
    throw new KamError("no_data", "There are no measured sales in that period and no promotion that ended in it.");
  const period = { from: asked.from, to: earliest(asked.to, addDays(span.last, 6)) };
  const shift = addDays(period.from, -YEAR_OF_WEEKS) >= span.first ? YEAR_OF_WEEKS : 7 * days;
  const before = movedBy(period, -shift);
  const productIds = (scope.products ?? (await listProducts(store))).map((product) => product.id);
  const [now, then] = [partsOf(fitted, scope, productIds, period), partsOf(fitted, scope, productIds, before)];
  const accountIds = scope.accounts.map((account) => account.id);
  const ran = async (dates: Period) =>
    (await promotionsOf(actor, store, { accountIds, productIds })).filter(
      (row) => row.start <= dates.to && row.end >= dates.from && !["draft", "submitted"].includes(row.status),
    );
  const [promotions, promotionsBefore] = [await ran(period), await ran(before)];
  const empty = await stockOuts(actor, store, { accountIds, productIds, period }, SHORT_FROM);
  const signals = await signalsFor(actor, store, { accountIds, categoryIds: scope.categoryIds, period });
  const rivals = signals.filter((signal) => signal.kind === "competitor_promotion");
  const parts = (["baseline", "promotions", "after_promotions", "own_other_products", "unexplained"] as const)
    .map((part) => ({ part, now: now[part], before: then[part], change: now[part] - then[part] }))
    .sort((a, b) => a.change - b.change);
  return {
    promotion: null,
    account: scope.account?.name ?? null,
    product: scope.product,
    period,
    before,
    before_basis: shift === YEAR_OF_WEEKS ? "year_before" : "weeks_before",
    units: now.units,
    units_before: then.units,
    change: now.units - then.units,
    change_share: then.units > 0 ? now.units / then.units - 1 : null,
    parts,
    promotions_now: promotions.length,
    promotions_before: promotionsBefore.length,
    ran: promotions.slice(0, MOST).map((row) => ({ promotion: row.promotion, name: row.name })),
    short_weeks: empty.length,
    competitor_promotions: rivals.length,
    signals: rivals.slice(0, MOST).map((signal) => signalJson(signal, store.today)),
    assumptions: [
      promotions.length
        ? "The period is longer than one promotion, so its sales are explained as a whole."
        : "No promotion of these products that has ended ran in this period, so its sales are explained as a whole.",
    ],
    missing: [
      ...scope.notes,
      ...(then.units > 0 ? [] : ["There are no measured sales to compare it with."]),
      ...(rivals.length
        ? []
        : ["No competitor promotion is reported for these weeks, which does not prove that there was none."]),
    ],
  };
}

/** Splits the units of whole weeks (those whose Monday lies in the period) by the model. */
function partsOf(fitted: StoreModel, scope: Scope, productIds: readonly number[], period: Period): Parts {
  const products = productIds.flatMap((id) => fitted.productIndex.get(id) ?? []);
  const first = weekIndex(addDays(period.from, 6));
  const sums = { units: 0, baseline: 0, promotions: 0, after_promotions: 0, own_other_products: 0, unexplained: 0 };
  for (const { id } of scope.accounts) {
    const account = fitted.accountIndex.get(id);
    if (account === undefined || weekFromIndex(first) > period.to) continue;
    const plan = pastPlan(fitted.model, account, products, { from: first, to: weekIndex(period.to) });
    if (!plan.week.length) continue;
    const split = decompose(fitted.model, plan);
    const total = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0);
    sums.units += plan.units.reduce((sum, units) => sum + (Number.isNaN(units) ? 0 : units), 0);
    sums.baseline += total(split.baseline);
    sums.unexplained += total(split.unexplained);
    for (const [name, values] of Object.entries(split.effects)) {
      if (name === AFTER_PROMOTION) sums.after_promotions += total(values);
      else if (name === OTHER_PRODUCTS) sums.own_other_products += total(values);
      else sums.promotions += total(values);
    }
  }
  return sums;
}
