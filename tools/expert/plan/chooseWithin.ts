import { type Candidate, type Choice, choose } from "./choose.ts";

/** Least part of the budget by which the room shrinks from one choice to the next, so that the search ends. */
const LEAST_STEP = 0.005;

/**
 * The best plan whose spend by `detail` is within the budget. A candidate's own spend is that of its design scaled to its
 * weeks, so that the plan may cost a little more once each of its promotions is forecast; then it is chosen anew with less.
 * Bound and gap are those of the whole budget.
 */
export function chooseWithin<C extends Candidate, D>(
  candidates: readonly C[],
  budget: number,
  gap: number,
  detail: (candidate: C) => D,
  spendOf: (detail: D) => number,
): { readonly choice: Choice<C>; readonly details: readonly { readonly c: C; readonly detail: D }[] } {
  const first = choose(candidates, budget, gap);
  for (let choice = first; ; ) {
    const details = choice.chosen.map((c) => ({ c, detail: detail(c) }));
    const over = details.reduce((sum, d) => sum + spendOf(d.detail), 0) - budget;
    if (over <= 0) {
      const { bound } = first;
      return {
        choice: { ...choice, bound, gap: bound > 0 ? Math.max(0, (bound - choice.value) / bound) : 0 },
        details,
      };
    }
    choice = choose(candidates, Math.max(0, choice.spend - Math.max(over, LEAST_STEP * budget)), gap);
  }
}
