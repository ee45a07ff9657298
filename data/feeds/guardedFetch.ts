import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { KamError } from "../common/errors.ts";
import { type Door, PUBLIC_DOOR } from "./door.ts";

export interface Wanted {
  readonly url: string;
  /** Hosts that may be asked, redirects included. */
  readonly hosts: readonly string[];
  /** What the last answer said of itself, so that an unchanged one need not come again. */
  readonly etag?: string | null;
  readonly modified?: string | null;
}

export type Fetched =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "body";
      readonly text: string;
      readonly type: string;
      readonly etag: string | null;
      readonly modified: string | null;
    };

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TYPES = /^(?:(?:application|text)\/(?:[\w.+-]+\+)?(?:xml|json)|text\/(?:csv|plain)|application\/csv)$/;

const refused = (message: string): KamError => new KamError("feed_refused", message);
const failed = (message: string, cause?: unknown): KamError => new KamError("feed_failed", message, {}, cause);

/**
 * The one way in which anything is fetched from a server that somebody else wrote down: http and https, hosts of the list, public
 * addresses only. A name is resolved once, every address of it is checked, and the connection goes to the one that was checked.
 * Redirects are followed by hand, each as if it had been asked for. Time, size (also unpacked) and kind are limited.
 * @throws KamError feed_refused, feed_failed: one sentence each
 */
export async function guardedFetch(wanted: Wanted, door: Door = PUBLIC_DOOR): Promise<Fetched> {
  const total = AbortSignal.timeout(door.limits.totalMs);
  try {
    let url = readUrl(wanted.url, null);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const address = await addressFor(url, wanted.hosts, door);
      const response = await ask(url, address, wanted, door, total);
      const status = response.statusCode ?? 0;
      if (REDIRECTS.has(status)) {
        response.destroy();
        url = readUrl(response.headers.location ?? "", url);
        continue;
      }
      if (status === 304) {
        response.destroy();
        return { kind: "unchanged" };
      }
      return await bodyOf(response, url, door);
    }
    throw refused(`${wanted.url} redirects more than ${MOST_REDIRECTS} times.`);
  } catch (thrown) {
    if (thrown instanceof KamError) throw thrown;
    if (total.aborted) throw failed(`${wanted.url} took longer than ${door.limits.totalMs / 1000} seconds.`, thrown);
    throw failed(`${wanted.url} could not be fetched: ${(thrown as Error).message}.`, thrown);
  }
}

/** @param from where a redirect came from */
function readUrl(text: string, from: URL | null): URL {
  const url = URL.parse(text, from?.href);
  if (!url) throw refused(from ? `${from.href} redirects to no address.` : `"${text}" is no address.`);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw refused(`${url.protocol}// is not fetched; feeds come by http or https.`);
  if (from?.protocol === "https:" && url.protocol === "http:")
    throw refused(`${from.href} redirects from https to http, which is not followed.`);
  if (url.username || url.password) throw refused("An address with a user or password in it is not fetched.");
  return url;
}

/** The host without brackets and a last dot, as the list has it. `URL` has made plain what was written as octal, hex or one number. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");

/** The checked address of a host. */
async function addressFor(url: URL, hosts: readonly string[], door: Door): Promise<string> {
  const host = hostOf(url);
  if (!hosts.some((allowed) => allowed.toLowerCase() === host))
    throw refused(`${host} is not among the hosts that this feed may be fetched from.`);
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if (door.ports !== "any" && !door.ports.includes(port))
    throw refused(`Port ${port} of ${host} is not asked for feeds.`);
  const addresses = isIP(host) ? [host] : await resolved(host, door);
  const closed = addresses.find((address) => !door.mayAsk(address));
  if (closed !== undefined)
    throw refused(`${host} stands for ${closed}, which is no public address; it was not asked.`);
  return addresses[0]!;
}

