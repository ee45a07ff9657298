import type { Call } from "../answer.ts";
import { bestOf } from "./best.ts";
import { type Features, featuresOf } from "./features.ts";
import { buildFor, decide, fill } from "./fill.ts";
import type { Focus } from "./focus.ts";
import { judge } from "./intents.ts";
import { signalsOf } from "./learned/signals.ts";
import { offersIn, supportIn } from "./offer.ts";
import { type Reading, readSentence } from "./reading.ts";
import { askForPlan, closeRange, planArgs } from "./slots/planArgs.ts";
import type { Args, Decision, PlannerContext, PriorCall } from "./types.ts";

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
      ["and", "then", ",", ";", ".", "?", "!"].includes(reading.tokens[c.from - 1]!.text),
  );
  if (!hit) return null;
  const head = reading.text.slice(0, reading.tokens[hit.from - 1]!.from);
  // What follows the command belongs to a plan's question too: "… and draft the best: 10, 15 or 20 % on Kestrel".
  const tail = reading.text.slice(reading.tokens[hit.to - 1]!.to);
  for (const text of [head, `${head} ${tail}`]) {
    const first = readSentence(text, context.lexicon, context.channel);
    const firstFeatures = featuresOf(first, context.lexicon);
    const best = judge(firstFeatures, signalsOf(first, firstFeatures)).tools.find((s) => FIRST_STEPS.has(s.tool));
    if (!best || (best.score < 2 && best.likely < 0.3)) continue;
    const decision = fill(best.tool, first, firstFeatures, context);
    if (decision.kind === "calls") return { ...decision, followUp: { text: reading.text, tool: "create_promotion" } };
  }
  return null;
}

/**
 * The next step once a decision's calls have run: the draft that was asked for, made of the best that the first step found.
 * @param calls all calls of this turn so far
 * @returns null when nothing is left to do, or when the first step failed
 */
export function next(decision: Decision, calls: readonly Call[], context: PlannerContext): Decision | null {
  if (decision.kind !== "calls" || !decision.followUp) return null;
  const last = calls.at(-1);
  if (last?.status !== "ok") return null;
  const reading = readSentence(decision.followUp.text, context.lexicon, context.channel);
  const b = buildFor("create_promotion", reading, featuresOf(reading, context.lexicon), context);
  const { args: said, notes } = planArgs(b, false);
  const found = bestOf(last);
  if (found.length === 0) return null;
  const { discount: _, ...rest } = said;
  const drafts = found.map((best) =>
    closeRange({
      ...rest,
      ...best,
      ...(said.start ? { start: said.start } : {}),
      ...(said.end ? { end: said.end } : {}),
    }),
  );
  const known = { lexicon: context.lexicon, accounts: { ...b.accounts, unsure: null } };
  const missing = drafts.map((args) => askForPlan(args, known)).find((asked) => asked !== null);
  return decide("create_promotion", missing ?? { args: drafts, notes });
}

/** "and draft it", "create the best one" after an answer: the draft made of what the last turn found. */
export function draftOfLast(
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): Decision | null {
  const found = focus.last.findLast((call) => FIRST_STEPS.has(call.tool) && call.status === "ok");
  const chosen = found ? oneOf(found, reading) : null;
  const drafts = features.has("draftit") || features.has("head:create");
  const wanted =
    (features.has("draftit") && (features.has("pronoun") || features.has("best") || features.has("thebest"))) ||
    (chosen !== null && drafts);
  const last = chosen ?? found;
  if (!last || features.has("question") || !wanted || reading.names.some((n) => n.kind === "account")) return null;
  const decision: Decision = {
    kind: "calls",
    role: "assistant",
    calls: [],
    notes: [],
    followUp: { text: chosen ? "" : reading.text, tool: "create_promotion" },
  };
  return next(decision, [{ ...last, ms: 0 }], context);
}

/** "draft the second one", "book the 20 % one": the one of several alternatives, or of a plan's promotions, that is pointed to. */
function oneOf(call: PriorCall, reading: Reading): PriorCall | null {
  const scenarios = call.tool === "compare_scenarios" ? (call.args.scenarios as Args[]) : null;
  const planned = call.tool === "plan_promotions" ? ((call.result.promotions as Args[] | undefined) ?? []) : null;
  const all = scenarios ?? planned;
  if (!all || all.length < 2 || reading.tokens.length > 8) return null;
  const place = reading.quantities.find((q) => q.kind === "number" && (q.ordinal || isNumbered(reading, q.from)));
  const [offer] = offersIn(reading);
  const support = Object.entries(supportIn(reading));
  const fits = all.flatMap((one, at) =>
    (offer || support.length) &&
    Object.entries(offer ?? {}).every(([key, value]) => one[key] === value) &&
    support.every(([key, value]) => (one[key] ?? false) === value)
      ? [at]
      : [],
  );
  const at = place?.kind === "number" ? place.value - 1 : fits.length === 1 ? fits[0]! : -1;
  if (!all[at]) return null;
  return scenarios
    ? { ...call, result: { ...call.result, best: { scenario: at + 1 } } }
    : { ...call, result: { ...call.result, promotions: [all[at]] } };
}
const isNumbered = ({ tokens }: Reading, at: number): boolean =>
  ["number", "option", "scenario", "alternative", "variant"].includes(tokens[at - 1]?.text ?? "");
