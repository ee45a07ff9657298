import { dateInWords } from "../../common/format.ts";
import { standingOverrides } from "../../policies/overrides.repo.ts";
import type { Store } from "../../store/open.ts";
import type { DraftCheck } from "./sentence.ts";

/** The checks of a promotion, those that somebody let pass as a warning that says who, when and why. */
export async function overridden(
  store: Store,
  promotionId: number | null,
  checks: readonly DraftCheck[],
): Promise<DraftCheck[]> {
  const standing = promotionId === null ? [] : await standingOverrides(store, promotionId);
  return checks.map((check) => {
    const by = standing.findLast((o) => o.rule === check.rule);
    if (!by || check.verdict === "pass") return check;
    return Object.freeze({
      ...check,
      verdict: "warn",
      message: `${check.message} Overridden by ${by.person} on ${dateInWords(by.date)}, because “${by.reason}”.`,
      facts: Object.freeze({ ...check.facts, override_name: by.reason }),
    });
  });
}
