import { fold, type Ref } from "../names.ts";
import { type Row, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { type MakeWriter, present } from "./writer.ts";

/** The stores of an account. Where an account has them, a visit to any other store is refused, and a share is told of how many. */
export const storesWriter: MakeWriter<"stores"> = async ({ names }) => {
  const lines = new Map<string, number>();
  let batch: { readonly account: Ref; readonly row: Row }[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const key = JSON.stringify([account.id, fold(row.store)]);
      const before = lines.get(key);
      if (before !== undefined) return new Bad(`is in line ${before} already`, "store");
      lines.set(key, line);
      names.want(["accounts", account]);
      batch.push({ account, row: present({ name: row.store, code: row.code }) });
      return null;
    },
    write(tx, dry) {
      const rows = batch.map(({ account, row }) => ({ account_id: account.id, ...row }));
      return upsert(tx, { table: "account_store", keys: ["account_id", "name"] }, rows, dry);
    },
    clear() {
      batch = [];
    },
  };
};
