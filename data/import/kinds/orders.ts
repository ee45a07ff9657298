import type { Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { promotionOf } from "./claims.ts";
import { readPromotions } from "./kinds.repo.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = { table: "supply_order", keys: ["source", "code", "line", "product_id"] };

interface Taken {
  readonly account: Ref;
  readonly product: Ref;
  readonly row: Row;
}

/** Lines of orders as an ERP, a distributor's system or a B2B shop tells them: ordered, confirmed, delivered so far. */
export const ordersWriter: MakeWriter<"orders"> = async ({ store, names }) => {
  const promotions = await readPromotions(store);
  const lines = new Map<string, number>();
  let batch: Taken[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const product = names.product(row.product);
      if (product instanceof Bad) return product;
      const promotion = promotionOf(promotions, row.promotion, account);
      if (promotion instanceof Bad) return promotion;
      if (row.ordered === 0) return new Bad("is 0", "ordered");
      const orderedOn = row.ordered_on ?? row.requested;
      if (orderedOn > row.requested) return new Bad("is before the day of the order", "requested");
      const source = row.source ?? "erp";
      const key = JSON.stringify([source, row.order, row.line ?? "", product.id ?? row.product]);
      const before = lines.get(key);
      if (before !== undefined) return new Bad(`is in line ${before} already with this product`, "order");
      lines.set(key, line);
      names.want(["accounts", account], ["products", product]);
      const delivered = row.delivered ?? undefined;
      const columns = present({
        source,
        code: row.order,
        line: row.line ?? "",
        promotion_id: promotion,
        ordered_on: orderedOn,
        requested: row.requested,
        confirmed: row.confirmed,
        ordered: row.ordered,
        confirmed_units: row.confirmed_units,
        delivered,
        status: row.status ?? ((delivered ?? 0) >= row.ordered ? "closed" : "open"),
      });
      batch.push({ account, product, row: columns });
      return null;
    },
    write(tx, dry) {
      const rows = batch.map(({ account, product, row }) => ({
        account_id: account.id,
        product_id: product.id,
        ...row,
      }));
      return upsert(tx, TARGET, rows, dry);
    },
    clear() {
      batch = [];
    },
  };
};
