import { fold, type Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = { table: "contact", keys: ["account_id", "name"] };

/** The people of an account, and who of them decides, influences or is informed. */
export const contactsWriter: MakeWriter<"contacts"> = async ({ names }) => {
  const lines = new Map<string, number>();
  let batch: { readonly account: Ref; readonly row: Row }[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const key = JSON.stringify([fold(account.name), fold(row.name)]);
      const before = lines.get(key);
      if (before !== undefined) return new Bad(`is in line ${before} already for this account`, "name");
      lines.set(key, line);
      names.want(["accounts", account]);
      const columns = present({ name: row.name, title: row.title, influence: row.influence, email: row.email });
      batch.push({ account, row: columns });
      return null;
    },
    write: (store, dry) =>
      upsert(
        store,
        TARGET,
        batch.map(({ account, row }) => ({ account_id: account.id, ...row })),
        dry,
      ),
    clear() {
      batch = [];
    },
  };
};
