import type { Composer } from "../../say.ts";
import { composeFindVisits } from "./findVisits.ts";
import { composePromotionProof } from "./promotionProof.ts";

/** The replies of what was seen in the stores, by tool. */
export const executionComposers: Readonly<Record<string, Composer>> = {
  promotion_proof: composePromotionProof,
  find_visits: composeFindVisits,
};
