import { weekIndex } from "../../../data/common/dates.ts";
import type { Execution } from "../../../data/execution/execution.service.ts";
import type { EventResult } from "../../../data/results/results.service.ts";
import { pastPlan } from "../../../forecasting/index.ts";
import { DISTRIBUTION } from "../../fitting/marketBook.ts";
import { offerOf } from "../../fitting/offer.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";
import { driverValues, type Facet, type Intended, type Past } from "./past.ts";

/** Weeks before the window over which the usual distribution is taken. */
const USUAL_WEEKS = 8;

/** What can have differed from the plan: support counts only where it was promised, a price only where the offer lowers it. */
export function facetsOf(event: EventResult, intended: Intended): readonly Facet[] {
  const facets: Facet[] = ["competitor", "distribution", "pull_forward", "own_promotions"];
  if (event.display) facets.push("display");
  if (event.feature) facets.push("feature");
  if (intended.cut !== undefined) facets.push("price");
  return facets;
}

/** The promotion as it was to be, in the terms of the model. */
export function intendedOf(fitted: StoreModel, past: Past, event: EventResult): Intended {
  const account = fitted.accountIndex.get(event.account_id)!;
  const { usual } = fitted.ground;
  return {
    cut: cutOf(event, past),
    display: usual.display[account] ?? usual.everywhere.display ?? undefined,
    feature: usual.feature[account] ?? usual.everywhere.feature ?? undefined,
    distribution: distributionBefore(fitted, past, account, weekIndex(event.start)),
  };
}

/** The planned fraction off the shelf price; undefined where the ticket was to stay as it was. */
function cutOf(event: EventResult, past: Past): number | undefined {
  const everyday = past.inside.reduce((sum, i) => sum + past.plan.basePrice[i]!, 0) / past.inside.length;
  const offer = offerOf({ ...event, get: event.get_n, pay: event.pay_n }, Number.isNaN(everyday) ? null : everyday);
  return offer.driver === null && offer.cut > 0 ? offer.cut : undefined;
}

function distributionBefore(fitted: StoreModel, past: Past, account: number, first: number): Map<number, number> {
  const usual = new Map<number, number>();
  for (const product of new Set(past.inside.map((i) => past.plan.product[i]!))) {
    const before = pastPlan(fitted.model, account, [product], { from: first - USUAL_WEEKS, to: first - 1 });
    const values = driverValues(before, DISTRIBUTION);
    if (values.length) usual.set(product, values.reduce((sum, v) => sum + v, 0) / values.length);
  }
  return usual;
}

/** Where nobody measures support in the sales, the shelf checks say in which share of the usual stores it stood. */
export function withShelfChecks(
  past: Past,
  intended: Intended,
  execution: Execution | null,
  measured: { readonly display: boolean; readonly feature: boolean },
): Past {
  const drivers = past.plan.drivers.map((driver) => {
    if (driver.name !== "display" && driver.name !== "feature") return driver;
    const checked = execution?.[`${driver.name}_share`] ?? null;
    if (checked === null || measured[driver.name]) return driver;
    const stood = checked * (intended[driver.name] ?? 1);
    return { ...driver, values: driver.values.map((v, i) => (past.role[i] === 0 && v > 0 ? stood : v)) };
  });
  return { ...past, plan: { ...past.plan, drivers } };
}
