import { seesAccount } from "../../users/actor.ts";
import type { Ref } from "../names.ts";
import { type Row, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { promotionOf } from "./claims.ts";
import { readPromotions } from "./kinds.repo.ts";
import { readKnown } from "./visitsKnown.ts";
import { type MakeWriter, present } from "./writer.ts";

interface Taken {
  readonly account: Ref;
  readonly visit: Row;
  readonly check: { readonly product: Ref; readonly row: Row } | null;
}

/** Store visits, and what a person or image recognition saw on the shelf: a row a visit and product. */
export const visitsWriter: MakeWriter<"visits"> = async ({ store, names, actor }) => {
  const promotions = await readPromotions(store);
  const known = await readKnown(store);
  const seen = new Map<string, number>();
  let batch: Taken[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      if (account.id > 0 && !seesAccount(actor, account.id))
        return new Bad(`is no account of ${actor.name}'s`, "account");
      const outlet = known.storeOf(account.id, row.store);
      if (outlet instanceof Bad) return outlet;
      if (row.date > store.today) return new Bad(`lies in the future (today is ${store.today})`, "date");
      const promotion = promotionOf(promotions, row.promotion, account);
      if (promotion instanceof Bad) return promotion;
      const product = row.product ? names.product(row.product) : null;
      if (product instanceof Bad) return product;
      for (const field of ["on_shelf", "display_present"] as const)
        if (product && (row[field] ?? null) === null) return new Bad("is missing for a shelf check", field);
      const source = row.source ?? "import";
      const key = JSON.stringify([account.id, outlet, row.date, source, product?.id ?? null]);
      const before = seen.get(key);
      if (before !== undefined)
        return new Bad(`is in line ${before} already for this day`, product ? "product" : "store");
      const check = product && {
        product,
        row: present({
          on_shelf: row.on_shelf ?? undefined,
          display_present: row.display_present ?? undefined,
          feature_present: row.feature_present,
          price_seen: row.price_seen,
          confidence: row.confidence,
          facings: row.facings,
          availability: row.availability,
          display_type: row.display_type,
          photo: row.photo,
        }),
      };
      const externalId = row.external_id ?? null;
      const { date } = row;
      const conflict = known.conflict({
        ...{ account: account.id, store: outlet, date, source, externalId, promotion },
        check: check && { product: check.product.id, row: check.row },
      });
      if (conflict) return conflict;
      seen.set(key, line);
      names.want(["accounts", account], ...(product ? [["products", product] as const] : []));
      const id = row.external_id ?? undefined;
      const visit = present({ store: outlet, date, source, promotion_id: promotion, external_id: id });
      batch.push({ account, visit, check });
      return null;
    },
    async write(tx, dry) {
      const { changed, ids } = await upsert(
        tx,
        { table: "visit", keys: ["account_id", "store", "date", "source"], id: true },
        batch.map(({ account, visit }) => ({ account_id: account.id, ...visit })),
        dry,
      );
      const checks = batch.flatMap(({ check }, i) => (check ? [{ at: i, check }] : []));
      const written = await upsert(
        tx,
        { table: "shelf_check", keys: ["visit_id", "product_id"] },
        checks.map(({ at, check }) => ({ visit_id: ids[at]!, product_id: check.product.id, ...check.row })),
        dry,
      );
      const also = new Set(checks.filter((_, i) => written.changed[i]).map(({ at }) => at));
      return { changed: changed.map((did, i) => did || also.has(i)) };
    },
    clear() {
      batch = [];
    },
  };
};
