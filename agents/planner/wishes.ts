import { partsOf } from "./compound.ts";
import { featuresOf } from "./features.ts";
import { isSure, judge, TOOL_NAMES, WRITES } from "./intents.ts";
import { signalsOf } from "./learned/signals.ts";
import { accountsIn } from "./mentions.ts";
import { type Reading, readSentence } from "./reading.ts";
import type { Decision, Lexicon, PlannerContext } from "./types.ts";

/** What a person's sentence may be asking for, read generously: a language model is held to it where other people's words stand near. */
export interface Wishes {
  /** Tools that the sentence asks for, or may. */
  readonly tools: ReadonlySet<string>;
  /** True where the sentence surely asks for something, and for no write. */
  readonly onlyReads: boolean;
  /** True where the sentence is not understood at all (another language, words of another trade). */
  readonly unread: boolean;
  /** It repeats what somebody else said. */
  readonly quotes: boolean;
  /** Accounts that it names; null where it names none, or all. */
  readonly accounts: ReadonlySet<string> | null;
  /** Promotions and claims that it names by their codes. */
  readonly codes: ReadonlySet<string>;
  /** What it says should be decided ("approve", "reject", "pay", "dispute", "part_pay"). */
  readonly decisions: ReadonlySet<string>;
  /** Every number of it: 0.2 for "20 %" and for "a fifth". */
  readonly numbers: readonly number[];
}

/** Below these a sentence does not speak for a tool at all. */
const LEAST_SCORE = 2;
const LEAST_LIKELY = 0.12;
/** Drafts may be made in several ways: what is asked of one may be done by another. */
const DRAFTS = ["create_promotion", "update_promotion", "copy_promotion"];
const SAYS: Readonly<Record<string, readonly string[]>> = {
  approve: ["approve", "yes", "pay"],
  reject: ["reject", "dispute", "no"],
  pay: ["pay", "approve", "yes"],
  part_pay: ["partpay", "pay"],
  dispute: ["dispute", "reject", "no"],
};

/** @param decision what the planner makes of the sentence */
export function wishesOf(text: string, context: PlannerContext, decision: Decision): Wishes {
  const { lexicon, channel } = context;
  const parts = [text, ...partsOf(text)].map((part) => {
    const reading = readSentence(part, lexicon, channel);
    const features = featuresOf(reading, lexicon);
    return { reading, features, judged: judge(features, signalsOf(reading, features)) };
  });
  const { reading, features, judged } = parts[0]!;
  const tools = new Set(plannedBy(decision));
  for (const part of parts)
    for (const { tool, score, likely } of part.judged.tools) {
      const refused = WRITES.has(tool) && (part.features.has("head:neg") || part.features.has("howto"));
      if (!refused && (score >= LEAST_SCORE || likely >= LEAST_LIKELY)) tools.add(tool);
    }
  const elliptic =
    features.has("fragment") || features.has("same") || features.has("andfor") || features.has("pronoun");
  if (elliptic || reading.tokens.length < 9) {
    for (const call of context.history.at(-1)?.calls ?? []) tools.add(call.tool);
    if (!features.has("question")) for (const item of context.pending) tools.add(item.kind);
  }
  if (context.asked && !features.has("question")) tools.add(context.asked.tool);
  if (DRAFTS.some((tool) => tools.has(tool))) for (const tool of DRAFTS) tools.add(tool);
  const [best] = judged.tools;
  const accounts = accountsIn(reading, lexicon);
  const named = [...accounts.names, ...(accounts.unsure?.names ?? [])];
  return {
    tools,
    onlyReads:
      Boolean(best && isSure(best)) &&
      judged.none < 0.5 &&
      ![...tools].some((tool) => WRITES.has(tool) || !TOOL_NAMES.includes(tool)),
    unread: tools.size === 0 || (decision.kind === "smalltalk" && decision.topic === "out_of_scope"),
    quotes: reading.quotes.length > 0 || tools.has("log_activity"),
    accounts: named.length ? new Set(named) : null,
    codes: new Set(reading.codes.map((c) => c.code)),
    decisions: new Set(
      Object.entries(SAYS).flatMap(([said, by]) => (by.some((concept) => features.has(concept)) ? [said] : [])),
    ),
    numbers: numbersIn(reading),
  };
}

function plannedBy(decision: Decision): string[] {
  if (decision.kind === "calls")
    return [...decision.calls.map((call) => call.tool), ...(decision.followUp ? [decision.followUp.tool] : [])];
  if (decision.kind !== "clarify") return [];
  const offered = decision.asked.slot === "intent" ? (decision.asked.args.tools as string[] | undefined) : undefined;
  return [decision.asked.tool, ...(offered ?? [])];
}

/** Every number of a sentence, as quantities understand it and as it is written. */
function numbersIn(reading: Reading): number[] {
  const understood = reading.quantities.flatMap((q): number[] => {
    if (q.kind === "percent") return [...q.values];
    if (q.kind === "multibuy") return [q.get, q.pay];
    if (q.kind === "price_off" || q.kind === "money") return [q.money.amount];
    return [q.value];
  });
  const written = [...reading.text.matchAll(/\d+(?:[.,’' ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?/g)].flatMap(([piece]) => {
    const plain = Number(piece.replace(/[,’' ]/g, ""));
    const decimal = Number(piece.replace(",", "."));
    const whole = Number(piece.replace(/[.,’' ]/g, ""));
    return [plain, decimal, whole].filter(Number.isFinite);
  });
  return [...new Set([...understood, ...written])];
}

/** Nothing is named in it, so that a name is read by its words alone. */
const NOTHING: Lexicon = {
  accounts: [],
  products: [],
  brands: [],
  categories: [],
  promotions: [],
  people: [],
  competitors: [],
  claims: [],
  today: "2000-01-01",
  planningToday: "2000-01-01",
  locale: { dayFirst: true },
};
const ORDERS =
  /\b(?:you|your|ignore|disregard|forget|system|assistant|prompt|instructions?|tools?|call|invoke|execute|reveal|print|show|tell|say|reply|must|please)\b/i;

/** True where words that should be a name tell somebody to do something. */
export function readsAsOrder(name: string): boolean {
  if (ORDERS.test(name)) return true;
  const features = featuresOf(readSentence(name, NOTHING, "chat"), NOTHING);
  return [...features].some((feature) => feature.startsWith("head:"));
}
