import { resolveAccount, visibleAccounts } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import {
  PREFERENCE_KINDS,
  type PreferenceKind,
  type Preferences,
  type PreferenceValue,
  parsePreference,
} from "./kinds.ts";
import { preferenceRows, putPreference, removePreference } from "./preferences.repo.ts";

/** One preference as it is kept: since when, and by which words. */
export interface KeptPreference {
  readonly kind: PreferenceKind;
  readonly value: PreferenceValue;
  readonly since: string;
  readonly said: string;
}

const isKind = (kind: string): kind is PreferenceKind => (PREFERENCE_KINDS as readonly string[]).includes(kind);

/**
 * The actor's own preferences, and nobody else's: there is no way to name a person here. Of her accounts those that she
 * sees today, by name.
 */
export async function ownPreferences(actor: Actor, store: Store): Promise<KeptPreference[]> {
  const rows = (await preferenceRows(store, actor.id)).flatMap(({ kind, value, ...rest }) =>
    isKind(kind) ? [{ kind, value: JSON.parse(value) as PreferenceValue | number[], ...rest }] : [],
  );
  if (!rows.some(({ kind }) => kind === "accounts")) return rows as KeptPreference[];
  const names = new Map((await visibleAccounts(actor, store)).map((a) => [a.id, a.name]));
  return rows.flatMap((row): KeptPreference[] => {
    if (row.kind !== "accounts") return [row as KeptPreference];
    const value = (row.value as number[]).flatMap((id) => names.get(id) ?? []);
    return value.length ? [{ ...row, value }] : [];
  });
}

/** The actor's preferences by kind. */
export async function preferencesOf(actor: Actor, store: Store): Promise<Preferences> {
  const kept = await ownPreferences(actor, store);
  return Object.fromEntries(kept.map(({ kind, value }) => [kind, value])) as Preferences;
}

/**
 * A value as it would be kept, accounts by the names people read.
 * @throws KamError bad_input, unknown_name, ambiguous_name, no_right (an account of a colleague's)
 */
export async function checkedPreference(
  actor: Actor,
  store: Store,
  kind: PreferenceKind,
  value: unknown,
): Promise<PreferenceValue> {
  const parsed = parsePreference(kind, value);
  if (kind !== "accounts") return parsed;
  const names: string[] = [];
  for (const ref of parsed as readonly string[]) names.push((await resolveAccount(actor, store, ref)).name);
  return [...new Set(names)];
}

/**
 * Keeps a preference of the actor's own in the place of the one before. The log says that it was changed, not to what.
 * @throws KamError as `checkedPreference`
 */
export async function keepPreference(
  actor: Actor,
  store: Store,
  { kind, value, said }: { readonly kind: PreferenceKind; readonly value: unknown; readonly said: string },
): Promise<PreferenceValue> {
  const checked = await checkedPreference(actor, store, kind, value);
  const stored = kind === "accounts" ? await idsOf(actor, store, checked as readonly string[]) : checked;
  await inTransaction(store, async (tx) => {
    const row = { person_id: actor.id, kind, value: JSON.stringify(stored), since: tx.today, said };
    await putPreference(tx, row);
    await recordAudit(actor, tx, { action: "keep", entity: "preference", entityId: kind });
  });
  return checked;
}

const idsOf = async (actor: Actor, store: Store, names: readonly string[]): Promise<number[]> => {
  const ids: number[] = [];
  for (const name of names) ids.push((await resolveAccount(actor, store, name)).id);
  return ids;
};

/** Forgets preferences of the actor's own. */
export async function forgetPreferences(actor: Actor, store: Store, kinds: readonly PreferenceKind[]): Promise<void> {
  await inTransaction(store, async (tx) => {
    for (const kind of kinds) {
      const { numDeletedRows } = await removePreference(tx, actor.id, kind);
      if (numDeletedRows === 0n) continue;
      await recordAudit(actor, tx, { action: "forget", entity: "preference", entityId: kind });
    }
  });
}
