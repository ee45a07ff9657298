import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import { planningTerms } from "../../../data/contracts/contracts.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import type { PromotionDraft } from "../../../data/promotions/draft.ts";
import { PAYMENT_WORDS, possessive } from "../../../data/promotions/words.ts";
import { minorOf } from "../../args.ts";
import type { ToolContext } from "../../define.ts";
import type { Forecaster } from "./forecaster.ts";
import { ownPlanOf } from "./ownPlan.ts";
import type { Wish } from "./planDraft.ts";
import { productsAt } from "./products.ts";
import { bestProducts, suggestBrands } from "./suggest.ts";
import { datesOf, offerOfArgs, type PromotionArgs } from "./wish.ts";

export interface NewWish {
  readonly wish: Wish;
  /** What was taken without asking, in words. */
  readonly assumptions: readonly string[];
}

/**
 * What a person asks for at one account, with what she left open taken as the contract and the store say.
 * @throws KamError missing_slot, unknown_name, ambiguous_name, bad_input
 */
export async function newWish(
  context: ToolContext,
  forecaster: Forecaster,
  args: PromotionArgs,
  account: VisibleAccount,
): Promise<NewWish> {
  const { store } = context;
  const { start, end } = datesOf(args);
  const { offer, assumptions } = offerOfArgs(args, account.currency);
  const said = [...assumptions];
  const fixed_spend_minor = args.fixed_spend === undefined ? 0 : minorOf(args.fixed_spend, account.currency);
  const usual = await usualPayment(context, account, { start, end });
  const payment = args.payment ?? usual.payment;
  if (!args.payment) said.push(usual.words);
  const feature = args.feature ?? false;
  const display = args.display ?? false;
  if (args.feature === undefined && args.display === undefined) said.push("no support, neither display nor feature");
  let products: readonly Product[];
  if (args.products?.length) {
    const named = await productsAt(store, account, args.products, { from: start, to: end });
    products = named.products;
    said.push(...named.assumptions);
  } else {
    const window = { from: start, to: end };
    const ask = { account, window, offer, feature, display, payment, fixed_spend_minor };
    products = bestProducts(await suggestBrands(context, forecaster, ask));
    if (!products.length)
      throw new KamError(
        "no_data",
        `${account.name} lists no product that is free and in stock on these dates; name the products, or other dates.`,
        { account: account.name },
      );
    said.push(`no product was named, so those of ${products[0]!.brand} that look best there are suggested`);
  }
  const note = args.note?.trim() || null;
  const wish = {
    account,
    products,
    start,
    end,
    offer,
    feature,
    display,
    payment,
    fixed_spend_minor,
    note,
    own: ownPlanOf(args),
    buy_in: args.buy_in ?? null,
    scan: args.scan ?? null,
  };
  return { wish: { ...wish, series: null, name: null }, assumptions: said };
}

/** How a promotion at the account is paid where nobody says it. */
async function usualPayment(
  { store }: ToolContext,
  account: VisibleAccount,
  dates: { start: string; end: string },
): Promise<{ payment: PromotionDraft["payment"]; words: string }> {
  const terms = await planningTerms(store, account.id, { from: dates.start, to: dates.end });
  if (!terms)
    return {
      payment: "bill_back",
      words: `payment is ${PAYMENT_WORDS.bill_back}, as no contract of ${account.name} says otherwise`,
    };
  return {
    payment: terms.usual_payment,
    words: `payment is ${PAYMENT_WORDS[terms.usual_payment]}, ${possessive(account.name)} usual one`,
  };
}
