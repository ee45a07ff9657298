import type { Product } from "./products.service.ts";

/** The shortest name for a set of products: the product, else the brand or the category that it is the whole of. */
export function wholeName(products: readonly Product[], all: readonly Product[]): string {
  const [first] = products;
  if (products.length === 1) return first!.name;
  const whole = (same: (p: Product) => boolean): boolean =>
    products.every(same) && all.filter(same).length === products.length;
  if (whole((p) => p.brand_id === first!.brand_id)) return first!.brand;
  if (whole((p) => p.category_id === first!.category_id)) return first!.category;
  return products.map((p) => p.name).join(", ");
}
