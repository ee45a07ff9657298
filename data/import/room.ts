import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { KamError } from "../common/errors.ts";
import type { Store } from "../store/open.ts";
import type { KindName } from "./fields.ts";

/**
 * Bytes that a row takes in the store with its index, measured on sales of two panels and rounded up; the write-ahead log holds as much again, up to the
 * size at which it is folded in.
 */
const ROW_BYTES: Partial<Record<KindName, number>> = { sales: 100, shipments: 80 };
const OTHER_ROW_BYTES = 400;
const LOG_BYTES = 8 * 1024 * 1024;

/**
 * Looks for room before the first batch, so that a full disk leaves the store as it was and not half imported. SQLite's own error stays the judge of
 * what this estimate misses.
 * @throws KamError store_full
 */
export async function checkRoom(store: Store, kind: KindName, rows: number): Promise<void> {
  if (store.path === ":memory:" || rows <= 0) return;
  const bytes = rows * (ROW_BYTES[kind] ?? OTHER_ROW_BYTES);
  const needed = bytes + Math.min(bytes * 2, LOG_BYTES);
  let free: number;
  try {
    const { bavail, bsize } = await statfs(dirname(resolve(store.path)));
    free = bavail * bsize;
  } catch {
    return;
  }
  if (free < needed) {
    const mb = (n: number) => `${(n / 1024 / 1024).toFixed(1)} MB`;
    throw new KamError(
      "store_full",
      `The disk of ${store.path} has ${mb(free)} left and this import needs about ${mb(needed)}; free some room and run this again.`,
      { free, needed },
    );
  }
}
