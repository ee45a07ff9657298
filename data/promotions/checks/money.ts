import { toMajor } from "../../common/money.ts";
import { unitMargin } from "../../contracts/margin.ts";
import { paidByUnit } from "../draft.ts";
import { PAYMENT_WORDS, possessive } from "../words.ts";
import type { CheckContext } from "./context.ts";
import { called, check, type DraftCheck, figure } from "./sentence.ts";

/** Expected spend against what is left in the fund, without what the draft itself holds of it. */
export function budgetCheck({ account, draft, fund, left_minor, limits }: CheckContext): DraftCheck {
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
  const most = limits.of("budget");
  if (most.severity !== "off" && draft.spend_minor > left_minor * most.value)
    return check("budget", most.severity, [
      "The expected spend of ",
      spend,
      ...(most.value === 1 ? [" is more than the "] : [" is more than ", figure("most", most.value, "%"), " of the "]),
      left,
      " left in ",
      name,
      ".",
    ]);
  const share = left_minor > 0 ? draft.spend_minor / left_minor : 0;
  const much = limits.of("budget_share");
  if (much.severity !== "off" && share > much.value)
    return check("budget", much.severity, [
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
export function marginCheck({ draft, limits, products, terms }: CheckContext): DraftCheck[] {
  const least = limits.of("margin");
  if (least.severity === "off") return [];
  let judged = 0;
  for (const line of draft.lines) {
    const product = products.find((p) => p.id === line.product_id);
    const margin = unitMargin(product, terms);
    const allowance = toMajor(line.allowance_minor);
    if (!product || margin === null) continue;
    judged++;
    const of = ["The allowance of ", figure("allowance", allowance, draft.currency), " a unit "] as const;
    const whole = figure("unit_margin", margin, draft.currency);
    const name = called("product", product.name);
    if (allowance > 0 && allowance >= margin)
      return [
        check("margin", least.severity, [
          ...of,
          "reaches the unit margin of ",
          whole,
          " of ",
          name,
          ": no uplift can bring it back.",
        ]),
      ];
    if (allowance > 0 && margin - allowance < least.value)
      return [
        check("margin", least.severity, [
          ...of,
          "leaves less of the unit margin of ",
          whole,
          " of ",
          name,
          " than the ",
          figure("least_margin", least.value, draft.currency),
          " that the policy asks for.",
        ]),
      ];
  }
  return judged ? [check("margin", "pass", ["The allowance leaves a margin on every product."])] : [];
}

/** Expected net ROI against break-even. */
export function roiCheck({ limits, outcome }: CheckContext): DraftCheck[] {
  const roi = outcome?.net_roi;
  const least = limits.of("roi");
  if (!roi || least.severity === "off") return [];
  const range = [
    figure("net_roi", roi.mean, "ratio"),
    " (",
    figure("net_roi_low", roi.low, "ratio"),
    " to ",
    figure("net_roi_high", roi.high, "ratio"),
    ")",
  ];
  const bar =
    least.value === 0 ? ["break-even"] : ["the ", figure("least_roi", least.value, "ratio"), " of the policy"];
  if (roi.mean < least.value)
    return [check("roi", least.severity, ["The expected net ROI is ", ...range, ", below ", ...bar, "."])];
  return [check("roi", "pass", ["The expected net ROI is ", ...range, ", above ", ...bar, "."])];
}

/** The retailer, too, must not be worse off by the unit than every day. */
export function retailerMarginCheck({ account, limits, outcome }: CheckContext): DraftCheck[] {
  const retailer = outcome?.retailer;
  const most = limits.of("retailer_margin");
  if (!retailer || most.severity === "off") return [];
  const margin = figure("retailer_margin", retailer.margin, "%");
  const everyday = figure("everyday_margin", retailer.everyday_margin, "%");
  if (retailer.margin < retailer.everyday_margin - most.value)
    return [
      check("retailer_margin", most.severity, [
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

/** Trade spend over the gross sales of the promoted units; told only where it passes the policy's share. */
export function spendRateCheck({ draft, limits, products }: CheckContext): DraftCheck[] {
  const most = limits.of("spend_rate");
  if (draft.spend_minor === null || most.severity === "off") return [];
  let gross = 0;
  for (const line of draft.lines) {
    const list = products.find((p) => p.id === line.product_id)?.list_price_minor;
    if (list == null || line.planned_units === null) return [];
    gross += list * line.planned_units;
  }
  const rate = gross > 0 ? draft.spend_minor / gross : 0;
  if (rate <= most.value) return [];
  return [
    check("spend_rate", most.severity, [
      "The spend would be ",
      figure("spend_rate", rate, "%"),
      " of the gross sales of the promotion; the policy allows ",
      figure("most_spend_rate", most.value, "%"),
      " at most.",
    ]),
  ];
}
