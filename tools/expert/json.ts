import { weekday } from "../../data/common/dates.ts";
import { toMajor } from "../../data/common/money.ts";
import type { ToolContext } from "../define.ts";
import type { ForecastGround } from "../forecasts/forecastGround.ts";
import { forecastOn } from "../forecasts/forecastPromotion.ts";
import { supportShare } from "../forecasts/offerOfSpec.ts";
import { usualFixedSpend } from "../forecasts/terms.ts";
import type { PromotionForecast } from "../forecasts/types.ts";
import type { Resolved } from "./resolved.ts";

/** A promotion as a result describes it: names that people read, fractions, major units. */
export const promotionJson = ({ account, wish, leftOut }: Resolved) => ({
  account: account.name,
  products: wish.products.map((p) => p.name),
  n_products: wish.products.length,
  left_out_products: leftOut,
  brands: [...new Set(wish.products.map((p) => p.brand))],
  period: { from: wish.start, to: wish.end },
  mechanic: wish.offer.mechanic,
  discount: wish.offer.discount || null,
  price_off: wish.offer.price_off === null ? null : { amount: wish.offer.price_off, currency: account.currency },
  get: wish.offer.get,
  pay: wish.offer.pay,
  feature: wish.feature,
  display: wish.display,
  payment: wish.payment,
  fixed_spend: toMajor(wish.fixed_spend_minor),
  currency: account.currency,
});
export type PromotionJson = ReturnType<typeof promotionJson>;

/** Forecasts a resolved promotion on a ground, with what its result needs beside the figures. */
export function forecastJson(ground: ForecastGround, { actor }: ToolContext, resolved: Resolved) {
  const detail = forecastOn(ground, actor, resolved.spec);
  const { forecast } = detail;
  const part = weekday(resolved.wish.start) !== 1 || weekday(resolved.wish.end) !== 7;
  return {
    detail,
    json: {
      ...promotionJson(resolved),
      ...withoutIds(forecast),
      /** Share of the stores that a planned support is taken to reach. */
      support_share: {
        display: resolved.spec.display ? supportShare(ground, resolved.spec, "display") : null,
        feature: resolved.spec.feature ? supportShare(ground, resolved.spec, "feature") : null,
      },
      usual_fixed_spend: usualFixedSpend(ground, resolved.spec),
      part_weeks: part,
      assumptions: resolved.assumptions,
    },
  };
}

const withoutIds = (forecast: PromotionForecast) => ({
  ...forecast,
  lines: forecast.lines.map(({ product_id: _id, ...line }) => line),
});
