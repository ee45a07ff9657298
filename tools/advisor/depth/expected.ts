import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, earliest, latest, mondayOf, overlaps, type Period } from "../../../data/common/dates.ts";
import { blackouts, type ContractInForce, contractsFor } from "../../../data/contracts/contracts.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { paidByUnit } from "../../../data/promotions/draft.ts";
import type { ToolContext } from "../../define.ts";
import { type ForecastGround, readForecastGround, soldAt } from "../../forecasts/forecastGround.ts";
import { type ForecastDetail, forecastOn } from "../../forecasts/forecastPromotion.ts";
import { usualFixedSpend } from "../../forecasts/terms.ts";
import type { PromotionSpec } from "../../forecasts/types.ts";
import { type Range, rangeOf } from "../../statistics.ts";

const STEP = 0.05;
/** The deepest allowed is a level of its own from this far beyond the last step on. */
const POINT = 0.01;
/** Deepest level where no contract says. */
const DEEPEST = 0.4;
const USUAL_NOTICE = 14;
/** How far ahead a window is looked for. */
const FURTHEST_WEEKS = 26;
/** Brands at accounts that are worked out in one go; more of them would keep a person waiting. */
const MOST_PAIRS = 16;

/** One brand at one account: what a promotion is made of. */
export interface Pair {
  readonly account: VisibleAccount;
  readonly brand: string;
  readonly productIds: readonly number[];
  readonly window: Period;
  readonly contract: ContractInForce | undefined;
}

/** What a price cut of one depth is expected to bring, in the same weeks and with the same support as the others. */
export interface ExpectedLevel {
  readonly level: number;
  readonly uplift: number;
  readonly units: number;
  /** Money is null where a cost of goods or a list price is not known. */
  readonly spend: number | null;
  readonly net_profit: Range | null;
  readonly net_roi: Range | null;
  readonly loss_probability: number | null;
  /** Net profit more than at the level before, on the mean. */
  readonly step_net_profit: number | null;
}

export interface Support {
  readonly display: boolean;
  readonly feature: boolean;
}

/** Why nothing is expected of any depth: too many brands and accounts at once, or nothing on sale in weeks that are free. */
export type NotExpected = "too_many" | "nothing_on_sale";

/** What each depth is expected to bring, or why that cannot be said. */
export async function expectedByLevel(
  context: ToolContext,
  accounts: readonly VisibleAccount[],
  products: readonly Product[],
  weeks: number,
  support: Support,
) {
  const ground = await readForecastGround(context.store, context.models);
  const contracts = await contractsFor(
    context.actor,
    context.store,
    accounts.map((account) => account.id),
  );
  const pairs: Pair[] = [];
  for (const account of accounts) {
    const contract = contracts.find((row) => row.account_id === account.id);
    const window = await nextWindow(context, account.id, contract, weeks);
    if (!window) continue;
    const listed = new Set(soldAt(ground, account.id, window));
    const sold = products.filter((product) => listed.has(product.id));
    for (const brand of Map.groupBy(sold, (product) => product.brand_id).values())
      pairs.push({
        account,
        window,
        contract,
        brand: brand[0]!.brand,
        productIds: brand.map((product) => product.id),
      });
  }
  if (!pairs.length) return "nothing_on_sale" as const;
  if (pairs.length > MOST_PAIRS) return "too_many" as const;
  const deepest = Math.min(...pairs.map((pair) => pair.contract?.max_discount ?? DEEPEST));
  const whole = Array.from({ length: Math.floor(deepest / STEP + 1e-9) }, (_, at) => Math.round((at + 1) * 5) / 100);
  const levels = deepest - (whole.at(-1) ?? 0) >= POINT ? [...whole, deepest] : whole;
  const evidence: { here: number; elsewhere: number; unit: string } = { here: 0, elsewhere: 0, unit: "promotions" };
  const caveats = new Set<string>();
  const made = levels.map((level, at) => {
    const cells = pairs.map((pair) => forecastOn(ground, context.actor, specOf(ground, pair, level, support)));
    if (at === 0) {
      const found = cells.map((cell) => cell.forecast.evidence);
      evidence.here = found.reduce((sum, one) => sum + one.here, 0);
      evidence.elsewhere = Math.max(...found.map((one) => one.elsewhere));
      evidence.unit = found[0]!.unit;
    }
    if (pairs.length === 1) for (const caveat of cells[0]!.forecast.caveats) caveats.add(caveat);
    return { level, cells, ...pooled(cells) };
  });
  const rows = made.map((row, at): ExpectedLevel => {
    const before = made[at - 1];
    const money = row.money;
    return {
      level: row.level,
      uplift: row.uplift,
      units: row.units,
      spend: money?.spend ?? null,
      net_profit: money && rangeOf(money.mean, money.net),
      net_roi:
        money && money.spend > 0
          ? rangeOf(
              money.mean / money.spend,
              money.net.map((value) => value / money.spend),
            )
          : null,
      loss_probability: money && money.net.filter((value) => value < 0).length / money.net.length,
      step_net_profit: money && before?.money ? money.mean - before.money.mean : null,
    };
  });
  const from = earliest(...pairs.map((pair) => pair.window.from));
  const to = latest(...pairs.map((pair) => pair.window.to));
  return {
    window: { from, to },
    weeks,
    ...support,
    accounts: [...new Set(pairs.map((pair) => pair.account.name))],
    payments: [...new Set(pairs.map((pair) => pair.contract?.usual_payment ?? "bill_back"))],
    products: new Set(pairs.flatMap((pair) => pair.productIds)).size,
    deepest,
    evidence,
    caveats: [...caveats],
    rows,
    /** Net profit by draw and level; null where money is not known. */
    draws: made.map((row) => row.money?.net ?? null),
    ground,
    pairs,
    /** Each level's forecasts, one a pair. */
    cells: made.map((row) => row.cells),
  };
}

