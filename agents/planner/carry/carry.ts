import { daysBetween } from "../../../data/common/dates.ts";
import { resolveSpan } from "../dates/span.ts";
import { type Features, featuresOf } from "../features.ts";
import { buildFor, decide } from "../fill.ts";
import type { Focus } from "../focus.ts";
import { isEnough, judge, type Scored, WRITES } from "../intents.ts";
import { signalsOf } from "../learned/signals.ts";
import { type Reading, readSentence, withoutSlash } from "../reading.ts";
import type { Built } from "../slots/build.ts";
import { askForPlan, closeRange, hasOffer, planArgs } from "../slots/planArgs.ts";
import type { Args, Decision, PlannerContext } from "../types.ts";
import { frameOf } from "../when.ts";
import { oneOf } from "./oneOf.ts";
import { type Halves, seamsOf } from "./seams.ts";
import { type Choice, hasWinner, winnersOf } from "./winner.ts";

type Plan = (text: string, context: PlannerContext) => Decision;

interface Part {
  readonly reading: Reading;
  readonly features: Features;
  readonly best: Scored;
}

/** Tools that describe a promotion to come. */
export const PLANS: ReadonlySet<string> = new Set([
  "create_promotion",
  "forecast_promotion",
  "check_promotion",
  "compare_scenarios",
  "suggest_products",
]);

/** What a tool cannot do without, as features of the sentence: where they are missing, the part before has to bring them. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries([...PLANS].map((tool) => [tool, ["acct"]])),
  check_promotion: ["acct", "promo"],
  estimate_baseline: ["acct"],
  explain_result: ["promo", "acct"],
  get_promotion: ["promo", "acct"],
  copy_promotion: ["promo"],
  cancel_promotion: ["promo"],
  submit_promotion: ["promo"],
  account_review: ["acct"],
  account_profile: ["acct"],
  log_activity: ["acct"],
};
const POINTING = [
  "pronoun",
  "thisaccount",
  "thisproduct",
  "thisone",
  "thebest",
  "cheapest",
  "safest",
  "draftit",
  "same",
];
/** In days: what is longer is a stretch of history. */
const LONGEST_PROMOTION = 43;
const POINTING_WORDS = new Set(["one", "ones", "first", "second", "third", "latter", "again"]);

/**
 * A request that goes on from what its first part finds: "find the best discount for Kestrel at Retailer B and draft it",
 * "which retailer has the best ROI, and plan a promotion there". The first part's calls, and the rest to be planned with
 * their results. Null where the sentence is one request, or several that need nothing of each other.
 */
export function carryOver(text: string, reading: Reading, context: PlannerContext, plan: Plan): Decision | null {
  if (reading.tokens.length < 5) return null;
  const plain = withoutSlash(text, context.channel);
  const whole = plain === text ? reading : readSentence(plain, context.lexicon, context.channel);
  for (const halves of seamsOf(whole)) {
    const tail = partOf(afterOrder(halves.tail, context)?.head ?? halves.tail, context);
    if (!isEnough(tail.best) && !tail.features.has("draftit")) continue;
    const head = partOf(halves.head, context);
    if (WRITES.has(head.best.tool) || head.best.tool === "guide" || !isEnough(head.best)) continue;
    if (isStatement(head) || !goesOn(head, tail)) continue;
    const { first, rest } = datesWhereTheyBelong(halves, head, tail, context);
    const decision = firstOf([first, `${first} ${afterDraft(tail)}`], context, plan);
    const followUp = { text: rest, tool: secondTool(tail), said: plain };
    if (decision?.kind === "calls") return { ...decision, followUp };
    if (decision?.kind === "clarify") return { ...decision, asked: { ...decision.asked, followUp } };
  }
  return null;
}

function partOf(text: string, context: PlannerContext): Part {
  const reading = readSentence(text, context.lexicon, context.channel);
  const features = featuresOf(reading, context.lexicon);
  const [best] = judge(features, signalsOf(reading, features)).tools as [Scored];
  return { reading, features, best };
}

