import { z } from "zod";
import { addDays, addMonths, daysBetween } from "../../data/common/dates.ts";
import { holidays } from "../../data/holidays/holidays.repo.ts";
import { listProducts } from "../../data/products/products.repo.ts";
import { accountRef, exclusion, optional, period, productRef } from "../args.ts";
import { readTool } from "../define.ts";
import { LEVEL, median, rangeOf } from "../statistics.ts";
import { expectedByLevel, type NotExpected, type Support } from "./depth/expected.ts";
import { marginalOf } from "./depth/marginal.ts";
import { bestPast, confoundersOf, HOLIDAY_DAYS, isCut, levelsOf, stopsInPast } from "./depth/raw.ts";
import { leftOut, pickEvents } from "./events.ts";
import { rankBy } from "./frames.ts";
import { discountLevel } from "./groups.ts";
import { FEW, shareAhead } from "./interval.ts";
import { matchedLevels } from "./matched/levels.ts";
import { eventPeriod, scopeOf, withCurrentResults } from "./scope.ts";

const USUAL_WEEKS = 2;
const MOST_WEEKS = 4;
/** A level is clearly ahead when it is so in this share of draws. */
const CLEAR = 0.9;

export const discountResponse = readTool({
  name: "discount_response",
  role: "advisor",
  access: "READ",
  description:
    "Effect of the depth of a price cut for a product, a brand or a category, at an account or over accounts: what each depth brought in the past (all history unless a period is named), and, on equal footing (same weeks ahead, no support unless `display` or `feature` is asked for), what the fitted model expects of each depth, with ranges; which depth is best by net profit and by net ROI, where deeper stops paying (the marginal profit of each further point, with its range), and what past promotions of one depth did against another on equal footing (`levels` names the two).",
  examples: [
    {
      say: "Which discount level usually works best for Kestrel at Retailer B?",
      args: { product: { brand: "Kestrel" }, account: "Bramley Stores" },
    },
    {
      say: "Is 30 % really better than 20 % at Bramley?",
      args: { account: "Bramley Stores", levels: [0.3, 0.2] },
    },
    { say: "When do deeper discounts stop delivering on ice cream?", args: { product: { category: "Ice cream" } } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    product: optional(productRef),
    category: optional(z.string().min(1)),
    period: optional(period),
    display: optional(z.boolean()),
    feature: optional(z.boolean()),
    exclude: optional(exclusion),
    levels: optional(z.array(z.number().gt(0).lt(1)).length(2)).describe(
      "two depths, the first held against the second",
    ),
  }),
  async run(context, args) {
    await withCurrentResults(context);
    const { store } = context;
    const scope = await scopeOf(context, args);
    const picked = await pickEvents(context, scope, { period: (first) => eventPeriod(context, args.period, first) });
    const cuts = picked.events.filter(isCut);
    const days = await holidays(store, { from: picked.period.period.from, to: addMonths(store.today, 1) });
    const countries = new Set(scope.accounts.map((account) => account.country));
    const levels = await levelsOf(
      cuts,
      days.filter((day) => countries.has(day.country)),
    );
    const past = await bestPast(levels);
    const products = scope.products ?? (await listProducts(store));
    const asked = { display: args.display ?? false, feature: args.feature ?? false };
    const expect = (support: Support) => expectedByLevel(context, scope.accounts, products, usualWeeks(cuts), support);
    const found = await expect(asked);
    const expected = typeof found === "string" ? null : found;
    const best = expected && (await bestExpected(expected));
    const marginal = expected && marginalOf(expected);
    const named = args.levels?.map(discountLevel);
    const pair = named && named[0] !== named[1] ? named : undefined;
    const first = pair?.[0] ?? past?.level;
    const matched = first === undefined ? null : await matchedLevels(context, args, first, pair?.[1] ?? null);
    const usual = best && !asked.display && !asked.feature ? usualSupport(cuts) : null;
    const supported = usual && ((await expect(usual)) as Expected);
    return {
      account: scope.account?.name ?? null,
      product: scope.product,
      category: scope.category,
      without: scope.without,
      currency: scope.currency,
      period: picked.period.period,
      period_basis: picked.period.basis,
      events: cuts.length,
      levels,
      past_best: past,
      past_stops: stopsInPast(levels),
      expected: expected && withoutDraws(expected),
      best,
      marginal,
      matched,
      asked: pair && expected ? askedLevels(expected, pair[0]!, pair[1]!) : null,
      supported: supported && {
        ...usual,
        best: await bestExpected(supported),
        stops: marginalOf(supported)?.stops ?? null,
      },
      agrees: past && best ? past.level === best.by_net_roi.level || past.level === best.by_net_profit.level : null,
      confounders: past ? confoundersOf(past, levels) : [],
      interval: LEVEL,
      few: FEW,
      holiday_days: HOLIDAY_DAYS,
      left_out: [
        ...picked.leftOut,
        ...leftOut(
          "not a plain price cut with a stated depth",
          picked.events.filter((e) => e.mechanic !== "tpr" || e.discount === null),
        ),
        ...leftOut(
          "profit not known, because a cost of goods is missing",
          picked.events.filter((e) => e.mechanic === "tpr" && e.discount !== null && e.incremental_profit === null),
        ),
      ],
      assumptions: ["Past depths are put at the nearest level in steps of five points."],
      missing: [
        ...scope.notes,
        ...(named && !pair ? ["The two depths lie too close to each other to be told apart by what was run."] : []),
        ...(cuts.length ? [] : ["No past price cut of this is measured."]),
        ...(typeof found === "string" ? [NOT_EXPECTED[found]] : []),
        ...(expected && !best
          ? ["Costs or list prices are not in the store, so which depth pays cannot be said."]
          : []),
      ],
    };
  },
});

