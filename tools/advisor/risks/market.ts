import { addDays, overlaps, type Period } from "../../../data/common/dates.ts";
import { promotionsOf } from "../../../data/results/results.service.ts";
import { type MonthSales, measuredSpan, monthlySales, stockOuts } from "../../../data/sales/sales.service.ts";
import { signalsFor } from "../../../data/signals/signals.service.ts";
import { sumBy } from "../frames.ts";
import { comparedWeeks } from "../growth.ts";
import { signalJson } from "../marketSignals.ts";
import { accountIdsOf, type Risk, type RiskFinder, THRESHOLDS } from "./risk.ts";

/** Products short of stock in the last measured weeks. */
export const stockRisks: RiskFinder = async ({ actor, store }, scope) => {
  const span = await measuredSpan(store);
  if (!span) return [];
  const period = { from: addDays(span.last, -7 * (THRESHOLDS.stock_weeks - 1)), to: span.last };
  const rows = await stockOuts(actor, store, { accountIds: accountIdsOf(scope), period }, THRESHOLDS.out_of_stock);
  const groups = await sumBy(rows, (row) => JSON.stringify([row.account, row.product]), {
    empty: (row) => row.out_of_stock,
  });
  return groups.map((group): Risk => {
    const [account, product] = JSON.parse(group.key) as [string, string];
    const last = rows.find((row) => row.account === account && row.product === product)!;
    const share = group.sums.empty! / group.n;
    return {
      kind: "stock_out",
      severity: last.week === span.last && share >= 0.3 ? "high" : "medium",
      account,
      date: last.week,
      at_stake: null,
      currency: scope.currency,
      evidence: { product, weeks: group.n, out_of_stock: share },
    };
  });
};

/** Competitors' promotions that run now, have just ended or are announced, with ours that they meet. */
export const competitorRisks: RiskFinder = async ({ actor, store }, scope) => {
  const period = {
    from: addDays(store.today, -THRESHOLDS.competitor_days_back),
    to: addDays(store.today, THRESHOLDS.competitor_days_ahead),
  };
  const accountIds = accountIdsOf(scope);
  const kinds = ["competitor_promotion", "competitor_price"] as const;
  const signals = await signalsFor(actor, store, { accountIds, categoryIds: scope.categoryIds, kinds, period });
  const ours = await promotionsOf(actor, store, { accountIds });
  return signals.map((signal): Risk => {
    const meets = ours.filter(
      (row) =>
        row.end >= store.today &&
        (signal.account_id === null || row.account_id === signal.account_id) &&
        (signal.category_id === null || row.category_id === signal.category_id) &&
        overlaps({ from: row.start, to: row.end }, { from: signal.start, to: signal.end }),
    );
    const promotion = signal.kind === "competitor_promotion";
    return {
      kind: "competitor",
      severity: meets.length && promotion ? "high" : promotion && signal.end >= store.today ? "medium" : "low",
      account: signal.account ?? "all accounts",
      date: signal.start,
      at_stake: null,
      currency: scope.currency,
      evidence: {
        signal: signalJson(signal, store.today),
        meets: meets.map((row) => ({ promotion: row.promotion, name: row.name })),
      },
    };
  });
};

/** A product's sales without a promotion: units a week, and net sales a unit. */
interface Base {
  readonly account: string;
  readonly brand: string;
  readonly weekly: number;
  readonly weeks: number;
  readonly net: number;
}

/** Unpromoted weeks that a product needs on each side to be compared. */
const QUIET_WEEKS = 4;

async function baseSales(rows: readonly MonthSales[]): Promise<ReadonlyMap<string, Base>> {
  const groups = await sumBy(rows, (row) => JSON.stringify([row.account, row.brand, row.product]), {
    units: (row) => row.units,
    quiet_units: (row) => row.units - row.promoted_units,
    quiet_weeks: (row) => row.weeks - row.promoted_weeks,
    net_sales: (row) => row.net_sales ?? 0,
  });
  return new Map(
    groups.map(({ key, sums }) => {
      const [account, brand] = JSON.parse(key) as [string, string];
      const weeks = sums.quiet_weeks!;
      const net = sums.units! > 0 ? sums.net_sales! / sums.units! : 0;
      return [key, { account, brand, weeks, weekly: weeks > 0 ? sums.quiet_units! / weeks : 0, net }] as const;
    }),
  );
}

/**
 * Brands whose weeks without a promotion sell less at an account than a year before: promotions that fell into other weeks
 * do not count. Products sold on one side only are left out, a launch or a delisting is no decline.
 */
export const declineRisks: RiskFinder = async (context, scope) => {
  const { actor, store } = context;
  const span = await measuredSpan(store);
  const asked = span && { from: addDays(span.last, -7 * (THRESHOLDS.decline_weeks - 1)), to: addDays(span.last, 6) };
  const weeks = asked && (await comparedWeeks(context, asked));
  if (!weeks?.whole) return [];
  const accountIds = accountIdsOf(scope);
  const sales = async (period: Period) => baseSales(await monthlySales(actor, store, { accountIds, period }));
  const [now, before] = [await sales(weeks.period), await sales(weeks.before)];
  const pairs = [...before].flatMap(([key, then]) => {
    const present = now.get(key);
    return present && present.weeks >= QUIET_WEEKS && then.weeks >= QUIET_WEEKS ? [{ present, then }] : [];
  });
  const brands = await sumBy(pairs, ({ then }) => JSON.stringify([then.account, then.brand]), {
    weekly: ({ present }) => present.weekly,
    weekly_before: ({ then }) => then.weekly,
    lost: ({ present, then }) => (then.weekly - present.weekly) * then.net * weeks.weeks,
  });
  return brands.flatMap(({ key, n, sums }): Risk[] => {
    const change = sums.weekly_before! > 0 ? sums.weekly! / sums.weekly_before! - 1 : 0;
    if (change > -THRESHOLDS.decline) return [];
    const [account, brand] = JSON.parse(key) as [string, string];
    return [
      {
        kind: "decline",
        severity: change < -2 * THRESHOLDS.decline ? "high" : "medium",
        account,
        date: weeks.period.to,
        at_stake: sums.lost!,
        currency: scope.currency,
        evidence: {
          brand,
          products: n,
          weekly_units: sums.weekly!,
          weekly_units_before: sums.weekly_before!,
          change,
          from: weeks.period.from,
          to: weeks.period.to,
        },
      },
    ];
  });
};
