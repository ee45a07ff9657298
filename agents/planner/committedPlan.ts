import type { Args, PriorCall } from "./types.ts";

/** What of a saved draft is said again when it is spoken of: as `create_promotion` takes it. */
const TERMS = [
  "account",
  "products",
  "start",
  "end",
  "mechanic",
  "discount",
  "price_off",
  "get",
  "pay",
  "feature",
  "display",
  "payment",
  "note",
];

/** A draft that was approved stands in the thread as what was written; "the same for Bramley" needs it as it is asked for. */
export function asAsked(call: PriorCall): PriorCall {
  const { args } = call;
  if (!("account_id" in args)) return call;
  const plan: Args = Object.fromEntries(
    TERMS.flatMap((key) => (args[key] === null || args[key] === undefined ? [] : [[key, args[key]]])),
  );
  const { fixed_spend: fixed, currency } = args;
  if (typeof fixed === "number" && fixed > 0) plan.fixed_spend = { amount: fixed, currency };
  return { ...call, args: plan };
}