type Expected = Exclude<Awaited<ReturnType<typeof expectedByLevel>>, NotExpected>;

const NOT_EXPECTED: Readonly<Record<NotExpected, string>> = {
  too_many:
    "What each depth is expected to bring can be said for fewer brands and accounts at once: name a brand or an account.",
  nothing_on_sale:
    "None of these products is on sale there in the coming weeks, so nothing can be expected of a depth.",
};

const withoutDraws = ({ draws: _, ground: _ground, pairs: _pairs, cells: _cells, ...shown }: Expected) => shown;

/** What the model expects of one depth against another, world by world; null where either was not looked at. */
function askedLevels({ rows, draws }: Expected, first: number, second: number) {
  const at = (level: number): number => rows.findIndex((row) => Math.abs(row.level - level) < 1e-9);
  const [a, b] = [rows[at(first)], rows[at(second)]];
  const [inA, inB] = [draws[at(first)], draws[at(second)]];
  if (!a?.net_profit || !b?.net_profit || !inA || !inB) return null;
  return {
    first: a,
    second: b,
    net_profit_more: rangeOf(
      a.net_profit.mean - b.net_profit.mean,
      inA.map((value, d) => value - inB[d]!),
    ),
    share_ahead: shareAhead([...inA], [...inB], "highest"),
  };
}

/** The support that most past price cuts had; null where most had none. */
function usualSupport(cuts: readonly { readonly display: number; readonly feature: number }[]): Support | null {
  const most = (of: "display" | "feature"): boolean => 2 * cuts.reduce((sum, cut) => sum + cut[of], 0) > cuts.length;
  const support = { display: most("display"), feature: most("feature") };
  return support.display || support.feature ? support : null;
}

/** The middle length of past price cuts in whole weeks. */
function usualWeeks(events: readonly { readonly start: string; readonly end: string }[]): number {
  const weeks = events.map((event) => Math.round(daysBetween(event.start, addDays(event.end, 1)) / 7 || 1));
  return Math.min(MOST_WEEKS, Math.max(1, median(weeks) ?? USUAL_WEEKS));
}

/** The best level by expected net profit and by net ROI, how sure the first is, and from where deeper brings less; null without money. */
async function bestExpected({ rows, draws }: Expected) {
  const ranked = await rankBy(rows, (row) => row.net_profit?.mean ?? null, "highest");
  const [first, second] = ranked;
  if (!first?.net_profit) return null;
  const [byRoi] = await rankBy(rows, (row) => row.net_roi?.mean ?? null, "highest");
  const drawsAt = (row: typeof first): number[] => [...(draws[rows.indexOf(row)] ?? [])];
  const share = second ? shareAhead(drawsAt(first), drawsAt(second), "highest") : 1;
  const deeper = rows[rows.indexOf(first) + 1];
  return {
    by_net_profit: { ...first, net_profit: first.net_profit },
    by_net_roi: { ...byRoi! },
    next: second ? { level: second.level, share_ahead: share, clear: share >= CLEAR } : null,
    pays: first.net_profit.mean > 0,
    /** The first level deeper than the best, and what it brings less; null where the deepest allowed is the best. */
    stops_at: deeper?.net_profit
      ? { level: deeper.level, net_profit_less: first.net_profit.mean - deeper.net_profit.mean }
      : null,
  };
}
