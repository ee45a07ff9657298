import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { findVisits as find, type VisitRow } from "../../../data/execution/execution.service.ts";
import { CONFIDENCE_THRESHOLD, isSure } from "../../../data/execution/proof.ts";
import { resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { accountRef, optional, period, promotionRef } from "../../args.ts";
import { readTool } from "../../define.ts";

const SHOWN = 12;

export const findVisits = readTool({
  name: "find_visits",
  role: "assistant",
  description:
    "Finds store visits and what was seen on them (display, feature, products on the shelf, price, photo), by people or image recognition: by account, promotion, store or period, latest first.",
  examples: [
    {
      say: "Which stores of Bramley were visited in October?",
      args: { account: "Bramley", period: { from: "2026-10-01", to: "2026-10-31" } },
    },
    { say: "Show the shelf checks for P-1042", args: { promotion: "P-1042" } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    promotion: optional(promotionRef),
    store: optional(z.string().min(1).max(200)).describe("a store's name or a part of it"),
    period: optional(period),
    top: optional(z.number().int().min(1).max(100)),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const promotion = args.promotion === undefined ? null : await resolvePromotion(actor, store, args.promotion);
    const accounts = account ? [account] : await visibleAccounts(actor, store);
    const visits = await find(actor, store, {
      accountIds: accounts.map((a) => a.id),
      promotionId: promotion?.promotion_id,
      period: args.period,
      store: args.store,
    });
    const top = args.top ?? SHOWN;
    return {
      account: account?.name ?? promotion?.account ?? null,
      promotion: promotion?.promotion ?? null,
      promotion_name: promotion?.name ?? null,
      store: args.store ?? null,
      period: args.period ?? null,
      confidence_threshold: CONFIDENCE_THRESHOLD,
      found: visits.length,
      stores: new Set(visits.map(([first]) => `${first!.account_id} ${first!.store}`)).size,
      unsure: visits.filter((rows) => !rows.every(isSure)).length,
      shown: Math.min(top, visits.length),
      visits: visits.slice(0, top).map(visitJson),
    };
  },
});

/** A visit with its checks summed up. */
function visitJson(rows: readonly VisitRow[]) {
  const first = rows[0]!;
  const checks = rows.filter((row) => row.product !== null);
  const features = checks.flatMap((row) => row.feature_present ?? []);
  const sureness = checks.flatMap((row) => row.confidence ?? []);
  return {
    date: first.date,
    account: first.account,
    store: first.store,
    source: first.source,
    external_id: first.external_id,
    promotion: first.promotion,
    promotion_name: first.promotion_name,
    products: checks.length,
    on_shelf: checks.filter((row) => row.on_shelf === 1).length,
    display: checks.length ? checks.some((row) => row.display_present === 1) : null,
    feature: features.length ? features.includes(1) : null,
    display_type: checks.find((row) => row.display_type !== null)?.display_type ?? null,
    confidence: sureness.length ? Math.min(...sureness) : null,
    photos: checks.flatMap((row) => row.photo ?? []),
    checks: checks.map(({ product, on_shelf, price_seen, facings, availability }) => ({
      ...{ product, on_shelf: on_shelf === 1, price_seen, facings, availability },
    })),
  };
}
