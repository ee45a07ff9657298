import { z } from "zod";
import { resolveAccount } from "../../data/accounts/accounts.service.ts";
import { addDays, mondayOf, type Period, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { KamError, missingSlot } from "../../data/common/errors.ts";
import { listProducts } from "../../data/products/products.repo.ts";
import { type Product, resolveProducts } from "../../data/products/products.service.ts";
import { wholeName } from "../../data/products/wholeName.ts";
import { accountRef, optional, period, productRef } from "../args.ts";
import { readTool, type ToolContext } from "../define.ts";
import { planningToday } from "../fitting/planningToday.ts";
import { type BaselineWeek, baselineOf } from "../forecasts/baseline.ts";
import { type ForecastGround, factsAt, readForecastGround, soldAt } from "../forecasts/forecastGround.ts";
import { LEVEL } from "../statistics.ts";
import { afterTheData } from "./resolved.ts";

const DEFAULT_WEEKS = 4;
/** Longer periods are refused: a table of weeks stops being read. */
const MOST_WEEKS = 160;

const schema = z.strictObject({
  account: optional(accountRef),
  product: optional(productRef),
  products: optional(z.array(productRef)),
  period: optional(period),
});

export const estimateBaseline = readTool({
  name: "estimate_baseline",
  role: "expert",
  description:
    "Estimates what a product, brand or category would sell at an account with no promotion, week by week with ranges: in weeks to come (default: the next four) or, beside what was sold, in past ones.",
  examples: [
    {
      say: "What is the baseline for Polar Lane at Bramley in the next four weeks?",
      args: {
        account: "Bramley Stores",
        product: { brand: "Polar Lane" },
        period: { from: "2026-11-23", to: "2026-12-20" },
      },
    },
  ],
  schema,
  access: "READ",
  async run(context, args) {
    const { actor, store } = context;
    if (args.account === undefined) throw missingSlot("account", "At which account?");
    const refs = [...(args.products ?? []), ...(args.product === undefined ? [] : [args.product])];
    if (!refs.length) throw missingSlot("product", "Of which product, brand or category?");
    const account = await resolveAccount(actor, store, args.account);
    const named = await resolveProducts(store, refs);
    const assumptions: string[] = [];
    const window = await windowOf(context, args.period, assumptions);
    const ground = await readForecastGround(store, context.models);
    const products = soldHere(ground, account, named, window);
    const { weeks, total, actual } = baselineOf(
      ground,
      account.id,
      products.map((p) => p.id),
      window,
    );
    const facts = products.flatMap((p) => factsAt(ground, account.id, p.id) ?? []);
    const sum = (of: (f: (typeof facts)[number]) => number): number => facts.reduce((n, f) => n + of(f), 0);
    return {
      account: account.name,
      product: wholeName(named, await listProducts(store)),
      products: products.map((p) => p.name),
      n_products: products.length,
      left_out_products: named.filter((p) => !products.includes(p)).map((p) => p.name),
      period: window,
      n_weeks: weeks.length,
      interval: LEVEL,
      unit: "units",
      weeks: weeks.map(weekJson),
      total,
      mean_week:
        total.mean /
        Math.max(
          1,
          weeks.reduce((n, w) => n + w.share, 0),
        ),
      actual_total: actual,
      history: {
        from: weekFromIndex(Math.min(...facts.map((f) => f.first))),
        to: addDays(weekFromIndex(Math.max(...facts.map((f) => f.last))), 6),
        product_weeks: sum((f) => f.weeks),
        quiet: sum((f) => f.quiet),
        promoted: sum((f) => f.weeks - f.quiet),
      },
      planned: plannedThen(ground, account.id, products, window),
      assumptions,
      caveats: caveats(ground, window, facts),
    };
  },
});

/** The weeks asked for; else the four full weeks that come next. */
async function windowOf(context: ToolContext, asked: Period | undefined, assumptions: string[]): Promise<Period> {
  if (asked) {
    const moved = await afterTheData(context, asked.from, asked.to);
    if (moved) assumptions.push(moved.words);
    const window = moved ? { from: moved.start, to: moved.end } : asked;
    if (weekIndex(mondayOf(window.to)) - weekIndex(mondayOf(window.from)) >= MOST_WEEKS)
      throw new KamError(
        "bad_input",
        "That is too long a period for a week-by-week baseline; ask for three years at most.",
        {
          weeks: MOST_WEEKS,
        },
      );
    return window;
  }
  const { date, why } = await planningToday(context.store);
  const from = mondayOf(addDays(date, 6));
  assumptions.push(why ?? "no period was named, so it is the next four full weeks");
  return { from, to: addDays(from, 7 * DEFAULT_WEEKS - 1) };
}

/** Of what was named, the products that the account sells in the period. @throws KamError no_data for none */
function soldHere(
  ground: ForecastGround,
  account: { id: number; name: string },
  named: readonly Product[],
  window: Period,
): Product[] {
  const listed = new Set([
    ...soldAt(ground, account.id, { from: window.from, to: window.from }),
    ...soldAt(ground, account.id, { from: window.to, to: window.to }),
  ]);
  const known = named.filter((p) => factsAt(ground, account.id, p.id) !== null);
  if (!known.length)
    throw new KamError("no_data", `${account.name} has no measured sales of that, so there is no baseline to state.`, {
      account: account.name,
    });
  const here = known.filter((p) => listed.has(p.id));
  return here.length ? here : known;
}

const weekJson = (week: BaselineWeek) => ({
  week: weekFromIndex(week.week),
  period: { from: week.from, to: week.to },
  baseline: week.units.mean,
  low: week.units.low,
  high: week.units.high,
  actual: week.actual,
  promoted: week.promoted,
});

/** Promotions agreed or planned that touch the products in the period: they come on top of the baseline. */
function plannedThen(ground: ForecastGround, accountId: number, products: readonly Product[], window: Period) {
  const ids = new Set(products.map((p) => p.id));
  return ground.book.promotions
    .filter(
      (p) =>
        p.account_id === accountId &&
        p.start <= window.to &&
        p.end >= window.from &&
        (ground.book.linesOf.get(p.id) ?? []).some((line) => ids.has(line.product_id)),
    )
    .map((p) => ({ promotion: p.code, name: p.name, period: { from: p.start, to: p.end } }));
}

function caveats(ground: ForecastGround, window: Period, facts: readonly { weeks: number; quiet: number }[]): string[] {
  const out: string[] = [];
  const quiet = facts.reduce((n, f) => n + f.quiet, 0);
  if (quiet < facts.reduce((n, f) => n + f.weeks, 0) / 4)
    out.push(
      "Most of the weeks known were promoted, so what sells without a promotion is estimated from few quiet ones.",
    );
  if (facts.some((f) => f.weeks < 52))
    out.push("For some of the products less than a year is known; their season is that of the category.");
  if (window.from > addDays(ground.fitted.lastWeek, 7 * 27))
    out.push(
      "It lies more than half a year beyond the last sales, so the level may have moved by then; the range allows for that.",
    );
  return out;
}
