import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { auditTrailFor } from "../../../data/audit/trail.service.ts";
import { verifyAudit } from "../../../data/audit/verify.service.ts";
import { resolveClaim } from "../../../data/claims/claims.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import { resolveFund } from "../../../data/funds/funds.service.ts";
import { resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { findPerson } from "../../../data/users/users.repo.ts";
import { accountRef, optional, period, promotionRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";

const SHOWN = 20;

export const auditTrail = readTool({
  name: "audit_trail",
  role: "assistant",
  description:
    "Who changed what and when, from the append-only audit log: of a promotion, a claim, a fund, an account, a person or a period, oldest first, with reasons; and whether the log's chain is whole.",
  examples: [
    { say: "Who changed P-1042 and when?", args: { promotion: "P-1042" } },
    {
      say: "What did Dan approve this month?",
      args: { person: "Dan", period: { from: "2026-11-01", to: "2026-11-30" } },
    },
  ],
  schema: z.strictObject({
    promotion: optional(promotionRef),
    claim: optional(z.union([z.string().min(1), z.number().int()])),
    fund: optional(z.union([z.string().min(1), z.number().int()])),
    account: optional(accountRef),
    person: optional(z.string().min(1)),
    period: optional(period),
    top: optional(z.number().int().min(1).max(100)),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    const promotion = args.promotion === undefined ? null : await resolvePromotion(actor, store, args.promotion);
    const claim = args.claim === undefined ? null : await resolveClaim(actor, store, args.claim);
    const fund = args.fund === undefined ? null : await resolveFund(actor, store, args.fund);
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const person = args.person === undefined ? null : await findPerson(store, args.person);
    if (person === undefined)
      throw new KamError("unknown_name", `There is no user "${args.person}" in this store.`, { ref: args.person });
    const all = await auditTrailFor(actor, store, {
      promotion: promotion ? { id: promotion.promotion_id, code: promotion.promotion } : null,
      claim: claim?.code ?? null,
      fund: fund?.fund ?? null,
      accountId: account?.id ?? null,
      personId: person?.id ?? null,
      period: args.period ?? null,
    });
    const shown = all.slice(-(args.top ?? SHOWN));
    const fault = await verifyAudit(store);
    return {
      promotion: promotion?.promotion ?? null,
      name: promotion?.name ?? null,
      claim: claim?.code ?? null,
      fund: fund?.fund ?? null,
      account: account?.name ?? promotion?.account ?? claim?.account ?? null,
      person: person?.name ?? null,
      period: args.period ?? null,
      n: all.length,
      shown: shown.length,
      whole: fault === null,
      fault: fault?.says ?? null,
      entries: shown.map((e) => ({
        entry: e.id,
        at: e.at,
        by: e.by,
        action: e.action,
        entity: e.entity,
        what: e.what,
        from: e.from,
        to: e.to,
        changed: e.changed,
        reason_quote: e.reason === null ? null : quoteParts(e.reason),
      })),
    };
  },
});
