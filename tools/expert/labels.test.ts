import { describe, expect, it } from "vitest";
import { labelsOf } from "./labels.ts";
import type { Resolved } from "./resolved.ts";

const one = (account: string, wish: Record<string, unknown> = {}): Resolved =>
  ({
    account: { name: account, currency: "EUR" },
    wish: {
      products: [{ brand: "Kestrel" }],
      offer: { mechanic: "tpr", discount: 0.2, price_off: null, get: null, pay: null },
      start: "2027-05-03",
      end: "2027-05-16",
      display: false,
      feature: false,
      payment: "scan_back",
      fixed_spend_minor: 0,
      ...wish,
    },
  }) as unknown as Resolved;
const names = (all: Resolved[]) => labelsOf(all, [null, null]);

describe("labelsOf", () => {
  it("names what differs, and not the payment that follows from the account", () => {
    expect(names([one("Albion Fresh"), one("Bramley Stores", { payment: "bill_back" })])).toEqual([
      "Albion Fresh",
      "Bramley Stores",
    ]);
    expect(names([one("Albion Fresh", { display: true }), one("Albion Fresh")])).toEqual([
      "with display",
      "without support",
    ]);
  });

  it("names the payment where nothing else differs, and a repeat as such", () => {
    expect(names([one("Albion Fresh"), one("Albion Fresh", { payment: "bill_back" })])).toEqual([
      "scan-back",
      "bill-back",
    ]);
    const [first, again] = names([one("Albion Fresh"), one("Albion Fresh")]);
    expect(again).toBe(`${first} (again)`);
  });
});
