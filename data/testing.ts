import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeStore, openStore, type Store } from "./store/open.ts";

export const TEST_TODAY = "2026-11-21";

/** A real store on disk with the real migrations, for tests; `close` removes it. */
export async function temporaryStore(
  today = TEST_TODAY,
): Promise<{ store: Store; folder: string; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "kam-test-"));
  const store = await openStore({ path: join(folder, "store.db"), today });
  return {
    store,
    folder,
    close: async () => {
      await closeStore(store);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
