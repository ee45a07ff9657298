import { z } from "zod";
import {
  addDays,
  addMonths,
  earliest,
  latest,
  mondayOf,
  type Period,
  twelveMonthsTo,
} from "../../data/common/dates.ts";
import { foldName } from "../../data/common/names.ts";
import { holidays } from "../../data/holidays/holidays.repo.ts";
import { type CategoryTotal, categoryValue, measuredSpan } from "../../data/sales/sales.service.ts";
import { type Signal, signalsFor } from "../../data/signals/signals.service.ts";
import { accountRef, exclusion, optional, period } from "../args.ts";
import { quoteParts } from "../assistant/accounts/quotes.ts";
import { readTool, type ToolContext } from "../define.ts";
import { sumBy } from "./frames.ts";
import { type Scope, scopeOf } from "./scope.ts";

const MOST = 20;
/** Weeks at each end of the period over which the price index is averaged. */
const END_WEEKS = 4;

export const marketSignals = readTool({
  name: "market_signals",
  role: "advisor",
  access: "READ",
  description:
    "What is happening in the market: competitors' promotions and prices, category price moves, events and news, each dated, quoted and with its source, grouped by category, the holidays of the accounts' countries in a period, with the move of the category price index and with whose the value of each category was: ours, competitors', private label's, first against last weeks of the period. Without a period: the last twelve months and what is announced ahead.",
  examples: [
    { say: "What did competitors do in coffee at Retailer A?", args: { account: "Albion Fresh", category: "Coffee" } },
    { say: "What has Whiskerly been doing?", args: { competitor: "Whiskerly" } },
    { say: "How is private label doing in laundry?", args: { category: "Laundry", private_label: true } },
    { say: "What is happening in the market?", args: {} },
    {
      say: "Which holidays fall into June?",
      args: { holidays: true, period: { from: "2027-06-01", to: "2027-06-30" } },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    category: optional(z.string().min(1)),
    competitor: optional(z.string().min(1)).describe("only what one competitor's brand does, or what speaks of it"),
    holidays: optional(z.boolean()).describe("asked above all which holidays and events there are"),
    private_label: optional(z.boolean()).describe("asked above all what retailers' own brands do"),
    period: optional(period),
    exclude: optional(exclusion.pick({ accounts: true, products: true })),
  }),
  async run(context, args) {
    const { actor, store } = context;
    const scope = await scopeOf(context, args);
    const asked = args.holidays ? { from: store.today, to: addMonths(store.today, 3) } : null;
    const dates = args.period ?? asked ?? { ...twelveMonthsTo(store.today), to: addMonths(store.today, 3) };
    const filter = { accountIds: scope.accounts.map((a) => a.id), categoryIds: scope.categoryIds, period: dates };
    const rival = args.competitor === undefined ? null : foldName(args.competitor);
    const signals = (await signalsFor(actor, store, filter)).filter(
      (s) => rival === null || foldName(`${s.competitor ?? ""} ${s.text}`).includes(rival),
    );
    const byCategory = await sumBy(signals, (s) => s.category ?? "all categories", {
      competitor_promotions: (s) => (s.kind === "competitor_promotion" ? 1 : 0),
      prices: (s) => (s.kind === "competitor_price" || s.kind === "category_price" ? 1 : 0),
      other: (s) => (s.kind === "event" || s.kind === "news" ? 1 : 0),
    });
    const days = args.holidays || args.period ? await holidaysOf(context, scope, dates) : [];
    const ends = await endsOf(context, scope, dates);
    return {
      account: scope.account?.name ?? null,
      product: null,
      category: scope.category,
      competitor: args.competitor ?? null,
      without: scope.without,
      period: dates,
      period_basis: args.period ? "touching" : asked ? "coming_three_months" : "last_twelve_months_and_ahead",
      holidays_asked: args.holidays ?? false,
      holiday_count: days.length,
      holidays: days,
      events: signals
        .flatMap((signal) => (signal.kind === "event" ? [signalJson(signal, store.today)] : []))
        .slice(0, MOST),
      as_of: store.today,
      signals: signals.length,
      shown: Math.min(MOST, signals.length),
      categories: byCategory.map((group) => ({ category: group.key, signals: group.n, ...group.sums })),
      rows: signals.slice(0, MOST).map((signal) => signalJson(signal, store.today)),
      price_index: ends.flatMap(({ category, early, late }) => priceMove(category, early, late)),
      price_index_weeks: END_WEEKS,
      shares: ends.map(({ category, early, late }) => sharesOf(category, early, late)),
      left_out: [],
      assumptions: ["Signals come from outside and are quoted as they were reported; newest first."],
      missing: [...scope.notes, ...(signals.length ? [] : ["No signal is in the store for this."])],
    };
  },
});

