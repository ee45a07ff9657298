import { describe, expect, it } from "vitest";
import { type Candidate, choose } from "./choose.ts";

/** A small stream of numbers in [0, 1), the same every time. */
function stream(seed: number): () => number {
  let s = seed;
  return () => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return s / 4_294_967_296;
  };
}

function random(seed: number, n: number): Candidate[] {
  const next = stream(seed);
  return Array.from({ length: n }, () => {
    const first = Math.floor(next() * 10);
    return {
      group: `g${Math.floor(next() * 3)}`,
      first,
      last: first + 1,
      value: Math.round(next() * 100) - 15,
      spend: 1 + Math.round(next() * 40),
    };
  });
}

const clashes = (a: Candidate, b: Candidate, gap: number): boolean =>
  a.group === b.group && a.first <= b.last + gap && b.first <= a.last + gap;

/** The best plan by trying them all. */
function exhaustive(all: readonly Candidate[], budget: number, gap: number): number {
  let best = 0;
  const walk = (from: number, chosen: readonly Candidate[], value: number, spend: number): void => {
    best = Math.max(best, value);
    for (let i = from; i < all.length; i++) {
      const c = all[i]!;
      if (spend + c.spend > budget || chosen.some((o) => clashes(o, c, gap))) continue;
      walk(i + 1, [...chosen, c], value + c.value, spend + c.spend);
    }
  };
  walk(0, [], 0, 0);
  return best;
}

describe("choose", () => {
  it("stays within budget and calendar, near the best plan, and its bound holds", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const all = random(seed, 14);
      const choice = choose(all, 60, 2);
      const best = exhaustive(all, 60, 2);
      expect(choice.spend).toBeLessThanOrEqual(60);
      choice.chosen.forEach((a, i) => {
        for (const b of choice.chosen.slice(i + 1)) expect(clashes(a, b, 2)).toBe(false);
      });
      expect(choice.bound).toBeGreaterThanOrEqual(best - 1e-6);
      expect(choice.value).toBeGreaterThanOrEqual(0.99 * best);
      expect(choice.value).toBeLessThanOrEqual(best + 1e-9);
    }
  });

  it("is exact where the budget does not bind", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const all = random(seed, 12);
      const choice = choose(all, 1e6, 1);
      expect(choice.value).toBeCloseTo(exhaustive(all, 1e6, 1), 6);
      expect(choice.gap).toBeCloseTo(0, 9);
    }
  });

  it("chooses nothing where nothing pays, or nothing can be spent", () => {
    expect(choose([{ group: "g", first: 0, last: 1, value: -5, spend: 3 }], 100, 0).chosen).toEqual([]);
    expect(choose([{ group: "g", first: 0, last: 1, value: 5, spend: 3 }], 0, 0).chosen).toEqual([]);
    expect(choose([], 100, 0)).toMatchObject({ chosen: [], value: 0, gap: 0 });
  });
});
