import { describe, expect, it } from "vitest";
import { type Candidate, formulate, type PlanLimits, undominated } from "./formulate.ts";
import { boundAt } from "./packing.ts";
import { solvePacking } from "./solvePacking.ts";

/** A small stream of numbers in [0, 1), the same every time. */
function stream(seed: number): () => number {
  let s = seed;
  return () => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return s / 4_294_967_296;
  };
}

const NONE: PlanLimits = {
  budget: 60,
  accountBudgets: null,
  gap: 2,
  brandGap: 2,
  perMonth: null,
  perBrand: null,
  promotions: null,
};

/** Candidates of two accounts, two brands of two products each, whole brands and single products. */
function random(seed: number, n: number): Candidate[] {
  const next = stream(seed);
  return Array.from({ length: n }, () => {
    const brandId = Math.floor(next() * 2);
    const first = Math.floor(next() * 10);
    const one = 2 * brandId + Math.floor(next() * 2);
    return {
      accountId: Math.floor(next() * 2),
      brandId,
      productIds: next() < 0.5 ? [one] : [2 * brandId, 2 * brandId + 1],
      first,
      last: first + 1,
      month: first < 5 ? "2027-01" : "2027-02",
      value: Math.round(next() * 100) - 15,
      spend: 1 + Math.round(next() * 40),
    };
  });
}

const within = (a: Candidate, b: Candidate, gap: number): boolean => a.first <= b.last + gap && b.first <= a.last + gap;

/** Does a plan keep every limit? Said anew, not by the rows of the formulation. */
function allowed(plan: readonly Candidate[], limits: PlanLimits): boolean {
  const spendOf = (some: readonly Candidate[]) => some.reduce((sum, c) => sum + c.spend, 0);
  if (spendOf(plan) > limits.budget) return false;
  if (limits.promotions !== null && plan.length > limits.promotions) return false;
  for (const [id, budget] of limits.accountBudgets ?? [])
    if (spendOf(plan.filter((c) => c.accountId === id)) > budget) return false;
  return plan.every((a, i) => {
    const here = plan.filter((b) => b.accountId === a.accountId);
    if (limits.perMonth !== null && here.filter((b) => b.month === a.month).length > limits.perMonth) return false;
    if (limits.perBrand !== null && here.filter((b) => b.brandId === a.brandId).length > limits.perBrand) return false;
    return plan.slice(i + 1).every((b) => {
      if (a.accountId !== b.accountId) return true;
      const shared = a.productIds.some((id) => b.productIds.includes(id));
      return !(shared && within(a, b, limits.gap)) && !(a.brandId === b.brandId && within(a, b, limits.brandGap));
    });
  });
}

/** The best plan by trying them all. */
function exhaustive(all: readonly Candidate[], limits: PlanLimits): number {
  let best = 0;
  const walk = (from: number, chosen: readonly Candidate[], value: number): void => {
    best = Math.max(best, value);
    for (let i = from; i < all.length; i++) {
      const plan = [...chosen, all[i]!];
      if (allowed(plan, limits)) walk(i + 1, plan, value + all[i]!.value);
    }
  };
  walk(0, [], 0);
  return best;
}

async function planOf(candidates: readonly Candidate[], limits: PlanLimits) {
  const useful = undominated(candidates);
  const { problem } = formulate(useful, limits);
  const solution = await solvePacking(problem);
  return { solution, problem, plan: solution.chosen.map((j) => useful[j]!) };
}

const LIMITS: readonly [string, PlanLimits][] = [
  ["a budget and distances", NONE],
  ["products kept further apart than their brand", { ...NONE, gap: 3, brandGap: 0 }],
  [
    "a budget by account",
    {
      ...NONE,
      accountBudgets: new Map([
        [0, 25],
        [1, 40],
      ]),
    },
  ],
  ["one a month and two a brand", { ...NONE, budget: 200, gap: 0, brandGap: 0, perMonth: 1, perBrand: 2 }],
  ["at most two promotions", { ...NONE, budget: 200, gap: 0, brandGap: 0, promotions: 2 }],
  ["no end of money", { ...NONE, budget: 1e6 }],
];

