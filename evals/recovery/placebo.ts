import { resultsBesideTruth } from "../../data/demo/truth.repo.ts";
import type { Store } from "../../data/store/open.ts";
import { evaluateEvent, type Model, placeboEvents } from "../../forecasting/index.ts";
import { DIP_WEEKS, windowWeeks } from "../../tools/fitting/events.ts";
import type { StorePanel } from "../../tools/fitting/storePanel.ts";
import { shareOf, sumOf } from "./measures.ts";

/** Share of the 80 and of the 95 % intervals of a placebo's true incremental units that hold nothing. */
export interface HoldsZero {
  readonly zero80: number;
  readonly zero95: number;
}

/** Quiet weeks measured as if a promotion had run in them: their true uplift is nothing. */
export interface PlaceboRecovery {
  readonly events: number;
  /** Σ true incremental units / Σ baseline. */
  readonly uplift: number;
  /** Its own weeks tell nothing of the level, as those of a real promotion. */
  readonly hidden: HoldsZero;
  /** The model knows that the weeks were quiet. */
  readonly known: HoldsZero;
}

/** Windows taken for each of the ended promotions looked at, and every which of those is. */
const WINDOWS = 5;
const EVERY = 6;

/** Windows of the length and the products of past promotions, spread over the quiet weeks of their series. */
export async function placeboRecovery(store: Store, model: Model, panel: StorePanel): Promise<PlaceboRecovery> {
  const events = (await resultsBesideTruth(store)).filter((_, i) => i % EVERY === 0);
  const found = events.flatMap((row) => {
    const asked = {
      account: panel.accountIds.indexOf(row.account_id),
      products: (panel.book.linesOf.get(row.promotion_id) ?? []).map((l) => panel.productIds.indexOf(l.product_id)),
      weeks: windowWeeks(row).map((w) => w.index),
      postWeeks: DIP_WEEKS,
    };
    return placeboEvents(model, asked, WINDOWS).map(({ weeks, products, result }) => ({
      hidden: result,
      known: evaluateEvent(model, { ...asked, weeks, products }),
    }));
  });
  const holds = (which: "hidden" | "known"): HoldsZero => ({
    zero80: shareOf(found, (p) => p[which].q10 <= 0 && p[which].q90 >= 0),
    zero95: shareOf(found, (p) => p[which].q025 <= 0 && p[which].q975 >= 0),
  });
  return {
    events: found.length,
    uplift: sumOf(found, (p) => p.hidden.trueIncremental) / sumOf(found, (p) => p.hidden.baseline),
    hidden: holds("hidden"),
    known: holds("known"),
  };
}
