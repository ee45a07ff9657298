import type { Composer } from "../say.ts";

export const expertComposers: Readonly<Record<string, Composer>> = {};