/** "If I created 20 % …, would it clash?" is one question. */
const CONDITIONS = new Set(["if", "suppose", "supposing", "imagine", "assume", "assuming", "wenn", "si", "als"]);
const ASKING = ["asks", "question", "which", "rank", "best", "thebest", "metricword", "reportword"];
/** "P-1042 looks fine to me", "we agreed on 2000 for it": said of what follows, and nothing is asked by it. */
const isStatement = ({ features, reading }: Part): boolean =>
  CONDITIONS.has(reading.tokens[0]?.text ?? "") ||
  (!ASKING.some((feature) => features.has(feature)) && ![...features].some((f) => f.startsWith("head:")));

/** True where the second part needs something of the first, or points back to it. */
function goesOn(head: Part, tail: Part): boolean {
  const points =
    POINTING.some((feature) => tail.features.has(feature)) ||
    tail.reading.tokens.some((t) => POINTING_WORDS.has(t.text));
  const needs = NEEDS[tail.best.tool];
  const lacks = needs !== undefined && !needs.some((feature) => tail.features.has(feature));
  if (tail.best.tool === head.best.tool && !tail.features.has("draftit")) return points && !tail.features.has("acct");
  const brings = ["acct", "promo", "pronoun", "thisaccount"].some((feature) => head.features.has(feature));
  return points || (lacks && (brings || hasWinner(head.best.tool)));
}

/** "draft it"; a note that something was planned drafts nothing. */
const drafts = (features: Features, best: Scored): boolean => features.has("draftit") && best.tool !== "log_activity";
const secondTool = ({ features, best }: Part): string => (drafts(features, best) ? "create_promotion" : best.tool);

/** "… and draft the best: 10, 15 or 20 % on Kestrel": what follows the order belongs to the question before it. */
function afterDraft({ reading, features }: Part): string {
  const order = features.has("draftit") && reading.concepts.find((c) => c.concepts.includes("draftit"));
  return order ? reading.text.slice(reading.tokens[order.to - 1]!.to) : "";
}

/** The first part as calls that read; where no reading of it is complete, the question that it asks back. */
function firstOf(texts: readonly string[], context: PlannerContext, plan: Plan): Decision | null {
  let open: Decision | null = null;
  for (const text of new Set(texts.map((t) => t.trim()))) {
    const decision = plan(text, { ...context, asked: null, pending: [] });
    if (decision.kind === "calls" && !decision.followUp && decision.calls.every((call) => !WRITES.has(call.tool)))
      return decision;
    if (decision.kind === "clarify" && decision.asked.slot !== "intent" && !WRITES.has(decision.asked.tool))
      open ??= decision;
  }
  return open;
}

/** Days of a promotion to come belong to the part that plans it, wherever they are said; a part of the past keeps its periods. */
function datesWhereTheyBelong(
  halves: Halves,
  head: Part,
  tail: Part,
  { lexicon }: PlannerContext,
): { first: string; rest: string } {
  const plansNext = PLANS.has(secondTool(tail));
  const planned = (part: Part): boolean => PLANS.has(part.best.tool);
  if (planned(head) && !head.features.has("dates") && tail.features.has("dates") && plansNext)
    return { first: `${halves.head} ${datesOf(tail.reading)}`, rest: halves.tail };
  const frame = frameOf(lexicon, "future", undefined);
  const days = head.reading.dates.filter((d) => {
    const period = d.role === "range" ? resolveSpan(d.span, frame) : null;
    return period && period.from > lexicon.planningToday && daysBetween(period.from, period.to) < LONGEST_PROMOTION;
  });
  if (!planned(head) && plansNext && days.length === 1 && !tail.features.has("dates")) {
    const said = datesOf({ ...head.reading, dates: days });
    return {
      first: halves.head.replace(said, " ").replace(/\b(?:for|from|in|on|during|of)\s*$/i, ""),
      rest: `${halves.tail} ${said}`,
    };
  }
  return { first: halves.head, rest: halves.tail };
}

