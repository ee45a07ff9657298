import { expect, it } from "vitest";
import type { ShelfCheck } from "./execution.repo.ts";
import { executedShare, paidSupport } from "./paidSupport.ts";
import { proofOf } from "./proof.ts";
import { wilson } from "./wilson.ts";

let visits = 0;
/** A visit to a store with one check a product. */
const visit = (store: string, ...checks: Partial<ShelfCheck>[]): ShelfCheck[] => {
  const visit_id = ++visits;
  return checks.map((check, i) => ({
    ...{ promotion_id: 1, visit_id, store, date: "2026-03-05", source: "field sales", product_id: i, product: `P${i}` },
    ...{ display: 0, feature: null, on_shelf: 1, price_seen: null, confidence: null, display_type: null, photo: null },
    ...check,
  }));
};

it("gives Wilson's interval, within 0 and 1 at the ends", () => {
  // Brown, Cai, DasGupta (2001): 0 of 10 gives 0 to 0.278, 5 of 10 gives 0.237 to 0.763.
  expect(wilson(0, 10).low).toBeCloseTo(0, 9);
  expect(wilson(0, 10).high).toBeCloseTo(0.2775, 3);
  expect(wilson(5, 10)).toMatchObject({ low: expect.closeTo(0.2366, 3), high: expect.closeTo(0.7634, 3) });
  expect(wilson(10, 10)).toMatchObject({ low: expect.closeTo(0.7225, 3), high: 1 });
});

it("counts stores and not visits or products, of what somebody looked for", () => {
  const proof = proofOf([
    ...visit("A", { display: 0 }, { display: 1, on_shelf: 0 }),
    ...visit("B", { display: 0, feature: 0 }),
    ...visit("B", { display: 1, feature: 0 }),
    ...visit("C", { display: 0, feature: 1 }),
  ])!;
  expect(proof).toMatchObject({ stores: 3, visits: 4 });
  expect(proof.display).toMatchObject({ seen: 2, of: 3 });
  expect(proof.feature).toMatchObject({ seen: 1, of: 2 });
  expect(proof.on_shelf).toMatchObject({ seen: 2, of: 3 });
  expect(proof.price_right).toBeNull();
  expect(proof.products.map(({ product, stores }) => [product, stores])).toEqual([
    ["P0", 3],
    ["P1", 1],
  ]);
});

it("counts what image recognition is not sure of apart, and makes no proof of it alone", () => {
  const unsure = visit("D", { display: 1, confidence: 0.69, source: "image recognition" });
  const proof = proofOf([...visit("A", { display: 0, confidence: 0.7 }), ...unsure])!;
  expect(proof.display).toMatchObject({ seen: 0, of: 1 });
  expect(proof.unsure).toMatchObject({ visits: 1, stores: 1, display: { seen: 1, of: 1 } });
  expect(proofOf(unsure)).toBeNull();
});

it("takes a price as right up to the agreed one and a little above", () => {
  const checks = ["A", "B", "C"].flatMap((store, i) => visit(store, { price_seen: [1.99, 2.02, 2.03][i]! }));
  expect(proofOf(checks, () => 2)!.price_right).toMatchObject({ seen: 2, of: 3 });
  expect(proofOf(checks, () => null)!.price_right).toBeNull();
});

it("lays the fee evenly on the supports that are paid, and nothing on what nobody looked for", () => {
  const paid = { display: 1, feature: 1, fixed_spend: 1000 };
  const proof = proofOf([...visit("A", { display: 1 }), ...visit("B", { display: 0 })]);
  expect(paidSupport(paid, proof)).toMatchObject([
    { support: "display", fee: 500, not_executed: 250 },
    { support: "feature", fee: 500, seen: null, not_executed: null },
  ]);
  expect(executedShare(paid, proof)).toBe(0.5);
  expect(executedShare({ ...paid, display: 0 }, proof)).toBeNull();
  expect(executedShare({ ...paid, display: 0, feature: 0 }, proof)).toBe(1);
  expect(executedShare(paid, null)).toBeNull();
});
