import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, mondayOf, overlaps, type Period } from "../../../data/common/dates.ts";
import { limitsFor } from "../../../data/policies/policies.service.ts";
import { listedProductIds, listProducts } from "../../../data/products/products.repo.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { knowsListings, promotionsInWindow, supplyOf } from "../../../data/promotions/checks/checks.repo.ts";
import { supplyMatters } from "../../../data/promotions/checks/stock.ts";
import { everydayPrices } from "../../../data/promotions/prices.repo.ts";
import { promotionLines, promotionResults } from "../../../data/results/results.service.ts";
import type { ToolContext } from "../../define.ts";
import { type PastRecord, poolRecords, recordOf } from "./record.ts";
import { seasonIndex } from "./season.ts";

export interface CandidateProduct {
  readonly product: Product;
  readonly past: PastRecord;
}

/** A brand that may be promoted at an account in a window, with what speaks for it. */
export interface Candidate {
  readonly brand: string;
  readonly category: string;
  readonly products: readonly CandidateProduct[];
  readonly past: PastRecord;
  /** Pooled net ROI of its promotions, drawn towards the account's where they are few. */
  readonly record_score: number;
  /** Units in these weeks of the year over the year's mean; null without a year of sales. */
  readonly season_index: number | null;
  /** A promotion of the brand too close to the window. */
  readonly near: { readonly promotion: string; readonly name: string } | null;
}

export interface LeftOut {
  readonly product: string;
  readonly reason: "already promoted then" | "out of stock lately" | "not listed over the whole window";
}

/** Weight of the season against the record before a forecast is made: ice cream in winter is not the first to try. */
const SEASON_WEIGHT = 0.5;

/** Units against the mean week of the year from which a brand counts as in season. */
const IN_SEASON = 0.8;
export const inSeason = (brand: Candidate): boolean => (brand.season_index ?? 1) >= IN_SEASON;

/** The brands of an account with products that are listed over the whole window, clash with nothing and are in stock; best record first. */
export async function candidatesFor(
  { actor, store }: ToolContext,
  account: VisibleAccount,
  window: Period,
  among: ReadonlySet<number> | undefined,
): Promise<{ candidates: Candidate[]; left_out: LeftOut[]; account_net_roi: number | null }> {
  const all = (await listProducts(store)).filter((p) => !among || among.has(p.id));
  const ids = all.map((p) => p.id);
  const listed = (await knowsListings(store, account.id))
    ? new Set(await listedProductIds(store, account.id, window))
    : new Set((await everydayPrices(store, account.id, ids)).keys());
  const limits = await limitsFor(store, { accountId: account.id, productIds: [] });
  const near_days = limits.of("near_days").value;
  const around = { from: addDays(window.from, -near_days), to: addDays(window.to, near_days) };
  const others = await promotionsInWindow(store, account.id, around, null);
  const busy = new Set(others.filter((o) => overlaps({ from: o.start, to: o.end }, window)).map((o) => o.product_id));
  const supply =
    ids.length && supplyMatters(limits, window.from, store.today)
      ? await supplyOf(store, account.id, ids, addDays(mondayOf(store.today), -7 * limits.of("stock_weeks").value))
      : [];
  const short = new Set(supply.filter((s) => (s.out ?? 0) >= limits.of("out_of_stock").value).map((s) => s.product_id));
  const left_out: LeftOut[] = [];
  const free = all.filter((product) => {
    const onShelf =
      listed.has(product.id) &&
      (product.launched === null || product.launched <= window.from) &&
      (product.delisted === null || product.delisted > window.to);
    const reason = !onShelf
      ? "not listed over the whole window"
      : busy.has(product.id)
        ? "already promoted then"
        : short.has(product.id)
          ? "out of stock lately"
          : null;
    if (reason) left_out.push({ product: product.name, reason });
    return reason === null;
  });
  const events = await promotionResults(actor, store, { accountIds: [account.id] });
  const productsOf = Map.groupBy(await promotionLines(store, events), (line) => line.promotion_id);
  const pooled = poolRecords(events);
  const candidates: Candidate[] = [];
  for (const products of Map.groupBy(free, (p) => p.brand_id).values()) {
    const first = products[0]!;
    const own = events.filter((e) => e.brand_id === first.brand_id);
    const near = others.find((o) => o.brand_id === first.brand_id);
    candidates.push({
      brand: first.brand,
      category: first.category,
      products: products.map((product) => ({
        product,
        past: recordOf(
          events.filter((e) => productsOf.get(e.promotion_id)?.some((l) => l.product_id === product.id)),
          pooled,
        ),
      })),
      past: recordOf(own, pooled),
      record_score: recordOf(own, pooled).drawn,
      season_index: await seasonIndex(
        { actor, store },
        account.id,
        products.map((p) => p.id),
        window,
      ),
      near: near ? { promotion: near.code, name: near.name } : null,
    });
  }
  const first = (c: Candidate): number => c.record_score + SEASON_WEIGHT * ((c.season_index ?? 1) - 1);
  candidates.sort(
    (a, b) =>
      Number(a.near !== null) - Number(b.near !== null) ||
      Number(inSeason(b)) - Number(inSeason(a)) ||
      first(b) - first(a) ||
      a.brand.localeCompare(b.brand, "en"),
  );
  return { candidates, left_out, account_net_roi: pooled.net_roi };
}
