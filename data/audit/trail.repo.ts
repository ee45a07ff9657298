import type { Store } from "../store/open.ts";

/** What an entry of the log is asked for by; what is undefined does not limit. */
export interface TrailFilter {
  readonly entities?: readonly { readonly entity: string; readonly id: string }[] | undefined;
  /** Ids of promotions, claims and funds that an entry's own text may name besides. */
  readonly naming?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Entries of the log with who made them, oldest first. */
export const auditTrail = (store: Store, filter: TrailFilter) =>
  store.db
    .selectFrom("audit")
    .leftJoin("person", "person.id", "audit.actor")
    .selectAll("audit")
    .select("person.name as person")
    .$if(filter.entities !== undefined || filter.naming !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          ...(filter.entities ?? []).map((e) => eb.and([eb("entity", "=", e.entity), eb("entity_id", "=", e.id)])),
          ...(filter.naming ?? []).map((name) => eb("after", "like", `%"${name.replace(/[%_"]/g, "")}"%`)),
        ]),
      ),
    )
    .$if(filter.actor !== undefined, (query) => query.where("actor", "=", filter.actor as string))
    .$if(filter.from !== undefined, (query) => query.where("at", ">=", filter.from as string))
    .$if(filter.to !== undefined, (query) => query.where("at", "<=", filter.to as string))
    .orderBy("audit.id")
    .execute();

/** The account of each promotion, by its code. */
export const accountsOfPromotions = async (store: Store): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (await store.db.selectFrom("promotion").select(["code", "account_id"]).execute()).map((p) => [
      p.code,
      p.account_id,
    ]),
  );

/** The account of each claim, by its code, and of each fund, by its name. */
export async function claimsAndFunds(store: Store) {
  const claims = await store.db.selectFrom("claim").select(["code", "account_id"]).execute();
  const funds = await store.db.selectFrom("fund").select(["name", "account_id"]).execute();
  return {
    claims: new Map(claims.map((c) => [c.code, c.account_id])),
    funds: new Map(funds.map((f) => [f.name, f.account_id])),
  };
}
