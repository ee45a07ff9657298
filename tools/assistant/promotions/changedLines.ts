import type { z } from "zod";
import type { Period } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { resolveProducts } from "../../../data/products/products.service.ts";
import type { Store } from "../../../data/store/open.ts";
import type { productRef } from "../../args.ts";
import type { Wish } from "./planDraft.ts";
import { productsAt } from "./products.ts";

/** Products that come to those of a promotion, and products that leave it. */
export interface LineChanges {
  readonly add_products?: readonly z.output<typeof productRef>[] | undefined;
  readonly remove_products?: readonly z.output<typeof productRef>[] | undefined;
}

/**
 * The products of a promotion with what a person adds and takes out.
 * @throws KamError unknown_name, ambiguous_name; bad_input where none is left, or what leaves was not in it
 */
export async function changedLines(
  store: Store,
  { account, products }: Wish,
  { add_products, remove_products }: LineChanges,
  window: Period,
): Promise<Pick<Wish, "products"> & { assumptions: readonly string[] }> {
  const more = add_products?.length ? await productsAt(store, account, add_products, window) : null;
  const gone = remove_products?.length ? await resolveProducts(store, remove_products) : [];
  const out = new Set(gone.map((p) => p.id));
  const known = new Set(products.map((p) => p.id));
  const all = [...products, ...(more?.products ?? []).filter((p) => !known.has(p.id))];
  const left = all.filter((p) => !out.has(p.id));
  if (!left.length)
    throw new KamError(
      "bad_input",
      "No product would be left in the promotion; cancel it instead, or name others.",
      {},
    );
  if (gone.length && left.length === all.length)
    throw new KamError("bad_input", `${gone.map((p) => p.name).join(", ")} is not among the promotion's products.`, {});
  return { products: left, assumptions: more?.assumptions ?? [] };
}
