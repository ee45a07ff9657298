import type { Store } from "../../store/open.ts";
import { nearest } from "../mapping.ts";
import { fold } from "../names.ts";
import type { Row } from "../upsert.repo.ts";
import { Bad } from "../values/bad.ts";
import { accountStores, type KnownVisit, visitsWithIds } from "./visitsKnown.repo.ts";

/** A row of a visit as it would be stored. */
export interface VisitRow {
  readonly account: number;
  readonly store: string;
  readonly date: string;
  readonly source: string;
  readonly externalId: string | null;
  readonly promotion: number | null | undefined;
  readonly check: { readonly product: number; readonly row: Row } | null;
}

export interface Known {
  /** The store as the account's list has it; any name where the account has no list. */
  storeOf(account: number, name: string): string | Bad;
  /** Why a row cannot be the visit that its id stands for, if so: what was sent once under an id stays as it was. */
  conflict(row: VisitRow): Bad | null;
}

/** What the store holds that a row of visits may contradict. */
export async function readKnown(store: Store): Promise<Known> {
  const stores = new Map<number, Map<string, string>>();
  for (const { account_id, name, code } of await accountStores(store)) {
    const names = stores.get(account_id) ?? new Map<string, string>();
    stores.set(account_id, names.set(fold(name), name));
    if (code !== null && !names.has(fold(code))) names.set(fold(code), name);
  }
  const byId = Map.groupBy(await visitsWithIds(store), (row) => idKey(row.source, row.external_id!));
  const byDay = new Map([...byId.values()].map(([row]) => [dayKey(row!), row!.external_id!]));
  const inFile = new Map<string, string>();
  const days = new Map<string, string>();
  return {
    storeOf(account, name) {
      const names = stores.get(account);
      if (!names) return name;
      const known = names.get(fold(name));
      if (known !== undefined) return known;
      const near = nearest(name, new Set(names.values()));
      return new Bad(`is no store of this account${near ? `, the nearest is "${near}"` : ""}`, "store");
    },
    conflict(row) {
      if (row.externalId === null) return null;
      const key = idKey(row.source, row.externalId);
      const day = dayKey({ ...row, account_id: row.account });
      const here = inFile.get(key);
      if (here !== undefined && here !== day) return new Bad("stands for another visit of this file already", ID);
      const sent = byId.get(key);
      const problem = sent ? differs(row, sent) : null;
      if (problem) return problem;
      const other = days.get(day) ?? byDay.get(day);
      if (other !== undefined && other !== row.externalId)
        return new Bad(`is a second id for a visit that came as "${other}" (same store, day and source)`, ID);
      inFile.set(key, day);
      days.set(day, row.externalId);
      return null;
    },
  };
}

const ID = "external_id";
const idKey = (source: string, id: string): string => JSON.stringify([source, id]);
const dayKey = (visit: { account_id: number; store: string; date: string; source: string }): string =>
  JSON.stringify([visit.account_id, visit.store, visit.date, visit.source]);

/** Why a row says another thing than what came under its id before. */
function differs(row: VisitRow, sent: readonly KnownVisit[]): Bad | null {
  const [was] = sent;
  if (was!.account_id !== row.account || was!.store !== row.store || was!.date !== row.date)
    return new Bad(`stands for the visit to ${was!.store} on ${was!.date} already`, ID);
  if (row.promotion !== undefined && row.promotion !== was!.promotion_id)
    return new Bad("was sent before with another promotion", ID);
  const { check } = row;
  const before = check && sent.find((one) => one.product_id === check.product);
  if (!before) return null;
  const changed = Object.keys(check.row).find((field) => before[field as keyof KnownVisit] !== check.row[field]);
  return changed
    ? new Bad(
        `was sent before with another ${changed}; send a correction without an id, or under a new one and source`,
        ID,
      )
    : null;
}
