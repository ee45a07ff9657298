import { describe, expect, it } from "vitest";
import { forecast } from "../predict/forecast.ts";
import { filterPanel, simulateMarket, takeRows } from "../testing.ts";
import type { Panel } from "../types.ts";
import { fitModel } from "./fit.ts";
import { refitAccount } from "./refit.ts";

const { panel } = simulateMarket({ accounts: 8, products: 4, weeks: 100 });
const before = filterPanel(panel, (i) => panel.week[i]! < 90);
const plan = filterPanel(panel, (i) => panel.week[i]! >= 90);
const model = fitModel(before);
const ACCOUNT = 3;
const rowsOf = (p: Panel, account: number) => filterPanel(p, (i) => p.account[i] === account);
/** Account 3 sells twice as much, and promotions do more for it. */
const changed: Panel = {
  ...before,
  units: before.units.map((u, i) =>
    before.account[i] === ACCOUNT ? Math.round(2 * u * (before.basePrice[i]! / before.price[i]!)) : u,
  ),
};
const medians = (m: typeof model, account: number) => forecast(m, rowsOf(plan as Panel, account)).median;
const away = (a: Float64Array, b: Float64Array) => Math.max(...Array.from(a, (v, i) => Math.abs(Math.log(v / b[i]!))));

describe("a refit of one account", () => {
  it("of rows that have not changed says what the fit says", () => {
    const again = refitAccount(model, rowsOf(before, ACCOUNT));
    for (let a = 0; a < 8; a++)
      expect(away(medians(again, a), medians(model, a))).toBeLessThan(a === ACCOUNT ? 0.01 : 1e-15);
  });

  it("of rows that have, says what a fit of the whole says, and leaves the others as they were", () => {
    const part = refitAccount(model, rowsOf(changed, ACCOUNT));
    const whole = fitModel(changed);
    expect(away(medians(model, ACCOUNT), medians(whole, ACCOUNT))).toBeGreaterThan(0.6);
    expect(away(medians(part, ACCOUNT), medians(whole, ACCOUNT))).toBeLessThan(0.06);
    for (const other of [0, 2, 4, 7]) expect(medians(part, other)).toEqual(medians(model, other));
  });

  it("takes more weeks, in any order of rows, the same bits each time", () => {
    const more = rowsOf(panel, ACCOUNT);
    const turned = takeRows(more, Array.from(more.week.keys()).reverse());
    const next = refitAccount(model, more);
    expect(next.rows).toBe(model.rows + 4 * 10);
    expect(refitAccount(model, turned)).toEqual(next);
    expect(next.lastWeek[ACCOUNT * 4]).toBe(99);
    expect(next.lastWeek[0]).toBe(89);
  });

  it("refuses what is not one account's, what it did not sell before, and models with a correction", () => {
    expect(() => refitAccount(model, before)).toThrow("not those of one account");
    const fewer = filterPanel(before, (i) => before.account[i] === ACCOUNT && before.product[i]! > 0);
    expect(() => refitAccount(model, fewer)).toThrow("not those of one account");
    const boosted = fitModel(
      filterPanel(before, (i) => before.account[i]! < 2),
      { correction: true },
    );
    expect(() => refitAccount(boosted, rowsOf(before, 1))).toThrow("fitted as a whole");
  });
});
