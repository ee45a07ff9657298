import type { Call } from "../answer.ts";
import { type Features, featuresOf } from "./features.ts";
import { buildFor, decide, fill } from "./fill.ts";
import { judge } from "./intents.ts";
import { signalsOf } from "./learned/signals.ts";
import { type Reading, readSentence } from "./reading.ts";
import { askForPlan, closeRange, planArgs } from "./slots/write.ts";
import type { Args, Decision, PlannerContext } from "./types.ts";

/** Tools whose answer a draft can be made from. */
const FIRST_STEPS = new Set([
  "discount_response",
  "compare_scenarios",
  "forecast_promotion",
  "suggest_products",
  "plan_promotions",
]);

/** "Find the best discount for Kestrel at Retailer B and draft it": the first step's call, and what is to be done with its result. */
export function secondStep(reading: Reading, features: Features, context: PlannerContext): Decision | null {
  if (!features.has("draftit")) return null;
  const hit = reading.concepts.find(
    (c) =>
      c.concepts.includes("draftit") &&
      c.from > 2 &&
      ["and", "then", ",", ";", "."].includes(reading.tokens[c.from - 1]!.text),
  );
  if (!hit) return null;
  const head = reading.text.slice(0, reading.tokens[hit.from - 1]!.from);
  const first = readSentence(head, context.lexicon, context.channel);
  const firstFeatures = featuresOf(first, context.lexicon);
  const best = judge(firstFeatures, signalsOf(first, firstFeatures)).tools.find((s) => FIRST_STEPS.has(s.tool));
  if (!best || (best.score < 2 && best.likely < 0.3)) return null;
  const decision = fill(best.tool, first, firstFeatures, context);
  return decision.kind === "calls"
    ? { ...decision, followUp: { text: reading.text, tool: "create_promotion" } }
    : decision;
}

/**
 * The next step once a decision's calls have run: the draft that was asked for, made of the best that the first step found.
 * @param calls all calls of this turn so far
 * @returns null when nothing is left to do, or when the first step failed
 */
export function next(decision: Decision, calls: readonly Call[], context: PlannerContext): Decision | null {
  if (decision.kind !== "calls" || !decision.followUp) return null;
  const last = calls.at(-1);
  if (!last || last.status !== "ok") return null;
  const reading = readSentence(decision.followUp.text, context.lexicon, context.channel);
  const b = buildFor("create_promotion", reading, featuresOf(reading, context.lexicon), context);
  const { args: said, notes } = planArgs(b, false);
  const found = bestOf(last);
  if (!found) return null;
  const { discount: _, ...rest } = said;
  const args = closeRange({
    ...rest,
    ...found,
    ...(said.start ? { start: said.start } : {}),
    ...(said.end ? { end: said.end } : {}),
  });
  const missing = askForPlan(args, { lexicon: context.lexicon, accounts: { ...b.accounts, unsure: null } });
  return decide("create_promotion", missing ?? { args: [args], notes });
}

/** The winner of a result as arguments of a draft. */
function bestOf(call: Call): Args | null {
  const { result, args } = call;
  if (call.tool === "compare_scenarios") {
    const place = (result.best as Args | undefined)?.scenario;
    const scenarios = args.scenarios as Args[];
    const { name: _, ...scenario } = scenarios[typeof place === "number" ? place - 1 : 0] ?? {};
    return scenario;
  }
  if (call.tool === "discount_response") {
    const best = (result.best ?? result.recommended) as Args | number | undefined;
    const discount = typeof best === "number" ? best : (best?.discount ?? result.best_discount);
    if (typeof discount !== "number") return null;
    return {
      ...(args.account ? { account: args.account } : {}),
      ...(args.product ? { products: [args.product] } : {}),
      discount,
      mechanic: "tpr",
    };
  }
  if (call.tool === "suggest_products") {
    const names = ((result.products ?? result.suggested) as Args[] | undefined)
      ?.map((p) => p.product ?? p.name)
      .filter((n) => typeof n === "string") as string[] | undefined;
    return { ...(args.account ? { account: args.account } : {}), ...(names?.length ? { products: names } : {}) };
  }
  return call.tool === "forecast_promotion" ? { ...args } : null;
}
