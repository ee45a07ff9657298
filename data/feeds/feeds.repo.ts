import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { FeedTable } from "../store/schema/feeds.ts";
import type { SignalTable } from "../store/schema/signals.ts";

export const allFeeds = (store: Store) => store.db.selectFrom("feed").selectAll().orderBy("name").execute();
export type FeedRow = Awaited<ReturnType<typeof allFeeds>>[number];

/** Signals by feed. */
export const signalsByFeed = (store: Store) =>
  store.db
    .selectFrom("signal")
    .where("feed", "is not", null)
    .select((eb) => ["feed", eb.fn.countAll<number>().as("signals"), eb.fn.max("reported").as("newest")])
    .groupBy("feed")
    .execute();

/** Keeps what a known feed was last told, where its address and meaning are the same. */
export async function putFeed(
  tx: Store,
  feed: Pick<FeedTable, "name" | "url" | "hosts" | "mapping">,
): Promise<boolean> {
  const known = await tx.db.selectFrom("feed").selectAll().where("name", "=", feed.name).executeTakeFirst();
  if (!known) {
    await tx.db.insertInto("feed").values(feed).execute();
    return true;
  }
  if (known.url === feed.url && known.hosts === feed.hosts && known.mapping === feed.mapping) return false;
  await tx.db
    .updateTable("feed")
    .set({ ...feed, etag: null, modified: null })
    .where("name", "=", feed.name)
    .execute();
  return true;
}

export const noteFetch = (
  tx: Store,
  name: string,
  news: Pick<FeedTable, "fetched_at" | "outcome" | "message"> & Partial<Pick<FeedTable, "etag" | "modified">>,
) => tx.db.updateTable("feed").set(news).where("name", "=", name).execute();

/** The ids of a feed's items that the store has. */
export const knownGuids = async (tx: Store, feed: string): Promise<ReadonlySet<string>> =>
  new Set(
    (await tx.db.selectFrom("signal").where("feed", "=", feed).select("guid").execute()).flatMap((r) => r.guid ?? []),
  );

/** Writes a signal; one that another source has told already (same account, category, kind, competitor and start) stays as it is. @returns whether it is new */
export async function addSignal(tx: Store, signal: Insertable<SignalTable>): Promise<boolean> {
  const done = await tx.db
    .insertInto("signal")
    .values(signal)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
