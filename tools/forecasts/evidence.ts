import { type Actor, seesAccount } from "../../data/users/actor.ts";
import { type ForecastGround, factsAt } from "./forecastGround.ts";
import type { PromotionForecast, PromotionSpec } from "./types.ts";

/**
 * What an estimate rests on: past promotions of these products at the account, and of their brands at the actor's other
 * accounts. A store without promotions (an imported panel) counts weeks with a discount or support instead.
 */
export function evidenceOf(ground: ForecastGround, actor: Actor, spec: PromotionSpec): PromotionForecast["evidence"] {
  const products = new Set(spec.product_ids);
  const brands = new Set(spec.product_ids.map((id) => ground.book.productById.get(id)?.brand_id));
  if (ground.past.length > 0) {
    const lines = (id: number) => ground.book.linesOf.get(id) ?? [];
    const here = ground.past.filter(
      (p) => p.account_id === spec.account_id && lines(p.id).some((line) => products.has(line.product_id)),
    );
    const elsewhere = ground.past.filter(
      (p) =>
        p.account_id !== spec.account_id &&
        seesAccount(actor, p.account_id) &&
        lines(p.id).some((line) => brands.has(ground.book.productById.get(line.product_id)?.brand_id)),
    );
    return { here: here.length, elsewhere: elsewhere.length, unit: "promotions" };
  }
  const active = (accountId: number, productId: number): number => {
    const facts = factsAt(ground, accountId, productId);
    return facts ? facts.weeks - facts.quiet : 0;
  };
  let here = 0;
  let elsewhere = 0;
  for (const accountId of ground.fitted.accountIds) {
    if (!seesAccount(actor, accountId)) continue;
    for (const product of ground.book.products) {
      if (accountId === spec.account_id && products.has(product.id)) here += active(accountId, product.id);
      else if (accountId !== spec.account_id && brands.has(product.brand_id))
        elsewhere += active(accountId, product.id);
    }
  }
  return { here, elsewhere, unit: "weeks" };
}
