import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { recordAudit } from "./audit.service.ts";
import { examineAudit, verifyAudit } from "./verify.service.ts";

describe("the audit log under somebody with the file in her hands", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  const run = (statement: string) => sql.raw(statement).execute(made.store.db);
  /** Drops a guard, does the deed, and puts the guard back as it was. */
  async function behind(guard: string, ...deeds: readonly string[]): Promise<void> {
    const { rows } = await sql<{ sql: string }>`SELECT sql FROM sqlite_master WHERE name = ${guard}`.execute(
      made.store.db,
    );
    for (const statement of [`DROP TRIGGER ${guard}`, ...deeds, rows[0]!.sql]) await run(statement);
  }
  beforeEach(async () => {
    made = await temporaryStore();
    const dan = await loadActor(made.store);
    for (const n of [1, 2, 3, 4])
      await recordAudit(dan, made.store, { action: "create", entity: "promotion", entityId: `P-${n}` });
  });
  afterEach(() => made.close());

  it("is whole as it was written", async () => {
    expect(await verifyAudit(made.store)).toBeNull();
  });
  it("names the first entry that was changed", async () => {
    await behind("audit_no_update", "UPDATE audit SET actor = 'eve' WHERE id IN (2, 3)");
    expect(await verifyAudit(made.store)).toMatchObject({ entry: 2, says: expect.stringContaining("changed") });
  });
  it("sees one taken out of the middle, and off the start", async () => {
    await behind("audit_no_delete", "DELETE FROM audit WHERE id = 2");
    expect(await verifyAudit(made.store)).toMatchObject({ entry: 3 });
    await behind("audit_no_delete", "DELETE FROM audit WHERE id = 1");
    expect(await verifyAudit(made.store)).toMatchObject({ entry: 3 });
  });
  it("sees that its end is gone, and that a guard is", async () => {
    await behind("audit_no_delete", "DELETE FROM audit WHERE id > 2");
    expect(await verifyAudit(made.store)).toMatchObject({
      entry: null,
      says: expect.stringContaining("after entry 2"),
    });
    await run("DROP TRIGGER audit_head_stays");
    await run("DELETE FROM audit_head");
    expect((await verifyAudit(made.store))?.says).toContain("head of the log is gone");
  });
  it("sees a guard that was dropped though nothing was changed", async () => {
    await run("DROP TRIGGER audit_no_update");
    expect(await verifyAudit(made.store)).toMatchObject({
      entry: null,
      says: expect.stringContaining("audit_no_update"),
    });
  });
  it("is held against a head that was noted elsewhere, when log and head were cut together", async () => {
    const { head } = await examineAudit(made.store);
    const last = (await made.store.db.selectFrom("audit").select("hash").where("id", "=", 2).executeTakeFirstOrThrow())
      .hash;
    await behind(
      "audit_head_grows",
      "DROP TRIGGER audit_no_delete",
      "DELETE FROM audit WHERE id > 2",
      "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'no'); END",
      `UPDATE audit_head SET entries = 2, hash = '${last}'`,
    );
    expect(await verifyAudit(made.store)).toBeNull();
    expect((await examineAudit(made.store, head)).fault?.says).toContain("cut or written anew");
    expect((await examineAudit(made.store, { entries: 1, hash: "0" })).fault).not.toBeNull();
  });
});
