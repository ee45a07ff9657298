import type { Ref } from "../names.ts";
import { type Row, type Target, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { type MakeWriter, present } from "./writer.ts";

const TARGET: Target = {
  table: "signal",
  keys: ["account_id", "category_id", "kind", "competitor", "start"],
  nullable: true,
  insertOnly: ["reported"],
};

interface Taken {
  readonly account: Ref | null;
  readonly category: Ref | null;
  readonly row: Row;
}

/** What is reported of the market. Its text is kept as it stands and is never more than text. */
export const signalsWriter: MakeWriter<"signals"> = async ({ store, names }) => {
  const lines = new Map<string, number>();
  let batch: Taken[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const end = row.end ?? row.start;
      if (end < row.start) return new Bad("is before the start", "end");
      const account = row.account ? names.account(row.account) : null;
      if (account instanceof Bad) return account;
      const category = row.category ? names.category(row.category) : null;
      if (category instanceof Bad) return category;
      const competitor = row.competitor ?? null;
      const key = JSON.stringify([account?.id, category?.id, row.kind, competitor, row.start]);
      const before = lines.get(key);
      if (before !== undefined)
        return new Bad(`is in line ${before} already for this account, category and competitor`, "start");
      lines.set(key, line);
      if (account) names.want(["accounts", account]);
      if (category) names.want(["categories", category]);
      const columns = present({
        kind: row.kind,
        competitor,
        start: row.start,
        end,
        value: row.value,
        text: row.text,
        source: row.source,
        reported: row.reported ?? store.today,
      });
      batch.push({ account, category, row: columns });
      return null;
    },
    write(tx, dry) {
      const rows = batch.map(({ account, category, row }) => ({
        account_id: account?.id ?? null,
        category_id: category?.id ?? null,
        ...row,
      }));
      return upsert(tx, TARGET, rows, dry);
    },
    clear() {
      batch = [];
    },
  };
};
