import type { Build } from "./build.ts";

/** The account that a sentence about a rule names; what the thread is about narrows no rule. */
export const accountNamed = (b: Build): { account?: string } => {
  const named = b.accounts.names[0] ?? b.accounts.unknown ?? undefined;
  return named ? { account: named } : {};
};