/** The first weeks that the notice allows and no blackout touches, from a Monday on. */
async function nextWindow(
  context: ToolContext,
  accountId: number,
  contract: ContractInForce | undefined,
  weeks: number,
): Promise<Period | null> {
  const { actor, store } = context;
  const earliestStart = addDays(store.today, contract?.notice_days ?? USUAL_NOTICE);
  const first = mondayOf(addDays(earliestStart, 6));
  const blocked = await blackouts(actor, store, [accountId], {
    from: first,
    to: addDays(first, 7 * (FURTHEST_WEEKS + weeks)),
  });
  for (let week = 0; week < FURTHEST_WEEKS; week++) {
    const from = addDays(first, 7 * week);
    const window = { from, to: addDays(from, 7 * weeks - 1) };
    if (!blocked.some((b) => overlaps({ from: b.start, to: b.end }, window))) return window;
  }
  return null;
}

/** A price cut paid the contract's usual way; the fixed sum is the usual one there, where support or the payment needs one. */
function specOf(ground: ForecastGround, pair: Pair, level: number, support: Support): PromotionSpec {
  const spec: PromotionSpec = {
    account_id: pair.account.id,
    product_ids: pair.productIds,
    start: pair.window.from,
    end: pair.window.to,
    mechanic: "tpr",
    discount: level,
    price_off: null,
    get: null,
    pay: null,
    ...support,
    payment: pair.contract?.usual_payment ?? "bill_back",
    fixed_spend: 0,
  };
  const free = paidByUnit(spec.payment) && !support.display && !support.feature;
  return free ? spec : { ...spec, fixed_spend: usualFixedSpend(ground, spec)?.amount ?? 0 };
}

/** Sums over brands and accounts, money draw by draw, null where a cost is not known. */
function pooled(cells: readonly ForecastDetail[]) {
  const sum = (of: (cell: ForecastDetail) => number): number => cells.reduce((total, cell) => total + of(cell), 0);
  const known = cells.every((cell) => cell.netDraws !== null && cell.forecast.spend !== null);
  const baseline = sum((cell) => cell.forecast.baseline.mean);
  return {
    units: sum((cell) => cell.forecast.units.mean),
    uplift: baseline > 0 ? sum((cell) => cell.forecast.gross_incremental.mean) / baseline : 0,
    money: known
      ? {
          spend: sum((cell) => cell.forecast.spend!),
          mean: sum((cell) => cell.forecast.net_profit!.mean),
          net: cells[0]!.netDraws!.map((_, d) => sum((cell) => cell.netDraws![d]!)),
        }
      : null,
  };
}
