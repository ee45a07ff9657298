import { describe, expect, it } from "vitest";
import { estimateStock, type SupplyWeek } from "../../data/supply/supply.service.ts";
import { weeksOfCover } from "./demand.ts";
import { buyInOf, forwardBuyingOf } from "./forwardBuying.ts";
import type { ProductSupply } from "./promotionSupply.ts";
import { shippingPlan } from "./shippingPlan.ts";

const week = (week: string, sold: number | null, shipped: number | null, ordered = shipped): SupplyWeek => ({
  account_id: 1,
  product_id: 1,
  week,
  sold,
  shipped,
  ordered,
});

describe("the stock of a retailer", () => {
  it("is shipments less sell-out, and never below nothing", () => {
    const weeks = [
      week("2026-10-05", 50, 20),
      week("2026-10-12", 10, 40),
      week("2026-10-19", 10, null),
      week("2026-10-26", 5, 5),
    ];
    expect(estimateStock(weeks)).toEqual({
      units: 20,
      week: "2026-10-26",
      since: "2026-10-05",
      weeks_without_shipments: 1,
    });
    expect(estimateStock([week("2026-10-05", 50, null)])).toBeNull();
  });
  it("lasts as long as the demand of the weeks ahead, part of a week by its use", () => {
    expect(weeksOfCover(25, [10, 10, 10])).toBe(2.5);
    expect(weeksOfCover(0, [10])).toBe(0);
    expect(weeksOfCover(31, [10, 10, 10])).toBeNull();
  });
});

describe("forward buying", () => {
  const event = { start: "2026-10-12", end: "2026-10-18", baseline: 100, payment: "off_invoice" };
  const lines = [{ product_id: 1, allowance_minor: 50 }];
  const told = (shipped: number) =>
    forwardBuyingOf(event as never, buyInOf(event, undefined), lines as never, [
      week("2026-10-05", 100, shipped, 400),
      week("2026-10-12", 150, 0),
    ]);
  it("is shipped above consumption in the buy-in window; what the promotion did not sell was bought ahead", () => {
    expect(told(300)).toMatchObject({
      buy_in: { from: "2026-10-05", to: "2026-10-11" },
      forward_bought: 200,
      sold_in_promotion: 150,
      kept: 50,
      kept_weeks: 0.5,
      bought_ahead: true,
      paid_on_kept: 25,
      fill_rate: 0.75,
    });
    expect(told(250)).toMatchObject({ forward_bought: 150, kept: 0, bought_ahead: false, paid_on_kept: 0 });
    expect(told(50)).toMatchObject({ forward_bought: 0, kept: 0 });
  });
});

describe("what to ship", () => {
  const supply = (product_id: number, available: number, weeks: ProductSupply["weeks"]): ProductSupply => ({
    product_id,
    expected: 0,
    enough: 0,
    weeks,
    stock: 0,
    arrived: 0,
    due: 0,
    sold_before: 0,
    available,
    short: 0,
  });
  const weeks = [
    { week: "2027-01-18", units: 50 },
    { week: "2027-01-25", units: 50 },
  ];
  const buyIn = { from: "2027-01-11", to: "2027-01-24" };
  it("is a week ahead of what it is for, stock first, in whole cases over all of it", () => {
    const plan = shippingPlan([supply(1, 20, weeks), supply(2, 1000, weeks)], new Map([[1, 6]]), {
      buyIn,
      lead: 9,
      today: "2026-11-21",
    });
    expect(plan.deliveries).toMatchObject([
      { deliver_by: "2027-01-11", order_by: "2027-01-02", in_time: true, quantity: 30, cases: 5 },
      { deliver_by: "2027-01-18", order_by: "2027-01-09", quantity: 54, cases: 9 },
    ]);
    expect(plan.lines.get(1)).toEqual({ quantity: 84, cases: 14 });
    expect(plan.lines.get(2)).toEqual({ quantity: 0, cases: null });
  });
  it("comes as soon as it can where it is late, and says so", () => {
    const plan = shippingPlan([supply(1, 0, weeks)], new Map(), { buyIn, lead: 9, today: "2027-01-14" });
    expect(plan.deliveries).toMatchObject([
      { deliver_by: "2027-01-23", order_by: "2027-01-14", in_time: false, quantity: 100 },
    ]);
  });
});
