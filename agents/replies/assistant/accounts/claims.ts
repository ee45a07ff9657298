import { listed } from "../../../../data/common/words.ts";
import type { ClaimJson } from "../../../../tools/assistant/accounts/claimJson.ts";
import type { LetterJson } from "../../../../tools/assistant/accounts/letterJson.ts";
import { DOUBT_WORDS, type Doubt } from "../../doubtWords.ts";
import type { Composer, Say } from "../../say.ts";
import { letterBlock } from "./letter.ts";
import { quote } from "./quote.ts";
import { CLAIM_STATES, DECISIONS, sentence } from "./words.ts";

/** Those that a figure says more exactly. */
const WITH_FIGURES: Partial<Record<Doubt, (say: Say, claim: ClaimJson, path: string) => string>> = {
  above_booked_spend: (say, claim, path) =>
    `only ${say.fig(`${path}/still_booked`, claim.currency)} is booked for its promotion and not paid out, ${say.fig(`${path}/above_booked`, claim.currency)} less`,
  display_not_seen: (say, _claim, path) =>
    `the display stood in ${say.fig(`${path}/display_share`, "%")} of ${say.fig(`${path}/store_checks`, "count")} store checks`,
  feature_not_seen: (say, _claim, path) =>
    `the feature was seen in ${say.fig(`${path}/feature_share`, "%")} of ${say.fig(`${path}/store_checks`, "count")} store checks`,
};

/** What speaks against the claim at `path`, its figures bound. */
const doubtsOf = (say: Say, claim: ClaimJson, path: string): string[] =>
  claim.doubts.map((doubt) => WITH_FIGURES[doubt]?.(say, claim, path) ?? DOUBT_WORDS[doubt]);

const promotionOf = (claim: ClaimJson): string =>
  claim.parts.length > 1
    ? claim.parts.map((part) => `${part.promotion}, ${part.name}`).join(" and ")
    : claim.promotion === null
      ? "no promotion"
      : [claim.promotion, claim.promotion_name].filter(Boolean).join(", ");

interface Found {
  readonly account: string | null;
  readonly promotion: string | null;
  readonly status: string | null;
  readonly kind: string | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly doubtful: boolean;
  readonly unmatched: boolean;
  readonly min_amount: number | null;
  readonly max_amount: number | null;
  readonly currency: string;
  readonly found: number;
  readonly doubted: number;
  readonly requests: number;
  readonly assumptions: readonly string[];
  readonly shown: number;
  readonly totals: readonly { readonly status: string; readonly currency: string }[];
  readonly claims: readonly ClaimJson[];
  /** Of the one claim that was asked for. */
  readonly judged: {
    readonly grounds: readonly { readonly side: string }[];
    readonly suggestion: { readonly agreed: number; readonly executed: number | null } | null;
  } | null;
}

export const composeFindClaims: Composer = (say) => {
  const r = say.call.result as unknown as Found;
  const noun = r.kind === "deduction" ? "deduction" : "claim";
  const what = [
    r.doubtful && "doubtful",
    r.unmatched && "unmatched",
    r.status && CLAIM_STATES[r.status],
    r.found === 1 ? noun : `${noun}s`,
  ];
  const where = [
    r.account ? ` at ${r.account}` : "",
    r.promotion ? ` for ${r.promotion}` : "",
    boundsWords(say, r),
    r.period ? `, ${say.period(r.period)}` : "",
  ].join("");
  const label = `${what.filter(Boolean).join(" ")}${where}`;
  if (!r.found) {
    say.p(`There are no ${label}.`);
    return;
  }
  const found = (): string => say.fig("/found", "count");
  const amount = (i: number): string => say.fig(`/totals/${i}/amount`, r.totals[i]!.currency);
  if (r.totals.length === 1) {
    const state = r.status ? "" : `; ${r.found === 1 ? "it is" : "all are"} ${CLAIM_STATES[r.totals[0]!.status]}`;
    say.p(`I find ${found()} ${label}, ${amount(0)}${r.found === 1 ? "" : " together"}${state}.`);
  } else {
    const n = (i: number): string => say.fig(`/totals/${i}/n`, "count");
    const totals = r.totals.map((t, i) => `${n(i)} ${CLAIM_STATES[t.status]} (${amount(i)})`);
    say.p(`I find ${found()} ${label}: ${listed(totals)}.`);
  }
  const notes = [
    ...r.assumptions,
    r.doubted && !r.doubtful
      ? `something speaks against ${say.fig("/doubted", "count")} of those that are not settled`
      : "",
    r.requests ? `finance has a request for ${say.fig("/requests", "count")} of them` : "",
    r.shown < r.found ? `the first ${say.fig("/shown", "count")} are shown${r.status ? "" : ", open ones first"}` : "",
  ].filter(Boolean);
  if (notes.length) say.p(`${notes.join("; ").replace(/^./, (c) => c.toUpperCase())}.`);
  const paid = r.claims.some((c) => c.settled !== null);
  say.table(
    ["Claim", "Account", "Promotion", "Date", "Amount", "State", ...(paid ? ["Paid"] : []), "What speaks against it"],
    r.claims.map((c, i) => [
      c.claim,
      c.account,
      promotionOf(c),
      say.date(c.date),
      say.fig(`/claims/${i}/amount`, c.currency),
      `${CLAIM_STATES[c.status] ?? c.status}${c.request === null ? "" : ", asked of finance"}`,
      ...(paid ? [say.figOr(`/claims/${i}/settled`, c.currency)] : []),
      doubtsOf(say, c, `/claims/${i}`).join("; ") || "–",
    ]),
  );
  if (r.judged) judgedWords(say, r.claims[0]!, r.judged);
  const decided = r.claims.flatMap((c, i) =>
    c.reason === null ? [] : [`${c.claim}: ${quote(say, `/claims/${i}/reason_quote`)}`],
  );
  if (decided.length) say.p(`Reasons on record: ${decided.join("; ")}.`);
  say.p("Say “pay”, “partly pay” or “dispute” with a claim's number; finance settles, anyone else asks finance to.");
};

