import { describe, expect, it } from "vitest";
import { weekIndex } from "../../data/common/dates.ts";
import { holidayRunUps, OTHER_HOLIDAYS, runUpKey, shareOfWeek } from "./calendarDrivers.ts";
import { offerOf } from "./offer.ts";

const nothing = { discount: null, price_off: null, get: null, pay: null, redemption: null };

describe("offerOf", () => {
  it("shows a price cut on the ticket, in percent or in money", () => {
    expect(offerOf({ ...nothing, mechanic: "tpr", discount: 0.2 }, 4)).toEqual({
      cut: 0.2,
      driver: null,
      depth: 0,
      effective: 0.2,
    });
    expect(offerOf({ ...nothing, mechanic: "edlp", price_off: 1 }, 4).cut).toBe(0.25);
    expect(offerOf({ ...nothing, mechanic: "tpr", price_off: 1 }, null).effective).toBe(0);
  });

  it("takes a multibuy by its effective discount, (1 − pay / get) × redemption", () => {
    const offer = offerOf({ ...nothing, mechanic: "multibuy", get: 3, pay: 2, redemption: 0.6 }, 4);
    expect(offer).toMatchObject({ cut: 0, driver: "multibuy" });
    expect(offer.depth).toBeCloseTo(0.2, 12);
    expect(offerOf({ ...nothing, mechanic: "multibuy", get: 2, pay: 1, redemption: 1 }, 4).effective).toBe(0.5);
  });

  it("counts a coupon for those who use it", () => {
    const offer = offerOf({ ...nothing, mechanic: "coupon", discount: 0.3, redemption: 0.2 }, 4);
    expect(offer.driver).toBe("coupon");
    expect(offer.effective).toBeCloseTo(0.06, 12);
  });
});

describe("shareOfWeek", () => {
  it("counts the days of a week inside a period", () => {
    expect(shareOfWeek("2027-05-31", "2027-06-01", "2027-06-14")).toBeCloseTo(6 / 7, 12);
    expect(shareOfWeek("2027-06-07", "2027-06-01", "2027-06-14")).toBe(1);
    expect(shareOfWeek("2027-06-14", "2027-06-01", "2027-06-14")).toBeCloseTo(1 / 7, 12);
    expect(shareOfWeek("2027-06-21", "2027-06-01", "2027-06-14")).toBe(0);
  });
});

describe("holidayRunUps", () => {
  const runUps = holidayRunUps([
    { date: "2026-04-05", name: "Easter Sunday", country: "NL" },
    { date: "2026-04-06", name: "Easter Monday", country: "NL" },
    { date: "2026-04-05", name: "Easter Sunday", country: "BE" },
    { date: "2026-04-27", name: "King's Day", country: "NL" },
    { date: "2026-07-21", name: "National Day", country: "BE" },
    { date: "2026-12-25", name: "Christmas Day", country: "FR" },
  ]);

  it("fills the week that ends on a holiday, half of the one before, and merges neighbours", () => {
    expect([...runUps.keys()].sort()).toEqual(["Easter Sunday", OTHER_HOLIDAYS]);
    const easter = runUps.get("Easter Sunday")!;
    expect(easter.get(runUpKey("NL", weekIndex("2026-03-30")))).toBeCloseTo(1, 12);
    expect(easter.get(runUpKey("BE", weekIndex("2026-03-23")))).toBeCloseTo(0.5, 12);
    expect(easter.get(runUpKey("FR", weekIndex("2026-03-30")))).toBeUndefined();
  });
});
