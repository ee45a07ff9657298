import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAudit } from "./audit/audit.service.ts";
import { verifyAudit } from "./audit/verify.service.ts";
import { dataVersion, raiseDataVersion } from "./meta/dataVersion.repo.ts";
import { temporaryStore } from "./testing.ts";
import { loadActor } from "./users/actor.ts";

describe("the store", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  beforeAll(async () => {
    made = await temporaryStore();
  });
  afterAll(() => made.close());

  it("knows the person of the local mode, and no stranger", async () => {
    expect((await loadActor(made.store)).accounts).toBe("all");
    await expect(loadActor(made.store, "zoe")).rejects.toThrow(/no user "zoe"/);
  });

  it("chains its audit log and refuses to change it", async () => {
    const dan = await loadActor(made.store);
    await recordAudit(dan, made.store, { action: "create", entity: "promotion", entityId: "P-1" });
    await recordAudit(dan, made.store, { action: "cancel", entity: "promotion", entityId: "P-1", after: { a: 1 } });
    expect(await verifyAudit(made.store)).toBeNull();
    await expect(made.store.db.updateTable("audit").set({ actor: "eve" }).execute()).rejects.toThrow(/append-only/);
  });

  it("raises its data version", async () => {
    const before = await dataVersion(made.store);
    await raiseDataVersion(made.store);
    expect(await dataVersion(made.store)).toBe(before + 1);
  });
});
