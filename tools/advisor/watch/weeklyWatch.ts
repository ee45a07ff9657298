import { z } from "zod";
import { accountRef, optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { mixed } from "../findRisks.ts";
import { findAllRisks } from "../risks/find.ts";
import { type Risk, type RiskFinder, type RiskKind, THRESHOLDS } from "../risks/risk.ts";
import { scopeOf } from "../scope.ts";
import { actionOf } from "./actions.ts";
import { comingBlackouts, overdueSteps, promotionStock, waitingApprovals } from "./calendar.ts";
import { missedTargets, nearBonus, unusedFunds } from "./money.ts";

/** What is looked for beside the risks: what is due, near or left over. */
const FINDERS: readonly RiskFinder[] = [
  unusedFunds,
  nearBonus,
  missedTargets,
  waitingApprovals,
  overdueSteps,
  comingBlackouts,
  promotionStock,
];

/** What is first of all whose to do; among what is alike urgent it comes first for her. */
const OWN: Readonly<Record<string, readonly RiskKind[]>> = {
  finance: ["claim", "budget", "fund_unused"],
  manager: ["approval", "waiting", "budget", "target"],
};

const forRole = (role: string, risks: readonly Risk[]): Risk[] => {
  const own = OWN[role] ?? [];
  const severities = ["high", "medium", "low"] as const;
  return severities.flatMap((severity) => {
    const rows = risks.filter((risk) => risk.severity === severity);
    return [...rows.filter((risk) => own.includes(risk.kind)), ...rows.filter((risk) => !own.includes(risk.kind))];
  });
};

const MOST = 40;
/** What a first look shows. */
const TOP = 12;

export const weeklyWatch = readTool({
  name: "weekly_watch",
  role: "advisor",
  access: "READ",
  description:
    "The first look of a day or week: what needs attention unasked, ranked by urgency and by the money at stake, each with its evidence and the step to take: budgets, unused funds, stock, missing displays, competitors, promotions and targets off track, claims, approvals, deadlines, overdue next steps, blackouts, bonus tiers.",
  examples: [
    { say: "What needs my attention this week?", args: {} },
    { say: "Anything I should know about Bramley?", args: { account: "Bramley Stores" } },
  ],
  schema: z.strictObject({ account: optional(accountRef), top: optional(z.number().int().min(1).max(MOST)) }),
  async run(context, args) {
    const scope = await scopeOf(context, { account: args.account });
    const found = forRole(context.actor.role, await findAllRisks(context, scope, FINDERS));
    const top = args.top ?? TOP;
    const kinds = [...Map.groupBy(found, (risk) => risk.kind)];
    return {
      account: scope.account?.name ?? null,
      as_of: context.store.today,
      currency: scope.currency,
      items: found.length,
      high: found.filter((risk) => risk.severity === "high").length,
      shown: Math.min(top, found.length),
      kinds: kinds.map(([kind, rows]) => ({ kind, items: rows.length })),
      rows: mixed(found)
        .slice(0, top)
        .map((risk) => ({ ...risk, action: actionOf(context.actor, risk) })),
      thresholds: THRESHOLDS,
      missing: scope.notes,
    };
  },
});
