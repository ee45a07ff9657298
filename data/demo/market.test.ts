import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, daysBetween, mondayOf, nextQuarter, weekday } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { type DemoSummary, writeDemoMarket } from "./index.ts";

// A Saturday in autumn (the tests' usual day), the middle of a quarter, right after Christmas, a Sunday in summer.
const DAYS = ["2026-11-21", "2027-03-03", "2026-12-28", "2026-07-05"];

describe.each(DAYS)("the demo market of %s", (today) => {
  let store: Store;
  let close: () => Promise<void>;
  let summary: DemoSummary;
  const all = async <T>(text: string): Promise<T[]> => (await sql.raw<T>(text).execute(store.db)).rows;
  const one = async (text: string): Promise<number> => Object.values((await all<Record<string, number>>(text))[0]!)[0]!;
  const live = `status NOT IN ('cancelled')`;
  const past = `status IN ('ended', 'closed')`;

  beforeAll(async () => {
    ({ store, close } = await temporaryStore(today));
    summary = await writeDemoMarket(store);
  });
  afterAll(() => close());

  it("has the accounts, people, categories and brands of the market", async () => {
    const accounts = await all<{ name: string; alias: string; owner_id: string }>(
      "SELECT a.name, l.alias, a.owner_id FROM account a JOIN account_alias l ON l.account_id = a.id AND l.alias LIKE 'Retailer _' ORDER BY l.alias",
    );
    expect(accounts.map(({ name, alias, owner_id }) => `${alias.slice(-1)} ${name} ${owner_id}`)).toEqual([
      "A Albion Fresh ana",
      "B Bramley Stores ana",
      "C Cormorant Hyper ana",
      "D Delphi Discount ben",
      "E Estuary Express ben",
      "F Fairway Online ben",
      "G Galleon Cash & Carry chloe",
      "H Harbour Pet & Home chloe",
    ]);
    expect(await all("SELECT id, role FROM person WHERE id <> 'system' ORDER BY id")).toEqual([
      { id: "ana", role: "kam" },
      { id: "ben", role: "kam" },
      { id: "chloe", role: "kam" },
      { id: "dan", role: "manager" },
      { id: "eva", role: "finance" },
    ]);
    expect(
      await all(
        "SELECT c.name AS c, group_concat(b.name, ', ' ORDER BY b.id) AS b FROM brand b JOIN category c ON c.id = b.category_id GROUP BY c.id",
      ),
    ).toEqual([
      { c: "Coffee", b: "Kestrel, Morning Row" },
      { c: "Ice cream", b: "Polar Lane, Gelato Nove" },
      { c: "Pet food", b: "Bramble & Paw, Tailwind" },
      { c: "Laundry", b: "Clearwater, Lintel" },
    ]);
    expect(
      await one(
        "SELECT count(*) FROM account WHERE id NOT IN (SELECT account_id FROM contact WHERE influence = 'decides')",
      ),
    ).toBe(0);
    expect(await all("SELECT name FROM account WHERE calendar = 'nrf454'")).toEqual([{ name: "Cormorant Hyper" }]);
  });

  it("has contracts as they should be, now and a year ahead", async () => {
    for (const date of [addDays(today, -900), today, addDays(today, 365)])
      expect(await one(`SELECT count(*) FROM contract WHERE '${date}' BETWEEN start AND "end"`)).toBe(8);
    expect(
      await one(
        "SELECT count(*) FROM contract WHERE max_discount NOT BETWEEN 0.3 AND 0.4 OR notice_days NOT IN (14, 21)",
      ),
    ).toBe(0);
    expect(
      await one(
        "SELECT count(*) FROM contract WHERE id NOT IN (SELECT contract_id FROM contract_mechanic WHERE mechanic = 'tpr')",
      ),
    ).toBe(0);
    const years = Number(today.slice(0, 4)) + 1 - Number(addDays(mondayOf(today), -156 * 7).slice(0, 4)) + 1;
    expect(
      await one(`SELECT count(*) FROM contract_blackout WHERE start LIKE '%-11-27' AND "end" LIKE '%-12-24'`),
    ).toBe(8 * years);
  });

  it("has 44 products in two or three sizes a brand, one launched within the year and one delisted", async () => {
    const brands = await all<{ n: number; sizes: number }>(
      "SELECT count(*) AS n, count(DISTINCT pack_size || pack_unit) AS sizes FROM product GROUP BY brand_id",
    );
    expect(brands.map(({ n }) => n).sort()).toEqual([5, 5, 5, 5, 6, 6, 6, 6]);
    for (const { sizes } of brands) expect([2, 3]).toContain(sizes);
    const launched = await all<{ launched: string }>("SELECT launched FROM product WHERE launched IS NOT NULL");
    expect(launched).toHaveLength(1);
    expect(daysBetween(launched[0]!.launched, today)).toBeLessThan(365);
    expect(await one(`SELECT count(*) FROM product WHERE delisted < '${today}'`)).toBe(1);
    expect(await one("SELECT count(*) FROM product WHERE delisted IS NOT NULL")).toBe(1);
    expect(
      await one(
        "SELECT count(*) FROM sales_week s JOIN product p ON p.id = s.product_id WHERE s.week > p.delisted OR s.week < p.launched",
      ),
    ).toBe(0);
  });

  it("lists products of every brand everywhere, never all of them, and two categories at Harbour", async () => {
    const listed = await all<{ name: string; products: number; brands: number; categories: string }>(
      `SELECT a.name, count(*) AS products, count(DISTINCT p.brand_id) AS brands, group_concat(DISTINCT c.name) AS categories FROM listing l
       JOIN account a ON a.id = l.account_id JOIN product p ON p.id = l.product_id JOIN brand b ON b.id = p.brand_id JOIN category c ON c.id = b.category_id GROUP BY a.id`,
    );
    for (const { name, products, brands, categories } of listed) {
      if (name.startsWith("Harbour")) expect([brands, categories]).toEqual([4, "Pet food,Laundry"]);
      else expect(brands).toBe(8);
      expect(products).toBeLessThan(44);
    }
    expect(await one("SELECT count(*) FROM product WHERE id NOT IN (SELECT product_id FROM listing)")).toBe(0);
  });

  it("holds 156 full weeks up to the last Sunday before today", async () => {
    const lastSunday = addDays(summary.weeks.to, 6);
    expect(weekday(summary.weeks.to)).toBe(1);
    expect(lastSunday < today && daysBetween(lastSunday, today) <= 7).toBe(true);
    expect(await one("SELECT count(DISTINCT week) FROM sales_week")).toBe(156);
    for (const table of ["shipment_week", "truth_baseline"])
      expect(await one(`SELECT count(*) FROM ${table}`)).toBe(summary.salesRows);
    expect(await one("SELECT count(*) FROM category_week")).toBe(156 * (7 * 4 + 2));
    expect(
      await one(
        "SELECT count(*) FROM category_week WHERE abs(own_share + competitor_share + private_label_share - 1) > 0.0002 OR own_share < 0.03 OR private_label_share < 0.015",
      ),
    ).toBe(0);
    // No series has a hole.
    expect(
      await one(
        "SELECT count(*) FROM (SELECT 1 FROM sales_week GROUP BY account_id, product_id HAVING (julianday(max(week)) - julianday(min(week))) / 7 + 1 <> count(*))",
      ),
    ).toBe(0);
  });

  it("sells at prices and volumes that a person would believe", async () => {
    expect(await one("SELECT count(*) FROM sales_week WHERE units <> round(units) OR units < 1")).toBeLessThan(5);
    expect(await one("SELECT count(*) FROM sales_week WHERE price > base_price OR price < 0.6 * base_price")).toBe(0);
    expect(
      await one(
        "SELECT count(*) FROM sales_week WHERE promoted = 0 AND (price <> base_price OR feature > 0 OR display > 0)",
      ),
    ).toBe(0);
    // Everyday retailer margin, on the price without tax.
    const margins = await all<{ low: number; high: number }>(
      `SELECT min(1 - p.list_price_minor / 100.0 / (s.base_price / (1 + a.vat_rate))) AS low, max(1 - p.list_price_minor / 100.0 / (s.base_price / (1 + a.vat_rate))) AS high
       FROM sales_week s JOIN product p ON p.id = s.product_id JOIN account a ON a.id = s.account_id`,
    );
    expect(margins[0]!.low).toBeGreaterThan(0.02);
    expect(margins[0]!.high).toBeLessThan(0.5);
    expect(
      await one(
        "SELECT count(*) FROM product WHERE cost_minor NOT BETWEEN 0.35 * list_price_minor AND 0.5 * list_price_minor",
      ),
    ).toBe(0);
    expect(await one("SELECT avg(out_of_stock > 0) FROM sales_week")).toBeGreaterThan(0.004);
    expect(await one("SELECT avg(out_of_stock > 0) FROM sales_week")).toBeLessThan(0.03);
    // What is shipped is what is sold, in the long run.
    const ratio = await one(
      "SELECT sum(s.units) / sum(v.units) FROM shipment_week s JOIN sales_week v USING (account_id, product_id, week)",
    );
    expect(ratio).toBeGreaterThan(0.97);
    expect(ratio).toBeLessThan(1.03);
  });

  it("has some 300 past promotions of one brand each, of every mechanic and payment", async () => {
    expect(summary.promotions.past).toBeGreaterThan(270);
    expect(summary.promotions.past).toBeLessThan(345);
    expect(await one(`SELECT count(*) FROM v_promotion WHERE brand IS NULL`)).toBe(0);
    for (const [column, kinds] of [
      ["mechanic", 5],
      ["payment", 6],
    ] as const) {
      const rows = await all<{ n: number }>(`SELECT count(*) AS n FROM promotion WHERE ${past} GROUP BY ${column}`);
      expect(rows).toHaveLength(kinds);
      for (const { n } of rows) expect(n).toBeGreaterThanOrEqual(4);
    }
    const combos = await all<{ n: number }>(
      `SELECT count(*) AS n FROM v_promotion WHERE ${past} GROUP BY account_id, brand_id`,
    );
    expect(combos).toHaveLength(7 * 8 + 4);
    expect(Math.min(...combos.map(({ n }) => n))).toBeGreaterThanOrEqual(3);
    const lately = await all<{ n: number }>(
      `SELECT count(*) AS n FROM promotion WHERE ${past} AND "end" >= '${addDays(today, -365)}' GROUP BY account_id`,
    );
    expect(lately).toHaveLength(8);
    expect(Math.min(...lately.map(({ n }) => n))).toBeGreaterThanOrEqual(5);
    // Depths differ enough at the account and brand of the seed question for an answer.
    expect(
      await one(
        `SELECT count(*) FROM (SELECT discount FROM v_promotion WHERE ${past} AND account = 'Bramley Stores' AND brand = 'Kestrel' AND mechanic = 'tpr' GROUP BY discount HAVING count(*) >= 1)`,
      ),
    ).toBeGreaterThanOrEqual(4);
  });

  it("keeps contracts, windows and the shelf: notice, blackout, depth, mechanics, whole weeks, no clash", async () => {
    expect(
      await one(
        `SELECT count(*) FROM promotion q JOIN contract c ON c.account_id = q.account_id AND q.start BETWEEN c.start AND c."end" WHERE julianday(q.start) - julianday(q.created_at) < c.notice_days`,
      ),
    ).toBe(0);
    expect(
      await one(
        `SELECT count(*) FROM promotion q JOIN contract c ON c.account_id = q.account_id JOIN contract_blackout b ON b.contract_id = c.id WHERE q.start <= b."end" AND q."end" >= b.start`,
      ),
    ).toBe(0);
    expect(
      await one(
        `SELECT count(*) FROM promotion q JOIN contract c ON c.account_id = q.account_id WHERE coalesce(q.discount, (1.0 - 1.0 * q.pay_n / q.get_n) * q.redemption) > c.max_discount + 1e-9`,
      ),
    ).toBe(0);
    expect(
      await one(
        `SELECT count(*) FROM promotion q JOIN contract c ON c.account_id = q.account_id WHERE NOT EXISTS (SELECT 1 FROM contract_mechanic m WHERE m.contract_id = c.id AND m.mechanic = q.mechanic)`,
      ),
    ).toBe(0);
    const windows = await all<{ start: string; end: string }>('SELECT start, "end" FROM promotion');
    for (const { start, end } of windows) expect([weekday(start), weekday(end)]).toEqual([1, 7]);
    const clash = `FROM promotion q JOIN promotion_line l ON l.promotion_id = q.id JOIN promotion r ON r.account_id = q.account_id AND r.id > q.id JOIN promotion_line k ON k.promotion_id = r.id AND k.product_id = l.product_id WHERE q.${live} AND r.${live} AND`;
    expect(await one(`SELECT count(*) ${clash} q.start <= r."end" AND r.start <= q."end"`)).toBe(0);
    const close = await one(
      `SELECT count(DISTINCT r.id) ${clash} julianday(r.start) - julianday(q."end") BETWEEN 0 AND 21`,
    );
    expect(close).toBeLessThanOrEqual(6);
    expect(
      await one(
        `SELECT count(*) FROM promotion q JOIN promotion_line l ON l.promotion_id = q.id WHERE NOT EXISTS (SELECT 1 FROM listing g WHERE g.account_id = q.account_id AND g.product_id = l.product_id AND g.start <= q.start AND coalesce(g."end", '9999') >= q."end")`,
      ),
    ).toBe(0);
  });

  it("has about 20 that run or are planned, by their KAMs, none past the end of the next quarter", async () => {
    const { running, planned } = summary.promotions;
    expect(running + planned).toBeGreaterThanOrEqual(17);
    expect(running + planned).toBeLessThanOrEqual(23);
    const inBlackout =
      (await one(
        `SELECT count(*) FROM contract_blackout WHERE start <= '${addDays(mondayOf(today), 6)}' AND "end" >= '${mondayOf(today)}'`,
      )) > 0;
    if (!inBlackout) expect(running).toBeGreaterThanOrEqual(1);
    for (const status of ["approved", "submitted", "draft"])
      expect(await one(`SELECT count(*) FROM promotion WHERE status = '${status}'`)).toBeGreaterThanOrEqual(2);
    expect(await one(`SELECT count(*) FROM promotion WHERE "end" > '${nextQuarter(today).to}'`)).toBe(0);
    expect(
      await one(`SELECT count(*) FROM promotion WHERE status = 'running' AND NOT '${today}' BETWEEN start AND "end"`),
    ).toBe(0);
    expect(
      await one(
        `SELECT count(*) FROM promotion WHERE status IN ('approved', 'submitted', 'draft') AND start <= '${today}'`,
      ),
    ).toBe(0);
    expect(await one(`SELECT count(*) FROM promotion WHERE ${past} AND "end" >= '${today}'`)).toBe(0);
    expect(
      await one(
        "SELECT count(*) FROM promotion q JOIN account a ON a.id = q.account_id WHERE q.created_by <> a.owner_id",
      ),
    ).toBe(0);
    expect(
      await one(`SELECT count(DISTINCT created_by) FROM promotion WHERE status IN ('approved', 'submitted', 'draft')`),
    ).toBe(3);
    expect(await one(`SELECT count(*) FROM promotion_history WHERE at > '${today}'`)).toBe(0);
    expect(
      await one(
        "SELECT count(*) FROM promotion q WHERE status <> (SELECT to_status FROM promotion_history h WHERE h.promotion_id = q.id ORDER BY id DESC LIMIT 1)",
      ),
    ).toBe(0);
    expect(
      await one(
        "SELECT count(*) FROM promotion_history h JOIN promotion_history g ON g.promotion_id = h.promotion_id AND g.id = h.id + 1 WHERE g.from_status <> h.to_status OR g.at < h.at",
      ),
    ).toBe(0);
  });

  it("books spend in one state each, with room in the funds to the end of next year", async () => {
    expect(
      await one("SELECT count(*) FROM (SELECT 1 FROM promotion_spend GROUP BY promotion_id HAVING count(*) > 1)"),
    ).toBe(0);
    const state =
      "CASE status WHEN 'draft' THEN 'planned' WHEN 'submitted' THEN 'planned' WHEN 'approved' THEN 'committed' WHEN 'running' THEN 'committed' WHEN 'ended' THEN 'accrued' ELSE 'settled' END";
    expect(
      await one(
        `SELECT count(*) FROM promotion q LEFT JOIN promotion_spend s ON s.promotion_id = q.id WHERE q.${live} AND (s.state IS NULL OR s.state <> ${state} OR s.amount_minor <= 0)`,
      ),
    ).toBe(0);
    expect(
      await one(
        'SELECT count(*) FROM promotion_spend s JOIN promotion q ON q.id = s.promotion_id JOIN fund f ON f.id = s.fund_id WHERE f.account_id <> q.account_id OR q.start NOT BETWEEN f.start AND f."end"',
      ),
    ).toBe(0);
    expect(await one(`SELECT count(*) FROM v_budget WHERE "left" < 0.02 * amount`)).toBe(0);
    expect(
      await one(
        `SELECT count(*) FROM v_budget WHERE period LIKE '${Number(today.slice(0, 4)) + 1}%' AND "left" > 0.5 * amount AND "left" > 30000`,
      ),
    ).toBe(8);
  });

  it("pays by the unit or in one sum, and agrees with its allowances", async () => {
    const unit = "payment IN ('off_invoice', 'bill_back', 'scan_back')";
    expect(
      await one(
        `SELECT count(*) FROM promotion q JOIN promotion_line l ON l.promotion_id = q.id WHERE (${unit}) <> (l.allowance_minor > 0)`,
      ),
    ).toBe(0);
    expect(await one(`SELECT count(*) FROM promotion WHERE NOT (${unit}) AND fixed_spend_minor = 0`)).toBe(0);
    const wrong = await one(
      `SELECT count(*) FROM promotion q JOIN promotion_spend s ON s.promotion_id = q.id
       JOIN (SELECT l.promotion_id, sum(l.allowance_minor * w.units) AS byUnit FROM promotion_line l JOIN promotion q ON q.id = l.promotion_id
         JOIN sales_week w ON w.account_id = q.account_id AND w.product_id = l.product_id AND w.week BETWEEN q.start AND q."end" GROUP BY 1) u ON u.promotion_id = q.id
       WHERE q.${past} AND q.payment <> 'off_invoice' AND abs(s.amount_minor - q.fixed_spend_minor - u.byUnit) > 1`,
    );
    expect(wrong).toBe(0);
    const forward = await all<{ payment: string; ratio: number }>(
      `SELECT CASE WHEN q.payment = 'off_invoice' THEN 'off' ELSE 'other' END AS payment, sum(h.units) / sum(w.units) AS ratio FROM promotion q JOIN promotion_line l ON l.promotion_id = q.id
       JOIN sales_week w ON w.account_id = q.account_id AND w.product_id = l.product_id AND w.week BETWEEN q.start AND q."end"
       JOIN shipment_week h ON h.account_id = w.account_id AND h.product_id = w.product_id AND h.week = date(w.week, '-7 days') WHERE q.${past} GROUP BY 1 ORDER BY 1`,
    );
    // Forward buying: where the invoice is cut, more is shipped into the buy-in window than is sold on promotion.
    expect(forward[0]!.ratio).toBeGreaterThan(1.08 * forward[1]!.ratio);
  });

  it("has claims: paid, open, above what was agreed, without proof, and for nothing", async () => {
    expect(
      await one("SELECT count(*) FROM claim WHERE status = 'paid' AND settled_minor = amount_minor"),
    ).toBeGreaterThan(100);
    const open = "status = 'open'";
    expect(await one(`SELECT count(*) FROM claim WHERE ${open}`)).toBeGreaterThanOrEqual(4);
    expect(await one(`SELECT count(*) FROM claim WHERE ${open} AND promotion_id IS NULL`)).toBe(2);
    expect(await one(`SELECT count(*) FROM claim WHERE ${open} AND kind = 'deduction'`)).toBeGreaterThanOrEqual(1);
    expect(
      await one(`SELECT count(*) FROM claim WHERE ${open} AND promotion_id IS NOT NULL AND reference IS NULL`),
    ).toBeGreaterThanOrEqual(1);
    expect(
      await one(
        `SELECT count(*) FROM claim c JOIN promotion_spend s USING (promotion_id) WHERE c.${open} AND c.amount_minor > 1.05 * s.amount_minor`,
      ),
    ).toBeGreaterThanOrEqual(1);
    expect(await one(`SELECT count(*) FROM claim WHERE date > '${today}' OR decided_at > '${today}'`)).toBe(0);
    // A closed promotion is settled for what was paid.
    expect(
      await one(
        "SELECT count(*) FROM claim c JOIN promotion q ON q.id = c.promotion_id JOIN promotion_spend s ON s.promotion_id = q.id WHERE q.status = 'closed' AND c.settled_minor <> s.amount_minor",
      ),
    ).toBe(0);
  });

  it("has visits, talks, signals and holidays, none of them reported after today", async () => {
    expect(summary.visits).toBeGreaterThan(500);
    expect(await one(`SELECT count(*) FROM visit WHERE date > '${today}'`)).toBe(0);
    expect(await one(`SELECT count(*) FROM activity WHERE date > '${today}'`)).toBe(0);
    expect(await one("SELECT count(*) FROM activity WHERE next_step IS NOT NULL")).toBeGreaterThan(8);
    expect(await one(`SELECT count(*) FROM signal WHERE reported > '${today}' OR source = ''`)).toBe(0);
    expect((await all<{ kind: string }>("SELECT DISTINCT kind FROM signal")).length).toBe(5);
    expect(await one(`SELECT count(DISTINCT country) FROM holiday WHERE date > '${addDays(today, 300)}'`)).toBe(4);
  });
});
