import { advisorTools } from "./advisor/index.ts";
import { accountTools } from "./assistant/accounts/index.ts";
import { promotionTools } from "./assistant/promotions/index.ts";
import type { Tool } from "./define.ts";
import { expertTools } from "./expert/index.ts";

/** Every tool of every role. */
export const tools: readonly Tool[] = [...promotionTools, ...accountTools, ...advisorTools, ...expertTools];
