import { toMinor } from "../../../data/common/money.ts";
import type { DraftCheck } from "../../../data/promotions/checks/sentence.ts";
import { offerWords } from "../../../data/promotions/promotionName.ts";
import type { FoundPromotion } from "../../../data/promotions/reading.service.ts";

/** How many checks stand in the way, warn and pass: a reply counts nothing itself. */
export const countChecks = (checks: readonly Pick<DraftCheck, "verdict">[]) => ({
  block: checks.filter((c) => c.verdict === "block").length,
  warn: checks.filter((c) => c.verdict === "warn").length,
  pass: checks.filter((c) => c.verdict === "pass").length,
});

/** A stored promotion as it stands in a result; money in major units, `spend` what it cost or holds of its fund. */
export const promotionJson = (p: FoundPromotion) => ({
  promotion: p.promotion,
  name: p.name,
  account: p.account,
  owner: p.owner,
  category: p.category,
  brand: p.brand,
  products: p.products?.split("; ") ?? [],
  start: p.start,
  end: p.end,
  status: p.status,
  mechanic: p.mechanic,
  discount: p.discount,
  price_off: p.price_off === null ? null : { amount: p.price_off, currency: p.currency },
  get: p.get_n,
  pay: p.pay_n,
  offer: offerWords({
    mechanic: p.mechanic,
    discount: p.discount,
    price_off_minor: p.price_off === null ? null : toMinor(p.price_off),
    get: p.get_n,
    pay: p.pay_n,
    currency: p.currency,
    display: p.display === 1,
    feature: p.feature === 1,
  }),
  feature: p.feature === 1,
  display: p.display === 1,
  payment: p.payment,
  fixed_spend: p.fixed_spend,
  currency: p.currency,
  series: p.series,
  spend: p.spend ?? p.held,
  net_roi: p.net_roi,
  true_incremental: p.true_incremental,
});
export type PromotionJson = ReturnType<typeof promotionJson>;
