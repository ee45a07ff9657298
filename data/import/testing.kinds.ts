import { expect } from "vitest";
import type { KindName } from "./fields.ts";
import type { ImportReport } from "./index.ts";
import { type Bench, bench } from "./testing.ts";

/** For the tests of kinds: a store with two accounts and two products, imported too. */
export async function benchWithNames(): Promise<Bench> {
  const b = await bench();
  await b.run(
    "products.csv",
    "name,brand,category,code\nKestrel 250 g,Kestrel,Coffee,K250\nPolar 1 l,Polar Lane,Ice cream,P1\n",
    PRODUCTS,
  );
  await b.run(
    "accounts.csv",
    "name,code,aliases\nAlbion Fresh,ALB,Retailer A;Albion\nBramley Stores,BRA,Retailer B\n",
    same("accounts", "name code aliases"),
  );
  return b;
}

/** A mapping of columns that are named as our fields are. */
export const same = (kind: KindName, fields: string, more: Record<string, unknown> = {}) => ({
  kind,
  columns: Object.fromEntries(fields.split(" ").map((field) => [field, field])),
  ...more,
});
export const PRODUCTS = same("products", "name brand category code", { create: ["brands", "categories"] });

/** Imports twice, the second time without effect, and says what the first did. */
export async function twice(b: Bench, name: string, content: string | Uint8Array, map: unknown): Promise<ImportReport> {
  const first = await b.run(name, content, map);
  expect(first.read).toBe(first.written + first.rejected);
  expect(await b.run(name, content, map, { dryRun: true })).toMatchObject({ written: 0, unchanged: first.written });
  expect(await b.run(name, content, map)).toMatchObject({
    written: 0,
    unchanged: first.written,
    rejected: first.rejected,
  });
  return first;
}
