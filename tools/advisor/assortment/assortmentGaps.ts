import { z } from "zod";
import { type VisibleAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import { allContracts } from "../../../data/contracts/contracts.repo.ts";
import { netPrice, unitMargin } from "../../../data/contracts/margin.ts";
import { type ListingRow, listingsOf } from "../../../data/products/listing.service.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { measuredSpan } from "../../../data/sales/sales.service.ts";
import { type TwoWay, twoWay, twoWayRecord } from "../../../forecasting/index.ts";
import { accountRef, exclusion, optional, productRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { contractOn } from "../../fitting/money.ts";
import { LEVEL, median, Z80 } from "../../statistics.ts";
import { scopeOf } from "../scope.ts";
import { standingOf, weakest } from "./listed.ts";
import { lastYear, type RateCell, type Rates, ratesOfSale } from "./rates.ts";

const MOST = 12;
const YEAR = 52;
/** Where an account's stores were never measured. */
const USUAL_DISTRIBUTION = 0.9;

export const assortmentGaps = readTool({
  name: "assortment_gaps",
  role: "advisor",
  access: "READ",
  description:
    "What sells elsewhere and is not listed at an account: products and pack sizes, their everyday rate of sale where they are listed, what they would sell and earn there in a year with a range, for us and for the retailer, and the listed product of ours that earns least; ranked by profit, so it answers where shelf space would pay. Delisted products are left out, agreed listings said. Without an account: all accounts.",
  examples: [
    {
      say: "What does Cormorant not list that sells well elsewhere?",
      args: { account: "Cormorant Hyper" },
    },
    { say: "Where would shelf space pay?", args: {} },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    category: optional(z.string().min(1)),
    product: optional(productRef).describe("only this product or brand"),
    exclude: optional(exclusion.pick({ accounts: true, products: true })),
  }),
  async run(context, args) {
    const { actor, store } = context;
    const scope = await scopeOf(context, args);
    const span = await measuredSpan(store);
    if (!span) throw new KamError("no_data", "No sales are measured yet, so nothing tells what sells where.");
    const period = lastYear(span.last);
    const all = await listProducts(store);
    const wanted = scope.products ?? all;
    const seen = (await visibleAccounts(actor, store)).filter((a) => a.currency === scope.currency);
    // Levels are told from the whole range, so that a product's figures are the same whatever else is asked.
    const rates = await ratesOfSale(context, seen, all, period);
    const listings = Map.groupBy(
      await listingsOf(
        actor,
        store,
        seen.map((a) => a.id),
      ),
      (l) => l.account_id,
    );
    const contracts = await allContracts(store);
    const model = twoWay(rates.cells, Z80);
    const looked = scope.accounts.map((account) =>
      gapsAt({
        account,
        products: wanted,
        all,
        today: store.today,
        listings: listings.get(account.id) ?? [],
        rates,
        model,
        accounts: seen,
        terms: contractOn(contracts, account.id, store.today),
      }),
    );
    const gaps = looked.flatMap((l) => l.gaps).sort((a, b) => (b.profit?.mean ?? -1) - (a.profit?.mean ?? -1));
    return {
      account: scope.account?.name ?? null,
      product: scope.product,
      category: scope.category,
      without: scope.without,
      currency: scope.currency,
      period,
      period_basis: "last_year",
      interval: LEVEL,
      accounts_compared: seen.length,
      gaps: gaps.length,
      shown: Math.min(MOST, gaps.length),
      profit: gaps.reduce((sum, g) => sum + (g.profit?.mean ?? 0), 0),
      net_sales: gaps.reduce((sum, g) => sum + (g.net_sales?.mean ?? 0), 0),
      rows: gaps.slice(0, MOST),
      accounts: looked
        .map(({ account, gaps: own }) => ({
          account: account.name,
          gaps: own.length,
          profit: own.reduce((sum, g) => sum + (g.profit?.mean ?? 0), 0),
        }))
        .sort((a, b) => b.profit - a.profit),
      agreed: looked.flatMap((l) => l.agreed),
      going: looked.flatMap((l) => l.going),
      delisted: wanted.flatMap((p) =>
        p.delisted === null ? [] : [{ product: p.name, from: p.delisted, past: p.delisted <= store.today }],
      ),
      not_carried: looked.flatMap((l) => l.without.map((category) => ({ account: l.account.name, category }))),
      record: twoWayRecord(rates.cells, Z80),
      spread: model.spread,
      left_out: [],
      assumptions: [
        "Everyday sales of a year: what promotions would bring comes on top, and what it would take from our own products there does not come off.",
        "Expected from how much the product sells at the other accounts and how much the account sells of what they share, at its usual share of stores.",
      ],
      missing: [
        ...scope.notes,
        "Facings are not counted in: the ranking is by profit a listing, not by profit a facing.",
        ...(seen.length < 2 ? ["With a single account there is nothing elsewhere to learn from."] : []),
      ],
    };
  },
});

interface Look {
  readonly account: VisibleAccount;
  readonly products: readonly Product[];
  readonly all: readonly Product[];
  readonly today: string;
  readonly listings: readonly ListingRow[];
  readonly rates: Rates;
  readonly model: TwoWay;
  readonly accounts: readonly VisibleAccount[];
  readonly terms: Parameters<typeof netPrice>[1];
}

/** Products that one account does not list and others sell, each with what it would bring there. */
function gapsAt(look: Look) {
  const { account, today, listings, rates, model } = look;
  const here = rates.cells.filter((c) => c.account === account.id);
  const standings = new Map(
    look.all.map((p) => {
      const sold = here.find((c) => c.product === p.id);
      return [p.id, standingOf(p, listings, sold?.last ?? null, today)];
    }),
  );
  const gone = (p: Product): boolean => p.delisted !== null && p.delisted <= today;
  const ahead = (p: Product): boolean => p.launched !== null && p.launched > today;
  const carried = new Set(here.map((c) => look.all.find((p) => p.id === c.product)!.category_id));
  const missing = look.products.filter((p) => {
    const kind = standings.get(p.id)!.kind;
    return carried.has(p.category_id) && !gone(p) && !ahead(p) && (kind === "never" || kind === "was_listed");
  });
  const listed = look.all.filter((p) => standings.get(p.id)!.kind === "listed" && !gone(p));
  const reach = rates.distribution.get(account.id) ?? USUAL_DISTRIBUTION;
  const gaps = missing.flatMap((product) => {
    const expected = model.expected(product.id, account.id);
    if (!expected) return [];
    const elsewhere = rates.cells.filter((c) => c.product === product.id && c.account !== account.id);
    const [net, margin] = [netPrice(product, look.terms), unitMargin(product, look.terms)];
    const price = median(elsewhere.flatMap((c) => c.price ?? []));
    const year = (unit: number) => ({
      mean: expected.mean * reach * YEAR * unit,
      low: expected.low * reach * YEAR * unit,
      high: expected.high * reach * YEAR * unit,
    });
    const retailer = net === null || price === null ? null : price / (1 + account.vat_rate) - net;
    const inCategory = here.filter((c) =>
      listed.some((p) => p.id === c.product && p.category_id === product.category_id),
    );
    const least = weakest(inCategory, (cell) => earned(look, cell, reach));
    const was = standings.get(product.id)!;
    return [
      {
        account: account.name,
        product: product.name,
        brand: product.brand,
        category: product.category,
        pack: packOf(product),
        new_pack_size: !listed.some((p) => p.brand_id === product.brand_id && packOf(p) === packOf(product)),
        was_listed_until: was.kind === "was_listed" ? was.until : null,
        listed_at: elsewhere.length,
        elsewhere: elsewhere
          .map((c) => ({
            account: look.accounts.find((a) => a.id === c.account)!.name,
            units_week: c.rate * (rates.distribution.get(c.account) ?? USUAL_DISTRIBUTION),
            weeks: c.weeks,
            rank: rankOf(look, c),
          }))
          .sort((a, b) => b.units_week - a.units_week),
        units_week: { mean: expected.mean * reach, low: expected.low * reach, high: expected.high * reach },
        units: year(1),
        net_sales: net === null ? null : year(net),
        profit: margin === null ? null : year(margin),
        retailer_profit: retailer === null ? null : year(retailer),
        shelf_price: price,
        weakest: least && {
          product: look.all.find((p) => p.id === least.cell.product)!.name,
          profit: least.profit,
        },
        beats_weakest: margin !== null && least !== null && expected.low * reach * YEAR * margin > least.profit,
      },
    ];
  });
  return {
    account,
    gaps,
    /** Categories in which it sells nothing of ours: another kind of shop, no gap of ours. */
    without: [...new Set(look.products.filter((p) => !carried.has(p.category_id)).map((p) => p.category))],
    agreed: look.products.flatMap((p) => {
      const standing = standings.get(p.id)!;
      return standing.kind === "agreed" ? [{ account: account.name, product: p.name, from: standing.from }] : [];
    }),
    going: look.products.flatMap((p) => {
      const standing = standings.get(p.id)!;
      return standing.kind === "listed" && standing.until !== null && !gone(p)
        ? [{ account: account.name, product: p.name, until: standing.until }]
        : [];
    }),
  };
}

/** What a listed product earns us in a year of everyday sales; null where its margin is not known. */
function earned(look: Look, cell: RateCell, reach: number): number | null {
  const margin = unitMargin(
    look.all.find((p) => p.id === cell.product),
    look.terms,
  );
  return margin === null ? null : cell.rate * reach * YEAR * margin;
}

/** Place of a product among ours of the category at an account by rate of sale, first best. */
function rankOf(look: Look, cell: RateCell): number {
  const category = look.all.find((p) => p.id === cell.product)?.category_id;
  const peers = look.rates.cells.filter(
    (c) => c.account === cell.account && look.all.find((p) => p.id === c.product)?.category_id === category,
  );
  return 1 + peers.filter((c) => c.rate > cell.rate).length;
}

const packOf = (product: Product): string | null =>
  product.pack_size === null || product.pack_unit === null ? null : `${product.pack_size} ${product.pack_unit}`;
