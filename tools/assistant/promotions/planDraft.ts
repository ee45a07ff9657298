import { listAccounts } from "../../../data/accounts/accounts.repo.ts";
import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import type { Period } from "../../../data/common/dates.ts";
import { toMajor, toMinor } from "../../../data/common/money.ts";
import { fundFor } from "../../../data/funds/funds.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { checkDraft } from "../../../data/promotions/checks/checkDraft.service.ts";
import type { DraftCheck } from "../../../data/promotions/checks/sentence.ts";
import { type PromotionDraft, paidByUnit } from "../../../data/promotions/draft.ts";
import { depthOf } from "../../../data/promotions/draftOf.ts";
import { everydayPrices } from "../../../data/promotions/prices.repo.ts";
import { promotionName, shortAccountName, subjectWords } from "../../../data/promotions/promotionName.ts";
import { multibuyDiscount } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import { keepForecasts } from "../../forecasts/record/keep.ts";
import type { PromotionForecast, PromotionSpec } from "../../forecasts/types.ts";
import { allowanceOf, redemptionOf } from "./allowance.ts";
import { changeOf } from "./change.ts";
import { expectedOf, type Forecaster, tryForecast } from "./forecaster.ts";
import { type OwnPlan, unitsOfPlan } from "./ownPlan.ts";
import type { Offer } from "./wish.ts";

/** A promotion with everything decided that a person decides. */
export interface Wish {
  readonly account: VisibleAccount;
  readonly products: readonly Product[];
  readonly start: string;
  readonly end: string;
  readonly buy_in: Period | null;
  readonly scan: Period | null;
  readonly offer: Offer;
  readonly feature: boolean;
  readonly display: boolean;
  readonly payment: PromotionDraft["payment"];
  readonly fixed_spend_minor: number;
  readonly note: string | null;
  /** What the person plans with instead of the forecast. */
  readonly own: OwnPlan | null;
  readonly series: string | null;
  /** Kept where it is given, else made from what is promoted. */
  readonly name: string | null;
}

/** A stored promotion that the wish is a new version of. */
export interface Of {
  readonly promotionId: number;
  readonly fundId: number | null;
  readonly noticeBinds?: boolean;
}

export interface Planned {
  readonly spec: PromotionSpec;
  /** Null where none could be made. */
  readonly forecast: PromotionForecast | null;
  readonly draft: PromotionDraft;
  readonly change: ReturnType<typeof changeOf>;
  readonly checks: readonly DraftCheck[];
  readonly caveats: readonly string[];
}

/** Forecasts, prices, names and checks a wish: everything that a draft holds, and what speaks against it. */
export async function planDraft(
  context: ToolContext,
  forecaster: Forecaster,
  wish: Wish,
  of: Of | null = null,
): Promise<Planned> {
  const { actor, store } = context;
  const spec = specOf(wish);
  const { forecast, why } = await tryForecast(forecaster, context, spec);
  const draft = await draftOfWish(context, wish, forecast);
  const checks = await checkDraft(actor, store, draft, {
    promotionId: of?.promotionId ?? null,
    fundId: of?.fundId ?? null,
    outcome: forecast,
    noticeBinds: of?.noticeBinds ?? true,
  });
  const fund = await fundFor(store, wish.account, wish.start, spec.product_ids, of?.fundId ?? null);
  const names = { account: wish.account.name, products: wish.products, fund: fund?.fund ?? null };
  return {
    spec,
    forecast,
    draft,
    change: changeOf(draft, names, forecast ? expectedOf(forecast) : null),
    checks,
    caveats: [...(forecast?.caveats ?? []), ...(why ? [why] : [])],
  };
}

/** Keeps the forecasts behind drafts that a person is about to read. */
export const keepDrafts = (context: ToolContext, drafts: readonly Planned[]): Promise<readonly number[] | null> =>
  keepForecasts(
    context,
    "draft",
    drafts.flatMap(({ spec, forecast }) => (forecast ? [{ spec, forecast }] : [])),
  );

