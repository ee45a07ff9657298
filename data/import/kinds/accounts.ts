import { fold } from "../names.ts";
import { type Row, upsert } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { readAccounts } from "./kinds.repo.ts";
import { MasterIndex } from "./master.ts";
import { type MakeWriter, present } from "./writer.ts";

interface Taken {
  readonly row: Row;
  readonly aliases: readonly string[];
}

/** Accounts, the names that people also use for them, and who owns them. Aliases are added, never taken away. */
export const accountsWriter: MakeWriter<"accounts"> = async ({ store, names, mapping }) => {
  const known = await readAccounts(store);
  const index = new MasterIndex(known.accounts);
  const aliasOwner = new Map(known.aliases.map(({ alias, code }) => [fold(alias), code]));
  const { defaults } = mapping;
  let batch: Taken[] = [];
  return {
    feedsModel: false,
    accept(row, line) {
      const code = index.resolve(row.code, row.name);
      if (code instanceof Bad) return code;
      const aliases = row.aliases ?? [];
      for (const alias of aliases) {
        const owner = aliasOwner.get(fold(alias)) ?? index.named(alias);
        if (owner !== undefined && owner !== code)
          return new Bad(`holds "${alias}", which is ${owner}'s already`, "aliases");
      }
      const currency = row.currency ?? defaults.currency;
      if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) return new Bad("is no currency, as EUR", "currency");
      const calendar = row.calendar ?? defaults.calendar;
      const week1 = row.own_week1 ?? defaults.own_week1;
      if (calendar === "own" && !week1) return new Bad('has the calendar "own" and no own_week1', "calendar");
      const owner = row.owner ? names.person(row.owner) : row.owner;
      if (owner instanceof Bad) return owner;
      if (owner && row.owner) names.wantPerson(owner, row.owner);
      for (const alias of aliases) aliasOwner.set(fold(alias), code);
      index.note(code, row.name, line);
      const columns = present({
        code,
        name: row.name,
        channel: row.channel ?? defaults.channel,
        country: row.country ?? defaults.country,
        currency,
        vat_rate: row.vat_rate ?? defaults.vat_rate,
        calendar,
        own_week1: week1,
        owner_id: owner,
      });
      batch.push({ row: columns, aliases });
      return null;
    },
    async write(store, dry) {
      const { changed, ids, before } = await upsert(
        store,
        { table: "account", keys: ["code"], id: true },
        batch.map(({ row }) => row),
        dry,
      );
      const aliasRows = batch.flatMap(({ aliases }, i) =>
        aliases.map((alias) => ({ at: i, alias, account_id: ids[i]! })),
      );
      const written = await upsert(
        store,
        { table: "account_alias", keys: ["alias"] },
        aliasRows.map(({ alias, account_id }) => ({ alias, account_id })),
        dry,
      );
      const also = new Set(aliasRows.filter((_, i) => written.changed[i]).map(({ at }) => at));
      return {
        changed: changed.map((did, i) => did || also.has(i)),
        created: before.filter((row) => row === null).length,
      };
    },
    clear() {
      batch = [];
    },
  };
};
