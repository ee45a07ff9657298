import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tool, ToolContext } from "../define.ts";
import { priceWhatIf } from "../expert/price/priceWhatIf.ts";
import { type DemoContext, demoContext } from "../testing.ts";
import { assortmentGaps } from "./assortment/assortmentGaps.ts";
import { categoryView } from "./category/categoryView.ts";
import { trackLaunches } from "./launches/trackLaunches.ts";

interface Ranged {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}
interface Moved {
  readonly change: Ranged;
}
interface Row {
  readonly category: string;
  readonly product: string;
  readonly account: string;
  readonly weeks: number;
  readonly units_week: Ranged;
  readonly elsewhere: readonly { readonly account: string }[];
  readonly build: readonly { readonly distribution: number }[];
}
/** What of the four results is looked at here. */
interface Read {
  readonly categories: readonly {
    readonly own_share: number;
    readonly competitor_share: number;
    readonly private_label_share: number;
    readonly from_us: number;
    readonly from_competitors: number;
    readonly from_private_label: number;
    readonly growth: number;
    readonly value: number;
    readonly fair_share: { readonly accounts: number; readonly share: number; readonly gap_value: number };
  }[];
  readonly promotions: readonly {
    readonly promotions: number;
    readonly quiet_weeks: number;
    readonly own_gain: Ranged;
    readonly category_growth: Ranged;
    readonly from_competitors: Ranged;
    readonly from_private_label: Ranged;
    readonly new_share: Ranged;
  }[];
  readonly rows: readonly Row[];
  readonly gaps: number;
  readonly record: { readonly inside: number };
  readonly delisted: readonly { readonly product: string }[];
  readonly accounts_compared: number;
  readonly agreed: readonly unknown[];
  readonly products: readonly {
    readonly product: string;
    readonly units: number;
    readonly cannibalised: { readonly told: boolean };
  }[];
  readonly tracked: number;
  readonly newest: unknown;
  readonly lines: readonly { readonly product: string; readonly units: number; readonly elasticity: Ranged }[];
  readonly units: { readonly before: number; readonly change: number };
  readonly list_stays: { readonly profit: Moved; readonly retailer_profit: Moved };
  readonly list_follows: { readonly profit: Moved };
  readonly checks: readonly { readonly rule: string; readonly verdict: string }[];
}

let demo: DemoContext;
let dan: ToolContext;
let ana: ToolContext;
beforeAll(async () => {
  demo = await demoContext();
  [dan, ana] = [await demo.context("dan"), await demo.context("ana")];
});
afterAll(() => demo.close());

async function run(tool: Tool, args: Record<string, unknown>, context = dan): Promise<Read> {
  if (tool.access !== "READ") throw new Error("it reads");
  return (await tool.run(context, tool.schema.parse(args))) as unknown as Read;
}
const truth = (name: string) =>
  demo.store.db.selectFrom("truth_parameter").selectAll().where("name", "=", name).execute();

describe("the category", () => {
  it("is what the store's totals say, and its parts are the whole", async () => {
    const { categories } = await run(categoryView, { account: "Albion Fresh", category: "Coffee" });
    const row = categories[0]!;
    expect(row.own_share + row.competitor_share + row.private_label_share).toBeCloseTo(1, 3);
    expect(row.from_us + row.from_competitors + row.from_private_label).toBeCloseTo(row.growth, 3);
    expect(row.fair_share.accounts).toBe(6);
    expect(row.fair_share.gap_value).toBeCloseTo((row.fair_share.share - row.own_share) * row.value, 0);
  });

  it("grew by about the part of our gain that the simulator did not take from others", async () => {
    const { promotions } = await run(categoryView, {});
    // 0.55 of an increment is new in the demo market; three categories of four hold it in their 80 % interval.
    const holds = promotions.filter((p) => p.new_share.low <= 0.55 && p.new_share.high >= 0.55);
    expect(holds.length).toBeGreaterThanOrEqual(2);
    for (const p of promotions) {
      expect(p.category_growth.mean).toBeCloseTo(
        p.own_gain.mean - p.from_competitors.mean - p.from_private_label.mean,
        3,
      );
      expect(p.quiet_weeks).toBeGreaterThan(30);
    }
  });

  it("judges one promotion, and none that has not ended", async () => {
    const one = await run(categoryView, { promotion: "P-1229" });
    expect(one.promotions).toHaveLength(1);
    expect(one.promotions[0]!.promotions).toBe(1);
    await expect(run(categoryView, { promotion: "P-1336" })).rejects.toMatchObject({ code: "wrong_state" });
  });
});

