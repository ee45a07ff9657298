import type { Tense } from "../dates/span.ts";
import type { Features } from "../features.ts";
import type { Focus } from "../focus.ts";
import type { Accounts, Goods } from "../mentions.ts";
import type { Reading } from "../reading.ts";
import type { Args, Lexicon } from "../types.ts";

/** All that a builder of arguments looks at. */
export interface Build {
  readonly tool: string;
  readonly reading: Reading;
  readonly features: Features;
  readonly lexicon: Lexicon;
  readonly focus: Focus;
  readonly accounts: Accounts;
  readonly goods: readonly Goods[];
  readonly excludedGoods: readonly Goods[];
  readonly tense: Tense;
}

/** The arguments of one call or several, or the one question that has to be asked first. */
export type Built =
  | { readonly args: readonly Args[]; readonly notes: readonly string[] }
  | { readonly ask: Ask; readonly notes: readonly string[] };
export interface Ask {
  readonly slot: string;
  readonly question: string;
  readonly args: Args;
  readonly alternatives?: readonly string[];
}

export const done = (args: Args, notes: readonly string[] = []): Built => ({ args: [args], notes });
export const ask = (slot: string, question: string, args: Args, alternatives?: readonly string[]): Built => ({
  ask: { slot, question, args, ...(alternatives ? { alternatives } : {}) },
  notes: [],
});

/** The account of a read: named, else the one the thread is about where "there" or a follow-up points to it. */
export function accountArg(b: Build): { account?: string } {
  const named = b.accounts.names[0] ?? b.accounts.unknown ?? undefined;
  if (named) return { account: named };
  if ((b.features.has("thisaccount") || b.features.has("continues")) && !b.accounts.all && b.focus.account)
    return { account: b.focus.account };
  return {};
}

/** The account of a question that cannot do without: named, or the one the thread is about. */
export function threadAccount(b: Build): { account?: string } {
  const named = accountArg(b);
  return named.account || b.accounts.all || !b.focus.account ? named : { account: b.focus.account };
}

/** The product of a read: the first named, or the one "this product" points to. */
export function productArg(b: Build): { product?: Goods } {
  const [named] = b.goods;
  if (named) return { product: named };
  const [before] = b.focus.goods;
  return (b.features.has("thisproduct") || b.features.has("itthere")) && before ? { product: before } : {};
}

/** "Albion Fresh, Kestrel, 1–14 June 2027": what is understood so far, in words and dates only. */
export const soFar = (parts: readonly (string | undefined)[]): string => {
  const known = parts.filter(Boolean);
  return known.length ? ` So far: ${known.join(", ")}.` : "";
};
export const goodsWords = (goods: readonly Goods[] | undefined): string | undefined =>
  goods?.length
    ? goods.map((g) => (typeof g === "string" ? g : "brand" in g ? g.brand : g.category)).join(" and ")
    : undefined;
