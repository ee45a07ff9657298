import type { Features } from "./features.ts";
import { buildFor, decide } from "./fill.ts";
import type { Focus } from "./focus.ts";
import type { Reading } from "./reading.ts";
import { BUILDERS } from "./slots/index.ts";
import type { Args, Decision, PlannerContext } from "./types.ts";

/** What a list of promotions was narrowed by, as a comparison takes it. */
const FILTERS = ["account", "product", "category", "mechanic", "period"];

/** "which of them paid?", "the worst of these": a ranking among the promotions that were just listed. */
export function amongListed(
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): Decision | null {
  const [base] = focus.last;
  if (base?.tool !== "find_promotions" || !features.has("ofthem") || features.has("promo")) return null;
  if (!["works", "pay", "cl_paid", "roi", "metricword", "moneyloss", "rank", "failword"].some((f) => features.has(f)))
    return null;
  const b = buildFor("compare_promotions", reading, features, context, focus);
  const built = BUILDERS.compare_promotions!(b);
  const said: Args = "args" in built ? built.args[0]! : {};
  const kept = Object.fromEntries(FILTERS.flatMap((key) => (base.args[key] ? [[key, base.args[key]]] : [])));
  const brand = typeof base.args.brand === "string" ? { product: { brand: base.args.brand } } : {};
  return decide("compare_promotions", { args: [{ ...kept, ...brand, ...said, by: "promotion" }], notes: [] });
}
