import type { Composer } from "../say.ts";
import { composeComparison } from "./comparePromotions.ts";

export const advisorComposers: Readonly<Record<string, Composer>> = { compare_promotions: composeComparison };
