import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyAudit } from "../data/audit/verify.service.ts";
import { addDays } from "../data/common/dates.ts";
import { importFile } from "../data/import/testing.importFile.ts";
import { same } from "../data/import/testing.kinds.ts";
import { verifyLedger } from "../data/ledger/verify.service.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { openThreads, type Threads } from "../data/threads/threads.repo.ts";
import { fitStore } from "../tools/fitting/fitStore.ts";
import { createFittedModels } from "../tools/fitting/fittedModels.ts";
import { demoContext } from "../tools/testing.ts";
import { buildConverse } from "./converse.ts";

/** One promotion's life on one store whose day moves on, told by those whose work it is. */
let demo: Awaited<ReturnType<typeof demoContext>>;
let threads: Threads;
let converse: ReturnType<typeof buildConverse>;
let today = TEST_TODAY;
beforeAll(async () => {
  demo = await demoContext();
  threads = openThreads(demo.store.path);
  converse = buildConverse({
    store: demo.store,
    threads,
    models: createFittedModels(),
    model: null,
    clock: () => 0,
    dayFirst: true,
    today: () => today,
  });
});
afterAll(async () => {
  threads.close();
  await demo.close();
});

/** What somebody says; after it the books balance and the log is whole. */
async function says(user: string, text: string, thread = user) {
  const answer = await converse({ thread, user, text });
  expect(await verifyLedger(demo.store), text).toEqual([]);
  expect(await verifyAudit(demo.store), text).toBeNull();
  return answer;
}
const checkOf = (answer: Awaited<ReturnType<typeof says>>, rule: string) =>
  answer.pending.flatMap((p) => p.checks).find((c) => c.rule === rule);
const promotion = (code: string) =>
  demo.store.db.selectFrom("promotion").selectAll().where("code", "=", code).executeTakeFirstOrThrow();
async function held(code: string): Promise<Record<string, number>> {
  const rows = await demo.store.db
    .selectFrom("promotion_spend")
    .innerJoin("promotion", "promotion.id", "promotion_spend.promotion_id")
    .select(["state", "amount_minor"])
    .where("code", "=", code)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, row.amount_minor / 100]));
}
async function load(name: string, kind: Parameters<typeof same>[0], fields: string, lines: readonly string[]) {
  const file = join(demo.folder, name);
  writeFileSync(file, [fields.replaceAll(" ", ","), ...lines].join("\n"));
  const report = await importFile({ ...demo.store, today }, { file, map: same(kind, fields) });
  expect(report).toMatchObject({ rejected: 0 });
}

const ASK =
  "Create a promotion for Albion: 20 % on Kestrel from 25 January to 7 February 2027 with a display for 2,000 euros";

