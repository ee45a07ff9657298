import type { Ref } from "../names.ts";
import { type Row, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { readProducts } from "./kinds.repo.ts";
import { MasterIndex } from "./master.ts";
import { type MakeWriter, present } from "./writer.ts";

/** Products with their brand, pack, cost and list price. */
export const productsWriter: MakeWriter<"products"> = async ({ store, names, mapping }) => {
  const index = new MasterIndex(await readProducts(store));
  let batch: { readonly brand: Ref; readonly row: Row }[] = [];
  return {
    feedsModel: true,
    accept(row, line) {
      const code = index.resolve(row.code, row.name);
      if (code instanceof Bad) return code;
      const brand = names.brand(row.brand, row.category);
      if (brand instanceof Bad) return brand;
      const currency = row.currency ?? mapping.defaults.currency;
      if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) return new Bad("is no currency, as EUR", "currency");
      if (row.launched && row.delisted && row.delisted < row.launched)
        return new Bad("is before the launch", "delisted");
      names.want(["brands", brand]);
      index.note(code, row.name, line);
      const columns = present({
        code,
        name: row.name,
        pack_size: row.pack_size,
        pack_unit: row.pack_unit,
        units_per_case: row.units_per_case,
        cost_minor: row.cost,
        list_price_minor: row.list_price,
        currency,
        launched: row.launched,
        delisted: row.delisted,
      });
      batch.push({ brand, row: columns });
      return null;
    },
    async write(store, dry) {
      const rows = batch.map(({ brand, row }) => ({ ...row, brand_id: brand.id }));
      const { changed, before } = await upsert(store, { table: "product", keys: ["code"] }, rows, dry);
      return { changed, created: before.filter((row) => row === null).length };
    },
    clear() {
      batch = [];
    },
  };
};
