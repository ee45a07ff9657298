import { supportIn } from "../offer.ts";
import type { Args } from "../types.ts";
import type { Build } from "./build.ts";

/** What a plan shall make most of, where it is said. */
export const objectiveIn = (b: Build): string | undefined =>
  ["objective_units", "objective_roi", "objective_profit"]
    .find((o) => b.features.has(o) && !(o === "objective_roi" && leastRoi(b) !== null))
    ?.split("_")[1];

/** The limits that a sentence sets to a plan. */
export function limitsIn(b: Build): Args {
  const support = supportIn(b.reading);
  const minimum = leastRoi(b);
  const promotions = mostPromotions(b);
  const deepest = b.reading.quantities.find((q) => q.kind === "percent");
  return {
    ...(minimum !== null ? { min_net_roi: minimum } : {}),
    ...(deepest?.kind === "percent" ? { max_discount: Math.max(...deepest.values) } : {}),
    ...(promotions ? { max_promotions: promotions } : {}),
    ...(support.display === false ? { display: false } : {}),
    ...(support.feature === false ? { feature: false } : {}),
  };
}

/** "with an ROI of at least 0.1" */
function leastRoi(b: Build): number | null {
  const least =
    /\b(?:min(?:imum)?|at least|above|over)\b[^.]{0,20}\broi\b[^\d-]{0,12}(-?\d+(?:[.,]\d+)?)|\broi\b[^.]{0,15}\b(?:of at least|above|over|at least|minimum)\b[^\d-]{0,6}(-?\d+(?:[.,]\d+)?)/i.exec(
      b.reading.text,
    );
  const minimum = least ? Number((least[1] ?? least[2])!.replace(",", ".")) : null;
  return minimum !== null && Number.isFinite(minimum) ? minimum : null;
}

/** "max 2 promos", "the best three promotions": how many a plan may hold. "One promotion a month" says no such number. */
function mostPromotions({ reading }: Build): number | undefined {
  for (const q of reading.quantities) {
    if (q.kind !== "number" || q.ordinal || q.value < 1 || q.value > 50 || !Number.isInteger(q.value)) continue;
    const noun = reading.concepts.find((c) => c.from >= q.to && c.from - q.to <= 1 && c.concepts.includes("promotion"));
    if (noun && !RATE.has(reading.tokens[noun.to]?.text ?? "")) return q.value;
  }
  return undefined;
}
const RATE = new Set(["a", "per", "each", "every"]);
