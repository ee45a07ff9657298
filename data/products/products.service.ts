import { KamError } from "../common/errors.ts";
import { resolveName } from "../common/names.ts";
import type { Store } from "../store/open.ts";
import { listBrands, listCategories, listProducts } from "./products.repo.ts";

export type Product = Awaited<ReturnType<typeof listProducts>>[number];
/** A product by id or name, or the whole of a brand or a category. A bare name may also be a brand's or a category's. */
export type ProductRef = string | number | { readonly brand: string } | { readonly category: string };

/** @throws KamError unknown_name, ambiguous_name */
export async function resolveProducts(store: Store, refs: readonly ProductRef[]): Promise<Product[]> {
  const [products, brands, categories] = await Promise.all([
    listProducts(store),
    listBrands(store),
    listCategories(store),
  ]);
  const found = new Map<number, Product>();
  const keep = (some: readonly Product[]): void => {
    for (const p of some) found.set(p.id, p);
  };
  const tryName = <T>(find: () => T): T | undefined => {
    try {
      return find();
    } catch (error) {
      if (error instanceof KamError) return undefined;
      throw error;
    }
  };
  for (const ref of refs) {
    if (typeof ref === "object" && "brand" in ref) {
      const brand = resolveName(brands, ref.brand, "brand");
      keep(products.filter((p) => p.brand_id === brand.id));
    } else if (typeof ref === "object") {
      const category = resolveName(categories, ref.category, "category");
      keep(products.filter((p) => p.category_id === category.id));
    } else {
      const brand = typeof ref === "string" ? tryName(() => resolveName(brands, ref, "brand")) : undefined;
      const category =
        typeof ref === "string" && !brand ? tryName(() => resolveName(categories, ref, "category")) : undefined;
      if (brand) keep(products.filter((p) => p.brand_id === brand.id));
      else if (category) keep(products.filter((p) => p.category_id === category.id));
      else keep([resolveName(products, ref, "product")]);
    }
  }
  return [...found.values()];
}
