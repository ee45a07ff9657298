import { readFile } from "node:fs/promises";
import { KamError } from "../../../data/common/errors.ts";
import {
  type FeedFetch,
  type FeedState,
  feedStates,
  fetchFeeds,
  loadFeeds,
} from "../../../data/feeds/feeds.service.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { type Invocation, text } from "../command.ts";

/**
 * Lists the feeds of the store, loads their definitions from a file, or fetches them.
 * @returns 1 where a feed could not be fetched
 * @throws KamError usage, no_right, mapping, not_found, file_missing, store_*
 */
export async function feeds({ values, positionals, config, io }: Invocation): Promise<number> {
  const [verb, ...rest] = positionals;
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  try {
    if (verb === undefined) {
      const feeds = await feedStates(store);
      io.out(values.json ? JSON.stringify({ feeds }) : listed(feeds));
      return 0;
    }
    const actor = await loadActor(store, text(values.user));
    if (verb === "load" && rest.length === 1) {
      const changed = await loadFeeds(actor, store, await jsonOf(rest[0]!), rest[0]!);
      io.out(values.json ? JSON.stringify({ changed }) : `Set: ${changed.join(", ") || "nothing new"}.`);
      return 0;
    }
    if (verb === "fetch") {
      const fetched = await fetchFeeds(actor, store, rest);
      io.out(values.json ? JSON.stringify({ feeds: fetched }) : fetched.map(told).join("\n") || NONE);
      return fetched.some((feed) => feed.outcome === "failed") ? 1 : 0;
    }
  } finally {
    await closeStore(store);
  }
  throw new KamError("usage", 'After "feeds" comes nothing, load FILE, or fetch with the names of feeds.');
}

const NONE = "No feed is in the store; docs/feeds.md shows a file for kam feeds load.";

async function jsonOf(path: string): Promise<unknown> {
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (thrown) {
    throw new KamError("file_missing", `There is no file ${path} that can be read.`, {}, thrown);
  }
  try {
    return JSON.parse(content);
  } catch (thrown) {
    throw new KamError("mapping", `${path} is not JSON: ${(thrown as Error).message}.`, {}, thrown);
  }
}

const told = (feed: FeedFetch): string => {
  if (feed.outcome === "failed") return `${feed.name}: failed. ${feed.message}`;
  if (feed.outcome === "unchanged") return `${feed.name}: unchanged.`;
  return `${feed.name}: ${feed.read} read, ${feed.added} new (${feed.unmapped} kept as news), ${feed.known} known.`;
};

const listed = (feeds: readonly FeedState[]): string =>
  feeds
    .map((feed) =>
      [
        feed.name,
        feed.url,
        `hosts ${feed.hosts.join(", ")}`,
        `${feed.signals} signals`,
        feed.fetched ? `${feed.outcome} ${feed.fetched}` : "never fetched",
        feed.message ?? "",
      ]
        .filter(Boolean)
        .join("  "),
    )
    .join("\n") || NONE;
