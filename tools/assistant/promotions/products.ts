import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import type { Period } from "../../../data/common/dates.ts";
import { foldName } from "../../../data/common/names.ts";
import { listBrands, listCategories, listedProductIds } from "../../../data/products/products.repo.ts";
import { type Product, type ProductRef, resolveProducts } from "../../../data/products/products.service.ts";
import type { Store } from "../../../data/store/open.ts";

export interface ProductsHere {
  readonly products: Product[];
  /** What was left out, in words. */
  readonly assumptions: string[];
}

/**
 * Of some products those that an account lists on every day of a window; all of them where it lists none, so that a check
 * can say so.
 */
export async function listedOf(
  store: Store,
  account: VisibleAccount,
  all: readonly Product[],
  window: Period,
): Promise<ProductsHere> {
  const listed = new Set(await listedProductIds(store, account.id, window));
  const here = all.filter((p) => listed.has(p.id));
  if (!here.length || here.length === all.length) return { products: [...all], assumptions: [] };
  const names = all.filter((p) => !listed.has(p.id)).map((p) => p.name);
  const [is, it] = names.length === 1 ? ["is", "it"] : ["are", "them"];
  return {
    products: here,
    assumptions: [
      `${names.join(", ")} ${is} left out, as ${account.name} does not list ${it} over the whole of these dates`,
    ],
  };
}

/**
 * The products that a draft means at one account. One that is named is taken as it is; of a whole brand or category, and
 * of several of one brand ("Kestrel but not the decaf"), those that the account lists on every day of the window.
 * @throws KamError unknown_name, ambiguous_name
 */
export async function productsAt(
  store: Store,
  account: VisibleAccount,
  refs: readonly ProductRef[],
  window: Period,
): Promise<ProductsHere> {
  const groups = new Set(
    [...(await listBrands(store)), ...(await listCategories(store))].map((group) => foldName(group.name)),
  );
  const products = new Map<number, Product>();
  const assumptions: string[] = [];
  const named = new Map<string, Product[]>();
  for (const ref of refs) {
    const found = await resolveProducts(store, [ref]);
    const whole =
      typeof ref === "object" || (typeof ref === "string" && (found.length > 1 || groups.has(foldName(ref))));
    if (!whole) {
      for (const product of found) named.set(product.brand, [...(named.get(product.brand) ?? []), product]);
      continue;
    }
    const taken = await listedOf(store, account, found, window);
    assumptions.push(...taken.assumptions);
    for (const product of taken.products) products.set(product.id, product);
  }
  for (const some of named.values()) {
    const taken = some.length > 1 ? await listedOf(store, account, some, window) : { products: some, assumptions: [] };
    assumptions.push(...taken.assumptions);
    for (const product of taken.products) products.set(product.id, product);
  }
  return { products: [...products.values()].sort((a, b) => a.id - b.id), assumptions };
}
