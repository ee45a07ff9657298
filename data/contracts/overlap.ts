import { addDays, type Period } from "../common/dates.ts";

/** Terms of an account, known by the day they start. */
export interface Term {
  readonly start: string;
  readonly end: string;
}

/** The terms that share a day with some others of the same account: no two contracts may hold on one day. */
export const overlapping = <T extends Term>(terms: readonly T[], other: Term): T | undefined =>
  terms.find((term) => term.start !== other.start && term.start <= other.end && other.start <= term.end);

/** What to do about two terms that share days: "end …, or begin …". */
export const wayOut = (standing: Term, other: Term): string =>
  standing.start < other.start
    ? `end those on ${addDays(other.start, -1)} first, or let these begin on ${addDays(standing.end, 1)}`
    : `let these end on ${addDays(standing.start, -1)}, or change those first`;

/** Days that two terms share. */
export const shared = (a: Term, b: Term): Period => ({
  from: a.start > b.start ? a.start : b.start,
  to: a.end < b.end ? a.end : b.end,
});
