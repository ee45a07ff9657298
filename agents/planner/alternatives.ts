import type { Features } from "./features.ts";
import type { Decision } from "./types.ts";

/**
 * "What should I offer Bramley instead of a deeper discount?": where deeper stops paying is half of the answer; what supports and
 * mechanics brought there is the other.
 */
export function withAlternatives(decision: Decision, features: Features): Decision {
  if (decision.kind !== "calls" || decision.calls.length !== 1) return decision;
  const [call] = decision.calls;
  if (call!.tool !== "discount_response" || !features.has("instead") || !features.has("depth")) return decision;
  if (features.has("offer")) return decision;
  const { account, product } = call!.args;
  const scope = { ...(account ? { account } : {}), ...(product ? { product } : {}) };
  const others = (["support", "mechanic"] as const).map((by) => ({
    tool: "compare_promotions",
    args: { metric: "net_roi", by, ...scope },
  }));
  return { ...decision, calls: [...decision.calls, ...others] };
}
