import { type Frame, listedOfBrand } from "./frame.ts";
import { BRANDS } from "./products.ts";
import { type DemoEvent, lastWeekOf } from "./types.ts";

/** Where promotions may stand: never in the blackout, never two of a category at once, a brand's own some weeks apart. */
export class Calendar {
  readonly events: DemoEvent[] = [];
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  add(event: DemoEvent): DemoEvent {
    this.events.push(event);
    return event;
  }

  /** @param gap weeks that must lie between two promotions of the brand at the account. */
  fits(account: number, brand: number, start: number, weeks: number, gap = 4): boolean {
    const end = start + weeks - 1;
    if (start < 0) return false;
    for (let t = start; t <= end; t++) if (this.frame.blocked[t]) return false;
    const near = this.events.filter((e) => e.account === account);
    const category = BRANDS[brand]!.category;
    for (const e of near) {
      const apart = Math.max(start - lastWeekOf(e), e.start - end) - 1;
      if (e.brand === brand ? apart < gap : e.category === category && apart < 0) return false;
    }
    for (let t = start; t <= end; t++)
      if (near.filter((e) => e.start <= t && lastWeekOf(e) >= t).length >= 2) return false;
    return listedOfBrand(this.frame, account, brand, start, end).length >= 2;
  }
}

/** A promotion with its place and nothing else yet. */
export const blank = (account: number, brand: number, start: number, weeks: number): DemoEvent => ({
  account,
  brand,
  category: BRANDS[brand]!.category,
  products: [],
  start,
  weeks,
  offer: { mechanic: "tpr", discount: 0.1, getN: null, payN: null, redemption: null, depth: 0.1 },
  feature: false,
  display: false,
  featureShare: 0,
  displayShare: 0,
  payment: "bill_back",
  status: "closed",
  cause: null,
  stockOut: [],
});
