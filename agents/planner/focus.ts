import type { Period } from "../../data/common/dates.ts";
import { winnersOf } from "./carry/winner.ts";
import { asAsked } from "./committedPlan.ts";
import type { Goods } from "./mentions.ts";
import type { Args, Lexicon, PriorCall, PriorTurn } from "./types.ts";

/** What the thread speaks of: what "it", "there" and "this product" stand for. The most recent of each. */
export interface Focus {
  readonly promotion: string | null;
  readonly account: string | null;
  readonly goods: readonly Goods[];
  readonly period: Period | null;
  readonly claim: string | null;
  /** Promotions and claims that the last list showed, in its order: what "the first one" counts. */
  readonly listed: { readonly promotions: readonly string[]; readonly claims: readonly string[] };
  /** Calls of the thread, newest first. */
  readonly recent: readonly PriorCall[];
  /** Promotions that the thread has spoken of or drafted, the latest first. */
  readonly spoken: readonly string[];
  /** Promotions that were made in the thread, the latest first. */
  readonly made: readonly string[];
  /** Calls of the last turn that made any. */
  readonly last: readonly PriorCall[];
}

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

/** @param earlier what is remembered of the turns before the history: it is spoken of still, but no list of it is counted in */
export function focusOf(history: readonly PriorTurn[], lexicon: Lexicon, earlier: readonly PriorTurn[] = []): Focus {
  const recent = callsOf(history);
  const calls = [...recent, ...callsOf(earlier)];
  const pick = <T>(read: (call: PriorCall) => T | null, among = calls): T | null => {
    for (const call of among) {
      const found = read(call);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    promotion: pick((call) => promotionOf(call, lexicon)),
    account: pick((call) => accountOf(call, lexicon)),
    goods: pick(goodsOf) ?? [],
    period: pick((call) => (call.args.period as Period | undefined) ?? null),
    claim: pick((call) => text(call.args.claim) ?? only(codesOf(call.result.claims, "claim"))),
    listed: {
      promotions: pick((call) => some(codesOf(call.result.promotions ?? call.result.rows, "promotion")), recent) ?? [],
      claims: pick((call) => some(codesOf(call.result.claims, "claim")), recent) ?? [],
    },
    recent: calls,
    spoken: [...new Set(calls.flatMap((call) => draftedBy(call, lexicon)))],
    made: [...new Set(calls.flatMap((call) => madeBy(call, lexicon)))],
    last:
      history
        .toReversed()
        .find((turn) => turn.calls.length > 0)
        ?.calls.map(asAsked) ?? [],
  };
}

const callsOf = (turns: readonly PriorTurn[]): PriorCall[] =>
  turns.toReversed().flatMap((turn) => turn.calls.toReversed().map(asAsked));

const MAKES = new Set(["create_promotion", "copy_promotion"]);
/** What a call saved, where it was approved. */
const madeBy = ({ tool, result }: PriorCall, lexicon: Lexicon): string[] =>
  MAKES.has(tool) && result.committed === true
    ? lexicon.promotions.filter((p) => p.code === result.promotion).map((p) => p.code)
    : [];

/** What a call was about, or all drafts of its series that were saved since. */
function draftedBy(call: PriorCall, lexicon: Lexicon): string[] {
  const accounts = call.args.accounts as unknown[] | undefined;
  if (call.tool !== "create_promotion" || !accounts)
    return [promotionOf(call, lexicon)].filter((c): c is string => c !== null);
  return accounts.flatMap(
    (account) => promotionOf({ ...call, args: { ...call.args, account, accounts: undefined } }, lexicon) ?? [],
  );
}

const codesOf = (rows: unknown, key: string): string[] =>
  Array.isArray(rows) ? rows.flatMap((row: Args) => text(row?.[key]) ?? []) : [];
const some = (codes: string[]): string[] | null => (codes.length ? codes : null);
const only = (codes: string[]): string | null => (codes.length === 1 ? codes[0]! : null);

/** The promotion that a call was about: named, returned, or drafted by it and saved since. */
function promotionOf(call: PriorCall, lexicon: Lexicon): string | null {
  const known = (value: unknown): string | null => lexicon.promotions.find((p) => p.code === value)?.code ?? null;
  const direct =
    known(call.args.promotion) ??
    known(call.result.promotion) ??
    known((call.result.subject as Args | undefined)?.promotion);
  if (direct && call.tool !== "copy_promotion") return direct;
  if (call.tool === "create_promotion" || call.tool === "copy_promotion") {
    const { start, end } = { ...call.args, ...firstProposal(call) } as Args;
    const account = accountOf(call, lexicon);
    const saved = lexicon.promotions.filter(
      (p) => p.account === account && p.start === start && (end === undefined || p.end === end),
    );
    return saved.sort((a, b) => b.id - a.id)[0]?.code ?? direct;
  }
  // A ranking by promotion is about its first.
  const [top] = Array.isArray(call.result.rows) ? (call.result.rows as Args[]) : [];
  if (top && known(top.promotion)) return known(top.promotion);
  const list = call.result.promotions;
  return Array.isArray(list) && list.length === 1 ? known((list[0] as Args).promotion) : null;
}
const firstProposal = (call: PriorCall): Args => {
  const [first] = (call.result.proposals as { change?: Args }[] | undefined) ?? [];
  return first?.change ?? {};
};

function accountOf(call: PriorCall, lexicon: Lexicon): string | null {
  const named = (value: unknown): string | null => lexicon.accounts.find((a) => a.name === value)?.name ?? null;
  const scenarios = call.args.scenarios as Args[] | undefined;
  const own =
    named(call.args.account) ??
    named((call.args.accounts as unknown[] | undefined)?.[0]) ??
    named(scenarios?.[0]?.account) ??
    named(call.result.account);
  if (own) return own;
  const promotion = lexicon.promotions.find((p) => p.code === call.args.promotion);
  // "Which retailer …?", then "there": the one that came first.
  return promotion ? promotion.account : named(winnersOf(call)[0]?.account);
}

const RANKINGS = new Set(["compare_promotions", "compare_responses", "product_growth"]);

function goodsOf(call: PriorCall): Goods[] | null {
  const { args } = call;
  // What a ranking put first: "it" after "which brand sold best?".
  const ranked = RANKINGS.has(call.tool) ? (winnersOf(call)[0]?.products as Goods[] | undefined) : undefined;
  if (ranked) return ranked;
  const scenarios = args.scenarios as Args[] | undefined;
  const list = (args.products ?? scenarios?.[0]?.products) as Goods[] | undefined;
  if (list?.length) return list;
  if (args.product) return [args.product as Goods];
  if (typeof args.brand === "string") return [{ brand: args.brand }];
  return typeof args.category === "string" ? [{ category: args.category }] : null;
}
