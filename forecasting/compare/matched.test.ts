import { describe, expect, it } from "vitest";
import { type Comparable, compareMatched, NormalStream } from "../index.ts";

/**
 * Events with known confounding: deep ones (first) stand before holidays and on display more often, and both lift the value by
 * far more than the depth takes from it.
 */
function confounded(seed: number, n: number, effect: number): Comparable[] {
  const stream = new NormalStream(seed);
  const accounts = ["a", "b", "c", "d"].map((name) => ({ name, level: 0.15 * stream.normal() }));
  return Array.from({ length: n }, () => {
    const holiday = stream.uniform() < 0.4 ? 1 : 0;
    const display = stream.uniform() < 0.5;
    const account = accounts[Math.floor(4 * stream.uniform())]!;
    const first = stream.uniform() < 1 / (1 + Math.exp(-(-1.2 + 2.2 * holiday + (display ? 0.8 : 0))));
    const value =
      0.1 + effect * Number(first) + 0.6 * holiday + (display ? 0.3 : 0) + account.level + 0.15 * stream.normal();
    const base = 500 * Math.exp(0.5 * stream.normal());
    return {
      first,
      numerator: value * base,
      base,
      stratum: display ? "display" : "none",
      covariates: { holiday, size: Math.log(base), season: Math.sin(6 * stream.uniform()) },
      labels: [account.name],
    };
  });
}

describe("compareMatched", () => {
  it("recovers the sign where the raw figures mislead, and warns of it", () => {
    let misled = 0;
    let right = 0;
    let inside = 0;
    const trials = 120;
    for (let seed = 1; seed <= trials; seed++) {
      const found = compareMatched(confounded(seed, 120, -0.15));
      if (found.raw! > 0) misled++;
      if (found.adjusted!.difference < 0) right++;
      if (found.adjusted!.low <= -0.15 && found.adjusted!.high >= -0.15) inside++;
      expect(found.misleads).toBe(found.raw! * found.adjusted!.difference < 0);
    }
    expect(misled / trials).toBeGreaterThan(0.8);
    expect(right / trials).toBeGreaterThan(0.95);
    expect(inside / trials).toBeGreaterThan(0.7);
    expect(inside / trials).toBeLessThan(0.9);
  });

  it("keeps its interval with few events", () => {
    let inside = 0;
    let made = 0;
    for (let seed = 500; seed < 620; seed++) {
      const { adjusted } = compareMatched(confounded(seed, 24, 0.2));
      if (!adjusted) continue;
      made++;
      if (adjusted.low <= 0.2 && adjusted.high >= 0.2) inside++;
    }
    expect(made).toBeGreaterThan(80);
    expect(inside / made).toBeGreaterThan(0.68);
    expect(inside / made).toBeLessThan(0.93);
  });

  it("says what was apart, and that it no longer is", () => {
    const { balance, nFirst, nSecond, matchedFirst, matchedSecond, overlap } = compareMatched(confounded(3, 200, 0));
    expect(balance[0]!.covariate).toBe("holiday");
    expect(balance[0]!.before).toBeGreaterThan(0.5);
    expect(balance[0]!.first).toBeGreaterThan(balance[0]!.second + 0.3);
    for (const one of balance) expect(Math.abs(one.after)).toBeLessThan(0.12);
    expect(nFirst + nSecond).toBe(200);
    expect(overlap).toBeCloseTo((matchedFirst + matchedSecond) / 200, 12);
  });

  it("turns its sign with the groups, and does not care for the order or the unit", () => {
    const events = confounded(9, 60, 0.1);
    const found = compareMatched(events);
    const swapped = compareMatched(events.map((event) => ({ ...event, first: !event.first })));
    expect(swapped.adjusted!.difference).toBeCloseTo(-found.adjusted!.difference, 6);
    expect(swapped.effectiveFirst).toBeCloseTo(found.effectiveSecond, 6);
    expect(compareMatched(events.toReversed())).toEqual(found);
    const cents = events.map((event) => ({ ...event, numerator: 100 * event.numerator, base: 100 * event.base }));
    expect(compareMatched(cents).adjusted!.difference).toBeCloseTo(found.adjusted!.difference, 9);
  });

  it("says why where there is nothing to match", () => {
    const events = confounded(4, 80, 0);
    expect(compareMatched(events.filter((event) => event.first)).reason).toBe("too_few");
    const apart = events.map((event) => ({ ...event, stratum: event.first ? "display" : "none" }));
    expect(compareMatched(apart)).toMatchObject({ adjusted: null, reason: "no_common_stratum" });
    const separate = events.map((event) => ({
      ...event,
      covariates: { depth: event.first ? 10 : -10, other: event.first ? 7 : -7, third: event.first ? 3 : -3 },
    }));
    expect(compareMatched(separate)).toMatchObject({ adjusted: null, reason: "no_overlap" });
    expect(() => compareMatched([{ ...events[0]!, base: 0 }])).toThrow("base above 0");
  });

  it("gives nothing that is not a number for nonsense", () => {
    const odd = confounded(6, 40, 0.1).map((event, i) => ({
      ...event,
      numerator: i === 0 ? 1e15 : 0,
      covariates: { unknown: Number.NaN, same: 3, far: i === 1 ? 1e12 : i },
    }));
    const found = compareMatched(odd);
    const numbers = [found.raw!, found.overlap, found.effectiveFirst, ...Object.values(found.adjusted ?? {})];
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(found.balance.every((one) => Number.isFinite(one.before) && Number.isFinite(one.after))).toBe(true);
    expect(compareMatched([])).toMatchObject({ raw: null, adjusted: null, reason: "too_few" });
  });

  it("takes an unknown covariate for the usual one", () => {
    const events = confounded(5, 80, 0.1).map((event, i) =>
      i % 7 ? event : { ...event, covariates: { ...event.covariates, season: Number.NaN } },
    );
    expect(compareMatched(events).adjusted!.difference).toBeGreaterThan(0);
  });
});
