import type { Support } from "../fitting/ground.ts";
import { isDepthDriver, type Offer, offerOf, USUAL_REDEMPTION } from "../fitting/offer.ts";
import { median } from "../statistics.ts";
import type { ForecastGround } from "./forecastGround.ts";
import { everydayPrice } from "./forecastGround.ts";
import type { PromotionSpec } from "./types.ts";

/** Share of buyers expected to take an offer up: as in the middle one of the past ones here, else anywhere, else a usual one. */
export function redemptionOf(
  ground: ForecastGround,
  spec: Pick<PromotionSpec, "account_id" | "mechanic">,
): number | null {
  const { mechanic } = spec;
  if (!isDepthDriver(mechanic)) return null;
  const past = ground.past.filter((p) => p.mechanic === mechanic && p.redemption !== null);
  const of = (some: typeof past) => median(some.map((p) => p.redemption as number));
  return of(past.filter((p) => p.account_id === spec.account_id)) ?? of(past) ?? USUAL_REDEMPTION[mechanic];
}

/** What a product's buyers are offered; an absolute price-off counts by the product's everyday price. */
export function offerFor(ground: ForecastGround, spec: Omit<PromotionSpec, "start" | "end">, productId: number): Offer {
  return offerOf(
    { ...spec, redemption: redemptionOf(ground, spec) },
    everydayPrice(ground, spec.account_id, productId),
  );
}

/** What its shoppers save on average over its products, a fraction of the everyday price. */
export const depthOf = (ground: ForecastGround, spec: PromotionSpec): number =>
  spec.product_ids.reduce((sum, id) => sum + offerFor(ground, spec, id).effective, 0) / spec.product_ids.length;

/** Share of the stores that a planned support reaches, as it usually did at the account, else anywhere; 0 where none is planned. */
export function supportShare(
  ground: ForecastGround,
  spec: Pick<PromotionSpec, "account_id" | Support>,
  support: Support,
): number {
  if (!spec[support]) return 0;
  const { usual } = ground.fitted.ground;
  const account = ground.fitted.accountIndex.get(spec.account_id);
  return (account === undefined ? null : usual[support][account]) ?? usual.everywhere[support] ?? 1;
}
