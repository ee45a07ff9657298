import { listAccounts } from "../accounts/accounts.repo.ts";
import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { resolveName } from "../common/names.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { PersonTable } from "../store/schema/people.ts";
import { loadActor, people, SYSTEM_PERSON } from "./actor.ts";
import { findPerson, insertPerson, setGranted, setOwner } from "./users.repo.ts";

/** A person with what she sees, by the names people read. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: PersonTable["role"];
  readonly accounts: "all" | readonly string[];
}

export const ROLES = ["kam", "manager", "finance", "reader"] as const satisfies readonly PersonTable["role"][];

/** Everybody who may ask, with her accounts. Whoever runs the store asks this; no tool does. */
export async function listUsers(store: Store): Promise<User[]> {
  const accounts = await listAccounts(store);
  const users: User[] = [];
  for (const { id, name, role } of await people(store)) {
    const actor = await loadActor(store, id);
    const seen = actor.accounts;
    users.push({
      id,
      name,
      role,
      accounts: seen === "all" ? "all" : accounts.filter((a) => seen.has(a.id)).map((a) => a.name),
    });
  }
  return users;
}

/** Ids are typed on every door, so they are short and plain. */
const ID = /^[a-z][a-z0-9._-]{0,30}$/;

/**
 * Adds a person, with accounts where her role has some of her own: a KAM owns them, a reader is shown them (all where none is named).
 * @throws KamError bad_input, wrong_state where the id or name is taken, unknown_name, ambiguous_name
 */
export async function addUser(
  store: Store,
  { id, name, role }: PersonTable,
  accounts: readonly string[] | undefined,
): Promise<User> {
  if (!ID.test(id))
    throw new KamError("bad_input", `"${id}" is no user id: small letters, digits, dots and dashes, a letter first.`);
  if (!name.trim()) throw new KamError("bad_input", "A user needs a name.");
  return inTransaction(store, async (tx) => {
    if ((await findPerson(tx, id)) ?? (await findPerson(tx, name)))
      throw new KamError("wrong_state", `There is a user "${id}" or "${name}" already; take another id and name.`, {
        id,
      });
    await insertPerson(tx, { id, name: name.trim(), role });
    if (accounts) await give(tx, { id, name, role }, accounts);
    return recorded(tx, "add", id, null);
  });
}

/**
 * Sets the accounts of a person: those that a KAM owns (added to hers, taken from whoever had them), those that a reader is shown.
 * @param accounts names, or "all" for a reader
 * @throws KamError unknown_name, ambiguous_name; bad_input for a role that sees all anyway
 */
export async function setUserAccounts(store: Store, id: string, accounts: "all" | readonly string[]): Promise<User> {
  return inTransaction(store, async (tx) => {
    const person = await findPerson(tx, id);
    if (!person || person.id === SYSTEM_PERSON)
      throw new KamError("unknown_name", `There is no user "${id}" in this store.`, { user: id });
    const before = (await listUsers(tx)).find((user) => user.id === person.id) ?? null;
    await give(tx, person, accounts === "all" ? [] : accounts, accounts === "all");
    return recorded(tx, "accounts", person.id, before);
  });
}

async function give(tx: Store, person: PersonTable, names: readonly string[], all = false): Promise<void> {
  const known = await listAccounts(tx);
  const ids = [...new Set(names.map((name) => resolveName(known, name, "account").id))];
  if (person.role === "reader") return setGranted(tx, person.id, ids);
  if (person.role !== "kam")
    throw new KamError(
      "bad_input",
      `${person.name} sees all accounts as ${person.role}; only a KAM and a reader have some.`,
    );
  if (all || !ids.length) throw new KamError("bad_input", "A KAM owns accounts by name; name them.");
  await setOwner(tx, ids, person.id);
}

async function recorded(tx: Store, action: string, id: string, before: User | null): Promise<User> {
  const after = (await listUsers(tx)).find((user) => user.id === id)!;
  await recordAudit(await loadActor(tx, SYSTEM_PERSON), tx, { action, entity: "user", entityId: id, before, after });
  return after;
}
