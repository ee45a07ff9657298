import { z } from "zod";
import type { Period } from "../../../data/common/dates.ts";
import { toMajor, toMinor } from "../../../data/common/money.ts";
import { type PromotionDraft, windowsOf } from "../../../data/promotions/draft.ts";
import { isoDate, mechanic, payment, period } from "../../args.ts";
import type { PromotionSpec } from "../../forecasts/types.ts";
import type { Expected } from "./forecaster.ts";

const nullableNumber = z.number().nullable();
const line = z.object({
  product: z.string(),
  product_id: z.number().int(),
  /** Major units a promoted unit, ex tax. */
  allowance: z.number(),
  units: nullableNumber,
  baseline: nullableNumber,
});

/** A draft as plain JSON that waits for a yes: readable by names, complete by ids. */
const changeSchema = z.object({
  account: z.string(),
  account_id: z.number().int(),
  products: z.array(z.string()),
  product_ids: z.array(z.number().int()),
  start: isoDate,
  end: isoDate,
  mechanic,
  discount: nullableNumber,
  price_off: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  get: nullableNumber,
  pay: nullableNumber,
  redemption: nullableNumber,
  depth: nullableNumber,
  feature: z.boolean(),
  display: z.boolean(),
  payment,
  fixed_spend: z.number(),
  currency: z.string(),
  note: z.string().nullable(),
  name: z.string(),
  series: z.string().nullable(),
  fund: z.string().nullable(),
  spend: nullableNumber,
  /** The windows that somebody gave; what is null follows from the dates. */
  windows: z.object({ buy_in: period.nullable(), scan: period.nullable() }).default({ buy_in: null, scan: null }),
  /** Units that a person plans with instead of the forecast. */
  planned_units: nullableNumber.default(null),
  lines: z.array(line),
});
export type Change = z.output<typeof changeSchema>;

/** A draft in words and ids; `expected` is what the forecast says, for whoever reads it. */
export function changeOf(
  draft: PromotionDraft,
  names: {
    readonly account: string;
    readonly products: readonly { id: number; name: string }[];
    readonly fund: string | null;
  },
  expected: Expected | null,
): Change & { readonly buy_in: Period; readonly expected: Expected | null } {
  const nameOf = (id: number): string => names.products.find((p) => p.id === id)?.name ?? String(id);
  return {
    account: names.account,
    account_id: draft.account_id,
    products: draft.lines.map((l) => nameOf(l.product_id)),
    product_ids: draft.lines.map((l) => l.product_id),
    start: draft.start,
    end: draft.end,
    mechanic: draft.mechanic,
    discount: draft.discount,
    price_off:
      draft.price_off_minor === null ? null : { amount: toMajor(draft.price_off_minor), currency: draft.currency },
    get: draft.get,
    pay: draft.pay,
    redemption: draft.redemption,
    depth: draft.depth,
    feature: draft.feature,
    display: draft.display,
    payment: draft.payment,
    fixed_spend: toMajor(draft.fixed_spend_minor),
    currency: draft.currency,
    note: draft.note,
    name: draft.name,
    series: draft.series,
    fund: names.fund,
    spend: draft.spend_minor === null ? null : toMajor(draft.spend_minor),
    buy_in: windowsOf(draft).buyIn,
    windows: { buy_in: draft.buy_in, scan: draft.scan },
    planned_units: draft.own_units,
    lines: draft.lines.map((l) => ({
      product: nameOf(l.product_id),
      product_id: l.product_id,
      allowance: toMajor(l.allowance_minor),
      units: l.planned_units,
      baseline: l.planned_baseline,
    })),
    expected,
  };
}

/** What may differ between two versions of a draft, as a reply names it. */
const FIELDS = {
  dates: ["start", "end"],
  windows: ["windows"],
  products: ["product_ids"],
  offer: ["mechanic", "discount", "price_off", "get", "pay"],
  support: ["feature", "display"],
  payment: ["payment"],
  fixed_spend: ["fixed_spend"],
  planned_units: ["planned_units"],
  note: ["note"],
} as const;

type Version = ReturnType<typeof changeOf>;

export const differing = (before: Version, after: Version): (keyof typeof FIELDS)[] =>
  (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((field) =>
    FIELDS[field].some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])),
  );

/** What of a draft a forecast is made of. */
export const specOfDraft = (draft: PromotionDraft): PromotionSpec => ({
  account_id: draft.account_id,
  product_ids: draft.lines.map((line) => line.product_id),
  start: draft.start,
  end: draft.end,
  mechanic: draft.mechanic,
  discount: draft.discount,
  price_off: draft.price_off_minor === null ? null : toMajor(draft.price_off_minor),
  get: draft.get,
  pay: draft.pay,
  feature: draft.feature,
  display: draft.display,
  payment: draft.payment,
  fixed_spend: toMajor(draft.fixed_spend_minor),
});

/** The draft that a change stands for. @throws ZodError where the change is not one of ours */
export function draftOfChange(change: Readonly<Record<string, unknown>>): PromotionDraft {
  const c = changeSchema.parse(change);
  return Object.freeze({
    account_id: c.account_id,
    name: c.name,
    series: c.series,
    mechanic: c.mechanic,
    discount: c.discount,
    price_off_minor: c.price_off === null ? null : toMinor(c.price_off.amount),
    get: c.get,
    pay: c.pay,
    redemption: c.redemption,
    depth: c.depth,
    feature: c.feature,
    display: c.display,
    payment: c.payment,
    fixed_spend_minor: toMinor(c.fixed_spend),
    currency: c.currency,
    start: c.start,
    end: c.end,
    ...c.windows,
    note: c.note,
    lines: c.lines.map((l) => ({
      product_id: l.product_id,
      allowance_minor: Math.round(l.allowance * 1e4) / 100,
      planned_units: l.units,
      planned_baseline: l.baseline,
    })),
    own_units: c.planned_units,
    spend_minor: c.spend === null ? null : toMinor(c.spend),
  });
}
