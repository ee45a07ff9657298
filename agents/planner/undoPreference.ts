import type { Features } from "./features.ts";
import { decide } from "./fill.ts";
import type { Focus } from "./focus.ts";
import { WRITES } from "./intents.ts";
import type { Args, Decision } from "./types.ts";

/**
 * "Undo that" where the last thing written in the thread was a preference: it gets the value from before again, or is
 * forgotten where there was none. The log of changes does not hold what a person prefers, so nothing else could undo it.
 */
export function undoPreference(features: Features, focus: Focus): Decision | null {
  if (!features.has("head:undo") || ["question", "promo", "claimcode"].some((f) => features.has(f))) return null;
  const [last, proposal] = focus.recent.filter((call) => WRITES.has(call.tool) && call.status !== "error");
  if (last?.result.committed !== true || last.tool !== proposal?.tool) return null;
  const before = last.tool === "set_preference" ? [proposal.result.before] : proposal.result.gone;
  if (!Array.isArray(before) || (last.tool !== "set_preference" && last.tool !== "delete_preference")) return null;
  const values = before.filter((one): one is Args => one !== null && typeof one === "object");
  if (!values.length) return decide("delete_preference", { args: [{ preference: last.args.preference }], notes: [] });
  return decide("set_preference", {
    args: values.map(({ preference, value }) => ({ preference, value })),
    notes: [],
  });
}
