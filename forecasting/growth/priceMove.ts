import { NormalStream } from "../numeric/random.ts";
import type { Response } from "../types.ts";

/** Units at a moved everyday price: U × (1 + change)^elasticity. `change` is a fraction of the price, > −1. */
export function unitsAtPrice(units: number, change: number, elasticity: number): number {
  return units * (1 + change) ** elasticity;
}

/** Draws of an everyday-price elasticity, never above 0; the same seed gives the same draws. */
export function elasticityDraws(
  { estimate, se }: Pick<Response, "estimate" | "se">,
  count: number,
  seed: number,
): Float64Array {
  const chance = new NormalStream(seed);
  return Float64Array.from({ length: count }, () => Math.min(0, estimate + se * chance.normal()));
}

/**
 * The elasticity at which a moved price leaves the margin sum as it was: ln(m / m′) / ln(1 + change). Demand weaker than it
 * makes a rise pay, stronger a cut. Null where a margin is not above 0 or nothing is moved.
 */
export function breakEvenElasticity(margin: number, newMargin: number, change: number): number | null {
  if (!(margin > 0) || !(newMargin > 0) || change === 0) return null;
  return Math.log(margin / newMargin) / Math.log1p(change);
}
