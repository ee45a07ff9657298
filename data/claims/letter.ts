import { dateInWords, formatFigure, periodInWords } from "../common/format.ts";
import { toMajor } from "../common/money.ts";
import type { Allocation, AssessedClaim } from "./claims.service.ts";
import type { Ground } from "./grounds.ts";

export interface Recipient {
  readonly name: string;
  readonly title: string;
}

export interface LetterFacts {
  readonly claim: AssessedClaim;
  readonly decision: "pay" | "dispute" | "part_pay";
  /** What is paid, minor units. */
  readonly amount: number;
  /** What the person herself says; facts of the store where she says nothing. */
  readonly reason: string | null;
  readonly grounds: readonly Ground[];
  readonly recipient: Recipient | null;
  readonly sender: string;
  readonly today: string;
}

/**
 * The letter of a decision to the retailer, in plain English: what was claimed, what was agreed and seen, what is paid and what is asked. It holds nothing of the
 * firm's own economics and nothing of other accounts.
 */
export function draftLetter(facts: LetterFacts): string {
  const { claim, recipient, sender, today } = facts;
  return [
    `${claim.account}${recipient ? `\n${recipient.name}, ${recipient.title}` : ""}\n${dateInWords(today)}`,
    `Your ${claim.kind} ${claim.code}${claim.reference ? ` (your reference: ${oneLine(claim.reference)})` : ""}`,
    `Dear ${recipient?.name ?? "Sir or Madam"},`,
    opening(facts),
    ...about(facts),
    closing(facts),
    `Kind regards,\n${sender}`,
  ].join("\n\n");
}

const money = (minor: number, currency: string): string => formatFigure(toMajor(minor), currency);
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, 120);

function opening({ claim, decision, amount }: LetterFacts): string {
  const asked = `your ${claim.kind} of ${dateInWords(claim.date)} for ${money(claim.amount_minor, claim.currency)}`;
  const what = claim.allocations.length ? ` for ${claim.allocations.map(named).join(" and ")}` : "";
  const verdict = {
    pay: "We have checked it and pay it in full.",
    part_pay: `We have checked it and pay ${money(amount, claim.currency)} of it; ${money(claim.amount_minor - amount, claim.currency)} stays unpaid.`,
    dispute: "We have checked it and cannot accept it as it stands.",
  }[decision];
  return `Thank you for ${asked}${what}. ${verdict}`;
}

const named = (part: Allocation): string =>
  `${part.name}, ${periodInWords({ from: part.start, to: part.end })} (our ${part.code})`;

/** What the decision rests on: what the store shows, else the person's own words. */
function about({ claim, decision, reason, grounds }: LetterFacts): string[] {
  if (decision === "pay") return [];
  const against = grounds.filter((one) => one.side === "against");
  const facts = against.map(({ message }) => message);
  const visits = claim.allocations.flatMap(({ seen }) =>
    seen && against.some(({ rule }) => rule.endsWith("not_seen"))
      ? [
          `The stores were checked between ${dateInWords(seen.first)} and ${dateInWords(seen.last)}; we send the list of visits on request.`,
        ]
      : [],
  );
  // What the person said in passing goes out only where the store shows nothing by itself.
  const own = reason === null || facts.length ? [] : [`The reason: ${oneLine(reason).replace(/[.!?]+$/, "")}.`];
  const found = facts.length ? [`This is what we found: ${facts.join("; ")}.`] : [];
  return [[...own, ...found, ...visits].join(" ")].filter(Boolean);
}

function closing({ claim, decision }: LetterFacts): string {
  if (decision === "pay") return "The payment will reach you under the usual terms.";
  const rest = decision === "part_pay" ? "For the rest" : "To look at it again";
  const taken = claim.kind === "deduction" ? " Please credit back what was deducted and is not accepted." : "";
  const proof = claim.allocations.length
    ? "please send us proof of performance for the stores in question, such as dated photos of the display or the leaflet page"
    : "please tell us which promotion it is for, with your order or agreement number and proof of performance";
  return `${rest}, ${proof}.${taken}`;
}
