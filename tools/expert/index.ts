import type { Tool } from "../define.ts";

/** What the expert computes. */
export const expertTools: readonly Tool[] = [];
