import { daysBetween } from "../common/dates.ts";
import { foldName } from "../common/names.ts";

/** A claim as a match is looked for it; minor units. */
export interface ToMatch {
  readonly amount: number;
  readonly date: string;
  readonly kind: "claim" | "deduction";
  /** What the retailer wrote: reference and reason. */
  readonly words: string;
}

/** A promotion of the same account that it may be for. */
export interface Candidate {
  readonly promotion_id: number;
  readonly code: string;
  readonly name: string;
  /** Brands and products. */
  readonly goods: readonly string[];
  readonly end: string;
  readonly payment: string;
  readonly display: boolean;
  readonly feature: boolean;
  /** Booked and not paid out, minor units; null where nothing is booked. */
  readonly booked: number | null;
  /** Other claims for it. */
  readonly claims: number;
  /** Share of what was paid for that was executed; null where nobody looked. */
  readonly executed: number | null;
}

/** Why a proposal fits, or what speaks against it, with the points that it is worth. */
export interface MatchReason {
  readonly rule:
    | "reference"
    | "products"
    | "support"
    | "amount"
    | "near_amount"
    | "below_booked"
    | "above_booked"
    | "dates"
    | "late"
    | "before_end"
    | "off_invoice"
    | "claimed_before"
    | "free"
    | "proof"
    | "no_proof";
  readonly points: number;
}

export interface MatchProposal {
  readonly parts: readonly { readonly candidate: Candidate; readonly amount: number }[];
  /** From 0 to 1: the points of its reasons, the mean over its promotions. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
}

/** Below this a proposal is an alternative to look at and none to put forward. */
export const LEAST_SCORE = 0.5;
const SAME = 0.02;
const NEAR = 0.1;
/** Days after its end within which a promotion is claimed as a rule, and at all. */
const SOON = 30;
const LATE = 180;
/** So many candidates are tried together. */
const COMBINED = 8;

/** The best matches of a claim, the likeliest first: one promotion, or two or three that together make its amount. */
export function proposalsFor(claim: ToMatch, candidates: readonly Candidate[], most = 4): MatchProposal[] {
  const near = candidates.filter((c) => daysBetween(c.end, claim.date) <= LATE);
  const single = near.map((candidate) => proposal(claim, [{ candidate, amount: claim.amount }]));
  const free = near
    .filter((c) => (c.booked ?? 0) > 0 && c.claims === 0 && c.payment !== "off_invoice" && c.booked! < claim.amount)
    .sort((a, b) => (a.end < b.end ? 1 : -1))
    .slice(0, COMBINED);
  const together = subsets(free)
    .filter(
      (some) =>
        close(
          some.reduce((sum, c) => sum + c.booked!, 0),
          claim.amount,
        ) <= SAME,
    )
    .map((some) => proposal(claim, shared(claim.amount, some)));
  return [...single, ...together]
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || a.parts.length - b.parts.length)
    .slice(0, most);
}

const close = (amount: number, wanted: number): number => Math.abs(amount - wanted) / wanted;

function* pairs(list: readonly Candidate[]): Generator<Candidate[]> {
  for (const [i, a] of list.entries())
    for (const [j, b] of list.slice(i + 1).entries()) {
      yield [a, b];
      for (const c of list.slice(i + j + 2)) yield [a, b, c];
    }
}
const subsets = (list: readonly Candidate[]): Candidate[][] => [...pairs(list)];

/** Each gets what is booked for it; the largest takes what counting differently leaves. */
function shared(amount: number, some: readonly Candidate[]): { candidate: Candidate; amount: number }[] {
  const parts = some.map((candidate) => ({ candidate, amount: candidate.booked! })).sort((a, b) => b.amount - a.amount);
  const rest = amount - parts.reduce((sum, part) => sum + part.amount, 0);
  return parts.map((part, i) => (i === 0 ? { ...part, amount: part.amount + rest } : part));
}

function proposal(claim: ToMatch, parts: MatchProposal["parts"]): MatchProposal {
  const sum = parts.reduce((total, { candidate }) => total + (candidate.booked ?? 0), 0);
  const known = parts.every(({ candidate }) => candidate.booked !== null);
  const each = parts.map(({ candidate }) => [
    ...(known ? amountReasons(sum, claim.amount) : []),
    ...wordReasons(claim, candidate),
    ...dateReasons(claim, candidate),
    ...otherReasons(claim, candidate),
  ]);
  const total = each.flat().reduce((points, reason) => points + reason.points, 0) / parts.length;
  const reasons = new Map(each.flat().map((reason) => [reason.rule, reason]));
  return { parts, score: Math.max(0, Math.min(1, Math.round(total * 100) / 100)), reasons: [...reasons.values()] };
}

function amountReasons(booked: number, amount: number): MatchReason[] {
  const off = booked > 0 ? close(booked, amount) : 1;
  if (off <= SAME) return [{ rule: "amount", points: 0.35 }];
  if (off <= NEAR) return [{ rule: "near_amount", points: 0.2 }];
  return amount < booked ? [{ rule: "below_booked", points: 0.05 }] : [{ rule: "above_booked", points: -0.1 }];
}

const SUPPORT_WORDS = {
  display: /display|gondola|second placement|end ?cap|pallet/i,
  feature: /leaflet|feature|flyer|folder|advert/i,
};

function wordReasons(claim: ToMatch, candidate: Candidate): MatchReason[] {
  const words = ` ${foldName(claim.words)} `;
  const says = (name: string): boolean => words.includes(` ${foldName(name)} `);
  const reasons: MatchReason[] = [];
  if (says(candidate.code) || claim.words.includes(candidate.end.replaceAll("-", "")))
    reasons.push({ rule: "reference", points: 0.5 });
  if (candidate.goods.some(says)) reasons.push({ rule: "products", points: 0.2 });
  if (
    (["display", "feature"] as const).some((support) => candidate[support] && SUPPORT_WORDS[support].test(claim.words))
  )
    reasons.push({ rule: "support", points: 0.1 });
  return reasons;
}

function dateReasons(claim: ToMatch, candidate: Candidate): MatchReason[] {
  const days = daysBetween(candidate.end, claim.date);
  if (days < 0) return [{ rule: "before_end", points: -0.1 }];
  return days <= SOON ? [{ rule: "dates", points: 0.2 }] : [{ rule: "late", points: 0.05 }];
}

function otherReasons(claim: ToMatch, candidate: Candidate): MatchReason[] {
  const reasons: MatchReason[] = [];
  if (candidate.payment === "off_invoice" && claim.kind === "claim")
    reasons.push({ rule: "off_invoice", points: -0.2 });
  reasons.push(candidate.claims > 0 ? { rule: "claimed_before", points: -0.15 } : { rule: "free", points: 0.1 });
  if (candidate.executed !== null)
    reasons.push(candidate.executed >= 0.5 ? { rule: "proof", points: 0.05 } : { rule: "no_proof", points: -0.05 });
  return reasons;
}
