import type { Tool } from "../../define.ts";
import { findVisits } from "./findVisits.ts";
import { promotionProof } from "./promotionProof.ts";

/** What was seen in the stores. */
export const executionTools: readonly Tool[] = [promotionProof, findVisits];
