import { receiveClaims } from "../../claims/receiving.service.ts";
import { fold, type Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { readPromotions } from "./kinds.repo.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = { table: "claim", keys: ["code"] };

export type Promotions = ReadonlyMap<string, { readonly id: number; readonly account: number }>;

/** Id of a promotion of this account; null where none is named. */
export function promotionOf(
  promotions: Promotions,
  code: string | null | undefined,
  account: Ref,
): number | null | undefined | Bad {
  if (!code) return code === "" ? null : (code as null | undefined);
  const promotion = promotions.get(fold(code));
  if (!promotion) return new Bad("is no promotion of the store", "promotion");
  return promotion.account === account.id ? promotion.id : new Bad("is a promotion of another account", "promotion");
}

/** Claims and deductions, with what was decided. */
export const claimsWriter: MakeWriter<"claims"> = async ({ store, names, mapping, actor }) => {
  const promotions = await readPromotions(store);
  const lines = new Map<string, number>();
  let batch: { readonly account: Ref; readonly row: Row }[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const promotion = promotionOf(promotions, row.promotion, account);
      if (promotion instanceof Bad) return promotion;
      if (row.amount === 0) return new Bad("is 0", "amount");
      const status = row.status ?? "open";
      if ((status === "paid" || status === "part_paid") && row.settled === null)
        return new Bad(`is missing, and the claim is ${status}`, "settled");
      if (row.settled && row.settled > row.amount) return new Bad("is more than the claim", "settled");
      const before = lines.get(row.code);
      if (before !== undefined) return new Bad(`is in line ${before} already`, "code");
      lines.set(row.code, line);
      names.want(["accounts", account]);
      const columns = present({
        code: row.code,
        promotion_id: promotion,
        kind: row.kind ?? "claim",
        amount_minor: row.amount,
        currency: row.currency ?? mapping.defaults.currency ?? account.currency,
        date: row.date,
        status,
        settled_minor: row.settled,
        decided_at: row.decided_on,
        reason: row.reason,
        reference: row.reference,
      });
      batch.push({ account, row: columns });
      return null;
    },
    async write(tx, dry) {
      const written = await upsert(
        tx,
        TARGET,
        batch.map(({ account, row }) => ({ ...row, account_id: account.id })),
        dry,
      );
      const changed = batch.filter((_, i) => written.changed[i]).map(({ row }) => String(row.code));
      if (!dry) await receiveClaims(actor, tx, changed);
      return written;
    },
    clear() {
      batch = [];
    },
  };
};
