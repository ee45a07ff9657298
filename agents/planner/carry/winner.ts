import type { Args, PriorCall } from "../types.ts";

type Row = Readonly<Record<string, unknown>>;

/** What a ranking's first row stands for, as arguments of what comes next, by what its rows are. */
const BY_GROUP: Readonly<Record<string, (row: Row) => Args>> = {
  account: (row) => ({ account: row.account }),
  brand: (row) => ({ products: [{ brand: row.brand }] }),
  category: (row) => ({ products: [{ category: row.category }] }),
  product: (row) => ({ products: [row.product] }),
  mechanic: (row) => ({ mechanic: row.group }),
  payment: (row) => ({ payment: row.group }),
  support: (row) => ({
    display: row.group === "display" || row.group === "both",
    feature: row.group === "feature" || row.group === "both",
  }),
  discount_band: (row) => ({ discount: row.level ?? undefined }),
  promotion: (row) => ({ promotion: row.promotion, account: row.account }),
};

/** How a scenario is preferred where the words do not ask for the best: the figure, and which end of it. */
const PREFERENCES: readonly {
  readonly feature: string;
  readonly of: (row: Row) => unknown;
  readonly lowest: boolean;
}[] = [
  { feature: "cheapest", of: (row) => row.spend, lowest: true },
  { feature: "safest", of: (row) => row.probability_of_loss, lowest: true },
  { feature: "objective_units", of: (row) => (row.units as Row | undefined)?.mean, lowest: false },
  { feature: "objective_roi", of: (row) => (row.net_roi as Row | undefined)?.mean, lowest: false },
];

/** What was asked of several that were found: how many at most, and by which preference. */
export interface Choice {
  readonly features: ReadonlySet<string>;
  /** Of the question that was answered: "which brand grew most" is about brands. */
  readonly asked?: ReadonlySet<string>;
  readonly count: number | null;
}
const ANY: Choice = { features: new Set(), count: null };
const MOST_DRAFTS = 10;

/** For each tool: what its result found best, as arguments of what comes next; several where each is to be done. */
const WINNERS: Readonly<Record<string, (call: PriorCall, choice: Choice) => Args[]>> = {
  compare_promotions: ({ args, result }) => first(rowsOf(result.rows), BY_GROUP[String(args.by ?? result.by)]),
  compare_responses: ({ args, result }) => first(rowsOf(result.rows), BY_GROUP[String(args.by ?? result.by)]),
  product_growth: ({ result }, { asked }) =>
    asked?.has("brand") && !asked.has("product")
      ? first(rowsOf(result.brands), (row) => ({ products: [{ brand: row.label }] }))
      : first(rowsOf(result.products), (row) => ({ products: [row.label] })),
  discount_response: ({ args, result }) => {
    const best = result.best as { by_net_profit?: { level?: number } } | null | undefined;
    const past = result.past_best as { level?: number } | null | undefined;
    const discount = best?.by_net_profit?.level ?? past?.level;
    return typeof discount === "number" ? [{ ...subjectOf(args), discount, mechanic: "tpr" }] : [];
  },
  compare_scenarios: ({ args, result }, { features, asked }) => {
    const scenarios = (args.scenarios as Args[] | undefined) ?? [];
    const wish = PREFERENCES.find(({ feature }) => features.has(feature) || asked?.has(feature));
    const ranked = rowsOf(result.ranked);
    const preferred = wish ? extreme(ranked, wish.of, wish.lowest) : ranked[0];
    const place = preferred?.scenario ?? (result.best as Row | undefined)?.scenario;
    const { name: _, ...scenario } = scenarios[typeof place === "number" ? place - 1 : 0] ?? {};
    return Object.keys(scenario).length ? [scenario] : [];
  },
  forecast_promotion: ({ args }) => [{ ...args }],
  suggest_products: ({ args, result }) => {
    const names = rowsOf(result.products).flatMap((p) => (typeof p.product === "string" ? [p.product] : []));
    return names.length ? [{ ...subjectOf(args), products: names }] : [];
  },
  plan_promotions: ({ result }, { count }) => {
    const promotions = rowsOf(result.promotions);
    const profit = (row: Row): number => Number((row.net_profit as Row | undefined)?.mean ?? 0);
    const best = count === null ? promotions : promotions.toSorted((a, b) => profit(b) - profit(a)).slice(0, count);
    return best.slice(0, MOST_DRAFTS).map(planned);
  },
  find_risks: ({ result }) =>
    first(rowsOf(result.rows), (row) => {
      const { promotion } = (row.evidence as Row | undefined) ?? {};
      return { account: row.account, ...(promotion ? { promotion } : {}) };
    }),
  find_promotions: ({ result }) =>
    first(rowsOf(result.promotions), (row) => ({ promotion: row.promotion, account: row.account })),
};

/** The winner of a result as arguments of what comes next; a plan's promotions as one each. */
export const winnersOf = (call: PriorCall, choice: Choice = ANY): Args[] =>
  call.status === "ok" ? (WINNERS[call.tool]?.(call, choice) ?? []) : [];

/** True where a call looked for something that can be taken further. */
export const hasWinner = (tool: string): boolean => tool in WINNERS;

const rowsOf = (list: unknown): Row[] => (Array.isArray(list) ? list : []);

/** Of a ranking the first row, without what it leaves open. */
function first(rows: readonly Row[], read: ((row: Row) => Args) | undefined): Args[] {
  const [top] = rows;
  if (!top || !read) return [];
  const known = Object.entries(read(top)).filter(([, value]) => value !== undefined && value !== null);
  return known.length ? [Object.fromEntries(known)] : [];
}

function extreme(rows: readonly Row[], of: (row: Row) => unknown, lowest: boolean): Row | undefined {
  const known = rows.filter((row) => typeof of(row) === "number");
  return known.toSorted((a, b) => (Number(of(a)) - Number(of(b))) * (lowest ? 1 : -1))[0];
}

/** The account and the goods that a question was about. */
export function subjectOf(args: Args): Args {
  const products = Array.isArray(args.products)
    ? { products: args.products }
    : args.product
      ? { products: [args.product] }
      : args.brand
        ? { products: [{ brand: args.brand }] }
        : args.category
          ? { products: [{ category: args.category }] }
          : {};
  return { ...(args.account ? { account: args.account } : {}), ...products };
}

function planned(p: Row): Args {
  const { from, to } = p.period as { from: string; to: string };
  const fixed =
    typeof p.fixed_spend === "number" && p.fixed_spend > 0
      ? { fixed_spend: { amount: p.fixed_spend, currency: p.currency } }
      : {};
  return {
    account: p.account,
    products: Array.isArray(p.products) && p.products.length ? p.products : [{ brand: p.brand }],
    start: from,
    end: to,
    discount: p.discount,
    mechanic: "tpr",
    display: p.display,
    feature: p.feature,
    payment: p.payment,
    ...fixed,
  };
}
