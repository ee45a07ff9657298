import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scanNumbers } from "../../../agents/figures/scan.ts";
import { formatFigure } from "../../common/format.ts";
import type { Store } from "../../store/open.ts";
import { temporaryStore } from "../../testing.ts";
import { type Actor, loadActor } from "../../users/actor.ts";
import type { PromotionDraft } from "../draft.ts";
import { createDraft } from "../promotions.service.ts";
import { ALBION, BRAMLEY, DELPHI, draftOf, writeTestMarket } from "../testing.ts";
import { type CheckOptions, checkDraft } from "./checkDraft.service.ts";
import type { DraftCheck } from "./sentence.ts";

describe("the checks of a draft", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let ana: Actor;
  const seen: DraftCheck[] = [];
  beforeAll(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    ana = await loadActor(store, "ana");
    await createDraft(ana, store, draftOf({ start: "2027-03-01", end: "2027-03-14" }));
  });
  afterAll(() => made.close());

  const all = async (changes: Parameters<typeof draftOf>[0] = {}, options: CheckOptions = {}) => {
    const checks = await checkDraft(ana, store, draftOf(changes), options);
    seen.push(...checks);
    return checks;
  };
  const verdict = async (rule: string, changes: Parameters<typeof draftOf>[0] = {}, options: CheckOptions = {}) => {
    const found = (await all(changes, options)).filter((c) => c.rule === rule);
    return found.map((c) => `${c.verdict}: ${c.message}`).join(" | ");
  };

  it("let a sound draft pass", async () => {
    const checks = await all();
    expect(checks.filter((c) => c.verdict !== "pass")).toEqual([]);
    expect(checks.map((c) => c.rule)).toEqual(
      expect.arrayContaining([
        "dates",
        "notice",
        "blackout",
        "contract",
        "mechanic",
        "depth",
        "listing",
        "clash",
        "budget",
      ]),
    );
  });

  it("block a start in the past and too short a notice, which binds only while dates are chosen", async () => {
    expect(await verdict("dates", { start: "2026-11-20" })).toMatch(/^block: .*20 November 2026, which is in the past/);
    const soon: Partial<PromotionDraft> = { start: "2026-11-26", end: "2026-11-30" };
    expect(await verdict("notice", soon)).toBe(
      "block: Albion Fresh's contract asks for 14 days, but the start is only 5 days away; the earliest start is 5 December 2026.",
    );
    expect(await verdict("notice", soon, { noticeBinds: false })).toMatch(/^warn/);
    expect(await verdict("notice", { start: "2026-12-05", end: "2026-12-06" })).toMatch(/^pass/);
    expect(await verdict("notice", { start: "2026-12-04", end: "2026-12-06" })).toMatch(/^block/);
  });

  it("block blackout weeks, whichever end touches them", async () => {
    expect(await verdict("blackout", { start: "2026-12-27", end: "2027-01-05" })).toBe(
      "block: It falls into Albion Fresh's blackout of 1–27 December 2026.",
    );
    expect(await verdict("blackout", { start: "2026-12-28", end: "2027-01-05" })).toMatch(/^pass/);
  });

  it("block windows that do not fit the in-store dates, and say nothing where none was given", async () => {
    expect(await verdict("windows")).toBe("");
    const buyIn = (from: string, to: string) => verdict("windows", { buy_in: { from, to } });
    expect(await buyIn("2027-05-20", "2027-06-14")).toMatch(/^pass/);
    expect(await buyIn("2027-06-01", "2027-06-05")).toMatch(/^pass/);
    expect(await buyIn("2027-06-02", "2027-06-05")).toBe(
      "block: The buy-in would start on 2 June 2027, after the in-store start on 1 June 2027; start it by then.",
    );
    expect(await buyIn("2027-05-20", "2027-06-15")).toMatch(/^block: The buy-in would end on 15 June 2027, after/);
    const scan = (from: string, to: string) => verdict("windows", { scan: { from, to } });
    expect(await scan("2027-06-14", "2027-06-30")).toMatch(/^pass/);
    expect(await scan("2027-05-20", "2027-06-01")).toMatch(/^pass/);
    expect(await scan("2027-06-15", "2027-06-30")).toMatch(/^block: The scan window 15–30 June 2027 touches no day/);
  });

  it("block what the contract does not cover or allow", async () => {
    expect(await verdict("contract", { start: "2027-12-20", end: "2028-01-02" })).toMatch(/^block: No contract/);
    expect(await verdict("mechanic", { mechanic: "coupon" })).toMatch(/^block: .*does not allow coupons/);
    expect(await verdict("depth", { discount: 0.3, depth: 0.3 })).toMatch(/^pass/);
    expect(await verdict("depth", { discount: 0.31, depth: 0.31 })).toBe(
      "block: 31 % is deeper than the 30 % that Albion Fresh's contract allows at most.",
    );
    expect(await verdict("depth", { mechanic: "multibuy", discount: null, get: 2, pay: 1, depth: 0.35 })).toMatch(
      /^block: 35 % effective is deeper/,
    );
  });

  it("say that there is no contract instead of guessing one", async () => {
    const { close, store: bare } = await temporaryStore();
    await writeTestMarket(bare);
    await bare.db.deleteFrom("contract_mechanic").execute();
    await bare.db.deleteFrom("contract_blackout").execute();
    await bare.db.deleteFrom("contract").execute();
    const checks = await checkDraft(await loadActor(bare, "ana"), bare, draftOf({ discount: 0.6, depth: 0.6 }));
    expect(checks.filter((c) => c.verdict !== "pass")).toMatchObject([{ rule: "contract", verdict: "warn" }]);
    expect(checks.some((c) => c.rule === "depth" || c.rule === "notice")).toBe(false);
    await close();
  });

  it("block what is not listed, launched later or delisted", async () => {
    const ben = await loadActor(store, "ben");
    const there = await checkDraft(ben, store, draftOf({ account_id: DELPHI, products: [6] }));
    expect(there[0]).toMatchObject({ rule: "listing", verdict: "block", facts: { product: "Polar Lane Vanilla 1 l" } });
    await store.db.updateTable("product").set({ launched: "2027-07-01" }).where("id", "=", 4).execute();
    await store.db.updateTable("product").set({ delisted: "2027-06-10" }).where("id", "=", 5).execute();
    expect(await verdict("listing", { products: [4, 5] })).toMatch(
      /Morning Row Mild 500 g is only launched on 1 July 2027\. \| block: Morning Row Strong 500 g is delisted from 10 June 2027 on/,
    );
    await store.db.updateTable("product").set({ launched: null, delisted: null }).execute();
  });

  it("block a clash by name, and warn where the brand is near", async () => {
    const clash = { start: "2027-03-14", end: "2027-03-20", products: [2] };
    expect(await verdict("clash", clash)).toBe(
      "block: At Albion Fresh the same products are already promoted on these dates: P-1001, Kestrel 20 % at Albion (1–14 March 2027). The earliest free dates are 15–21 March 2027.",
    );
    expect(await verdict("clash", { ...clash, account_id: BRAMLEY })).toMatch(/^pass/);
    expect(await verdict("clash", { ...clash, products: [4] })).toMatch(/^pass/);
    expect(await verdict("near_clash", { start: "2027-03-28", end: "2027-04-05" })).toMatch(
      /^warn: The brand is promoted at Albion Fresh within 14 days of it.*The earliest dates with that distance are 29 March – 6 April 2027\.$/,
    );
    expect(await verdict("near_clash", { start: "2027-03-29", end: "2027-04-05" })).toBe("");
    expect(await verdict("clash", clash, { promotionId: 1001 })).toMatch(/^pass/);
    await store.db.deleteFrom("promotion_line").where("product_id", "=", 3).execute();
    expect(await verdict("near_clash", { start: "2027-03-01", end: "2027-03-07", products: [3] })).toMatch(
      /^warn: Other products of the brand/,
    );
  });

  it("hold the spend against what the fund has left", async () => {
    expect(await verdict("budget", { spend_minor: 900_000 })).toMatch(/^warn/);
    expect(await verdict("budget", { spend_minor: 900_001 })).toMatch(/^block/);
    expect(await verdict("budget", { spend_minor: 950_000 })).toBe(
      "block: The expected spend of €9,500 is more than the €9,000 left in Trade fund 2027.",
    );
    expect(await verdict("budget", { spend_minor: 820_000 })).toBe(
      "warn: The expected spend of €8,200 takes 91.1 % of the €9,000 left in Trade fund 2027.",
    );
    expect(await verdict("budget", { spend_minor: 810_000 })).toMatch(/^pass/);
    expect(await verdict("budget", { spend_minor: null })).toMatch(/^warn: The spend cannot be estimated/);
    expect(await verdict("budget", { start: "2028-06-01", end: "2028-06-14" })).toMatch(
      /^warn: No fund of Albion Fresh/,
    );
    expect(await verdict("budget", { payment: "lump_sum", spend_minor: 0 })).toMatch(/^warn: It is paid as a lump sum/);
  });

  it("warn where the money cannot come back, ours or the retailer's", async () => {
    // List price 3.50 less 10 % terms less cost 1.50 leaves 1.65.
    const paying = (allowance_minor: number) => ({
      lines: [{ product_id: 1, allowance_minor, planned_units: 1, planned_baseline: 1 }],
    });
    expect(await verdict("margin", paying(164))).toMatch(/^pass/);
    expect(await verdict("margin", paying(165))).toMatch(
      /^warn: The allowance of €1\.65 a unit reaches the unit margin of €1\.65 of Kestrel Espresso 500 g: no uplift/,
    );
    const outcome = (mean: number, margin: number) => ({
      outcome: { net_roi: { mean, low: mean - 0.2, high: mean + 0.2 }, retailer: { margin, everyday_margin: 0.25 } },
    });
    expect(await verdict("roi", {}, outcome(-0.1, 0.3))).toBe(
      "warn: The expected net ROI is -0.10 (-0.30 to 0.10), below break-even.",
    );
    expect(await verdict("roi", {}, outcome(0.1, 0.3))).toMatch(/^pass/);
    expect(await verdict("retailer_margin", {}, outcome(0.1, 0.2))).toMatch(
      /^warn: Albion Fresh's margin would be 20 %/,
    );
    expect(await verdict("retailer_margin", {}, outcome(0.1, 0.3))).toMatch(/^pass/);
  });

  it("warn of a shelf that was empty or a delivery that fell short, where the start is near", async () => {
    const soon = { start: "2027-01-04", end: "2027-01-10", products: [4] };
    expect(await verdict("stock", soon)).toMatch(/^pass/);
    await store.db
      .updateTable("sales_week")
      .set({ out_of_stock: 0.4 })
      .where("product_id", "=", 4)
      .where("account_id", "=", ALBION)
      .where("week", "=", "2026-11-09")
      .execute();
    expect(await verdict("stock", soon)).toBe(
      "warn: In the last 4 weeks Morning Row Mild 500 g was out of stock 10 % of the time at Albion Fresh.",
    );
    expect(await verdict("stock", { ...soon, start: "2027-06-01", end: "2027-06-14" })).toBe("");
    await store.db
      .insertInto("shipment_week")
      .values({ account_id: ALBION, product_id: 5, week: "2026-11-09", units: 80, ordered: 100 })
      .execute();
    expect(await verdict("stock", { ...soon, products: [5] })).toMatch(/only 80 % of what Albion Fresh ordered/);
  });

  it("put what blocks first, and stand behind every number with a fact", () => {
    expect(seen.length).toBeGreaterThan(100);
    const units = ["EUR", "%", "count", "ratio", "units"];
    for (const { message, facts } of seen) {
      const names = Object.values(facts).filter((f) => typeof f === "string");
      for (const token of scanNumbers(message, names)) {
        const texts = Object.values(facts).flatMap((f) =>
          typeof f === "number" ? units.map((unit) => scanNumbers(formatFigure(f, unit), [])[0]?.text) : [],
        );
        expect(texts, message).toContain(token.text);
      }
    }
  });

  it("are not for the eyes of a colleague", async () => {
    await expect(checkDraft(ana, store, draftOf({ account_id: DELPHI }))).rejects.toMatchObject({ code: "no_right" });
  });
});
