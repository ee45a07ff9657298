import type { PackingColumn, PackingProblem } from "./packing.ts";

/** One promotion that a plan may hold. */
export interface Candidate {
  readonly accountId: number;
  readonly brandId: number;
  readonly productIds: readonly number[];
  /** First and last week (index), both included. */
  readonly first: number;
  readonly last: number;
  /** Month ("2027-04") in which it starts. */
  readonly month: string;
  readonly value: number;
  readonly spend: number;
}

/** What a plan must keep to; null where nothing is asked. */
export interface PlanLimits {
  readonly budget: number;
  /** What each account's promotions may spend together. */
  readonly accountBudgets: ReadonlyMap<number, number> | null;
  /** Weeks between two promotions of a product at an account; and of a brand. Windows never overlap, even with 0. */
  readonly gap: number;
  readonly brandGap: number;
  /** Promotions at an account that start in a month; of a brand at an account in the whole period. */
  readonly perMonth: number | null;
  readonly perBrand: number | null;
  /** Promotions in the whole plan. */
  readonly promotions: number | null;
}

/** A limit as it stands in the problem. */
export interface LimitRow {
  readonly kind: "budget" | "account_budget" | "calendar" | "per_month" | "per_brand" | "promotions";
  readonly limit: number;
  /** Account that it is of; null for the whole plan's. */
  readonly accountId: number | null;
}

export interface Formulation {
  readonly problem: PackingProblem;
  readonly rows: readonly LimitRow[];
}

/**
 * The plan as a packing problem. Two windows with a gap between them clash if one starts before the other, the gap
 * included, is over; so of all that would still be running (or within their gap) at a start, one may be taken: one row a
 * product and start, and one a brand and start. A brand kept apart at least as far as its products makes theirs needless.
 */
export function formulate(candidates: readonly Candidate[], limits: PlanLimits): Formulation {
  const rows: LimitRow[] = [];
  const index = new Map<string, number>();
  const rowOf = (key: string, make: () => LimitRow): number => {
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, rows.length);
    rows.push(make());
    return rows.length - 1;
  };
  const slots = new Map<string, number>();
  const starts = new Map<string, Set<number>>();
  const groupsOf = (c: Candidate): { key: string; gap: number }[] => [
    { key: `brand|${c.accountId}|${c.brandId}`, gap: limits.brandGap },
    ...(limits.brandGap >= limits.gap
      ? []
      : c.productIds.map((id) => ({ key: `product|${c.accountId}|${id}`, gap: limits.gap }))),
  ];
  for (const c of candidates) {
    for (const { key } of groupsOf(c)) {
      const known = starts.get(key);
      if (known) known.add(c.first);
      else starts.set(key, new Set([c.first]));
    }
  }
  const columns = candidates.map((c): PackingColumn => {
    const at: number[] = [];
    const takes: number[] = [];
    const take = (row: number, amount: number): void => {
      at.push(row);
      takes.push(amount);
    };
    const { accountId } = c;
    take(
      rowOf("budget", () => ({ kind: "budget", limit: limits.budget, accountId: null })),
      c.spend,
    );
    const own = limits.accountBudgets?.get(accountId);
    if (own !== undefined)
      take(
        rowOf(`budget|${accountId}`, () => ({ kind: "account_budget", limit: own, accountId })),
        c.spend,
      );
    const { perMonth, perBrand, promotions } = limits;
    if (promotions !== null)
      take(
        rowOf("promotions", () => ({ kind: "promotions", limit: promotions, accountId: null })),
        1,
      );
    if (perMonth !== null)
      take(
        rowOf(`month|${accountId}|${c.month}`, () => ({ kind: "per_month", limit: perMonth, accountId })),
        1,
      );
    if (perBrand !== null)
      take(
        rowOf(`count|${accountId}|${c.brandId}`, () => ({ kind: "per_brand", limit: perBrand, accountId })),
        1,
      );
    for (const { key, gap } of groupsOf(c))
      for (let week = c.first; week <= c.last + gap; week++)
        if (starts.get(key)!.has(week))
          take(
            rowOf(`${key}|${week}`, () => ({ kind: "calendar", limit: 1, accountId })),
            1,
          );
    const slot = `${accountId}|${c.brandId}|${c.first}`;
    if (!slots.has(slot)) slots.set(slot, slots.size);
    return { value: c.value, slot: slots.get(slot)!, rows: Int32Array.from(at), takes: Float64Array.from(takes) };
  });
  return { problem: { limits: Float64Array.from(rows, (row) => row.limit), columns }, rows };
}

/** Leaves out what another candidate of the same account, products and weeks beats in value for no more spend; and what is worth nothing. */
export function undominated<C extends Candidate>(candidates: readonly C[]): C[] {
  const worth = candidates.filter((c) => c.value > 0);
  const same = Map.groupBy(worth, (c) => `${c.accountId}|${c.productIds.join()}|${c.first}|${c.last}`);
  return [...same.values()].flatMap((all) => {
    let best = Number.NEGATIVE_INFINITY;
    return all
      .toSorted((a, b) => a.spend - b.spend || b.value - a.value)
      .filter((c) => {
        if (c.value <= best) return false;
        best = c.value;
        return true;
      });
  });
}
