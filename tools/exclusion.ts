import { resolveAccount, type VisibleAccount } from "../data/accounts/accounts.service.ts";
import { KamError } from "../data/common/errors.ts";
import { listProducts } from "../data/products/products.repo.ts";
import { type Product, resolveProducts } from "../data/products/products.service.ts";
import { wholeName } from "../data/products/wholeName.ts";
import { MECHANIC_WORDS } from "../data/promotions/words.ts";
import type { Exclusion } from "./args.ts";
import type { ToolContext } from "./define.ts";

/** What a question leaves out, every name resolved. */
export interface Excluded {
  readonly accounts: readonly VisibleAccount[];
  readonly products: readonly Product[];
  readonly mechanics: readonly string[];
  /** All of it by the names people read, for the ground of an answer. */
  readonly words: readonly string[];
}

/**
 * An account that the person does not see is left out already, so that naming it here tells her nothing.
 * @throws KamError unknown_name, ambiguous_name
 */
export async function excludedBy({ actor, store }: ToolContext, exclude: Exclusion | undefined): Promise<Excluded> {
  const accounts: VisibleAccount[] = [];
  for (const ref of exclude?.accounts ?? []) {
    const account = await resolveAccount(actor, store, ref).catch((error: unknown) => {
      if (error instanceof KamError && error.code === "no_right") return null;
      throw error;
    });
    if (account) accounts.push(account);
  }
  const products: Product[] = [];
  const names: string[] = [];
  const whole = exclude?.products ? await listProducts(store) : [];
  for (const ref of exclude?.products ?? []) {
    const found = await resolveProducts(store, [ref]);
    products.push(...found);
    names.push(wholeName(found, whole));
  }
  const mechanics = exclude?.mechanics ?? [];
  return {
    accounts,
    products,
    mechanics,
    words: [...accounts.map((a) => a.name), ...names, ...mechanics.map((m) => MECHANIC_WORDS[m].plural)],
  };
}

/** The ids that stay: of those asked for, else of all. */
export const idsWithout = (
  asked: readonly number[] | undefined,
  all: readonly { readonly id: number }[],
  excluded: readonly { readonly id: number }[],
): number[] | undefined => {
  if (!excluded.length) return asked ? [...asked] : undefined;
  const out = new Set(excluded.map((e) => e.id));
  return (asked ?? all.map((one) => one.id)).filter((id) => !out.has(id));
};
