import { toMajor } from "../../common/money.ts";
import { unitMargin } from "../../contracts/margin.ts";
import { paidByUnit } from "../draft.ts";
import { PAYMENT_WORDS, possessive } from "../words.ts";
import type { CheckContext } from "./context.ts";
import { GUARDRAILS } from "./guardrails.ts";
import { called, check, type DraftCheck, figure } from "./sentence.ts";

/** Expected spend against what is left in the fund, without what the draft itself holds of it. */
export function budgetCheck({ account, draft, fund, left_minor }: CheckContext): DraftCheck {
  if (!fund)
    return check("budget", "warn", [`No fund of ${account.name} covers the start, so the spend has no budget.`]);
  const name = called("fund", fund.fund);
  const left = figure("left", toMajor(left_minor), fund.currency);
  if (draft.spend_minor === null)
    return check("budget", "warn", ["The spend cannot be estimated; ", name, " has ", left, " left."]);
  if (draft.spend_minor === 0 && !paidByUnit(draft.payment))
    return check("budget", "warn", [
      `It is paid as a ${PAYMENT_WORDS[draft.payment]} and no amount is named, so it takes nothing yet of the `,
      left,
      " left in ",
      name,
      ".",
    ]);
  const spend = figure("spend", toMajor(draft.spend_minor), draft.currency);
  if (draft.spend_minor > left_minor)
    return check("budget", "block", [
      "The expected spend of ",
      spend,
      " is more than the ",
      left,
      " left in ",
      name,
      ".",
    ]);
  const share = left_minor > 0 ? draft.spend_minor / left_minor : 0;
  if (share > GUARDRAILS.budget_share)
    return check("budget", "warn", [
      "The expected spend of ",
      spend,
      " takes ",
      figure("share", share, "%"),
      " of the ",
      left,
      " left in ",
      name,
      ".",
    ]);
  return check("budget", "pass", ["The expected spend of ", spend, " fits into the ", left, " left in ", name, "."]);
}

/** Where the allowance eats the whole unit margin, no uplift can bring the money back. */
export function marginCheck({ draft, products, terms }: CheckContext): DraftCheck[] {
  let judged = 0;
  for (const line of draft.lines) {
    const product = products.find((p) => p.id === line.product_id);
    const margin = unitMargin(product, terms);
    const allowance = toMajor(line.allowance_minor);
    if (!product || margin === null) continue;
    judged++;
    if (allowance > 0 && allowance >= margin)
      return [
        check("margin", "warn", [
          "The allowance of ",
          figure("allowance", allowance, draft.currency),
          " a unit reaches the unit margin of ",
          figure("unit_margin", margin, draft.currency),
          " of ",
          called("product", product.name),
          ": no uplift can bring it back.",
        ]),
      ];
  }
  return judged ? [check("margin", "pass", ["The allowance leaves a margin on every product."])] : [];
}

/** Expected net ROI against break-even. */
export function roiCheck({ outcome }: CheckContext): DraftCheck[] {
  const roi = outcome?.net_roi;
  if (!roi) return [];
  const range = [
    figure("net_roi", roi.mean, "ratio"),
    " (",
    figure("net_roi_low", roi.low, "ratio"),
    " to ",
    figure("net_roi_high", roi.high, "ratio"),
    ")",
  ];
  if (roi.mean < GUARDRAILS.break_even)
    return [check("roi", "warn", ["The expected net ROI is ", ...range, ", below break-even."])];
  return [check("roi", "pass", ["The expected net ROI is ", ...range, ", above break-even."])];
}

/** The retailer, too, must not be worse off by the unit than every day. */
export function retailerMarginCheck({ account, outcome }: CheckContext): DraftCheck[] {
  const retailer = outcome?.retailer;
  if (!retailer) return [];
  const margin = figure("retailer_margin", retailer.margin, "%");
  const everyday = figure("everyday_margin", retailer.everyday_margin, "%");
  if (retailer.margin < retailer.everyday_margin - GUARDRAILS.margin_tolerance)
    return [
      check("retailer_margin", "warn", [
        `${possessive(account.name)} margin would be `,
        margin,
        ", below its everyday ",
        everyday,
        ".",
      ]),
    ];
  return [
    check("retailer_margin", "pass", [
      `${possessive(account.name)} margin would be `,
      margin,
      "; every day it is ",
      everyday,
      ".",
    ]),
  ];
}