/** A signal as a result holds it: what came from outside stands as quoted pieces, so that a reply can bind its numbers. */
export function signalJson(signal: Signal, today: string) {
  return {
    start: signal.start,
    end: signal.end,
    when: signal.start > today ? "ahead" : signal.end < today ? "past" : "now",
    kind: signal.kind,
    competitor: signal.competitor,
    account: signal.account,
    category: signal.category,
    value: signal.value,
    text: signal.text,
    quote: quoteParts(signal.text),
    source: signal.source,
    source_quote: quoteParts(signal.source),
    reported: signal.reported,
  };
}

/** Holidays of a period where the accounts are, with the accounts that keep them; one row a day and name. */
async function holidaysOf({ store }: ToolContext, scope: Scope, period: Period) {
  const byDay = Map.groupBy(await holidays(store, period), (day) => `${day.date}|${day.name}`);
  return [...byDay.values()].flatMap((same) => {
    const at = scope.accounts.filter((account) => same.some((day) => day.country === account.country));
    const { date, name } = same[0]!;
    const countries = [...new Set(at.map((account) => account.country))];
    return at.length ? [{ date, name, countries, accounts: at.map((account) => account.name) }] : [];
  });
}

const COLUMNS = {
  value: (row: CategoryTotal) => row.value,
  indexed: (row: CategoryTotal) => row.indexed_value,
  own: (row: CategoryTotal) => row.own_value,
  competitors: (row: CategoryTotal) => row.competitor_value,
  private_label: (row: CategoryTotal) => row.private_label_value,
};
type Sums = Readonly<Record<string, number>>;

/** Category totals of the first and of the last measured weeks of a period; nothing where they would overlap. */
async function endsOf(context: ToolContext, scope: Scope, dates: Period) {
  const span = await measuredSpan(context.store);
  if (!span) return [];
  const last = earliest(mondayOf(dates.to), span.last);
  const first = latest(dates.from, span.first);
  const length = 7 * (END_WEEKS - 1);
  if (addDays(first, 2 * length) > last) return [];
  const at = async (period: Period) => {
    const filter = { accountIds: scope.accounts.map((a) => a.id), categoryIds: scope.categoryIds, period };
    const sums = await sumBy(await categoryValue(context.actor, context.store, filter), (row) => row.category, COLUMNS);
    return new Map(sums.map((group): [string, Sums] => [group.key, group.sums]));
  };
  const early = await at({ from: first, to: addDays(first, length + 6) });
  const late = await at({ from: addDays(last, -length), to: last });
  return [...late].map(([category, sums]) => ({ category, early: early.get(category), late: sums }));
}

const partOf = (sums: Sums | undefined, part: string): number | null =>
  sums && sums.value! > 0 ? sums[part]! / sums.value! : null;

/** How the price index of a category moved, value-weighted. */
function priceMove(category: string, early: Sums | undefined, late: Sums) {
  const [from, to] = [partOf(early, "indexed"), partOf(late, "indexed")];
  return from === null || to === null || from === 0 ? [] : [{ category, from, to, change: to / from - 1 }];
}

/** Whose the value of a category was in the last weeks, and by how many points that moved since the first. */
function sharesOf(category: string, early: Sums | undefined, late: Sums) {
  const moved = (part: string): number | null => {
    const [from, to] = [partOf(early, part), partOf(late, part)];
    return from === null || to === null ? null : to - from;
  };
  return {
    category,
    value: late.value!,
    own: partOf(late, "own"),
    own_change: moved("own"),
    competitors: partOf(late, "competitors"),
    competitors_change: moved("competitors"),
    private_label: partOf(late, "private_label"),
    private_label_change: moved("private_label"),
  };
}
