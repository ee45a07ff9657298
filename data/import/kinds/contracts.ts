import { isIsoDate } from "../../common/dates.ts";
import type { Ref } from "../names.ts";
import { type Row, replaceSet, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { type MakeWriter, present } from "./writer.ts";

interface Taken {
  readonly account: Ref;
  readonly row: Row;
  readonly mechanics: readonly Row[] | undefined;
  readonly blackouts: readonly Row[] | undefined;
}

/** Terms of an account from a day on: rates, deepest discount, mechanics that are allowed, weeks in which nothing runs. */
export const contractsWriter: MakeWriter<"contracts"> = async ({ names }) => {
  const lines = new Map<string, number>();
  let batch: Taken[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      if (row.end < row.start) return new Bad("is before the start", "end");
      if (row.max_discount === 0) return new Bad("is 0", "max_discount");
      const blackouts = row.blackouts?.map(blackoutOf);
      const wrong = blackouts?.find((blackout) => blackout instanceof Bad);
      if (wrong) return wrong;
      const account = names.account(row.account);
      if (account instanceof Bad) return account;
      const key = JSON.stringify([account.id, row.start]);
      const before = lines.get(key);
      if (before !== undefined) return new Bad(`is in line ${before} already for this account`, "start");
      lines.set(key, line);
      names.want(["accounts", account]);
      const columns = present({
        start: row.start,
        end: row.end,
        off_invoice_rate: row.off_invoice_rate,
        rebate_rate: row.rebate_rate,
        payment_days: row.payment_days,
        usual_payment: row.usual_payment ?? undefined,
        max_discount: row.max_discount,
        notice_days: row.notice_days,
      });
      const mechanics = row.mechanics?.map((mechanic) => ({ mechanic }));
      batch.push({ account, row: columns, mechanics, blackouts: blackouts as Row[] | undefined });
      return null;
    },
    async write(store, dry) {
      const rows = batch.map(({ account, row }) => ({ account_id: account.id, ...row }));
      const { changed, ids } = await upsert(
        store,
        { table: "contract", keys: ["account_id", "start"], id: true },
        rows,
        dry,
      );
      const sets = (of: "mechanics" | "blackouts") =>
        new Map(batch.flatMap((taken, i) => (taken[of] ? [[ids[i]!, taken[of]] as const] : [])));
      const mechanics = await replaceSet(store, "contract_mechanic", "contract_id", sets("mechanics"), dry);
      const blackouts = await replaceSet(store, "contract_blackout", "contract_id", sets("blackouts"), dry);
      return { changed: changed.map((did, i) => did || mechanics.has(ids[i]!) || blackouts.has(ids[i]!)) };
    },
    clear() {
      batch = [];
    },
  };
};

/** "2026-11-23/2026-12-24 Christmas" */
function blackoutOf(text: string): Row | Bad {
  const match = /^(\d{4}-\d{2}-\d{2})\s*(?:\/|\.\.|to|–|-)\s*(\d{4}-\d{2}-\d{2})\s*(.*)$/.exec(text);
  const [, start, end, reason] = match ?? [];
  if (!start || !end || !isIsoDate(start) || !isIsoDate(end) || end < start)
    return new Bad(`holds "${text}", which is not in the form 2026-11-23/2026-12-24 reason`, "blackouts");
  return { start, end, reason: reason || "blackout" };
}
