import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, mondayOf, overlaps, type Period } from "../../../data/common/dates.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { blackouts, type ContractRow, contractsFor } from "../../../data/results/standing.service.ts";
import type { ToolContext } from "../../define.ts";
import { type ForecastGround, readForecastGround, soldAt } from "../../forecasts/forecastGround.ts";
import { forecastOn } from "../../forecasts/forecastPromotion.ts";
import { paidByUnit, usualFixedSpend } from "../../forecasts/terms.ts";
import type { PromotionSpec } from "../../forecasts/types.ts";
import { earliest, latest } from "../scope.ts";

const STEP = 0.05;
/** Deepest level where no contract says. */
const DEEPEST = 0.4;
const USUAL_NOTICE = 14;
/** How far ahead a window is looked for. */
const FURTHEST_WEEKS = 26;
/** Brands at accounts that are worked out in one go; more of them would keep a person waiting. */
export const MOST_PAIRS = 16;

/** One brand at one account: what a promotion is made of. */
interface Pair {
  readonly account: VisibleAccount;
  readonly productIds: readonly number[];
  readonly window: Period;
  readonly contract: ContractRow | undefined;
}

/** What a price cut of one depth is expected to bring, in the same weeks and with the same support as the others. */
export interface ExpectedLevel {
  readonly level: number;
  readonly uplift: number;
  readonly units: number;
  readonly spend: number;
  readonly net_profit: { readonly mean: number; readonly low: number; readonly high: number };
  readonly net_roi: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly loss_probability: number;
  /** Net profit more than at the level before, on the mean. */
  readonly step_net_profit: number | null;
}

export interface Support {
  readonly display: boolean;
  readonly feature: boolean;
}

/** @returns null where nothing can be said: too many brands at once, no costs, nothing listed, no window */
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
      pairs.push({ account, window, contract, productIds: brand.map((product) => product.id) });
  }
  if (!pairs.length || pairs.length > MOST_PAIRS) return null;
  const deepest = Math.min(...pairs.map((pair) => pair.contract?.max_discount ?? DEEPEST));
  const levels = Array.from({ length: Math.floor(deepest / STEP + 1e-9) }, (_, at) => Math.round((at + 1) * 5) / 100);
  const evidence = { here: 0, elsewhere: 0 };
  const caveats = new Set<string>();
  const made = levels.map((level, at) => {
    const cells = pairs.map((pair) => forecastOn(ground, context.actor, specOf(ground, pair, level, support)));
    for (const cell of cells) if (at === 0) evidence.here += cell.forecast.evidence.here;
    if (at === 0) evidence.elsewhere = Math.max(...cells.map((cell) => cell.forecast.evidence.elsewhere));
    if (pairs.length === 1) for (const caveat of cells[0]!.forecast.caveats) caveats.add(caveat);
    return { level, ...pooled(cells) };
  });
  if (made.some((row) => row.net === null)) return null;
  const rows = made.map((row, at): ExpectedLevel => {
    const net = summary(row.net!);
    return {
      level: row.level,
      uplift: row.uplift,
      units: row.units,
      spend: row.spend,
      net_profit: { ...net, mean: row.netMean },
      net_roi: row.spend > 0 ? { ...summary(row.roi!), mean: row.netMean / row.spend } : null,
      loss_probability: row.net!.filter((value) => value < 0).length / row.net!.length,
      step_net_profit: at > 0 ? row.netMean - made[at - 1]!.netMean : null,
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
    draws: made.map((row) => row.net!),
  };
}

/** The first weeks that the notice allows and no blackout touches, from a Monday on. */
async function nextWindow(
  context: ToolContext,
  accountId: number,
  contract: ContractRow | undefined,
  weeks: number,
): Promise<Period | null> {
  const { actor, store } = context;
  const earliestStart = addDays(store.today, contract?.notice_days ?? USUAL_NOTICE);
  const first = addDays(mondayOf(addDays(earliestStart, 6)), 0);
  const blocked = await blackouts(actor, store, accountId, {
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

/** Sums over brands and accounts; net profit and net ROI draw by draw, null where a cost is not known. */
function pooled(cells: readonly ReturnType<typeof forecastOn>[]) {
  const sum = (of: (cell: ReturnType<typeof forecastOn>) => number): number => cells.reduce((s, c) => s + of(c), 0);
  const known = cells.every((cell) => cell.netDraws !== null && cell.forecast.spend !== null);
  const spend = known ? sum((cell) => cell.forecast.spend!) : 0;
  const net = known ? cells[0]!.netDraws!.map((_, d) => sum((cell) => cell.netDraws![d]!)) : null;
  const baseline = sum((cell) => cell.forecast.baseline.mean);
  return {
    spend,
    net,
    netMean: known ? sum((cell) => cell.forecast.net_profit!.mean) : 0,
    roi: net?.map((value) => (spend > 0 ? value / spend : 0)) ?? null,
    units: sum((cell) => cell.forecast.units.mean),
    uplift: baseline > 0 ? sum((cell) => cell.forecast.gross_incremental.mean) / baseline : 0,
  };
}

/** Ends of the middle 80 % of draws. */
function summary(draws: Float64Array): { low: number; high: number } {
  const sorted = draws.toSorted();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { low: at(0.1), high: at(0.9) };
}
