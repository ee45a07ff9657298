import { describe, expect, it } from "vitest";
import { fillBasePrice } from "./baseprice.ts";

function fill(prices: number[], promoted: number[] = []): { price: Float64Array; base: Float64Array } {
  const n = prices.length;
  const price = Float64Array.from(prices);
  const base = new Float64Array(n).fill(Number.NaN);
  fillBasePrice(
    Int32Array.from({ length: n }, (_, i) => i),
    price,
    base,
    Uint8Array.from({ length: n }, (_, i) => (promoted.includes(i) ? 1 : 0)),
    0,
    n,
    9,
  );
  return { price, base };
}

const history = Array.from({ length: 30 }, (_, i) => (i % 6 === 4 ? 1.5 : 2));

describe("everyday price from the price's own past", () => {
  it("stays up through short cuts", () => {
    expect([...fill(history).base]).toEqual(history.map(() => 2));
  });

  it("follows a lasting change, up at once and down after some weeks", () => {
    const up = fill([...history, ...Array.from({ length: 5 }, () => 2.4)]).base;
    expect(up[34]).toBe(2.4);
    expect(fill([...history, 2.4]).base[30]).toBe(2.4);
    const down = fill([...history, ...Array.from({ length: 20 }, () => 1.6)]).base;
    expect(down[31]).toBe(2);
    expect(down[49]).toBe(1.6);
  });

  it("does not change when later weeks arrive", () => {
    const varied = Array.from({ length: 60 }, (_, i) => 1 + ((i * 37) % 11) / 10);
    const whole = fill(varied).base;
    for (let n = 5; n < 60; n++) expect(fill(varied.slice(0, n)).base[n - 1]).toBe(whole[n - 1]);
  });

  it("is never below the shelf price, and fills an unknown shelf price", () => {
    const { price, base } = fill([2, Number.NaN, 2, 2.5, Number.NaN]);
    expect(price[1]).toBe(base[1]);
    for (let i = 0; i < 5; i++) expect(base[i]!).toBeGreaterThanOrEqual(price[i]!);
    expect([...fill([Number.NaN, Number.NaN]).base]).toEqual([9, 9]);
  });
});
