import { offersIn, supportIn } from "../offer.ts";
import type { Reading } from "../reading.ts";
import type { Args, PriorCall } from "../types.ts";
import { ORDINALS } from "../vocabulary/index.ts";
import { winnersOf } from "./winner.ts";

/** "draft the second one", "book the 20 % one": the one of several alternatives, or of a plan's promotions, that is pointed to. */
export function oneOf(call: PriorCall, reading: Reading): Args[] | null {
  const scenarios = call.tool === "compare_scenarios" ? (call.args.scenarios as Args[]) : null;
  const planned = call.tool === "plan_promotions" ? ((call.result.promotions as Args[] | undefined) ?? []) : null;
  const all = scenarios ?? planned;
  if (!all || all.length < 2 || reading.tokens.length > 8) return null;
  const place = reading.quantities.find((q) => q.kind === "number" && (q.ordinal || isNumbered(reading, q.from)));
  const offer = offersIn(reading)[0] ?? bareOffer(reading);
  const accounts = reading.names.flatMap((n) => (n.kind === "account" && n.names.length === 1 ? n.names : []));
  const support = Object.entries(supportIn(reading));
  const fits = all.flatMap((one, at) =>
    (offer || support.length || accounts.length) &&
    (!accounts.length || accounts.includes(one.account as string)) &&
    Object.entries(offer ?? {}).every(([key, value]) => one[key] === value) &&
    support.every(([key, value]) => (one[key] ?? false) === value)
      ? [at]
      : [],
  );
  // "draft the third" is no day where there are three to choose from.
  const bare = reading.tokens.map((t) => ORDINALS.get(t.text)).find((n) => n !== undefined);
  const nth = place?.kind === "number" ? place.value : bare;
  const at = nth !== undefined ? nth - 1 : fits.length === 1 ? fits[0]! : -1;
  const one = all[at];
  if (!one) return null;
  if (planned) return winnersOf({ ...call, result: { ...call.result, promotions: [one] } });
  const { name: _, ...scenario } = one;
  return [scenario];
}

/** "the 15": a bare number beside "the" is the depth of one of them. */
function bareOffer({ quantities, tokens }: Reading): Args | undefined {
  const bare = quantities.find(
    (q) => q.kind === "number" && !q.ordinal && tokens[q.from - 1]?.text === "the" && q.value > 4,
  );
  return bare?.kind === "number" ? { discount: Math.round(bare.value * 1e4) / 1e6 } : undefined;
}

const isNumbered = ({ tokens }: Reading, at: number): boolean =>
  ["number", "option", "scenario", "alternative", "variant"].includes(tokens[at - 1]?.text ?? "");