it("is drafted, mended, approved, executed in part, disputed, settled, closed and looked back on", async () => {
  // Dan's promotion is there first; Ana's clashes with it, and the reply says which dates are free.
  await says("dan", "Create a promotion for Albion: 15 % on Kestrel from 18 to 31 January 2027");
  await says("dan", "yes");
  const clash = await says("ana", ASK);
  expect(checkOf(clash, "clash")).toMatchObject({
    verdict: "block",
    message: expect.stringContaining("The earliest free dates are 1–14 February 2027."),
  });
  expect((await says("ana", "yes")).pending).toHaveLength(1);
  const mended = await says("ana", "Move it to 15 February to 28 February");
  expect(mended.pending).toHaveLength(1);
  expect(checkOf(mended, "clash")).toMatchObject({ verdict: "pass" });

  // A plan that takes nearly all of the fund is warned of before it is written.
  const budget = checkOf(mended, "budget")?.facts as { spend: number; left: number };
  const fee = 2000 + Math.floor(0.95 * budget.left - budget.spend);
  const warned = await says("ana", `Change the display fee to ${fee} euros`);
  expect(checkOf(warned, "budget")).toMatchObject({ verdict: "warn", facts: { share: expect.closeTo(0.95, 2) } });
  await says("ana", "Change the display fee to 2,000 euros");
  const code = String((await says("ana", "yes")).calls.at(-1)?.result.promotion);
  expect(await promotion(code)).toMatchObject({ status: "draft", start: "2027-02-15", created_by: "ana" });

  // Submitted by her, approved by her manager and not by herself.
  await says("ana", `Submit ${code}`);
  await says("ana", "yes");
  expect((await says("ana", `Approve ${code}`)).calls[0]).toMatchObject({
    status: "error",
    result: { code: "no_right" },
  });
  await says("dan", `Approve ${code}`);
  await says("dan", "yes");
  const planned = (await held(code)).committed ?? 0;
  expect(planned).toBeGreaterThan(2000);

  // It runs; the display stands in seven of ten stores.
  today = "2027-02-25";
  expect((await says("ana", `Show me ${code}`)).reply).toContain("is running");
  const product = await demo.store.db
    .selectFrom("promotion_line")
    .innerJoin("product", "product.id", "promotion_line.product_id")
    .select("product.name")
    .where("promotion_id", "=", (await promotion(code)).id)
    .executeTakeFirstOrThrow();
  const stores = await demo.store.db
    .selectFrom("account_store")
    .select("name")
    .where("account_id", "=", 1)
    .limit(10)
    .execute();
  await load(
    "visits.csv",
    "visits",
    "account store date source promotion product on_shelf display_present",
    Array.from({ length: 10 }, (_, i) =>
      [
        "Albion Fresh",
        stores[i]?.name ?? `Store ${i}`,
        "2027-02-24",
        "sfa",
        code,
        product.name,
        "yes",
        i < 7 ? "yes" : "no",
      ].join(","),
    ),
  );
  const proof = await says("ana", `What proof of performance do we have for ${code}?`);
  expect(proof.reply).toContain("70 %");

  // It is over; the retailer asks for more than was planned.
  today = "2027-03-08";
  expect((await says("eva", `Show me ${code}`)).reply).toContain("has ended");
  expect((await held(code)).committed).toBeUndefined();
  const asked = Math.round(planned + 5000);
  await load("claims.csv", "claims", "code account promotion kind amount date", [
    ["CL-9001", "Albion Fresh", code, "claim", asked, "2027-03-05"].join(","),
  ]);
  expect((await says("eva", `Close ${code}`)).pending[0]?.checks).toMatchObject([
    { rule: "open_claims", verdict: "block" },
  ]);
  await says("eva", "no");
  expect((await says("ana", "Show claim CL-9001", "claims")).reply).toMatch(/above|more than/i);
  await says("eva", "Dispute CL-9001 because the display stood in 70 % of the stores");
  await says("eva", "yes");
  const statusOf = async () =>
    (await demo.store.db.selectFrom("claim").select("status").where("code", "=", "CL-9001").executeTakeFirstOrThrow())
      .status;
  expect(await statusOf()).toBe("disputed");
  await says("eva", "Pay 12,000 euros of CL-9001");
  await says("eva", "yes");
  expect(await statusOf()).toBe("part_paid");
  expect((await held(code)).settled).toBe(12_000);

  // A KAM asks, finance closes, and what was not needed is the fund's again.
  await says("ana", `Close ${code}, everything is settled`);
  await says("ana", "yes");
  expect((await promotion(code)).status).toBe("ended");
  const closing = await says("eva", `Close ${code}`, "closing");
  expect(closing.reply).toContain("Ana asked for it");
  await says("eva", "yes", "closing");
  expect((await promotion(code)).status).toBe("closed");
  expect(await held(code)).toEqual({ settled: 12_000 });

  // The weeks are measured, the model is fitted anew, and the result is told.
  await weeksUntil("2027-03-01");
  await fitStore({ ...demo.store, today });
  const result = await says("ana", `How did ${code} do?`, "after");
  expect(result.calls[0]).toMatchObject({ status: "ok" });
  expect(result.reply).toMatch(/truly incremental/);

  // Who did what stands in the log, and one changed entry is found out.
  const trail = await says("dan", `Who changed ${code} and when?`, "trail");
  const acts = (trail.calls[0]!.result.entries as { by: string; action: string }[]).map((e) => `${e.by} ${e.action}`);
  expect(acts).toEqual(
    expect.arrayContaining([
      "Ana create",
      "Ana submit",
      "Dan approve",
      "System start",
      "System finish",
      "Ana request_close",
      "Eva close",
    ]),
  );
  await sql`DROP TRIGGER audit_no_update`.execute(demo.store.db);
  const entry = (
    await demo.store.db.selectFrom("audit").select("id").where("action", "=", "approve").executeTakeFirstOrThrow()
  ).id;
  await demo.store.db.updateTable("audit").set({ actor: "ana" }).where("id", "=", entry).execute();
  expect(await verifyAudit(demo.store)).toMatchObject({ entry });
});

/** The year before once more, week by week, as what was sold since the demo market ends. */
async function weeksUntil(last: string): Promise<void> {
  const { db } = demo.store;
  const rows = await db
    .selectFrom("sales_week")
    .selectAll()
    .where("account_id", "=", 1)
    .where("week", ">=", addDays("2026-11-16", -364))
    .where("week", "<=", addDays(last, -364))
    .execute();
  const codes = new Map((await db.selectFrom("product").select(["id", "name"]).execute()).map((p) => [p.id, p.name]));
  await load(
    "sales.csv",
    "sales",
    "account product week units price base_price",
    rows.map((r) =>
      ["Albion Fresh", codes.get(r.product_id), addDays(r.week, 364), r.units, r.price, r.base_price].join(","),
    ),
  );
}
