import type { EventResult } from "../../../data/results/results.service.ts";
import { AFTER_PROMOTION, OTHER_PRODUCTS, splitEvent } from "../../../forecasting/index.ts";
import { DIP_WEEKS, windowWeeks } from "../../fitting/events.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";

/** One part of what a promotion sold, or of what it cost elsewhere. */
export interface SplitPart {
  readonly part: string;
  readonly units: number;
}

/** Where the units of a past promotion came from: `sold` adds up to what it sold, `net` to its true incremental units. */
export interface SplitJson {
  readonly sold: readonly SplitPart[];
  readonly net: readonly SplitPart[];
}

/** How the parts that are no drivers are called. */
const NAMES: Readonly<Record<string, string>> = {
  [AFTER_PROMOTION]: "full_cupboards",
  [OTHER_PRODUCTS]: "between_products",
};
/** Parts that stand also where they are nothing. */
const ALWAYS = new Set(["price", "display", "feature", "unexplained", "dip", "cannibalised", "halo"]);

/** Null where the model does not know the weeks. Weeks that the window covers in part count by their days, as in the result. */
export function splitJson(fitted: StoreModel, event: EventResult, productIds: readonly number[]): SplitJson | null {
  const account = fitted.accountIndex.get(event.account_id);
  const products = productIds.flatMap((id) => fitted.productIndex.get(id) ?? []);
  if (account === undefined || products.length === 0) return null;
  const weeks = windowWeeks(event).map(({ index }) => index);
  const split = splitEvent(fitted.model, { account, products, weeks, postWeeks: DIP_WEEKS });
  if (split.result.rows === 0 || split.result.baseline <= 0) return null;
  const scale = event.baseline / split.result.baseline;
  const worth = (parts: readonly SplitPart[]): SplitPart[] =>
    parts.filter((one) => one.units !== 0 || ALWAYS.has(one.part));
  const gained = [
    ...Object.entries(split.effects).map(([name, units]) => ({ part: NAMES[name] ?? name, units })),
    { part: "unexplained", units: split.unexplained },
  ];
  return {
    sold: worth([
      { part: "baseline", units: scale * split.undisturbed },
      { part: "pulled_forward", units: scale * split.pulledForward },
      { part: "other_promotions", units: scale * split.otherPromotions },
      ...gained,
    ]),
    net: worth([
      { part: "gross_incremental", units: event.gross_incremental },
      { part: "dip", units: -event.dip },
      { part: "cannibalised", units: -event.cannibalised },
      { part: "halo", units: event.halo },
    ]),
  };
}
