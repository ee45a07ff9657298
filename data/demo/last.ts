import { ACCOUNTS } from "./accounts.ts";
import { blank, type Calendar } from "./calendar.ts";
import { support } from "./dress.ts";
import { type Frame, HISTORY, listedOfBrand } from "./frame.ts";
import { tpr } from "./offers.ts";
import { BRANDS } from "./products.ts";
import { random } from "./random.ts";
import type { Cause, DemoEvent, Offer, Payment } from "./types.ts";

/** What each account's last ended promotion was: half of them failed, each for a reason of its own. */
interface LastEvent {
  readonly account: string;
  readonly brand: string;
  readonly offer: Offer;
  readonly display: boolean;
  readonly feature: boolean;
  readonly payment: Payment;
  readonly cause: Cause | null;
}

const loyalty: Offer = {
  mechanic: "loyalty_price",
  discount: 0.25,
  getN: null,
  payN: null,
  redemption: 0.62,
  depth: 0.155,
};

const LAST: readonly LastEvent[] = [
  {
    account: "ALB",
    brand: "Kestrel",
    offer: tpr(0.2),
    display: true,
    feature: true,
    payment: "scan_back",
    cause: null,
  },
  {
    account: "BRA",
    brand: "Morning Row",
    offer: tpr(0.2),
    display: true,
    feature: false,
    payment: "bill_back",
    cause: "missing_display",
  },
  {
    account: "COR",
    brand: "Clearwater",
    offer: tpr(0.1),
    display: false,
    feature: false,
    payment: "off_invoice",
    cause: "competitor",
  },
  {
    account: "DEL",
    brand: "Lintel",
    offer: tpr(0.15),
    display: false,
    feature: true,
    payment: "off_invoice",
    cause: null,
  },
  {
    account: "EST",
    brand: "Kestrel",
    offer: tpr(0.2),
    display: true,
    feature: false,
    payment: "lump_sum",
    cause: "stock_out",
  },
  {
    account: "FAI",
    brand: "Tailwind",
    offer: loyalty,
    display: false,
    feature: true,
    payment: "scan_back",
    cause: null,
  },
  {
    account: "GAL",
    brand: "Lintel",
    offer: tpr(0.1),
    display: false,
    feature: false,
    payment: "off_invoice",
    cause: "pull_forward",
  },
  {
    account: "HAR",
    brand: "Bramble & Paw",
    offer: tpr(0.2),
    display: true,
    feature: false,
    payment: "bill_back",
    cause: null,
  },
];

/** The deep promotion just before, from which a promotion that comes too soon suffers. */
const DEEP = { weeks: 2, pause: 0, offer: tpr(0.3) };

/**
 * Sets each account's last ended promotion, which nothing else of the past may outlast.
 * @returns by account, the last week that any other may still run in.
 */
export function plantLastEvents(calendar: Calendar): number[] {
  return LAST.map((last) => {
    const a = ACCOUNTS.findIndex((account) => account.code === last.account);
    const brand = BRANDS.findIndex((b) => b.name === last.brand);
    const { start, weeks } = latest(calendar.frame, last.cause === "pull_forward");
    const event = place(calendar, last, a, brand, start, weeks);
    if (last.cause === "pull_forward") {
      const before = blank(a, brand, start - DEEP.pause - DEEP.weeks, DEEP.weeks);
      Object.assign(before, { products: event.products, offer: DEEP.offer, payment: last.payment });
      support(random("last before", a), before, { display: true, feature: true });
      calendar.add(before);
    }
    return start + weeks - 2;
  });
}

/** The latest two (or one) open weeks of the history, with open weeks before them where a deep promotion has to lie there. */
function latest(frame: Frame, pair: boolean): { start: number; weeks: number } {
  const open = (from: number, count: number): boolean => {
    for (let t = from; t < from + count; t++) if (frame.blocked[t]) return false;
    return true;
  };
  for (let end = HISTORY - 1; end > 8; end--) {
    for (const weeks of [2, 1]) {
      const start = end - weeks + 1;
      if (open(start, weeks) && (!pair || open(start - DEEP.pause - DEEP.weeks, DEEP.weeks))) return { start, weeks };
    }
  }
  throw new Error("the history has no open week");
}

function place(calendar: Calendar, last: LastEvent, a: number, brand: number, start: number, weeks: number): DemoEvent {
  const event = blank(a, brand, start, weeks);
  event.products = listedOfBrand(calendar.frame, a, brand, start, start + weeks - 1);
  event.offer = last.offer;
  event.payment = last.payment;
  support(random("last", a), event, last);
  event.cause = last.cause;
  return calendar.add(event);
}
