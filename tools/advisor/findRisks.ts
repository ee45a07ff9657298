import { z } from "zod";
import { accountRef, exclusion, optional } from "../args.ts";
import { readTool } from "../define.ts";
import { findAllRisks } from "./risks/find.ts";
import { type Risk, THRESHOLDS } from "./risks/risk.ts";
import { scopeOf } from "./scope.ts";

const MOST = 40;
/** Of one kind, no more than this many stand among the first rows, so that no kind hides the others. */
const MOST_OF_A_KIND = 3;

export const findRisks = readTool({
  name: "find_risks",
  role: "advisor",
  access: "READ",
  description:
    "What needs attention, worst first, each dated and with its evidence: funds nearly used, promotions not approved in time, products out of stock, paid support missing in the stores, claims open or doubtful, competitors' moves, brands that decline, running promotions off track, contracts that end.",
  examples: [
    { say: "What are the risks at Retailer B?", args: { account: "Bramley Stores" } },
    { say: "What could go wrong in the next weeks?", args: {} },
  ],
  schema: z.strictObject({ account: optional(accountRef), exclude: optional(exclusion.pick({ accounts: true })) }),
  async run(context, args) {
    const scope = await scopeOf(context, args);
    const risks = await findAllRisks(context, scope);
    const kinds = [...Map.groupBy(risks, (risk) => risk.kind)];
    return {
      account: scope.account?.name ?? null,
      without: scope.without,
      as_of: context.store.today,
      currency: scope.currency,
      risks: risks.length,
      high: risks.filter((risk) => risk.severity === "high").length,
      kinds: kinds.map(([kind, rows]) => ({ kind, risks: rows.length })),
      rows: mixed(risks).slice(0, MOST),
      thresholds: THRESHOLDS,
      missing: scope.notes,
    };
  },
});

/** The same order, but what is more than enough of one kind goes to the end. */
export function mixed(risks: readonly Risk[]): Risk[] {
  const seen = new Map<string, number>();
  const early: Risk[] = [];
  const late: Risk[] = [];
  for (const risk of risks) {
    const n = (seen.get(risk.kind) ?? 0) + 1;
    seen.set(risk.kind, n);
    (n <= MOST_OF_A_KIND ? early : late).push(risk);
  }
  return [...early, ...late];
}