/** " of €1,000 to €3,000", " of €5,000 or more". */
function boundsWords(say: Say, { min_amount, max_amount, currency }: Found): string {
  const [least, most] = [min_amount !== null, max_amount !== null];
  if (least && most) return ` of ${say.fig("/min_amount", currency)} to ${say.fig("/max_amount", currency)}`;
  if (least) return ` of ${say.fig("/min_amount", currency)} or more`;
  return most ? ` of ${say.fig("/max_amount", currency)} or less` : "";
}

/** Whether one claim is right: what the store shows for and against it, and what could be paid. */
function judgedWords(say: Say, claim: ClaimJson, { grounds, suggestion }: NonNullable<Found["judged"]>): void {
  const of = (side: string): string[] =>
    grounds.flatMap((one, i) => (one.side === side ? [say.check(`/judged/grounds/${i}`)] : []));
  const [against, forIt] = [of("against"), of("for")];
  const verdict = against.length
    ? `**Not as it stands**: ${against.join("; ")}.`
    : "**It looks right**: the store holds nothing that speaks against it.";
  say.p(`${verdict}${forIt.length ? ` For it: ${forIt.join("; ")}.` : ""}`);
  if (claim.status !== "open" && claim.status !== "disputed") return;
  if (against.length && suggestion?.executed && suggestion.executed < claim.amount)
    say.p(
      suggestion.executed < suggestion.agreed
        ? `What was agreed and executed comes to ${say.fig("/judged/suggestion/executed", claim.currency)}: the agreed ${say.fig("/judged/suggestion/agreed", claim.currency)}, less the fee for stores without the support.`
        : `What was agreed comes to ${say.fig("/judged/suggestion/agreed", claim.currency)}.`,
    );
}

interface Settling extends ClaimJson {
  readonly as: "settlement" | "request";
  readonly decision: string;
  readonly pays: number | null;
  readonly unpaid: number | null;
  readonly why: string | null;
  readonly drafted: { readonly message: string } | null;
  readonly basis: "agreed" | "executed" | null;
  readonly suggestion: {
    readonly agreed: number;
    readonly executed: number | null;
    readonly executed_share: number | null;
  } | null;
  readonly letter: LetterJson | null;
  readonly checks: readonly { readonly rule: string }[];
  readonly assumptions: readonly string[];
}

/** What a part payment without an amount rests on. */
const basisWords = (say: Say, r: Settling): string =>
  r.basis === "agreed"
    ? `That is what was agreed: ${say.fig("/suggestion/agreed", r.currency)} is booked and not paid out.`
    : `That is what was executed: of the agreed ${say.fig("/suggestion/agreed", r.currency)}, the fee for paid support counts for the ${say.fig("/suggestion/executed_share", "%")} of stores in which it was seen.`;

export const composeSettleClaim: Composer = (say) => {
  const r = say.call.result as unknown as Settling;
  const verb = DECISIONS[r.decision] ?? r.decision;
  const amount = r.pays === null ? "" : `, ${say.fig("/pays", r.currency)}`;
  const rest = r.unpaid !== null && r.unpaid > 0 ? `; ${say.fig("/unpaid", r.currency)} of it would stay unpaid` : "";
  const lead = r.as === "settlement" ? `I would ${verb} ${r.claim}` : `I would ask finance to ${verb} ${r.claim}`;
  say.p(
    `${lead}${amount}: ${r.account}, ${promotionOf(r)}, ${r.kind} of ${say.date(r.date)} for ${say.fig("/amount", r.currency)}${rest}.`,
  );
  if (r.basis) say.p(basisWords(say, r));
  if (r.drafted)
    say.p(
      `Reason, from the facts: ${r.decision === "dispute" ? "dispute" : "not in full"}, because ${say.check("/drafted")}.`,
    );
  const doubts = doubtsOf(say, r, "");
  if (!r.drafted)
    say.p(
      doubts.length
        ? `What speaks against the claim: ${doubts.join("; ")}.`
        : "The store holds nothing that speaks against the claim.",
    );
  const part = r.suggestion;
  if (r.decision === "dispute" && part?.executed && part.executed < r.amount)
    say.p(
      part.executed < part.agreed
        ? `Instead, ${say.fig("/suggestion/executed", r.currency)} could be paid: what was agreed, less the fee for stores without the support. Say “pay only what was executed”.`
        : `Instead, the agreed ${say.fig("/suggestion/agreed", r.currency)} could be paid. Say “pay only what was agreed”.`,
    );
  const above = r.checks.findIndex(({ rule }) => rule === "claim_above_plan");
  if (above >= 0) say.p(say.check(`/checks/${above}`));
  const taken = sentence("Taken", r.assumptions);
  if (taken) say.p(taken);
  if (r.letter) {
    say.p(
      `The letter that goes with it${r.letter.to ? `, to ${r.letter.to}` : ""}; it can be changed on the card before you approve:`,
    );
    letterBlock(say, "/letter", r.letter);
  }
  const then = r.as === "request" ? "Finance sees the request and settles; the claim stays as it is until then." : "";
  say.p(
    `Nothing is written yet. Say yes to ${r.as === "request" ? "send it" : "settle it"}, no to discard it. ${then}`.trim(),
  );
};
