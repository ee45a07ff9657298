import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { type AssessedClaim, assessedClaims, resolveClaim } from "../../../data/claims/claims.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { accountRef, optional, period, promotionRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { claimJson } from "./claimJson.ts";

const SHOWN = 10;
const ORDER = ["open", "disputed", "part_paid", "paid"] as const;
/** Where something can still be done about a doubt. */
const undecided = (claim: AssessedClaim): boolean => claim.status === "open" || claim.status === "disputed";

export const findClaims = readTool({
  name: "find_claims",
  role: "assistant",
  description:
    "Finds claims and deductions of retailers: by account, promotion, status, kind or period, or only the doubtful ones (above the booked spend, no promotion, no proof, support not seen in stores, asked twice). Open ones first.",
  examples: [
    { say: "Which claims are open at Bramley?", args: { account: "Bramley", status: "open" } },
    { say: "Which claims look wrong?", args: { doubtful: true } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    claim: optional(z.union([z.string().min(1), z.number().int()])).describe("one claim, by its number"),
    promotion: optional(promotionRef),
    status: optional(z.enum(ORDER)),
    kind: optional(z.enum(["claim", "deduction"])),
    period: optional(period),
    doubtful: optional(z.boolean()).describe("true: only claims that something speaks against"),
    top: optional(z.number().int().min(1).max(100)),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const all =
      args.claim === undefined
        ? await assessedClaims(store, account ? [account] : await visibleAccounts(actor, store))
        : [await resolveClaim(actor, store, args.claim)].filter((c) => !account || c.account_id === account.id);
    const promotion = args.promotion === undefined ? null : await resolvePromotion(actor, store, args.promotion);
    const found = all
      .filter(
        (c) =>
          (!args.status || c.status === args.status) &&
          (!args.kind || c.kind === args.kind) &&
          (!args.period || (args.period.from <= c.date && c.date <= args.period.to)) &&
          (!args.doubtful || (c.doubts.length > 0 && (args.status !== undefined || undecided(c)))) &&
          (promotion === null || c.promotion_id === promotion.promotion_id),
      )
      .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || b.date.localeCompare(a.date));
    const top = args.top ?? SHOWN;
    return {
      account: account?.name ?? null,
      promotion: promotion?.promotion ?? null,
      status: args.status ?? null,
      kind: args.kind ?? null,
      period: args.period ?? null,
      doubtful: args.doubtful ?? false,
      found: found.length,
      doubted: found.filter((c) => c.doubts.length > 0 && undecided(c)).length,
      requests: found.filter((c) => c.request !== null).length,
      assumptions: args.doubtful && !args.status ? ["only claims that are not settled yet"] : [],
      shown: Math.min(top, found.length),
      totals: totalsOf(found),
      claims: found.slice(0, top).map(claimJson),
    };
  },
});

/** Number and amount by state and currency. */
function totalsOf(claims: readonly AssessedClaim[]) {
  const groups = Map.groupBy(claims, (c) => `${c.status} ${c.currency}`);
  return [...groups.values()].map((some) => ({
    status: some[0]!.status,
    currency: some[0]!.currency,
    n: some.length,
    amount: toMajor(some.reduce((sum, c) => sum + c.amount_minor, 0)),
    settled: toMajor(some.reduce((sum, c) => sum + (c.settled_minor ?? 0), 0)),
  }));
}
