import { partsOf } from "./compound.ts";
import { type Features, featuresOf } from "./features.ts";
import { isSure, type Judged, judge, TOOL_NAMES, WRITES } from "./intents.ts";
import { signalsOf } from "./learned/signals.ts";
import { accountsIn } from "./mentions.ts";
import { type Reading, readSentence } from "./reading.ts";
import { tokensOf } from "./text/reported.ts";
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
  /** What the sentences before it named. */
  readonly earlier: { readonly codes: ReadonlySet<string>; readonly numbers: readonly number[] };
  /** What it says should be decided ("approve", "reject", "pay", "dispute", "part_pay"). */
  readonly decisions: ReadonlySet<string>;
  /** Every number of it: 0.2 for "20 %" and for "a fifth". */
  readonly numbers: readonly number[];
}

/** Below these a sentence does not speak for a tool at all. */
const LEAST_SCORE = 2;
const LEAST_LIKELY = 0.12;
/** Sentences before a short one that it may go on from. */
const LOOK_BACK = 3;
const SHORT = 9;
const ELLIPTIC = ["fragment", "same", "andfor", "pronoun"];
/** Drafts may be made in several ways: what is asked of one may be done by another. */
const DRAFTS = ["create_promotion", "update_promotion", "copy_promotion"];
/** What may be looked up of a promotion or a claim that is named. */
const OF_ONE = { promotion: ["get_promotion", "explain_result", "find_claims"], claim: ["find_claims"] } as const;
const SAYS: Readonly<Record<string, readonly string[]>> = {
  approve: ["approve", "yes", "pay"],
  reject: ["reject", "dispute", "no"],
  pay: ["pay", "approve", "yes"],
  part_pay: ["partpay", "pay"],
  dispute: ["dispute", "reject", "no"],
};

/** @param decision what the planner makes of the sentence */
export function wishesOf(text: string, context: PlannerContext, decision: Decision): Wishes {
  const { lexicon } = context;
  const parts = [text, ...partsOf(text, lexicon.people)].map((part) => readPart(part, context));
  const { reading, features, judged } = parts[0]!;
  const tools = new Set([...plannedBy(decision), ...parts.flatMap(likelyTools)]);
  for (const { kind } of reading.codes) for (const tool of OF_ONE[kind]) tools.add(tool);
  const before = context.history.slice(-LOOK_BACK).map((turn) => readPart(turn.text, context));
  if (reading.tokens.length < SHORT || ELLIPTIC.some((feature) => features.has(feature))) {
    for (const turn of context.history.slice(-LOOK_BACK)) for (const call of turn.calls) tools.add(call.tool);
    for (const part of before) for (const tool of likelyTools(part)) tools.add(tool);
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
    codes: codesIn(reading),
    earlier: {
      codes: new Set(before.flatMap((part) => [...codesIn(part.reading)])),
      numbers: before.flatMap((part) => numbersIn(part.reading)),
    },
    decisions: new Set(
      Object.entries(SAYS).flatMap(([said, by]) => (by.some((concept) => features.has(concept)) ? [said] : [])),
    ),
    numbers: numbersIn(reading),
  };
}

interface Part {
  readonly reading: Reading;
  readonly features: Features;
  readonly judged: Judged;
}

function readPart(text: string, { lexicon, channel }: PlannerContext): Part {
  const reading = readSentence(text, lexicon, channel);
  const features = featuresOf(reading, lexicon);
  return { reading, features, judged: judge(features, signalsOf(reading, features)) };
}

/** Tools that a sentence may be asking for; one that denies or asks how a thing is done asks for no write. */
function likelyTools({ features, judged }: Part): string[] {
  const asksForNone = features.has("head:neg") || features.has("howto");
  return judged.tools
    .filter(({ score, likely }) => score >= LEAST_SCORE || likely >= LEAST_LIKELY)
    .flatMap(({ tool }) => (asksForNone && WRITES.has(tool) ? [] : [tool]));
}

function plannedBy(decision: Decision): string[] {
  if (decision.kind === "calls")
    return [...decision.calls.map((call) => call.tool), ...(decision.followUp ? [decision.followUp.tool] : [])];
  if (decision.kind !== "clarify") return [];
  const offered = decision.asked.slot === "intent" ? (decision.asked.args.tools as string[] | undefined) : undefined;
  return [decision.asked.tool, ...(offered ?? [])];
}

const codesIn = (reading: Reading): Set<string> => new Set(reading.codes.map((c) => c.code));

/** Every number of a sentence, as quantities understand it and as it is written. */
function numbersIn(reading: Reading): number[] {
  const understood = reading.quantities.flatMap((q): number[] => {
    if (q.kind === "percent") return [...q.values];
    if (q.kind === "multibuy") return [q.get, q.pay];
    if (q.kind === "price_off" || q.kind === "money") return [q.money.amount];
    return [q.value];
  });
  const written = [
    ...withoutQuotations(reading.text).matchAll(/\d+(?:[.,’' ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?/g),
  ].flatMap(([piece]) => {
    const plain = Number(piece.replace(/[,’' ]/g, ""));
    const decimal = Number(piece.replace(",", "."));
    const whole = Number(piece.replace(/[.,’' ]/g, ""));
    return [plain, decimal, whole].filter(Number.isFinite);
  });
  return [...new Set([...understood, ...written])];
}

/** What a person says herself: a text without what it quotes. */
export function withoutQuotations(text: string): string {
  const quotes = tokensOf(text).filter((token) => token.kind === "quote");
  return quotes.reduceRight((rest, { from, to }) => `${rest.slice(0, from)} ${rest.slice(to)}`, text);
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
