import type { Call } from "../../answer.ts";
import { proceed } from "../answer.ts";
import { type Features, featuresOf } from "../features.ts";
import { buildFor, fill } from "../fill.ts";
import { focusOf } from "../focus.ts";
import { goodsIn } from "../mentions.ts";
import { mechanicsIn } from "../offer.ts";
import { plan } from "../plan.ts";
import { type Reading, readSentence } from "../reading.ts";
import type { Args, CallsDecision, ClarifyDecision, Decision, Lexicon, PlannerContext } from "../types.ts";
import { MEANINGS } from "../vocabulary/index.ts";
import { afterOrder, choiceIn, draftOf, missingIn, PLANS } from "./carry.ts";
import { hasWinner, subjectOf, winnersOf } from "./winner.ts";

/** Slots of a question that a winner answers, and by what of it. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  account: ["account"],
  from: ["account"],
  promotion: ["promotion"],
  product: ["products"],
  discount: ["discount", "mechanic", "get", "pay", "price_off"],
};

/**
 * The next step once a decision's calls have run: the rest of the sentence, planned as if it were said after the answer,
 * with what the answer found in the places that the words leave open.
 * @param calls all calls of this turn so far
 * @returns null when nothing is left to do; a stop, with its reason, where the first step found nothing to go on with
 */
export function next(decision: Decision, calls: readonly Call[], context: PlannerContext): Decision | null {
  if (decision.kind !== "calls" || !decision.followUp) return null;
  const { text, tool, said } = decision.followUp;
  const step = calls.slice(-decision.calls.length);
  const last = step.at(-1);
  if (!last) return null;
  const stop = (why: string): Decision => ({
    kind: "stopped",
    why: `${why}, so I did not ${MEANINGS[tool] ?? tool.replaceAll("_", " ")}.`,
  });
  if (last.status === "error") return last.result.question ? null : stop("The first part did not work out");
  const thread = { ...context, asked: null, pending: [], history: [...context.history, { text: said, calls }] };
  const reading = readSentence(text, context.lexicon, context.channel);
  const features = featuresOf(reading, context.lexicon);
  const asked = featuresOf(readSentence(said, context.lexicon, context.channel), context.lexicon);
  const found = winnersOf(last, { ...choiceIn({ reading, features }), asked });
  if (hasWinner(last.tool) && found.length === 0) return stop("The first part found nothing to go on with");
  if (asked.has("if_pays") && loses(last, found)) return stop("It would not pay by this forecast");
  const planned = plan(text, thread);
  const goesOn = planned.kind === "calls" && planned.followUp;
  const draftable =
    tool === "create_promotion" &&
    features.has("draftit") &&
    found.some((one) => one.account || one.start || one.discount);
  if (draftable && !goesOn) return drafted(text, found, thread) ?? planned;
  const known = planned.kind === "clarify" ? answered(planned, found, last, reading, features, thread) : planned;
  if (known.kind === "clarify") return known;
  if (known.kind !== "calls") return stop("I was not sure what should follow");
  // An order of its own is not the last question again ("… then forecast it again").
  const again = known.calls.every((call) => call.tool === last.tool) && tool !== last.tool;
  const meant = again ? fill(tool, reading, features, thread) : known;
  return meant.kind === "calls" ? withFound(meant, found, last, reading, context.lexicon) : meant;
}

/** The draft of what was found, and what was said to follow it. */
function drafted(text: string, found: readonly Args[], context: PlannerContext): Decision | null {
  const more = afterOrder(text, context);
  const reading = readSentence(more?.head ?? text, context.lexicon, context.channel);
  const draft = draftOf(found, reading, featuresOf(reading, context.lexicon), context);
  if (!more || draft?.kind !== "calls") return draft;
  const then = plan(more.tail, context);
  const tool = then.kind === "calls" ? then.calls[0]!.tool : then.kind === "clarify" ? then.asked.tool : null;
  return tool ? { ...draft, followUp: { text: more.tail, tool, said: text } } : draft;
}

/** The question that is left, answered by what was found where it can be. */
function answered(
  { asked, ...rest }: ClarifyDecision,
  [winner = {}]: readonly Args[],
  last: Call,
  reading: Reading,
  features: Features,
  context: PlannerContext,
): Decision {
  const keys = ANSWERS[asked.slot] ?? [];
  const focus = focusOf(context.history, context.lexicon);
  const known: Args = {
    account: focus.account ?? undefined,
    promotion: focus.promotion ?? undefined,
    ...subjectOf(last.args),
    ...winner,
  };
  const value = keys.flatMap((key) =>
    known[key] === undefined ? [] : [[key === keys[0] ? asked.slot : key, known[key]]],
  );
  const usable =
    value.length > 0 && (asked.slot !== "discount" || known.discount !== undefined || known.get !== undefined);
  if (!usable) return { ...rest, asked };
  const slots = Object.fromEntries(asked.slot === "product" ? [["product", (known.products as unknown[])[0]]] : value);
  const args = {
    ...asked.args,
    ...(PLANS.has(asked.tool) ? missingIn(asked.args, offerOf({ ...subjectOf(last.args), ...winner })) : {}),
    ...slots,
  };
  return proceed(asked.tool, args, [], buildFor(asked.tool, reading, features, context), context);
}

/** Calls of the next step with what they leave open filled from what was found: goods, offer, support. */
function withFound(
  planned: CallsDecision,
  found: readonly Args[],
  last: Call,
  reading: Reading,
  lexicon: Lexicon,
): CallsDecision {
  const [winner = {}] = found;
  const subject = subjectOf(last.args);
  // What came first as the question was asked, rather than what the thread is about in general.
  const goods = winner.products && goodsIn(reading, lexicon).goods.length === 0 ? { products: winner.products } : {};
  const mechanic = winner.mechanic && mechanicsIn(reading).length === 0 ? { mechanic: winner.mechanic } : {};
  const calls = planned.calls.map((call) => {
    if (!PLANS.has(call.tool) || call.tool === "compare_scenarios" || call.args.promotion) return call;
    const open = missingIn(call.args, offerOf({ ...subject, ...winner }));
    return { ...call, args: { ...call.args, ...open, ...goods, ...mechanic } };
  });
  return { ...planned, calls, notes: [...planned.notes, ...foundWords(winner, last)] };
}

/** Of what was found the goods and the offer: days, account and code are the sentence's own or pointed to. */
const offerOf = ({ promotion: _, start: __, end: ___, account: ____, accounts: _____, ...open }: Args): Args => open;

/** What of a ranking was taken, in words. */
function foundWords(winner: Args, { tool, args }: Call): string[] {
  const [name] = [winner.account, ...((winner.products as unknown[] | undefined) ?? [])].flatMap((value) =>
    typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).map(String) : [],
  );
  const ranked = tool === "compare_promotions" ? args.by !== "promotion" : tool === "product_growth";
  return ranked && name ? [`${name}, the first of that ranking, is taken`] : [];
}

/** True where what was found loses money: nothing is done then that was asked for only if it pays. */
function loses({ tool, result }: Call, found: readonly Args[]): boolean {
  const mean = (row: unknown): unknown => ((row as Args | undefined)?.net_profit as Args | undefined)?.mean;
  const profit = tool === "compare_scenarios" ? mean((result.ranked as unknown[] | undefined)?.[0]) : mean(result);
  return found.length > 0 && typeof profit === "number" && profit < 0;
}
