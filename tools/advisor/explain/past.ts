import { type Period, weekFromIndex, weekIndex } from "../../../data/common/dates.ts";
import { forecast, joinPlans, type Model, type Plan, pastPlan } from "../../../forecasting/index.ts";
import { shareOfWeek } from "../../fitting/calendarDrivers.ts";
import { COMPETITOR, DISTRIBUTION } from "../../fitting/marketBook.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";

/** Weeks before a window whose promotions still act in it (the model's lags). */
const LAG_WEEKS = 3;

/** What was different from the plan, as far as a model can undo it. */
export type Facet = "price" | "display" | "feature" | "competitor" | "distribution" | "pull_forward" | "own_promotions";

/** The window of some products at an account, with the rows around it that act on it. */
export interface Past {
  readonly model: Model;
  readonly plan: Plan;
  readonly units: Float64Array;
  /** 0 the products' own window, 1 their weeks before it, 2 the account's other products of the categories in the window. */
  readonly role: Uint8Array;
  /** Rows of the window, and the part of each week that lies in it. */
  readonly inside: readonly number[];
  readonly share: Float64Array;
}

/** @returns null where no week of the window was measured */
export function readPast(
  fitted: StoreModel,
  accountId: number,
  productIds: readonly number[],
  window: Period,
): Past | null {
  const account = fitted.accountIndex.get(accountId);
  const own = productIds.flatMap((id) => fitted.productIndex.get(id) ?? []);
  if (account === undefined || !own.length) return null;
  const { model } = fitted;
  const first = weekIndex(window.from);
  const weeks = { from: first, to: weekIndex(window.to) };
  const categories = new Set(own.map((p) => model.categories[p]));
  const others = model.products.flatMap((_, p) => (categories.has(model.categories[p]) && !own.includes(p) ? [p] : []));
  const mine = pastPlan(model, account, own, { from: first - LAG_WEEKS, to: weeks.to });
  const theirs = pastPlan(model, account, others, weeks);
  const plan = joinPlans(mine, theirs);
  const role = Uint8Array.from(plan.week, (week, i) => (i >= mine.week.length ? 2 : week < first ? 1 : 0));
  const inside = [...role.keys()].filter((i) => role[i] === 0);
  if (!inside.length) return null;
  const share = Float64Array.from(plan.week, (week) => shareOfWeek(weekFromIndex(week), window.from, window.to));
  return { model, plan, units: Float64Array.of(...mine.units, ...theirs.units), role, inside, share };
}

/** What the promotion was to be; undefined facets stay as they were. */
export interface Intended {
  /** Fraction off the everyday shelf price, where the offer is a lower price. */
  readonly cut?: number | undefined;
  /** Share of the stores in which display and feature usually stand here. */
  readonly display?: number | undefined;
  readonly feature?: number | undefined;
  /** ln of the share of stores that carried each product before, by product index. */
  readonly distribution?: ReadonlyMap<number, number> | undefined;
}

/** The same rows with some facets as they were to be: no competitor, no promotion just before, none of ours beside. */
export function withIntended(past: Past, intended: Intended, facets: ReadonlySet<Facet>): Plan {
  const { plan, role } = past;
  const quiet = (i: number): boolean =>
    (role[i] === 1 && facets.has("pull_forward")) || (role[i] === 2 && facets.has("own_promotions"));
  const cut = facets.has("price") ? intended.cut : undefined;
  return {
    ...plan,
    price: plan.price.map((price, i) => {
      if (quiet(i)) return plan.basePrice[i]!;
      return role[i] === 0 && cut !== undefined ? plan.basePrice[i]! * (1 - cut) : price;
    }),
    drivers: plan.drivers.map((driver) => ({
      ...driver,
      values: driver.values.map((value, i) => {
        if (quiet(i) && driver.kind !== "context") return 0;
        if (role[i] !== 0) return value;
        if (driver.name === "display" || driver.name === "feature")
          return facets.has(driver.name) ? (intended[driver.name] ?? value) : value;
        if (driver.name === COMPETITOR && facets.has("competitor")) return 0;
        if (driver.name === DISTRIBUTION && facets.has("distribution"))
          return intended.distribution?.get(plan.product[i]!) ?? value;
        return value;
      }),
    })),
  };
}

/** Expected units of every row of a plan (medians). */
export const expectedUnits = (past: Past, plan: Plan): Float64Array => forecast(past.model, plan).median;

/** The values of a driver, zero where the model has none of that name. */
export const driverValues = (plan: Plan, name: string): Float64Array =>
  plan.drivers.find((driver) => driver.name === name)?.values ?? new Float64Array(plan.week.length);

/** The same rows with nothing of ours promoted in some of them: everyday price, no support and no mechanic. */
export const unpromoted = (plan: Plan, inside: (row: number) => boolean): Plan => ({
  ...plan,
  price: plan.price.map((price, i) => (inside(i) ? plan.basePrice[i]! : price)),
  drivers: plan.drivers.map((driver) =>
    driver.kind === "context" ? driver : { ...driver, values: driver.values.map((v, i) => (inside(i) ? 0 : v)) },
  ),
});
