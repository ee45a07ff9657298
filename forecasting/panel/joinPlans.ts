import type { Plan } from "../types.ts";

/** Two plans over the same drivers as one: the rows of the first, then those of the second. */
export function joinPlans(a: Plan, b: Plan): Plan {
  const ints = (x: Int32Array, y: Int32Array) => Int32Array.of(...x, ...y);
  const reals = (x: Float64Array, y: Float64Array) => Float64Array.of(...x, ...y);
  return {
    account: ints(a.account, b.account),
    product: ints(a.product, b.product),
    week: ints(a.week, b.week),
    price: reals(a.price, b.price),
    basePrice: reals(a.basePrice, b.basePrice),
    drivers: a.drivers.map((driver) => ({
      ...driver,
      values: reals(driver.values, b.drivers.find((other) => other.name === driver.name)!.values),
    })),
  };
}
