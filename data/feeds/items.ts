import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { KamError } from "../common/errors.ts";
import type { Fetched } from "./guardedFetch.ts";
import type { FeedMapping } from "./mapping.ts";
import { plainText } from "./plainText.ts";

/** One entry of a feed, its words plain and short. */
export interface FeedItem {
  readonly guid: string;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly url: string | null;
  /** Day of publication, null where the feed names none. */
  readonly published: string | null;
}

const MOST_ITEMS = 500;
const TITLE = 200;
const TEXT = 300;
const DEEPEST = 24;

type Body = Extract<Fetched, { kind: "body" }>;

/** The items of a fetched feed, by what it says it is. @throws KamError feed_failed where it is no feed */
export function itemsOf(body: Body, mapping: FeedMapping, where: string): FeedItem[] {
  const format = mapping.format === "auto" ? formatOf(body) : mapping.format;
  const read = { rss: fromXml, json: fromJson, csv: fromCsv }[format];
  const items = read(body.text, where, mapping).slice(0, MOST_ITEMS);
  return items.filter((item) => item.title !== "");
}

function formatOf({ text, type }: Body): "rss" | "json" | "csv" {
  if (type.endsWith("json") || /^\s*[{[]/.test(text)) return "json";
  if (type.endsWith("xml") || /^\s*</.test(text)) return "rss";
  return "csv";
}

const noFeed = (where: string, why: string, cause?: unknown): KamError =>
  new KamError("feed_failed", `${where} is no feed that can be read: ${why}.`, {}, cause);

interface Raw {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly text?: unknown;
  readonly url?: unknown;
  readonly date?: unknown;
  readonly tags?: readonly unknown[];
}

function itemOf(raw: Raw): FeedItem {
  const text = (value: unknown, most: number): string =>
    plainText(value === undefined || value === null ? "" : String(value), most);
  const body = text(raw.text, TEXT);
  const title = text(raw.title, TITLE) || body.slice(0, TITLE);
  const url = webAddress(raw.url);
  const named = text(raw.id, 500) || url || `${title}|${text(raw.date, 40)}`;
  // A guid of any length becomes a key of one length, without anybody's words in it.
  const guid = createHash("sha256").update(named).digest("hex").slice(0, 32);
  return {
    guid,
    title,
    text: body,
    tags: (raw.tags ?? []).map((tag) => text(tag, 60)).slice(0, 20),
    url,
    published: dayOf(raw.date),
  };
}

function webAddress(value: unknown): string | null {
  const url = typeof value === "string" && value.length <= 500 ? URL.parse(value.trim()) : null;
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}

function dayOf(value: unknown): string | null {
  const text = String(value ?? "").trim();
  const time = text.length > 5 && text.length < 60 ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return null;
  // A date without a time is that day; with one, the day it was in its own zone.
  const written = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  return written ?? new Date(time).toISOString().slice(0, 10);
}

/** RSS 2.0, RSS 1.0 and Atom. Nothing of a document type is expanded; a document that brings entities of its own is refused. */
function fromXml(text: string, where: string): FeedItem[] {
  if (/<!ENTITY/i.test(text)) throw noFeed(where, "it brings entities of its own, which are not expanded");
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw noFeed(where, `its XML is broken in line ${valid.err.line}`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    processEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
    removeNSPrefix: true,
    maxNestedTags: DEEPEST,
    isArray: (name) => ["item", "entry", "link", "category"].includes(name),
  });
  let root: Node;
  try {
    root = nodeOf(parser.parse(text));
  } catch (thrown) {
    throw noFeed(where, "its XML is broken or nested too deep", thrown);
  }
  const channel = nodeOf(nodeOf(root.rss).channel ?? nodeOf(root.RDF).channel);
  const feed = nodeOf(root.feed);
  const items = root.RDF ? nodeOf(root.RDF).item : (channel.item ?? feed.entry);
  if (!root.rss && !root.RDF && !root.feed) throw noFeed(where, "it is XML, but neither RSS nor Atom");
  return listOf(items).map((one) => {
    const item = nodeOf(one);
    return itemOf({
      id: words(item.guid) || words(item.id),
      title: words(item.title),
      text: words(item.description) || words(item.summary) || words(item.content) || words(item.encoded),
      url: linkOf(item),
      date: words(item.pubDate) || words(item.published) || words(item.updated) || words(item.date),
      tags: listOf(item.category).map((tag) => words(tag) || String(nodeOf(tag)["@term"] ?? "")),
    });
  });
}

type Node = Readonly<Record<string, unknown>>;
const nodeOf = (value: unknown): Node => (value !== null && typeof value === "object" ? (value as Node) : {});
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** The text of an element, with or without attributes. */
function words(value: unknown): string {
  if (typeof value === "string") return value;
  const inner = nodeOf(value)["#text"];
  return typeof inner === "string" ? inner : "";
}

function linkOf(item: Node): string {
  const links = listOf(item.link);
  const plain = links.map(words).find(Boolean);
  if (plain) return plain;
  const best = links.map(nodeOf).find((link) => link["@rel"] === undefined || link["@rel"] === "alternate");
  return String(best?.["@href"] ?? "");
}

const jsonFeed = z.object({
  version: z.string().includes("jsonfeed.org"),
  items: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).optional(),
      title: z.string().optional(),
      summary: z.string().optional(),
      content_text: z.string().optional(),
      content_html: z.string().optional(),
      url: z.string().optional(),
      date_published: z.string().optional(),
      tags: z.array(z.string()).optional(),
    }),
  ),
});

function fromJson(text: string, where: string): FeedItem[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw noFeed(where, "its JSON is broken", thrown);
  }
  const feed = jsonFeed.safeParse(json);
  if (!feed.success) throw noFeed(where, "it is JSON, but no JSON Feed");
  return feed.data.items.map((item) =>
    itemOf({
      id: item.id,
      title: item.title,
      text: item.summary ?? item.content_text ?? item.content_html,
      url: item.url,
      date: item.date_published,
      ...(item.tags ? { tags: item.tags } : {}),
    }),
  );
}

function fromCsv(text: string, where: string, { columns }: FeedMapping): FeedItem[] {
  let rows: Readonly<Record<string, string>>[];
  try {
    rows = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: [",", ";", "\t"],
      max_record_size: 65_536,
      to: MOST_ITEMS,
    });
  } catch (thrown) {
    throw noFeed(where, "its CSV is broken", thrown);
  }
  for (const column of [columns.title, columns.date])
    if (rows.length && !(column in rows[0]!)) throw noFeed(where, `it has no column "${column}"`);
  const at = (row: Readonly<Record<string, string>>, column: string | undefined): string | undefined =>
    column === undefined ? undefined : row[column];
  return rows.map((row) =>
    itemOf({
      id: at(row, columns.id),
      title: row[columns.title],
      text: at(row, columns.text),
      url: at(row, columns.url),
      date: row[columns.date],
      tags: (at(row, columns.tags) ?? "").split(/[;|]/).filter(Boolean),
    }),
  );
}
