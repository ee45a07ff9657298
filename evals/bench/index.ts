import { causes } from "./causes.ts";
import { demo } from "./demo.ts";
import { generateMarket, splitMarket } from "./market.ts";
import type { BenchPanel, BenchPart } from "./part.ts";
import { peers } from "./peers.ts";
import { plan } from "./plan.ts";
import { scale } from "./scale.ts";
import { scenarios } from "./scenarios.ts";
import { turns } from "./turns.ts";

/** What `kam bench` measures, in this order. */
export const parts: readonly BenchPart[] = [peers, scale, demo, causes, scenarios, plan, turns];

/** Generated panels of the sizes of the public ones, where none is given: 88 accounts of one product, 83 stores of eleven. */
export function generatedPanels(): BenchPanel[] {
  return [
    {
      name: "88 accounts (generated)",
      ...splitMarket(generateMarket({ accounts: 88, products: 1, weeks: 61, drivers: 1 }), 13),
    },
    {
      name: "83 stores (generated)",
      ...splitMarket(generateMarket({ accounts: 83, products: 11, weeks: 121, drivers: 2 }), 24),
    },
  ];
}
