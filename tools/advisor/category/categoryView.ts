import { z } from "zod";
import { KamError } from "../../../data/common/errors.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { shelfValues } from "../../../data/sales/category.service.ts";
import { accountRef, exclusion, optional, period, productRef, promotionRef } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { readMarketBook } from "../../fitting/marketBook.ts";
import { LEVEL } from "../../statistics.ts";
import { pickEvents } from "../events.ts";
import { namedSubject } from "../explain/subject.ts";
import { type Compared, categoryGrowth, comparedWeeks } from "../growth.ts";
import { eventPeriod, type Scope, salesPeriod, scopeOf, withCurrentResults } from "../scope.ts";
import { fairShares } from "./fairShare.ts";
import { splitPromotions } from "./promotionEffect.ts";
import { monthlyTrend, volumeUnits } from "./trend.ts";
import { wholeCategories } from "./wholeCategory.ts";

/** Promotions shown one by one. */
const MOST = 12;

export const categoryView = readTool({
  name: "category_view",
  role: "advisor",
  access: "READ",
  description:
    "The category as the retailer sees it: its value and volume against the same weeks a year before, our, competitors' and private label's share and their change, price index, our fair share, the trend by month; and whether our promotions grew the category or only us: category volume in their weeks against its own baseline, split into growth and what was taken from competitors and private label. `promotion` judges one promotion. Without a period: the last twelve months.",
  examples: [
    { say: "Are we growing the category or just ourselves?", args: {} },
    {
      say: "What is private label's share of coffee at Retailer D?",
      args: { account: "Delphi Discount", category: "Coffee" },
    },
    { say: "Did P-1229 grow the category?", args: { promotion: "P-1229" } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    category: optional(z.string().min(1)),
    product: optional(productRef).describe("our product or brand: its category is looked at, with its part of it"),
    promotion: optional(promotionRef).describe("only this one's effect on its category"),
    period: optional(period),
    focus: optional(z.enum(["category", "promotions", "private_label", "competitors", "own"])).describe(
      "what is asked above all",
    ),
    exclude: optional(exclusion.pick({ accounts: true, products: true })),
  }),
  async run(context, args) {
    const event = args.promotion === undefined ? null : await subjectOf(context, args.promotion);
    const scope = await scopeOf(context, event ? { account: event.account, category: event.category } : args);
    const asked = event ? { from: event.start, to: event.end } : salesPeriod(context, args.period);
    const weeks = await comparedWeeks(context, asked);
    if (!weeks) throw new KamError("no_data", "No sales are measured in that period.", { period: asked });
    const categories = await categoryGrowth(context, scope, weeks);
    if (!categories.length)
      throw new KamError("no_data", "There are no category totals for that in this period, so nothing can be said.");
    const effects = await promotionsOf(context, scope, args.period, event?.promotion);
    const units = volumeUnits(scope.products ?? (await listProducts(context.store)));
    const fair = await fairShares(context, scope, weeks.period);
    return {
      account: scope.account?.name ?? null,
      product: scope.product,
      category: scope.category,
      promotion: event?.promotion ?? null,
      promotion_name: event?.name ?? null,
      without: scope.without,
      currency: scope.currency,
      period: weeks.period,
      period_basis: event ? "promotion" : args.period ? "named" : "last_twelve_months",
      before: weeks.before,
      weeks: weeks.weeks,
      interval: LEVEL,
      categories: categories.map((row) => ({
        ...row,
        volume_unit: units.get(row.category) ?? null,
        fair_share: fair.get(row.category) ?? null,
      })),
      named: await namedPart(context, scope, weeks, categories),
      trend: event ? [] : await monthlyTrend(context, scope, weeks.period),
      promotions: effects.categories.map((c) => ({ ...c, unit: units.get(c.category) ?? "volume" })),
      promotions_shown: Math.min(MOST, effects.events.length),
      promotions_judged: effects.events.length,
      grew_category: effects.events.filter((e) => e.verdict === "grew_category").length,
      rows: effects.events.slice(0, MOST).map((e) => ({ ...e, unit: units.get(e.category) ?? "volume" })),
      left_out: effects.leftOut,
      assumptions: [
        "The year before is the same number of whole weeks, fifty-two weeks earlier.",
        "A promotion's weeks are held against the category's own baseline there: its weeks free of our promotions, with trend, season, holidays and competitors' promotions; weeks that several promotions share count once.",
      ],
      missing: [
        ...scope.notes,
        ...(weeks.whole
          ? []
          : ["The history does not reach back over the same weeks a year before, so growth is not known."]),
        "Not known: which shoppers bought, and whether what the category grew was taken from other retailers.",
      ],
    };
  },
});

/** @throws KamError wrong_state for one that has not ended; no_data for goods of several categories */
async function subjectOf(context: ToolContext, ref: string | number) {
  await withCurrentResults(context);
  const { event } = await namedSubject(context, ref);
  const { category } = event;
  if (category === null)
    throw new KamError(
      "no_data",
      `${event.promotion} has goods of several categories; ask about one category at ${event.account} in its weeks.`,
    );
  return { ...event, category };
}

/** The effect on the category of the promotions that ended in the period. */
async function promotionsOf(
  context: ToolContext,
  scope: Scope,
  named: { from: string; to: string } | undefined,
  only: string | undefined,
) {
  if (!only) await withCurrentResults(context);
  const picked = await pickEvents(context, scope, {
    period: (first) => eventPeriod(context, only ? undefined : named, only ? first : null),
  });
  const events = only ? picked.events.filter((e) => e.promotion === only) : picked.events;
  const book = await readMarketBook(context.store);
  const wholes = await wholeCategories(
    context,
    book,
    scope.accounts.map((a) => a.id),
    scope.categoryIds,
  );
  const split = splitPromotions(wholes, events);
  return { ...split, leftOut: [...(only ? [] : picked.leftOut), ...split.leftOut] };
}

/** What shoppers paid for the product or brand that was named, as a share of its category. */
async function namedPart(
  context: ToolContext,
  scope: Scope,
  weeks: Compared,
  categories: readonly { readonly value: number; readonly value_before: number | null }[],
) {
  if (!scope.product || !scope.products || categories.length !== 1) return null;
  const ids = scope.products.map((p) => p.id);
  const accounts = scope.accounts.map((a) => a.id);
  const over = async (of: Compared["period"]): Promise<number | null> => {
    const rows = await shelfValues(context.actor, context.store, accounts, ids, of);
    return rows.every((r) => r.value !== null) ? rows.reduce((sum, r) => sum + r.value!, 0) : null;
  };
  const [now, before] = [await over(weeks.period), weeks.whole ? await over(weeks.before) : null];
  const [whole] = categories;
  const share = now !== null && whole!.value > 0 ? now / whole!.value : null;
  const past = before !== null && whole!.value_before ? before / whole!.value_before : null;
  return {
    name: scope.product,
    value: now,
    value_before: before,
    growth: now !== null && before ? now / before - 1 : null,
    share,
    share_change: share !== null && past !== null ? share - past : null,
  };
}
