import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { ownUnits, toldForecast } from "../../../data/forecasts/forecasts.service.ts";
import { approvalsFor } from "../../../data/policies/approvals.service.ts";
import { standingOverrides } from "../../../data/policies/overrides.repo.ts";
import { resolveProducts } from "../../../data/products/products.service.ts";
import { promotionFile } from "../../../data/promotions/file/file.service.ts";
import { lastEnded, promotionDetail, promotionRow } from "../../../data/promotions/reading.service.ts";
import { accountRef, optional, productRef, promotionRef } from "../../args.ts";
import { chancesOf } from "../../chances.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { LEVEL } from "../../statistics.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { promotionJson } from "./results.ts";
import { whichPromotion } from "./whichPromotion.ts";

const schema = z.strictObject({
  promotion: optional(promotionRef),
  account: optional(accountRef),
  product: optional(productRef),
});

export const getPromotion = readTool({
  name: "get_promotion",
  role: "assistant",
  description:
    "One promotion whole: its offer, products, windows, money by state, history and, where it ended, its result. Without an id the last one that ended at the account or of the product.",
  examples: [
    { say: "Show me P-1042", args: { promotion: "P-1042" } },
    { say: "What was the last promotion at Cormorant?", args: { account: "Cormorant Hyper" } },
  ],
  schema,
  access: "READ",
  async run(context, args) {
    const last = args.promotion === undefined && (args.account !== undefined || args.product !== undefined);
    const found = last ? await lastOf(context, args) : await whichPromotion(context, args.promotion);
    const { lines, history, spend } = await promotionDetail(context.store, found);
    const chances = chancesOf({
      true_incremental: found.true_incremental ?? 0,
      low: found.low ?? 0,
      high: found.high ?? 0,
      spend: found.spend ?? 0,
      incremental_profit: found.incremental_profit,
    });
    const result =
      found.units === null
        ? null
        : {
            ...chances,
            units: found.units,
            baseline: found.baseline,
            gross_incremental: found.gross_incremental,
            dip: found.dip,
            cannibalised: found.cannibalised,
            halo: found.halo,
            true_incremental: { mean: found.true_incremental, low: found.low, high: found.high },
            spend: found.spend,
            incremental_profit: found.incremental_profit,
            net_roi: found.net_roi,
            gross_roi: found.gross_roi,
            uplift: found.uplift,
            interval: LEVEL,
          };
    const row = await promotionRow(context.store, found);
    const file = await promotionFile(context.store, found.promotion_id);
    return {
      ...promotionJson(found),
      assumptions: last ? ["the last promotion is the one that ended last"] : [],
      note: found.note,
      note_quote: found.note === null ? null : quoteParts(found.note),
      maker: found.maker,
      created: found.created_at,
      version: found.version,
      n_products: lines.length,
      lines: lines.map((line) => ({
        product: line.product,
        brand: line.brand,
        category: line.category,
        allowance: toMajor(line.allowance_minor),
        planned_units: line.planned_units,
        planned_baseline: line.planned_baseline,
      })),
      money: spend.map((s) => ({ fund: s.fund, state: s.state, amount: toMajor(s.amount_minor) })),
      history: history.map((h) => ({
        at: h.at,
        from: h.from_status,
        to: h.to_status,
        by: h.person,
        reason: h.reason,
        reason_quote: h.reason === null ? null : quoteParts(h.reason),
      })),
      windows: {
        buy_in: windowOf(row.buy_in_start, row.buy_in_end),
        in_store: { from: found.start, to: found.end },
        scan: windowOf(row.scan_start, row.scan_end),
      },
      comments: file.comments.map((c) => ({ at: c.at, by: c.person, quote: quoteParts(c.text) })),
      evidence: file.evidence.map((e) => ({
        at: e.at,
        by: e.person,
        kind: e.kind,
        proof: e.title,
        proof_quote: quoteParts(e.title),
        media_type: e.media_type,
        url: e.url,
        content_hash: e.content_hash,
        note_quote: e.note === null ? null : quoteParts(e.note),
      })),
      overrides: (await standingOverrides(context.store, found.promotion_id)).map((o) => ({
        at: o.date,
        by: o.person,
        rule: o.rule,
        reason_quote: quoteParts(o.reason),
      })),
      waits_for: row.status === "submitted" ? (await approvalsFor(context.store, row)).missing : [],
      forecast_made: await forecastMade(context, found.promotion_id, lines),
      result,
    };
  },
});

/** What it was expected to sell when it was drafted or approved, and what a person planned with instead. */
async function forecastMade(
  { store }: ToolContext,
  promotionId: number,
  lines: readonly { readonly planned_units: number | null }[],
) {
  const told = await toldForecast(store, promotionId);
  const units = told?.figures.units;
  if (!told || !units) return null;
  return {
    made: told.made,
    step: told.step,
    interval: LEVEL,
    units: { mean: units.mean, low: units.q10, high: units.q90 },
    planned_units: await ownUnits(store, promotionId, lines),
  };
}

const windowOf = (from: string | null, to: string | null) => (from && to ? { from, to } : null);

async function lastOf({ actor, store }: ToolContext, args: z.output<typeof schema>) {
  const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
  const products = args.product === undefined ? null : await resolveProducts(store, [args.product]);
  return lastEnded(actor, store, {
    accountIds: account ? [account.id] : undefined,
    productIds: products?.map((p) => p.id),
  });
}
