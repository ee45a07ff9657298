import { lookup } from "node:dns/promises";
import { isPublicAddress } from "./addresses.ts";

/** How names become addresses and which of those may be asked. Only a test has another one; no setting makes one. */
export interface Door {
  resolve(host: string): Promise<readonly string[]>;
  mayAsk(address: string): boolean;
  /** Ports that may be asked where the address names one. */
  readonly ports: readonly number[] | "any";
  readonly limits: Limits;
}

export interface Limits {
  /** Milliseconds of the whole fetch, all redirects included, and without a byte. */
  readonly totalMs: number;
  readonly idleMs: number;
  /** Bytes as they come, and unpacked. */
  readonly bytes: number;
}

/** The one that production has. */
export const PUBLIC_DOOR: Door = {
  resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  mayAsk: isPublicAddress,
  ports: [80, 443],
  limits: { totalMs: 20_000, idleMs: 5_000, bytes: 5 * 1024 * 1024 },
};
