import type { Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { duplicateWeek, SeriesLines } from "./series.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = { table: "shipment_week", keys: ["account_id", "product_id", "week"] };

/** What was delivered to an account, by product and week. */
export const shipmentsWriter: MakeWriter<"shipments"> = async ({ names }) => {
  const lines = new SeriesLines();
  let batch: { readonly account: Ref; readonly product: Ref; readonly week: string; readonly columns: Row }[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const product = names.product(row.product);
      if (product instanceof Bad) return product;
      const before = lines.note(account, product, row.week, line);
      if (before > 0) return duplicateWeek(before);
      names.want(["accounts", account], ["products", product]);
      batch.push({ account, product, week: row.week, columns: present({ units: row.units, ordered: row.ordered }) });
      return null;
    },
    async write(store, dry) {
      const rows = batch.map((taken) => ({
        account_id: taken.account.id,
        product_id: taken.product.id,
        week: taken.week,
        ...taken.columns,
      }));
      return upsert(store, TARGET, rows, dry);
    },
    clear() {
      batch = [];
    },
  };
};
