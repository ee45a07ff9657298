import type { ToolContext } from "../../define.ts";
import type { Scope } from "../scope.ts";
import { competitorRisks, declineRisks, stockRisks } from "./market.ts";
import { budgetRisks, claimRisks, contractRisks } from "./money.ts";
import { approvalRisks, executionRisks, offTrackRisks } from "./promotions.ts";
import type { Risk, RiskFinder, Severity } from "./risk.ts";

const FINDERS: readonly RiskFinder[] = [
  budgetRisks,
  approvalRisks,
  stockRisks,
  executionRisks,
  claimRisks,
  competitorRisks,
  declineRisks,
  offTrackRisks,
  contractRisks,
];

const ORDER: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/**
 * Everything that needs attention at the accounts of a scope: the worst first, then what most money hangs on, then the latest.
 * @param more what is looked for beside the risks
 */
export async function findAllRisks(
  context: ToolContext,
  scope: Scope,
  more: readonly RiskFinder[] = [],
): Promise<Risk[]> {
  const found: Risk[] = [];
  for (const find of [...FINDERS, ...more]) found.push(...(await find(context, scope)));
  return found.sort(
    (a, b) =>
      ORDER[a.severity] - ORDER[b.severity] ||
      (b.at_stake ?? 0) - (a.at_stake ?? 0) ||
      b.date.localeCompare(a.date) ||
      a.account.localeCompare(b.account),
  );
}
