import { z } from "zod";
import { isIsoDate } from "../data/common/dates.ts";
import { KamError } from "../data/common/errors.ts";
import { toMinor } from "../data/common/money.ts";

/** Argument pieces that several tools share; a model may send null for what it leaves out. */
const orNothing = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value): z.output<S> | undefined => value ?? undefined);

export const isoDate = z.string().refine(isIsoDate, "must be a date that exists, written YYYY-MM-DD");
export const accountRef = z.union([z.string().min(1), z.number().int()]).describe("account by id, name or alias");
export const productRef = z
  .union([
    z.string().min(1),
    z.number().int(),
    z.strictObject({ brand: z.string().min(1) }),
    z.strictObject({ category: z.string().min(1) }),
  ])
  .describe("product by id or name, or { brand } / { category } for the whole of one");
export const promotionRef = z
  .union([z.string().min(1), z.number().int()])
  .describe('promotion by id ("P-1042") or name');
export const period = z
  .strictObject({ from: isoDate, to: isoDate })
  .refine((p) => p.from <= p.to, "the period ends before it begins");
export const fraction = z.number().min(0).lt(1, "discounts and rates are fractions: 0.2 for 20 %");
export const money = z
  .union([z.number().min(0), z.strictObject({ amount: z.number().min(0), currency: z.string().length(3) })])
  .describe("major units, with currency");
export const mechanic = z.enum(["tpr", "multibuy", "loyalty_price", "coupon", "edlp"]);
export const payment = z.enum(["off_invoice", "bill_back", "scan_back", "lump_sum", "slotting", "mdf"]);
export const metric = z.enum([
  "net_roi",
  "gross_roi",
  "uplift",
  "incremental_units",
  "incremental_profit",
  "spend",
  "cost_per_incremental_unit",
  "subsidised_share",
  "cannibalised_units",
  "units",
  "net_sales",
]);
export const grouping = z.enum([
  "account",
  "category",
  "brand",
  "product",
  "mechanic",
  "support",
  "discount_band",
  "payment",
  "promotion",
  "month",
  "quarter",
  "year",
]);

export const optional = orNothing;

/** What a read leaves out though it would belong to it: "without Delphi", "but not multibuy". */
export const exclusion = z
  .strictObject({
    accounts: optional(z.array(accountRef).min(1)),
    products: optional(z.array(productRef).min(1)),
    mechanics: optional(z.array(mechanic).min(1)),
  })
  .describe("accounts, products (or whole brands and categories) and mechanics that are left out");
export type Exclusion = Partial<z.output<typeof exclusion>>;

/** Everything that describes a promotion; `create_promotion`, `forecast_promotion` and each scenario take it. */
export const promotionArgs = {
  account: optional(accountRef),
  products: optional(z.array(productRef)),
  start: optional(isoDate),
  end: optional(isoDate),
  mechanic: optional(mechanic),
  discount: optional(fraction),
  price_off: optional(z.strictObject({ amount: z.number().positive(), currency: z.string().length(3) })),
  get: optional(z.number().int().min(2).max(12)),
  pay: optional(z.number().int().min(1).max(11)),
  feature: optional(z.boolean()),
  display: optional(z.boolean()),
  payment: optional(payment),
  fixed_spend: optional(money),
  note: optional(z.string().max(2_000)),
};

/** @returns minor units @throws KamError bad_input where it is in another currency than the account's */
export function minorOf(amount: z.output<typeof money>, currency: string): number {
  if (typeof amount === "number") return toMinor(amount);
  if (amount.currency.toUpperCase() !== currency) throw otherCurrency(amount.currency, currency);
  return toMinor(amount.amount);
}

export const otherCurrency = (said: string, currency: string): KamError =>
  new KamError("bad_input", `The account is kept in ${currency}, not ${said}; name the amount in ${currency}.`, {
    currency,
  });