async function resolved(host: string, door: Door): Promise<readonly string[]> {
  try {
    const found = await door.resolve(host);
    if (found.length) return found;
  } catch (thrown) {
    throw failed(`The name ${host} is not known.`, thrown);
  }
  throw failed(`The name ${host} is not known.`);
}

/** One request to one address; what the name means meanwhile is not asked again. */
function ask(url: URL, address: string, wanted: Wanted, door: Door, signal: AbortSignal): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_host, options, done) => {
    const family = isIP(address);
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent: false,
      lookup: pinned,
      signal,
      timeout: door.limits.idleMs,
      maxHeaderSize: 16_384,
      headers: {
        "user-agent": "kam-feeds",
        accept:
          "application/rss+xml, application/atom+xml, application/feed+json, application/json, text/csv, text/xml;q=0.9",
        "accept-encoding": "gzip, deflate, br",
        ...(wanted.etag ? { "if-none-match": wanted.etag } : {}),
        ...(wanted.modified ? { "if-modified-since": wanted.modified } : {}),
      },
    });
    let answer: IncomingMessage | null = null;
    sent.on("response", (response) => {
      answer = response;
      resolve(response);
    });
    sent.on("error", reject);
    sent.on("timeout", () => {
      const idle = failed(`${url.href} sent nothing for ${door.limits.idleMs / 1000} seconds.`);
      answer?.destroy(idle);
      sent.destroy(idle);
    });
    sent.end();
  });
}

async function bodyOf(response: IncomingMessage, url: URL, door: Door): Promise<Fetched> {
  const type = (response.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  const status = response.statusCode ?? 0;
  try {
    if (status !== 200) throw failed(`${url.href} answered with status ${status}.`);
    if (!TYPES.test(type))
      throw refused(`${url.href} is ${type || "of no kind"}; feeds are RSS, Atom, JSON Feed or CSV.`);
    const declared = Number(response.headers["content-length"] ?? 0);
    if (declared > door.limits.bytes) throw tooLarge(url, door);
    const text = new TextDecoder(charsetOf(response.headers["content-type"])).decode(
      await bytesOf(response, url, door),
    );
    const one = (value: string | undefined): string | null => (value && value.length <= 512 ? value : null);
    return {
      kind: "body",
      text,
      type,
      etag: one(response.headers.etag),
      modified: one(response.headers["last-modified"]),
    };
  } finally {
    response.destroy();
  }
}

const tooLarge = (url: URL, door: Door): KamError =>
  refused(
    `${url.href} is larger than ${door.limits.bytes / 1024 / 1024} MB; it was cut off and nothing of it was taken.`,
  );

async function bytesOf(response: IncomingMessage, url: URL, door: Door): Promise<Buffer> {
  let came = 0;
  response.on("data", (chunk: Buffer) => {
    came += chunk.length;
    if (came > door.limits.bytes) response.destroy(tooLarge(url, door));
  });
  const body = unpacked(response, url);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > door.limits.bytes) throw tooLarge(url, door);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unpacked(response: IncomingMessage, url: URL): Readable {
  const coding = (response.headers["content-encoding"] ?? "identity").toLowerCase();
  if (coding === "identity" || coding === "") return response;
  const make = { gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate, br: createBrotliDecompress }[
    coding
  ];
  if (!make) throw refused(`${url.href} is packed as ${coding}, which is not read.`);
  const unpack = make();
  response.on("error", (error) => unpack.destroy(error));
  response.on("aborted", () => unpack.destroy(failed(`${url.href} broke off.`)));
  return response.pipe(unpack);
}

/** The charset that is told, where it is one that is known; else UTF-8. */
function charsetOf(header: string | undefined): string {
  const named = /charset="?([\w-]+)/i.exec(header ?? "")?.[1] ?? "utf-8";
  return /^(?:utf-8|utf8|iso-8859-\d+|windows-125\d|us-ascii|latin1)$/i.test(named) ? named : "utf-8";
}