export const specOf = (wish: Wish): PromotionSpec => ({
  account_id: wish.account.id,
  product_ids: wish.products.map((p) => p.id),
  start: wish.start,
  end: wish.end,
  mechanic: wish.offer.mechanic,
  discount: wish.offer.discount,
  price_off: wish.offer.price_off,
  get: wish.offer.get,
  pay: wish.offer.pay,
  feature: wish.feature,
  display: wish.display,
  payment: wish.payment,
  fixed_spend: toMajor(wish.fixed_spend_minor),
});

async function draftOfWish(
  { store }: ToolContext,
  wish: Wish,
  forecast: PromotionForecast | null,
): Promise<PromotionDraft> {
  const { account, offer, products } = wish;
  const prices = await everydayPrices(
    store,
    account.id,
    products.map((p) => p.id),
  );
  const redemption = expectedRedemption(offer, forecast) ?? redemptionOf(offer.mechanic);
  const price_off_minor = offer.price_off === null ? null : toMinor(offer.price_off);
  const own_units = unitsOfPlan(wish.own, forecast);
  const scale = own_units !== null && forecast?.units.mean ? own_units / forecast.units.mean : 1;
  const evenly = own_units === null ? null : rounded(own_units / products.length, 1);
  const lines = products.map((product) => {
    const line = forecast?.lines.find((l) => l.product_id === product.id);
    const list = product.list_price_minor === null ? null : toMajor(product.list_price_minor);
    const everyday = line?.everyday_price ?? prices.get(product.id) ?? null;
    const allowance =
      line?.allowance ?? allowanceOf(offer, wish.payment, { everyday, list, vat: account.vat_rate }) ?? 0;
    return {
      product_id: product.id,
      allowance_minor: rounded(allowance * 100, 2),
      planned_units: line ? rounded(scale * line.units, 1) : evenly,
      planned_baseline: line ? rounded(line.baseline, 1) : null,
      everyday,
    };
  });
  const offerRow = { ...offer, get_n: offer.get, pay_n: offer.pay, price_off_minor, redemption };
  const draft = {
    account_id: account.id,
    series: wish.series,
    mechanic: offer.mechanic,
    discount: offer.discount,
    price_off_minor,
    get: offer.get,
    pay: offer.pay,
    redemption,
    depth: depthOf(
      offerRow,
      lines.flatMap((l) => l.everyday ?? []),
    ),
    feature: wish.feature,
    display: wish.display,
    payment: wish.payment,
    fixed_spend_minor: wish.fixed_spend_minor,
    currency: account.currency,
    start: wish.start,
    end: wish.end,
    buy_in: wish.buy_in,
    scan: wish.scan,
    note: wish.note,
    lines: lines.map(({ everyday: _everyday, ...line }) => line),
    own_units,
    spend_minor: spendOf(wish, forecast, scale),
  };
  const short = shortAccountName(account.name, await listAccounts(store));
  return Object.freeze({ ...draft, name: wish.name ?? promotionName(subjectWords(products), draft, short) });
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The take-up that a forecast went by: what its average price says of the offer's face value. */
function expectedRedemption(offer: Offer, forecast: PromotionForecast | null): number | null {
  if (redemptionOf(offer.mechanic) === null) return null;
  const line = forecast?.lines.find((l) => l.everyday_price !== null && l.promoted_price !== null);
  if (!line?.everyday_price || line.promoted_price === null) return null;
  const { get, pay, price_off, discount } = offer;
  const face = get && pay ? multibuyDiscount(get, pay) : (discount ?? (price_off ?? 0) / line.everyday_price);
  if (face <= 0) return null;
  const share = (1 - line.promoted_price / line.everyday_price) / face;
  return share > 0 && share <= 1 ? Math.round(share * 1e4) / 1e4 : null;
}

/** Expected spend, minor units: the forecast's (what is paid by the unit at the scale of the plan), or the fixed spend alone where nothing is paid by the unit. */
function spendOf(wish: Wish, forecast: PromotionForecast | null, scale: number): number | null {
  if (forecast && forecast.spend !== null) {
    const fixed = toMajor(wish.fixed_spend_minor);
    return toMinor(fixed + scale * (forecast.spend - fixed));
  }
  return paidByUnit(wish.payment) ? null : wish.fixed_spend_minor;
}
