import type { Tool } from "../define.ts";
import { comparePromotions } from "./comparePromotions.ts";

export const advisorTools: readonly Tool[] = [comparePromotions];
