import { z } from "zod";
import { visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { addDays, weekIndex } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { listingsOf, type ShelfWeek, shelfWeeks } from "../../../data/products/listing.service.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { measuredSpan } from "../../../data/sales/sales.service.ts";
import { accountRef, exclusion, optional, productRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { type MarketBook, readMarketBook } from "../../fitting/marketBook.ts";
import { LEVEL, mean, median } from "../../statistics.ts";
import { scopeOf } from "../scope.ts";
import { type Arrival, ageOf, arrivalsIn, NEW_DAYS, seriesKey } from "./arrivals.ts";
import { cannibalisedBy } from "./cannibalised.ts";
import { LEAST_EARLIER, PACE_WEEKS, paceAt, statusOf } from "./pace.ts";

const MOST = 20;
/** Ages at which the build of distribution is told. */
const BUILD_WEEKS = [4, 8, 13, 26];
const RECENT = 4;

export const trackLaunches = readTool({
  name: "track_launches",
  role: "advisor",
  access: "READ",
  description:
    "How new products do, account by account: weeks since launch, build of distribution, rate of sale beside the brand's other products and beside earlier launches at the same age, what they took from our own products, and whether they are ahead, on track or behind. New means launched or first listed within eighteen months. Without a product: all of them.",
  examples: [
    { say: "How is the new Gelato Nove doing?", args: { product: { brand: "Gelato Nove" } } },
    { say: "How are our launches going at Retailer A?", args: { account: "Albion Fresh" } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    category: optional(z.string().min(1)),
    product: optional(productRef),
    exclude: optional(exclusion.pick({ accounts: true, products: true })),
  }),
  async run(context, args) {
    const { actor, store } = context;
    const scope = await scopeOf(context, args);
    const span = await measuredSpan(store);
    if (!span) throw new KamError("no_data", "No sales are measured yet, so there is no launch to follow.");
    const products = await listProducts(store);
    const wanted = scope.products ?? products;
    const seen = await visibleAccounts(actor, store);
    const names = new Map(seen.map((a) => [a.id, a.name]));
    const ids = seen.map((a) => a.id);
    const weeks = Map.groupBy(
      await shelfWeeks(actor, store, ids, undefined, { from: span.first, to: span.last }),
      (row) => seriesKey(row.account_id, row.product_id),
    );
    const arrivals = arrivalsIn(weeks, products, span.first);
    const since = addDays(store.today, -NEW_DAYS);
    const isNew = (a: Arrival): boolean => a.first >= since;
    const here = new Set(scope.accounts.map((a) => a.id));
    const tracked = arrivals.filter(
      (a) => isNew(a) && here.has(a.account_id) && wanted.some((p) => p.id === a.product.id),
    );
    const book = await readMarketBook(store);
    const rows = tracked
      .map((arrival) => rowOf(arrival, { arrivals, weeks, products, book, last: span.last, names }))
      .sort((a, b) => a.kind.localeCompare(b.kind) || a.product.localeCompare(b.product) || b.units - a.units);
    const listings = await listingsOf(actor, store, [...here]);
    const newest = arrivals
      .filter((a) => here.has(a.account_id) && wanted.some((p) => p.id === a.product.id))
      .sort((a, b) => b.first.localeCompare(a.first))[0];
    return {
      account: scope.account?.name ?? null,
      product: scope.product,
      category: scope.category,
      without: scope.without,
      currency: scope.currency,
      period: { from: since, to: store.today },
      period_basis: "last_eighteen_months",
      interval: LEVEL,
      pace_weeks: PACE_WEEKS,
      tracked: rows.length,
      shown: Math.min(MOST, rows.length),
      products: productsOf(rows, seen.length),
      rows: rows.slice(0, MOST),
      ahead: listings
        .filter((l) => l.start > store.today && wanted.some((p) => p.id === l.product_id))
        .map((l) => ({
          account: names.get(l.account_id)!,
          product: products.find((p) => p.id === l.product_id)!.name,
          from: l.start,
        })),
      newest: newest
        ? { product: newest.product.name, account: names.get(newest.account_id)!, from: newest.first }
        : null,
      left_out: [],
      assumptions: [
        "Rate of sale: units a week in everyday weeks, set to full distribution, of the last eight weeks; the measure beside it is the middle one of the brand's other products there in the same weeks.",
      ],
      missing: [
        ...scope.notes,
        "What our own products lost is told by their weeks before the launch; shoppers that came from competitors cannot be told apart.",
        "The store holds no launch plan in units, so a launch is measured by its peers and by earlier ones.",
      ],
    };
  },
});

interface Around {
  readonly arrivals: readonly Arrival[];
  readonly weeks: ReadonlyMap<string, readonly ShelfWeek[]>;
  readonly products: Awaited<ReturnType<typeof listProducts>>;
  readonly book: MarketBook;
  readonly last: string;
  readonly names: ReadonlyMap<number, string>;
}

function rowOf(arrival: Arrival, around: Around) {
  const { arrivals, weeks, products, last, names } = around;
  const age = Math.max(1, ageOf(arrival, last));
  const pace = paceAt(arrival, age, weeks, products);
  const earlier = arrivals
    .filter((a) => a.product.id !== arrival.product.id && ageOf(a, last) >= age && a.first < arrival.first)
    .flatMap((a) => paceAt(a, age, weeks, products)?.index ?? []);
  const usual = median(
    products.flatMap((p) => {
      const rows = weeks.get(seriesKey(arrival.account_id, p.id));
      return rows && rows[0]!.week < arrival.first ? (rows.at(-1)!.distribution ?? []) : [];
    }),
  );
  const distribution = arrival.weeks.at(-1)!.distribution;
  const stopped = weekIndex(last) - weekIndex(arrival.weeks.at(-1)!.week) > RECENT;
  return {
    account: names.get(arrival.account_id)!,
    product: arrival.product.name,
    brand: arrival.product.brand,
    category: arrival.product.category,
    kind: arrival.kind,
    from: arrival.first,
    weeks: age,
    units: arrival.weeks.reduce((sum, row) => sum + row.units, 0),
    units_week: mean(arrival.weeks.slice(-RECENT).map((row) => row.units)),
    promoted_weeks: arrival.weeks.filter((row) => row.promoted).length,
    distribution,
    distribution_usual: usual,
    build: BUILD_WEEKS.filter((week) => week < age).flatMap((week) => {
      const at = arrival.weeks.find((row) => weekIndex(row.week) === weekIndex(arrival.first) + week - 1);
      return at?.distribution == null ? [] : [{ week, distribution: at.distribution }];
    }),
    rate: pace?.rate ?? null,
    index: pace?.index ?? null,
    peers: pace?.peers ?? 0,
    earlier_launches: earlier.length,
    earlier_index: earlier.length >= LEAST_EARLIER ? mean(earlier) : null,
    cannibalised: cannibalisedBy(arrival, weeks, products, around.book),
    status: stopped ? ("gone" as const) : statusOf(age, distribution, usual, pace, earlier),
  };
}
type LaunchRow = ReturnType<typeof rowOf>;

/** Each new product over the accounts that took it. */
function productsOf(rows: readonly LaunchRow[], accounts: number) {
  return [...Map.groupBy(rows, (r) => r.product)].map(([product, some]) => {
    const known = some.flatMap((r) => (r.cannibalised ? [r.cannibalised] : []));
    const lost = known.reduce((sum, c) => sum + c.units.mean, 0);
    const half = Math.sqrt(known.reduce((sum, c) => sum + ((c.units.high - c.units.low) / 2) ** 2, 0));
    const count = (status: LaunchRow["status"]): number => some.filter((r) => r.status === status).length;
    return {
      product,
      kind: some.some((r) => r.kind === "launch") ? ("launch" as const) : ("listing" as const),
      from: some.map((r) => r.from).sort()[0]!,
      weeks: Math.max(...some.map((r) => r.weeks)),
      accounts: some.length,
      accounts_seen: accounts,
      units: some.reduce((sum, r) => sum + r.units, 0),
      units_week: some.reduce((sum, r) => sum + (r.units_week ?? 0), 0),
      index: mean(some.flatMap((r) => r.index ?? [])),
      ahead: count("ahead"),
      on_track: count("on_track"),
      behind: count("behind"),
      building: count("building"),
      too_early: count("too_early"),
      cannibalised: known.length
        ? { units: { mean: lost, low: lost - half, high: lost + half }, told: lost - half > 0 }
        : null,
    };
  });
}
