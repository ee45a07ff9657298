import { KamError } from "../../../data/common/errors.ts";
import { closeStore, openStore, type Store } from "../../../data/store/open.ts";
import { addUser, listUsers, ROLES, setUserAccounts, type User } from "../../../data/users/users.service.ts";
import { type Invocation, text } from "../command.ts";

/**
 * Lists who may ask, adds a person, or sets her accounts: `users`, `users add ID --name N --role R`, `users accounts ID --accounts A,B`.
 * @throws KamError usage, bad_input, wrong_state, unknown_name, ambiguous_name, store_*
 */
export async function users({ values, positionals, config, io }: Invocation): Promise<void> {
  const [verb, id] = positionals;
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  try {
    const shown = verb === undefined ? await listUsers(store) : [await changed(store, verb, id, values)];
    io.out(values.json ? JSON.stringify({ users: shown }) : shown.map(line).join("\n"));
  } finally {
    await closeStore(store);
  }
}

async function changed(
  store: Store,
  verb: string,
  id: string | undefined,
  values: Invocation["values"],
): Promise<User> {
  const named = text(values.accounts)
    ?.split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (verb === "add" && id) {
    const role = ROLES.find((known) => known === text(values.role));
    if (!role) throw new KamError("usage", `--role is one of ${ROLES.join(", ")}.`);
    return addUser(store, { id, name: text(values.name) ?? id, role }, named?.join() === "all" ? undefined : named);
  }
  if (verb === "accounts" && id && named?.length)
    return setUserAccounts(store, id, named.join() === "all" ? "all" : named);
  throw new KamError(
    "usage",
    "kam users | users add ID --name NAME --role ROLE [--accounts A,B] | users accounts ID --accounts A,B|all",
  );
}

const line = ({ id, name, role, accounts }: User): string =>
  [id, name, role, accounts === "all" ? "all accounts" : accounts.join(", ") || "no account"].join("  ");
