import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { isPublicAddress } from "./addresses.ts";
import type { Door, Limits } from "./door.ts";

/** For tests only: a server of this machine that stands for the internet, reached by names that end in .test. */
export interface FeedServer {
  /** An address of a name on the server. */
  url(path: string, host?: string): string;
  /** A door that finds every .test name at this server, save those with an address of their own. */
  door(limits?: Partial<Limits>, addresses?: Readonly<Record<string, readonly string[]>>): Door;
  close(): Promise<void>;
}

const HERE = "127.0.0.1";

export async function feedServer(answer: RequestListener): Promise<FeedServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, HERE, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path, host = "feeds.test") => `http://${host}:${port}${path}`,
    door: (limits = {}, addresses = {}) => ({
      resolve: async (host) => addresses[host] ?? (host.endsWith(".test") ? [HERE] : []),
      mayAsk: (address) => address === HERE || isPublicAddress(address),
      ports: "any",
      limits: { totalMs: 5_000, idleMs: 2_000, bytes: 256 * 1024, ...limits },
    }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const RSS = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
