import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, mondayOf, type Period } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { planningTerms } from "../../../data/contracts/contracts.service.ts";
import { type ProductRef, resolveProducts } from "../../../data/products/products.service.ts";
import { isoDate, minorOf, optional, period, productRef, promotionArgs } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { LEVEL } from "../../statistics.ts";
import type { Forecaster } from "./forecaster.ts";
import { type RankedBrand, suggestBrands } from "./suggest.ts";
import { accountOf, type Offer, offerOfArgs } from "./wish.ts";

const { account, mechanic, discount, price_off, get, pay, feature, display, payment, fixed_spend } = promotionArgs;
const schema = z.strictObject({
  account,
  product: optional(productRef),
  products: optional(z.array(productRef)),
  brand: optional(z.string().min(1)),
  category: optional(z.string().min(1)),
  period: optional(period),
  start: optional(isoDate),
  end: optional(isoDate),
  mechanic,
  discount,
  price_off,
  get,
  pay,
  feature,
  display,
  payment,
  fixed_spend,
  top: optional(z.number().int().min(1).max(20)).describe("how many products at most"),
});

/** The offer on which suggestions are compared where none is named. */
const USUAL_DISCOUNT = 0.2;
const USUAL_NOTICE_DAYS = 21;
const USUAL_DAYS = 14;
const MOST_WEEKS_ON = 12;
const OTHER_BRANDS = 5;

export const suggestProducts = (forecaster: Forecaster) =>
  readTool({
    name: "suggest_products",
    role: "assistant",
    description:
      "Suggests which products to promote at an account in a window: those of one brand that are listed, free, in stock and in season, with what such promotions brought and what this one is expected to bring.",
    examples: [
      {
        say: "Which products should I put on offer at Fairway in May?",
        args: { account: "Fairway Online", start: "2027-05-01", end: "2027-05-31" },
      },
    ],
    schema,
    access: "READ",
    async run(context, args) {
      const { actor, store } = context;
      const at = await resolveAccount(actor, store, accountOf(args));
      const assumptions: string[] = [];
      const window = await windowOf(context, at.id, args, assumptions);
      const named = [args.mechanic, args.discount, args.price_off, args.get, args.pay].some((v) => v !== undefined);
      const offer: Offer = named
        ? offerOfArgs(args, at.currency).offer
        : { mechanic: "tpr", discount: USUAL_DISCOUNT, price_off: null, get: null, pay: null };
      if (!named) assumptions.push("no offer was named, so they are compared at a usual discount");
      const terms = await planningTerms(store, at.id, window);
      const suggestion = await suggestBrands(context, forecaster, {
        account: at,
        window,
        offer,
        feature: args.feature ?? false,
        display: args.display ?? false,
        payment: args.payment ?? terms?.usual_payment ?? "bill_back",
        fixed_spend_minor: args.fixed_spend === undefined ? 0 : minorOf(args.fixed_spend, at.currency),
        among: await amongOf(context, args),
      });
      const best = suggestion.brands[0];
      if (!best)
        throw new KamError("no_data", `No such product is listed, free and in stock at ${at.name} on these dates.`, {
          account: at.name,
        });
      const products = best.products
        .map((p) => ({
          product: p.product.name,
          past_promotions: p.past.promotions,
          past_net_roi: p.past.net_roi,
          expected_units: best.units.get(p.product.id) ?? null,
        }))
        .sort((a, b) => (b.expected_units ?? 0) - (a.expected_units ?? 0));
      const shown = products.slice(0, args.top ?? products.length);
      return {
        account: at.name,
        currency: at.currency,
        period: window,
        offer: {
          ...offer,
          price_off: offer.price_off === null ? null : { amount: offer.price_off, currency: at.currency },
        },
        assumptions,
        interval: LEVEL,
        ...brandJson(best),
        n_products: shown.length,
        products: shown,
        other_brands: suggestion.brands.slice(1, 1 + OTHER_BRANDS).map(brandJson),
        left_out: suggestion.left_out.filter((l) => l.reason !== "not listed over the whole window"),
        account_net_roi: suggestion.account_net_roi,
      };
    },
  });

const brandJson = (b: RankedBrand) => ({
  brand: b.brand,
  category: b.category,
  past_promotions: b.past.promotions,
  past_net_roi: b.past.net_roi,
  season_index: b.season_index,
  near: b.near,
  affordable: b.affordable,
  expected: b.forecast,
});

const twoWeeksFrom = (start: string): Period => ({ from: start, to: addDays(start, USUAL_DAYS - 1) });

/** The dates that are asked for; else the first two weeks from a Monday on that notice and blackouts allow. */
async function windowOf(
  { store }: ToolContext,
  accountId: number,
  args: z.output<typeof schema>,
  assumptions: string[],
): Promise<Period> {
  const from = args.start ?? args.period?.from;
  const to = args.end ?? args.period?.to;
  if (from && to && from <= to) return { from, to };
  if (from) return twoWeeksFrom(from);
  const terms = await planningTerms(store, accountId, { from: store.today, to: store.today });
  const earliest = addDays(store.today, terms?.notice_days ?? USUAL_NOTICE_DAYS);
  assumptions.push("no dates were named, so it is the first two weeks from a Monday on that the contract allows");
  let window = twoWeeksFrom(mondayOf(addDays(earliest, 6)));
  for (let tries = 0; tries < MOST_WEEKS_ON; tries++) {
    if (!(await planningTerms(store, accountId, window))?.blackouts.length) break;
    window = twoWeeksFrom(addDays(window.from, 7));
  }
  return window;
}

async function amongOf({ store }: ToolContext, args: z.output<typeof schema>): Promise<Set<number> | undefined> {
  const refs: ProductRef[] = [
    ...(args.products ?? []),
    ...(args.product === undefined ? [] : [args.product]),
    ...(args.brand === undefined ? [] : [{ brand: args.brand }]),
    ...(args.category === undefined ? [] : [{ category: args.category }]),
  ];
  return refs.length ? new Set((await resolveProducts(store, refs)).map((p) => p.id)) : undefined;
}
