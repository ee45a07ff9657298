import type { Period } from "../../data/common/dates.ts";
import { type FoundPromotion, resolvePromotion } from "../../data/promotions/reading.service.ts";
import { type EventLine, promotionLines } from "../../data/results/results.service.ts";
import { buyInWindows } from "../../data/supply/supply.service.ts";
import type { ToolContext } from "../define.ts";
import { buyInOf } from "./forwardBuying.ts";

/** A promotion that a question of supply names. */
export interface NamedPromotion {
  readonly found: FoundPromotion;
  readonly lines: readonly EventLine[];
  readonly productIds: readonly number[];
  readonly buyIn: Period;
}

/** @throws KamError not_found, ambiguous_name, no_right */
export async function namedPromotion({ actor, store }: ToolContext, ref: string | number): Promise<NamedPromotion> {
  const found = await resolvePromotion(actor, store, ref);
  const lines = await promotionLines(store, [found]);
  const [agreed] = await buyInWindows(store, [found.promotion_id]);
  return { found, lines, productIds: lines.map((line) => line.product_id), buyIn: buyInOf(found, agreed) };
}

/** How a result names it. */
export const namedJson = (named: NamedPromotion | null) =>
  named && { id: named.found.promotion, name: named.found.name, start: named.found.start, end: named.found.end };
