import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { type AssessedClaim, assessedClaims, resolveClaim } from "../../../data/claims/claims.service.ts";
import { suggestionFor } from "../../../data/claims/grounds.ts";
import { groundsFor } from "../../../data/claims/letters.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { accountRef, minorOf, money, optional, period, promotionRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { claimJson, suggestionJson } from "./claimJson.ts";

const SHOWN = 10;
const ORDER = ["open", "disputed", "part_paid", "paid"] as const;
/** Where something can still be done about a doubt. */
const undecided = (claim: AssessedClaim): boolean => claim.status === "open" || claim.status === "disputed";

export const findClaims = readTool({
  name: "find_claims",
  role: "assistant",
  description:
    "Finds claims and deductions of retailers: by account, promotion, status, kind or period, by amount, those matched to no promotion, or only the doubtful ones (above the booked spend, no promotion, no proof, support not seen in stores, asked twice). Open ones first.",
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
    unmatched: optional(z.boolean()).describe("true: only claims of which a part is for no promotion that is known"),
    min_amount: optional(money).describe("only claims of at least this"),
    max_amount: optional(money).describe("only claims of at most this"),
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
          (!args.unmatched || (c.unmatched > 0 && (args.status !== undefined || undecided(c)))) &&
          (args.min_amount === undefined || c.amount_minor >= minorOf(args.min_amount, c.currency)) &&
          (args.max_amount === undefined || c.amount_minor <= minorOf(args.max_amount, c.currency)) &&
          (promotion === null || c.allocations.some((part) => part.promotion_id === promotion.promotion_id)),
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
      unmatched: args.unmatched ?? false,
      min_amount: majorOf(args.min_amount),
      max_amount: majorOf(args.max_amount),
      currency: account?.currency ?? found[0]?.currency ?? "EUR",
      found: found.length,
      doubted: found.filter((c) => c.doubts.length > 0 && undecided(c)).length,
      requests: found.filter((c) => c.request !== null).length,
      assumptions: (args.doubtful || args.unmatched) && !args.status ? ["only claims that are not settled yet"] : [],
      shown: Math.min(top, found.length),
      totals: totalsOf(found),
      claims: found.slice(0, top).map(claimJson),
      judged:
        args.claim !== undefined && found[0]
          ? { grounds: await groundsFor(actor, store, found[0]), suggestion: suggestionJson(suggestionFor(found[0])) }
          : null,
    };
  },
});

const majorOf = (amount: z.output<typeof money> | undefined): number | null =>
  amount === undefined ? null : typeof amount === "number" ? amount : amount.amount;

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