describe("gaps in the range", () => {
  it("are products that are not listed there, not delisted, in a category that is sold there", async () => {
    const { rows, gaps, record, delisted } = await run(assortmentGaps, { account: "Harbour Pet & Home" });
    expect(gaps).toBeGreaterThan(0);
    for (const row of rows) {
      expect(["Pet food", "Laundry"]).toContain(row.category);
      expect(row.units_week.low).toBeLessThan(row.units_week.mean);
    }
    const listed = await demo.store.db
      .selectFrom("listing as l")
      .innerJoin("product as p", "p.id", "l.product_id")
      .innerJoin("account as a", "a.id", "l.account_id")
      .where("a.name", "=", "Harbour Pet & Home")
      .where("l.end", "is", null)
      .select("p.name")
      .execute();
    const names = new Set(listed.map((l) => l.name));
    expect(rows.filter((r) => names.has(r.product))).toEqual([]);
    for (const { product } of delisted) expect(rows.map((r) => r.product)).not.toContain(product);
    expect(record.inside).toBeGreaterThan(0.7);
    expect(record.inside).toBeLessThan(0.95);
  });

  it("of a KAM are told from her own accounts alone", async () => {
    const { rows, accounts_compared } = await run(assortmentGaps, {}, ana);
    expect(accounts_compared).toBe(3);
    expect(new Set(rows.flatMap((r) => r.elsewhere.map((e) => e.account))).size).toBeLessThanOrEqual(3);
    await expect(run(assortmentGaps, { account: "Delphi Discount" }, ana)).rejects.toMatchObject({ code: "no_right" });
  });

  it("respect a listing that is agreed and a product on its way out", async () => {
    const { rows } = await run(assortmentGaps, { account: "Cormorant Hyper" });
    const first = rows[0]!;
    const { db } = demo.store;
    const product = await db
      .selectFrom("product")
      .select("id")
      .where("name", "=", first.product)
      .executeTakeFirstOrThrow();
    const account = await db
      .selectFrom("account")
      .select("id")
      .where("name", "=", first.account)
      .executeTakeFirstOrThrow();
    await db
      .insertInto("listing")
      .values({ account_id: account.id, product_id: product.id, start: "2027-01-04", end: null })
      .execute();
    const after = await run(assortmentGaps, { account: "Cormorant Hyper" });
    expect(after.agreed).toEqual([{ account: "Cormorant Hyper", product: first.product, from: "2027-01-04" }]);
    expect(after.rows.map((r) => r.product)).not.toContain(first.product);
    await db.deleteFrom("listing").where("start", "=", "2027-01-04").execute();
  });
});

describe("launches", () => {
  it("are followed where they came, with a build that rises and a loss that is told as it is", async () => {
    const { rows, products } = await run(trackLaunches, { product: { brand: "Gelato Nove" } });
    expect(rows).toHaveLength(7);
    for (const row of rows) {
      const build = row.build.map((b) => b.distribution);
      expect(build.toSorted((a, b) => a - b)).toEqual(build);
      expect(row.weeks).toBe(34);
    }
    // Nothing takes from its neighbours in the demo market.
    expect(products[0]!.cannibalised.told).toBe(false);
    const sold = await demo.store.db
      .selectFrom("v_sales_week")
      .where("product", "=", products[0]!.product)
      .select((eb) => eb.fn.sum<number>("units").as("units"))
      .executeTakeFirstOrThrow();
    expect(products[0]!.units).toBe(sold.units);
  });

  it("say so where nothing was launched", async () => {
    const { tracked, newest } = await run(trackLaunches, { product: { brand: "Kestrel" } }, ana);
    expect([tracked, newest]).toEqual([0, null]);
  });
});

describe("another everyday price", () => {
  const up = { account: "Albion Fresh", product: { brand: "Kestrel" }, change: 0.05 };

  it("is told with the true elasticity inside the range of most products", async () => {
    const { lines } = await run(priceWhatIf, up);
    const known = await truth("everyday_elasticity");
    const names = await demo.store.db.selectFrom("product").select(["id", "name"]).execute();
    const inside = lines.filter((line) => {
      const value = known.find((t) => t.product_id === names.find((n) => n.name === line.product)!.id)!.value;
      return value >= line.elasticity.low && value <= line.elasticity.high;
    });
    expect(inside.length).toBeGreaterThanOrEqual(Math.ceil(lines.length / 2));
  });

  it("loses units and shelf value, and who gains depends on whose price moves", async () => {
    const result = await run(priceWhatIf, up);
    expect(result.units.change).toBeLessThan(0);
    expect(result.list_stays.profit.change.mean).toBeLessThan(0);
    expect(result.list_stays.retailer_profit.change.mean).toBeGreaterThan(0);
    expect(result.list_follows.profit.change.mean).toBeGreaterThan(result.list_stays.profit.change.mean);
    const sum = result.lines.reduce((n, l) => n + l.units, 0);
    expect(sum).toBeCloseTo(result.units.before, 3);
  });

  it("warns beyond what was seen, blocks below cost, and refuses what is no price move", async () => {
    const far = await run(priceWhatIf, { ...up, change: 0.2 });
    expect(far.checks.map((c) => c.rule)).toContain("seen");
    const cheap = await run(priceWhatIf, { ...up, change: -0.49 });
    expect(cheap.checks.filter((c) => c.rule === "retailer_margin" || c.verdict === "block")).not.toEqual([]);
    await expect(run(priceWhatIf, { ...up, change: 0.8 })).rejects.toMatchObject({ code: "bad_input" });
    await expect(run(priceWhatIf, { ...up, change: undefined, price: 5 })).rejects.toMatchObject({ code: "bad_input" });
    await expect(run(priceWhatIf, { product: "Kestrel", change: 0.05 })).rejects.toMatchObject({
      code: "missing_slot",
    });
    await expect(run(priceWhatIf, { ...up, account: "Galleon Cash & Carry" }, ana)).rejects.toMatchObject({
      code: "no_right",
    });
  });
});
