import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress } from "./addresses.ts";
import { guardedFetch } from "./guardedFetch.ts";
import { type FeedServer, feedServer, RSS } from "./testing.ts";

let server: FeedServer;
let asked: string[] = [];
let sent = 0;

const TO: Readonly<Record<string, string>> = {
  "/to-loopback": "http://127.0.0.1/secret",
  "/to-metadata": "http://169.254.169.254/latest/meta-data",
  "/to-v6": "http://[::1]/secret",
  "/to-mapped": "http://[::ffff:10.0.0.1]/",
  "/to-file": "file:///etc/passwd",
  "/to-other": "http://other.test/",
  "/round": "/round",
  "/to-feed": "/feed",
};

function endless(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/rss+xml" });
  const chunk = Buffer.alloc(64 * 1024, "x");
  const more = (): void => {
    while (!response.destroyed) {
      sent += chunk.length;
      if (!response.write(chunk)) return void response.once("drain", more);
    }
  };
  more();
}

beforeAll(async () => {
  server = await feedServer((request, response) => {
    const { url: path = "" } = request;
    asked.push(path);
    const rss = (headers: Record<string, string> = {}) =>
      response.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8", ...headers });
    if (TO[path]) response.writeHead(302, { location: TO[path] }).end();
    else if (path === "/endless") endless(response);
    else if (path === "/bomb") rss({ "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(8 * 1024 * 1024)));
    else if (path === "/huge") rss({ "content-length": "1073741824" }).write("<rss>");
    else if (path === "/packed") rss({ "content-encoding": "gzip" }).end(gzipSync(RSS("")));
    else if (path === "/silent") rss().write("<rss>");
    else if (path === "/drip") {
      rss();
      const timer = setInterval(() => response.write("x"), 10);
      response.on("close", () => clearInterval(timer));
    } else if (path === "/page") response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
    else if (path === "/gone") response.writeHead(410).end();
    else if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
    else rss({ etag: '"v1"' }).end(RSS(""));
  });
});
afterAll(() => server.close());

const HOSTS = ["feeds.test", "127.0.0.1", "169.254.169.254", "::1", "::ffff:a00:1", "inside.test"];
const get = (path: string, more: Parameters<FeedServer["door"]> = [], host?: string) => {
  asked = [];
  return guardedFetch({ url: server.url(path, host), hosts: HOSTS }, server.door(...more));
};

describe("what may be asked", () => {
  it.each([
    ["http://127.0.0.1/", "127.0.0.1 stands for 127.0.0.1"],
    ["http://2130706433/", "127.0.0.1 stands for 127.0.0.1"],
    ["http://0177.0.0.1/", "127.0.0.1 stands for 127.0.0.1"],
    ["http://0x7f.1/", "127.0.0.1 stands for 127.0.0.1"],
    ["http://[::1]/", "::1 stands for ::1"],
    ["http://[::ffff:10.0.0.1]/", "no public address"],
    ["http://elsewhere.test/", "elsewhere.test is not among the hosts"],
    ["ftp://feeds.test/", "feeds come by http or https"],
    ["http://user:secret@feeds.test/", "with a user or password"],
    ["http://127.0.0.1:22/", "Port 22"],
    ["nonsense", "is no address"],
  ])("not %s", async (url, sentence) => {
    await expect(guardedFetch({ url, hosts: HOSTS })).rejects.toMatchObject({
      code: "feed_refused",
      message: expect.stringContaining(sentence),
    });
  });

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.9.9.9",
    "169.254.169.254",
    "172.31.0.1",
    "192.168.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "2002:7f00:1::",
    "2001:db8::1",
    "feeds.test",
  ])("no public address: %s", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(["8.8.8.8", "172.32.0.1", "2a00:1450:4001:80b::200e"])("a public address: %s", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  it("no name of which one address is inside, and the one that was checked is the one that is asked", async () => {
    const both = { "inside.test": ["127.0.0.1", "10.0.0.8"] };
    await expect(get("/feed", [{}, both], "inside.test")).rejects.toThrow("10.0.0.8, which is no public address");
    expect(asked).toEqual([]);
    // The name is resolved once: what it means a moment later is not asked.
    let times = 0;
    const door = server.door();
    const rebinding = { ...door, resolve: async () => (times++ === 0 ? ["127.0.0.1"] : ["10.0.0.8"]) };
    const wanted = { url: server.url("/feed"), hosts: HOSTS };
    expect(await guardedFetch(wanted, rebinding)).toMatchObject({ kind: "body" });
    expect(times).toBe(1);
  });

  it.each([
    ["/to-metadata", "169.254.169.254, which is no public address"],
    ["/to-v6", "::1, which is no public address"],
    ["/to-mapped", "which is no public address"],
    ["/to-file", "feeds come by http or https"],
    ["/to-other", "other.test is not among the hosts"],
    ["/round", "redirects more than 3 times"],
  ])("no redirect %s", async (path, sentence) => {
    await expect(get(path)).rejects.toMatchObject({ code: "feed_refused", message: expect.stringContaining(sentence) });
    expect(asked.every((one) => one === path)).toBe(true);
  });
  it("no redirect to this machine, with the door that production has", async () => {
    const door = { ...server.door(), mayAsk: isPublicAddress };
    await expect(guardedFetch({ url: server.url("/to-loopback", "127.0.0.1"), hosts: HOSTS }, door)).rejects.toThrow(
      "no public address",
    );
    expect((await get("/to-feed")).kind).toBe("body");
  });
});

describe("what comes", () => {
  it("is cut off where it does not end, and where it says that it is large", async () => {
    sent = 0;
    await expect(get("/endless")).rejects.toThrow("is larger than 0.25 MB; it was cut off and nothing of it was taken");
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    await expect(get("/huge")).rejects.toThrow("is larger than");
  });
  it("is cut off where it unpacks to much, and unpacked where it is packed", async () => {
    await expect(get("/bomb")).rejects.toThrow("is larger than");
    expect(await get("/packed")).toMatchObject({ text: RSS("") });
  });
  it("may not take its time", async () => {
    await expect(get("/silent", [{ idleMs: 60 }])).rejects.toThrow("sent nothing for 0.06 seconds");
    await expect(get("/drip", [{ totalMs: 150 }])).rejects.toThrow("took longer than 0.15 seconds");
  });
  it("is a feed by its kind", async () => {
    await expect(get("/page")).rejects.toThrow("is text/html; feeds are RSS, Atom, JSON Feed or CSV");
    await expect(get("/gone")).rejects.toMatchObject({
      code: "feed_failed",
      message: expect.stringContaining("status 410"),
    });
  });
  it("does not come again where it is as it was", async () => {
    const first = await get("/feed");
    expect(first).toMatchObject({ etag: '"v1"' });
    const wanted = { url: server.url("/feed"), hosts: HOSTS, etag: '"v1"' };
    expect(await guardedFetch(wanted, server.door())).toEqual({ kind: "unchanged" });
  });
});
