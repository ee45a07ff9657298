import { listAccounts } from "../accounts/accounts.repo.ts";
import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { resolveName } from "../common/names.ts";
import { listCategories } from "../products/products.repo.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { type Door, PUBLIC_DOOR } from "./door.ts";
import { addSignal, allFeeds, type FeedRow, knownGuids, noteFetch, putFeed, signalsByFeed } from "./feeds.repo.ts";
import { guardedFetch } from "./guardedFetch.ts";
import { itemsOf } from "./items.ts";
import { type FeedDefinition, type FeedMapping, readFeeds, storedMapping } from "./mapping.ts";
import { signalOf } from "./signalOf.ts";

/** A feed as it is listed. */
export interface FeedState {
  readonly name: string;
  readonly url: string;
  readonly hosts: readonly string[];
  readonly source: string;
  readonly rules: number;
  readonly fetched: string | null;
  readonly outcome: FeedRow["outcome"];
  readonly message: string | null;
  readonly signals: number;
  readonly newest: string | null;
}

/** What one fetch brought: items read, new as signals, known before, and how many of the new no rule fits. */
export interface FeedFetch {
  readonly name: string;
  readonly outcome: "fetched" | "unchanged" | "failed";
  readonly read: number;
  readonly added: number;
  readonly known: number;
  readonly unmapped: number;
  /** Why it failed. */
  readonly message: string | null;
}

/** The feeds of the store, with what they brought so far. Whoever may read signals may see them. */
export async function feedStates(store: Store): Promise<FeedState[]> {
  const brought = new Map((await signalsByFeed(store)).map((row) => [row.feed, row]));
  return (await allFeeds(store)).map((row) => {
    const mapping = storedMapping(row.mapping);
    return {
      name: row.name,
      url: row.url,
      hosts: hostsOf(row),
      source: mapping.source,
      rules: mapping.rules.length,
      fetched: row.fetched_at,
      outcome: row.outcome,
      message: row.message,
      signals: brought.get(row.name)?.signals ?? 0,
      newest: brought.get(row.name)?.newest ?? null,
    };
  });
}

const hostsOf = (row: FeedRow): readonly string[] => JSON.parse(row.hosts) as string[];

/** Which addresses the program asks is the firm's decision. @throws KamError no_right */
function mayTend(actor: Actor): void {
  if (actor.role !== "manager" && actor.role !== "finance")
    throw new KamError("no_right", `Feeds are tended by a manager or finance; ${actor.name} may read what they bring.`);
}

/**
 * Puts the feeds of a file into the store: new ones are added, known ones get what the file says; none is taken away.
 * @throws KamError no_right, mapping, unknown_name (an account or category that the store does not know)
 */
export async function loadFeeds(actor: Actor, store: Store, json: unknown, where: string): Promise<string[]> {
  mayTend(actor);
  const feeds = readFeeds(json, where);
  await checkNames(store, feeds);
  return inTransaction(store, async (tx) => {
    const changed: string[] = [];
    for (const { name, url, hosts, mapping } of feeds) {
      const row = { name, url, hosts: JSON.stringify(hosts), mapping: JSON.stringify(mapping) };
      if (!(await putFeed(tx, row))) continue;
      changed.push(name);
      await recordAudit(actor, tx, { action: "set", entity: "feed", entityId: name, after: { url, hosts } });
    }
    return changed;
  });
}

async function checkNames(store: Store, feeds: readonly FeedDefinition[]): Promise<void> {
  const { accounts, categories } = await namesOf(store);
  for (const { mapping } of feeds)
    for (const rule of mapping.rules) {
      if (rule.account) resolveName(accounts, rule.account, "account");
      if (rule.category) resolveName(categories, rule.category, "category");
    }
}

const namesOf = async (store: Store) => ({
  accounts: await listAccounts(store),
  categories: (await listCategories(store)).map((category) => ({ ...category, aliases: [] })),
});

/**
 * Fetches feeds one after another and keeps what is new as signals. A feed that fails leaves the others alone and writes nothing
 * but why.
 * @param names those of these names; all where none is given
 * @throws KamError no_right, not_found
 */
export async function fetchFeeds(
  actor: Actor,
  store: Store,
  names: readonly string[] = [],
  door: Door = PUBLIC_DOOR,
): Promise<FeedFetch[]> {
  mayTend(actor);
  const all = await allFeeds(store);
  const missing = names.find((name) => !all.some((row) => row.name === name));
  if (missing !== undefined) throw new KamError("not_found", `There is no feed "${missing}" in the store.`);
  const wanted = names.length ? all.filter((row) => names.includes(row.name)) : all;
  const done: FeedFetch[] = [];
  for (const row of wanted) done.push(await fetchOne(actor, store, row, door));
  return done;
}

const NOTHING = { read: 0, added: 0, known: 0, unmapped: 0, message: null } as const;

/** What a feed itself is to blame for. */
const TOLD: ReadonlySet<string> = new Set(["feed_refused", "feed_failed", "unknown_name", "ambiguous_name"]);

async function fetchOne(actor: Actor, store: Store, row: FeedRow, door: Door): Promise<FeedFetch> {
  const { name } = row;
  const at = { fetched_at: store.today };
  try {
    const mapping = storedMapping(row.mapping);
    const { etag, modified } = row;
    const fetched = await guardedFetch({ url: row.url, hosts: hostsOf(row), etag, modified }, door);
    if (fetched.kind === "unchanged") {
      await noteFetch(store, name, { ...at, outcome: "unchanged", message: null });
      return { name, outcome: "unchanged", ...NOTHING };
    }
    const items = itemsOf(fetched, mapping, row.url);
    return await inTransaction(store, async (tx) => {
      const counts = await keep(tx, name, mapping, items);
      const { etag, modified } = fetched;
      await noteFetch(tx, name, { ...at, outcome: "fetched", message: null, etag, modified });
      if (counts.added)
        await recordAudit(actor, tx, { action: "fetch", entity: "feed", entityId: name, after: counts });
      return { name, outcome: "fetched" as const, message: null, ...counts };
    });
  } catch (thrown) {
    if (!(thrown instanceof KamError) || !TOLD.has(thrown.code)) throw thrown;
    await noteFetch(store, name, { ...at, outcome: "failed", message: thrown.message });
    return { name, outcome: "failed", ...NOTHING, message: thrown.message };
  }
}

async function keep(tx: Store, feed: string, mapping: FeedMapping, items: ReturnType<typeof itemsOf>) {
  const names = await namesOf(tx);
  const seen = new Set(await knownGuids(tx, feed));
  let [added, known, unmapped] = [0, 0, 0];
  for (const item of items) {
    const { signal, mapped } = signalOf(item, mapping, names, tx.today);
    const fresh = !seen.has(item.guid) && (await addSignal(tx, { ...signal, feed, guid: item.guid }));
    seen.add(item.guid);
    if (!fresh) known++;
    else {
      added++;
      if (!mapped) unmapped++;
    }
  }
  return { read: items.length, added, known, unmapped };
}
