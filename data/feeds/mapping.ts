import { z } from "zod";
import { KamError } from "../common/errors.ts";

const KINDS = ["competitor_promotion", "competitor_price", "category_price", "event", "news"] as const;
const words = z.array(z.string().trim().min(2).max(60)).min(1).max(50);
const host = z.string().regex(/^[a-z0-9.-]+$/i, "must be a host's name without port or path");

const rule = z.strictObject({
  /** The item holds any of these words (in title, text or tags), in any case. */
  contains: words,
  /** And none of these. */
  not: words.optional(),
  kind: z.enum(KINDS).default("news"),
  /** By the names people read. */
  account: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
  competitor: z.string().min(1).max(60).optional(),
  /** Days for which it holds, from the day it was published. */
  days: z.number().int().min(1).max(365).optional(),
});

/** What a feed's items mean. */
const mapping = z.strictObject({
  format: z.enum(["auto", "rss", "json", "csv"]).default("auto"),
  /** Who speaks, as replies name the source. */
  source: z.string().trim().min(2).max(60),
  /** Columns of a CSV feed. */
  columns: z
    .strictObject({
      title: z.string().min(1),
      date: z.string().min(1),
      id: z.string().min(1).optional(),
      text: z.string().min(1).optional(),
      url: z.string().min(1).optional(),
      tags: z.string().min(1).optional(),
    })
    .default({ title: "title", date: "date" }),
  /** The first that fits says what an item is; one that none fits is news. */
  rules: z.array(rule).max(200).default([]),
});
export type FeedMapping = z.output<typeof mapping>;
export type FeedRule = FeedMapping["rules"][number];

const feed = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]{1,39}$/, "must be a short name of small letters, digits and dashes"),
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** Hosts that may be asked for it, redirects included; the host of the address where none is given. */
  hosts: z.array(host).min(1).max(10).optional(),
  mapping,
});
const file = z.strictObject({ feeds: z.array(feed).max(50) });

export interface FeedDefinition {
  readonly name: string;
  readonly url: string;
  readonly hosts: readonly string[];
  readonly mapping: FeedMapping;
}

/** @throws KamError mapping, one sentence about the first thing that is wrong */
export function readFeeds(json: unknown, where: string): FeedDefinition[] {
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new KamError(
      "mapping",
      `${where}: ${issue!.path.join(".") || "the file"}: ${issue!.message.replace(/^Invalid input: /, "")}.`,
    );
  }
  const names = new Set<string>();
  return parsed.data.feeds.map((one) => {
    if (names.has(one.name)) throw new KamError("mapping", `${where}: two feeds are called ${one.name}.`);
    names.add(one.name);
    return { ...one, hosts: (one.hosts ?? [new URL(one.url).hostname]).map((name) => name.toLowerCase()) };
  });
}

/** A stored definition again. */
export const storedMapping = (text: string): FeedMapping => mapping.parse(JSON.parse(text));