describe.each(LIMITS)("a plan under %s", (_, limits) => {
  it("is the best there is, keeps every limit, and is bounded", async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const all = random(seed, 14);
      const best = exhaustive(all, limits);
      const { solution, plan } = await planOf(all, limits);
      expect(allowed(plan, limits)).toBe(true);
      expect(solution.value).toBeCloseTo(
        plan.reduce((sum, c) => sum + c.value, 0),
        9,
      );
      expect(solution.bound).toBeGreaterThanOrEqual(best - 1e-6);
      expect(solution.value).toBeGreaterThanOrEqual(best * (1 - 1e-3) - 1e-9);
      expect(solution.value).toBeLessThanOrEqual(best + 1e-9);
      expect(solution.gap).toBeGreaterThanOrEqual(0);
      expect(solution.gap).toBeLessThan(2e-3);
    }
  });
});

describe("solvePacking", () => {
  it("bounds every plan that holds a column", async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const all = undominated(random(seed, 12));
      const { solution } = await planOf(all, NONE);
      all.forEach((c, j) => {
        const rest = all.filter((o) => o !== c && allowed([c, o], NONE));
        const best = exhaustiveWith(c, rest);
        expect(solution.boundWith(j)).toBeGreaterThanOrEqual(best - 1e-6);
      });
    }
  });

  it("prices the budget: a little more of it brings about that much, and none where it does not bind", async () => {
    // One window a product, worth two a unit of spend and then one: the second unit of money goes to the poorer one.
    const one = (id: number, value: number): Candidate => ({
      accountId: id,
      brandId: id,
      productIds: [id],
      first: 0,
      last: 1,
      month: "2027-01",
      value,
      spend: 10,
    });
    const tight = await planOf([one(1, 20), one(2, 10)], { ...NONE, budget: 15 });
    expect(tight.solution.prices[0]).toBeCloseTo(1, 9);
    expect(tight.solution.value).toBe(20);
    const loose = await planOf([one(1, 20), one(2, 10)], { ...NONE, budget: 50 });
    expect(loose.solution.prices[0]).toBe(0);
    expect(loose.solution).toMatchObject({ value: 30, bound: 30, gap: 0 });
  });

  it("has the same answer each time, and one worth as much in any order of the candidates", async () => {
    const all = random(3, 400);
    const limits = { ...NONE, budget: 150 };
    const first = await planOf(all, limits);
    const again = await planOf(all, limits);
    expect(again.solution.chosen).toEqual(first.solution.chosen);
    expect(again.solution.bound).toBe(first.solution.bound);
    const other = await planOf(all.toReversed(), limits);
    expect(Math.abs(other.solution.value / first.solution.value - 1)).toBeLessThan(2e-3);
  });

  it("plans thousands of windows within half a hundredth of the bound, which the relaxed prices prove", async () => {
    const { solution, problem } = await planOf(random(11, 9_000), { ...NONE, budget: 120 });
    expect(solution.gap).toBeLessThan(5e-3);
    expect(boundAt(problem, solution.prices)).toBeGreaterThanOrEqual(solution.bound - 1e-6);
  });

  it("takes nothing where nothing pays, nothing can be spent, or there is nothing", async () => {
    const poor = { ...random(1, 1)[0]!, value: -5 };
    expect((await planOf([poor], NONE)).solution).toMatchObject({ chosen: [], value: 0, gap: 0 });
    expect((await planOf(random(2, 10), { ...NONE, budget: 0 })).solution).toMatchObject({
      chosen: [],
      value: 0,
      gap: 0,
    });
    expect((await planOf([], NONE)).solution).toMatchObject({ chosen: [], value: 0, bound: 0, gap: 0 });
  });
});

/** The most that a plan with `c` is worth. */
function exhaustiveWith(c: Candidate, rest: readonly Candidate[]): number {
  let best = c.value;
  const walk = (from: number, chosen: readonly Candidate[], value: number): void => {
    best = Math.max(best, value);
    for (let i = from; i < rest.length; i++) {
      const plan = [...chosen, rest[i]!];
      if (allowed(plan, NONE)) walk(i + 1, plan, value + rest[i]!.value);
    }
  };
  if (c.spend <= NONE.budget) walk(0, [c], c.value);
  else return Number.NEGATIVE_INFINITY;
  return best;
}
