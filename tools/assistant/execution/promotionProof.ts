import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays } from "../../../data/common/dates.ts";
import { proofDetail, proofs } from "../../../data/execution/execution.service.ts";
import { paidSupport } from "../../../data/execution/paidSupport.ts";
import { CONFIDENCE_THRESHOLD, FEW_STORES, PRICE_TOLERANCE } from "../../../data/execution/proof.ts";
import { INTERVAL } from "../../../data/execution/wilson.ts";
import { type FoundPromotion, findPromotions, resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { accountRef, optional, period, promotionRef } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";

const SHOWN = 10;
const EVIDENCE = 12;
const NAMED = 5;

export const promotionProof = readTool({
  name: "promotion_proof",
  role: "assistant",
  description:
    "Proof of performance from store visits and image recognition. Of one promotion: in how many of the stores checked the display stood, the feature was seen, the products were on the shelf and the price was right, with interval and evidence. Without one: which paid support was not executed, ranked by money, and which promotions nobody visited.",
  examples: [
    { say: "What proof do we have for P-1042?", args: { promotion: "P-1042" } },
    { say: "Which paid displays at Bramley were never built?", args: { account: "Bramley", support: "display" } },
  ],
  schema: z.strictObject({
    promotion: optional(promotionRef),
    account: optional(accountRef),
    period: optional(period),
    support: optional(z.enum(["display", "feature"])).describe("only this paid support"),
    top: optional(z.number().int().min(1).max(100)),
  }),
  access: "READ",
  run: (context, args) => (args.promotion === undefined ? ranking(context, args) : detail(context, args.promotion)),
});

const LIMITS = {
  confidence_threshold: CONFIDENCE_THRESHOLD,
  price_tolerance: PRICE_TOLERANCE,
  interval: INTERVAL,
  few_stores: FEW_STORES,
};

async function detail({ actor, store }: ToolContext, ref: string | number) {
  const promotion = await resolvePromotion(actor, store, ref);
  const { proof, outside, accountStores, unsureOnly } = await proofDetail(store, promotion);
  const supports = paidSupport(promotion, proof);
  const known = supports.filter((one) => one.not_executed !== null);
  return {
    ...headOf(promotion),
    ...LIMITS,
    status: promotion.status,
    mechanic: promotion.mechanic,
    visited: proof !== null,
    unsure_only: proof === null && unsureOnly > 0,
    stores: proof?.stores ?? 0,
    account_stores: accountStores,
    visits: proof?.visits ?? 0,
    outside_window: outside,
    first: proof?.first ?? null,
    last: proof?.last ?? null,
    seen_by: proof?.sources ?? [],
    shares: proof && {
      display: proof.display,
      feature: proof.feature,
      on_shelf: proof.on_shelf,
      price_right: proof.price_right,
    },
    few: proof !== null && proof.stores < FEW_STORES,
    supports,
    not_executed: known.length ? known.reduce((sum, one) => sum + one.not_executed!, 0) : null,
    products: proof?.products ?? [],
    days: proof?.days ?? [],
    unsure: proof?.unsure ?? null,
    evidence_found: proof?.evidence.length ?? 0,
    evidence: (proof?.evidence ?? []).slice(0, EVIDENCE),
  };
}

const headOf = (promotion: FoundPromotion) => ({
  promotion: promotion.promotion,
  name: promotion.name,
  account: promotion.account,
  period: { from: promotion.start, to: promotion.end },
  display_paid: promotion.display === 1,
  feature_paid: promotion.feature === 1,
  fixed_spend: promotion.fixed_spend,
  payment: promotion.payment,
  currency: promotion.currency,
});

interface Asked {
  readonly account?: string | number | undefined;
  readonly period?: { readonly from: string; readonly to: string } | undefined;
  readonly support?: "display" | "feature" | undefined;
  readonly top?: number | undefined;
}

/** Paid support by the money that stood nowhere. */
async function ranking({ actor, store }: ToolContext, asked: Asked) {
  const account = asked.account === undefined ? null : await resolveAccount(actor, store, asked.account);
  const within = asked.period ?? { from: addDays(store.today, -364), to: store.today };
  const run = await findPromotions(actor, store, {
    ...(account ? { accountIds: [account.id] } : {}),
    statuses: ["running", "ended", "closed"],
    touches: within,
  });
  const paid = run.filter((p) => (asked.period ? true : p.end <= store.today) && p.fixed_spend > 0);
  const seen = await proofs(actor, store, paid);
  const rows = paid.flatMap((promotion) => {
    const supports = paidSupport(promotion, seen.get(promotion.promotion_id) ?? null).filter(
      (one) => asked.support === undefined || one.support === asked.support,
    );
    if (!supports.length) return [];
    const known = supports.filter((one) => one.not_executed !== null);
    const proof = seen.get(promotion.promotion_id);
    return [
      {
        ...headOf(promotion),
        paid: supports.reduce((sum, one) => sum + one.fee, 0),
        supports,
        known: known.length > 0,
        not_executed: known.reduce((sum, one) => sum + one.not_executed!, 0),
        never_seen: known.length > 0 && known.every((one) => one.seen!.seen === 0),
        stores: proof?.stores ?? 0,
        first: proof?.first ?? null,
        last: proof?.last ?? null,
      },
    ];
  });
  const known = rows.filter((row) => row.known);
  const missed = known.filter((row) => row.not_executed > 0).sort((a, b) => b.not_executed - a.not_executed);
  const unknown = rows.filter((row) => !row.known).sort((a, b) => b.paid - a.paid);
  const top = asked.top ?? SHOWN;
  const currency = account?.currency ?? rows[0]?.currency ?? null;
  return {
    ...LIMITS,
    account: account?.name ?? null,
    period: within,
    support: asked.support ?? null,
    currency,
    assumptions: asked.period ? [] : ["the promotions that ended in the last twelve months"],
    found: rows.length,
    paid: sum(rows, "paid"),
    checked: known.length,
    checked_paid: sum(known, "paid"),
    not_executed: sum(known, "not_executed"),
    missed: missed.length,
    never_seen: known.filter((row) => row.never_seen).length,
    unvisited: unknown.length,
    unvisited_paid: sum(unknown, "paid"),
    lump_sums: rows.filter((row) => row.payment === "lump_sum").length,
    shown: Math.min(top, missed.length),
    promotions: missed.slice(0, top),
    never_seen_promotions: missed
      .filter((row) => row.never_seen)
      .slice(0, NAMED)
      .map(named),
    unvisited_promotions: unknown.slice(0, NAMED).map(named),
  };
}

const named = (row: { promotion: string; name: string; account: string; paid: number; currency: string }) => {
  const { promotion, name, account, paid, currency } = row;
  return { promotion, name, account, paid, currency };
};

const sum = <K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K): number =>
  Math.round(100 * rows.reduce((total, row) => total + row[key], 0)) / 100;