const datesOf = ({ text, tokens, dates }: Reading): string =>
  dates
    .filter((d) => d.role !== "shift")
    .map((d) => text.slice(tokens[d.from]!.from, tokens[d.to - 1]!.to))
    .join(" ");

/** Which of several was asked for: "the cheapest", "the best three". */
export function choiceIn({ reading, features }: Pick<Part, "reading" | "features">): Choice {
  const order = reading.concepts.find((c) => c.concepts.includes("draftit"))?.from ?? 0;
  const number = reading.quantities.find(
    (q) => q.kind === "number" && !q.ordinal && q.from >= order && q.value >= 1 && q.value <= 10,
  );
  const one = /\b(?:one|winner)\b/i.test(reading.text) && features.has("thebest");
  return { features, count: number?.kind === "number" ? number.value : one ? 1 : null };
}

const DRAFTED_FROM = [
  "discount_response",
  "compare_scenarios",
  "forecast_promotion",
  "suggest_products",
  "plan_promotions",
];

/** What follows an order to draft in the same breath, where it can be done though the draft waits: "draft it and log a note that …". */
export function afterOrder(text: string, context: PlannerContext): Halves | null {
  for (const halves of seamsOf(readSentence(text, context.lexicon, context.channel))) {
    const [head, tail] = [partOf(halves.head, context), partOf(halves.tail, context)];
    const canFollow = !WRITES.has(tail.best.tool) || tail.best.tool === "log_activity";
    if (head.features.has("draftit") && !drafts(tail.features, tail.best) && isEnough(tail.best) && canFollow)
      return halves;
  }
  return null;
}

/** "and draft it", "create the best one" after an answer: the draft made of what the last turn found. */
export function draftOfLast(
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): Decision | null {
  const last = focus.last.findLast((call) => DRAFTED_FROM.includes(call.tool) && call.status === "ok");
  if (!last || features.has("question") || features.has("head:log")) return null;
  const picks = features.has("draftit") || features.has("head:create") || features.has("chosen");
  const chosen = picks ? oneOf(last, reading) : null;
  if (chosen) return decide("create_promotion", askedFor(chosen, [], context));
  if (reading.names.some((n) => n.kind === "account")) return null;
  const points = features.has("pronoun") || features.has("best") || POINTING.slice(4, 7).some((f) => features.has(f));
  if (!features.has("draftit") || !points) return null;
  return draftOf(winnersOf(last, choiceIn({ reading, features })), reading, features, context);
}

/** Drafts of what was found, with what the sentence itself says of dates and support; or the question that is left. */
export function draftOf(
  found: readonly Args[],
  reading: Reading,
  features: Features,
  context: PlannerContext,
): Decision | null {
  if (found.length === 0) return null;
  const b = buildFor("create_promotion", reading, features, context);
  const { args: said, notes } = planArgs(b, false);
  const drafts = found.map((best) => closeRange({ ...best, ...missingIn(best, said), ...chosenBy(said) }));
  return decide("create_promotion", askedFor(drafts, notes, context));
}

/** The drafts, or the question for what one of them lacks. */
function askedFor(drafts: readonly Args[], notes: readonly string[], { lexicon }: PlannerContext): Built {
  const known = { lexicon, accounts: { names: [], all: false, excluded: [], unknown: null, unsure: null } };
  return drafts.map((args) => askForPlan(args, known)).find((asked) => asked !== null) ?? { args: drafts, notes };
}

/** What is said of dates and support holds whatever was found. */
const chosenBy = (said: Args): Args =>
  pick(said, ["start", "end", "length", "display", "feature", "payment", "fixed_spend"]);

/** What is said and was not found: an offer only where none was found. */
export function missingIn(found: Args, said: Args): Args {
  const offered = hasOffer(found) ? ["discount", "mechanic", "get", "pay", "price_off"] : [];
  const placed = found.account || found.accounts ? ["account", "accounts"] : [];
  return Object.fromEntries(
    Object.entries(said).filter(([key]) => found[key] === undefined && ![...offered, ...placed].includes(key)),
  );
}

const pick = (args: Args, keys: readonly string[]): Args =>
  Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]])));
