/** What each kind of file can hold: our fields, their types and which a row cannot do without. docs/import.md lists the same. */

export const KINDS = [
  "sales",
  "promotions",
  "accounts",
  "products",
  "contracts",
  "contacts",
  "plans",
  "shipments",
  "orders",
  "funds",
  "claims",
  "stores",
  "visits",
  "signals",
] as const;
export type KindName = (typeof KINDS)[number];

/**
 * name, code, text: trimmed text, ever longer · money: minor units, an integer · allowance: minor units, not rounded · price: major units, above 0 ·
 * quantity: 0 or more · rate: a fraction from 0 to under 1 · share: a fraction from 0 to 1, or yes/no · integer · number: any ·
 * flag: 0 or 1 · date, week: ISO text · choice: one of a few words · list: texts parted by `;` or `|`.
 */
export type FieldType =
  | "name"
  | "code"
  | "text"
  | "money"
  | "allowance"
  | "price"
  | "quantity"
  | "rate"
  | "share"
  | "integer"
  | "number"
  | "flag"
  | "date"
  | "week"
  | "choice"
  | "list";

export interface Field {
  readonly type: FieldType;
  readonly required?: true;
  /** What an empty cell means, where the store has no null for it. */
  readonly empty?: number;
  /** Whether the store keeps this amount with or without sales tax. */
  readonly tax?: "incl" | "excl";
  readonly choices?: readonly string[];
}

const PAYMENTS = ["off_invoice", "bill_back", "scan_back", "lump_sum", "slotting", "mdf"] as const;
export const MECHANICS = ["tpr", "multibuy", "loyalty_price", "coupon", "edlp"] as const;
const STATES = ["draft", "submitted", "approved", "running", "ended", "closed", "cancelled"] as const;

export const FIELDS = {
  sales: {
    account: { type: "name", required: true },
    product: { type: "name", required: true },
    week: { type: "week", required: true },
    units: { type: "quantity", required: true },
    value: { type: "money", tax: "incl" },
    net_sales: { type: "money", tax: "excl" },
    price: { type: "price", tax: "incl" },
    base_price: { type: "price", tax: "incl" },
    base_units: { type: "quantity" },
    base_value: { type: "money", tax: "incl" },
    promoted: { type: "flag", empty: 0 },
    feature: { type: "share", empty: 0 },
    display: { type: "share", empty: 0 },
    distribution: { type: "share" },
    out_of_stock: { type: "share", empty: 0 },
    product_code: { type: "code" },
    brand: { type: "name" },
    category: { type: "name" },
  },
  shipments: {
    account: { type: "name", required: true },
    product: { type: "name", required: true },
    week: { type: "week", required: true },
    units: { type: "quantity", required: true },
    ordered: { type: "quantity" },
  },
  orders: {
    order: { type: "code", required: true },
    account: { type: "name", required: true },
    product: { type: "name", required: true },
    requested: { type: "date", required: true },
    ordered: { type: "quantity", required: true },
    line: { type: "code" },
    source: { type: "choice", choices: ["erp", "dms", "b2b_shop"] },
    promotion: { type: "code" },
    ordered_on: { type: "date" },
    confirmed: { type: "date" },
    confirmed_units: { type: "quantity" },
    delivered: { type: "quantity", empty: 0 },
    status: { type: "choice", choices: ["open", "closed", "cancelled"] },
  },
  accounts: {
    name: { type: "name", required: true },
    code: { type: "code" },
    aliases: { type: "list" },
    channel: { type: "name" },
    country: { type: "code" },
    currency: { type: "code" },
    vat_rate: { type: "rate", empty: 0 },
    calendar: { type: "choice", choices: ["iso", "nrf454", "own"] },
    own_week1: { type: "date" },
    owner: { type: "name" },
  },
  products: {
    name: { type: "name", required: true },
    code: { type: "code" },
    brand: { type: "name", required: true },
    category: { type: "name" },
    pack_size: { type: "quantity" },
    pack_unit: { type: "code" },
    units_per_case: { type: "integer" },
    cost: { type: "money", tax: "excl" },
    list_price: { type: "money", tax: "excl" },
    currency: { type: "code" },
    launched: { type: "date" },
    delisted: { type: "date" },
  },
  contracts: {
    account: { type: "name", required: true },
    start: { type: "date", required: true },
    end: { type: "date", required: true },
    max_discount: { type: "rate", required: true },
    off_invoice_rate: { type: "rate", empty: 0 },
    rebate_rate: { type: "rate", empty: 0 },
    payment_days: { type: "integer", empty: 30 },
    usual_payment: { type: "choice", choices: PAYMENTS },
    notice_days: { type: "integer", empty: 14 },
    mechanics: { type: "list", choices: MECHANICS },
    blackouts: { type: "list" },
    bonus_tiers: { type: "list" },
    lump_sums: { type: "list" },
  },
  contacts: {
    account: { type: "name", required: true },
    name: { type: "name", required: true },
    title: { type: "name", required: true },
    influence: { type: "choice", required: true, choices: ["decides", "influences", "informed"] },
    email: { type: "name" },
  },
  plans: {
    account: { type: "name", required: true },
    month: { type: "code", required: true },
    gross_sales: { type: "money", tax: "excl", required: true },
    units: { type: "quantity" },
    off_invoice: { type: "money", tax: "excl" },
    promotion_spend: { type: "money", tax: "excl" },
    terms: { type: "money", tax: "excl" },
    cost: { type: "money", tax: "excl" },
  },
  promotions: {
    code: { type: "code", required: true },
    account: { type: "name", required: true },
    name: { type: "name", required: true },
    mechanic: { type: "choice", required: true, choices: MECHANICS },
    payment: { type: "choice", required: true, choices: PAYMENTS },
    start: { type: "date", required: true },
    end: { type: "date", required: true },
    product: { type: "name" },
    products: { type: "list" },
    discount: { type: "rate" },
    price_off: { type: "money", tax: "incl" },
    get: { type: "integer" },
    pay: { type: "integer" },
    redemption: { type: "share" },
    feature: { type: "flag", empty: 0 },
    display: { type: "flag", empty: 0 },
    fixed_spend: { type: "money", tax: "excl", empty: 0 },
    currency: { type: "code" },
    status: { type: "choice", choices: STATES },
    series: { type: "code" },
    buy_in_start: { type: "date" },
    buy_in_end: { type: "date" },
    scan_start: { type: "date" },
    scan_end: { type: "date" },
    note: { type: "text" },
    allowance: { type: "allowance", tax: "excl", empty: 0 },
    planned_units: { type: "quantity" },
    planned_baseline: { type: "quantity" },
  },
  funds: {
    name: { type: "name", required: true },
    start: { type: "date", required: true },
    end: { type: "date", required: true },
    account: { type: "name" },
    amount: { type: "money" },
    rate: { type: "rate" },
    currency: { type: "code" },
    brand: { type: "name" },
    category: { type: "name" },
    parent: { type: "name" },
  },
  claims: {
    code: { type: "code", required: true },
    account: { type: "name", required: true },
    amount: { type: "money", required: true },
    date: { type: "date", required: true },
    promotion: { type: "code" },
    kind: { type: "choice", choices: ["claim", "deduction"] },
    currency: { type: "code" },
    status: { type: "choice", choices: ["open", "paid", "part_paid", "disputed"] },
    settled: { type: "money" },
    decided_on: { type: "date" },
    reason: { type: "text" },
    reference: { type: "text" },
  },
  stores: {
    account: { type: "name", required: true },
    store: { type: "name", required: true },
    code: { type: "code" },
  },
  visits: {
    account: { type: "name", required: true },
    store: { type: "name", required: true },
    date: { type: "date", required: true },
    source: { type: "name" },
    external_id: { type: "code" },
    promotion: { type: "code" },
    product: { type: "name" },
    on_shelf: { type: "flag" },
    display_present: { type: "flag" },
    feature_present: { type: "flag" },
    price_seen: { type: "price", tax: "incl" },
    confidence: { type: "share" },
    facings: { type: "integer" },
    availability: { type: "share" },
    display_type: { type: "name" },
    photo: { type: "text" },
  },
  signals: {
    kind: {
      type: "choice",
      required: true,
      choices: ["competitor_promotion", "competitor_price", "category_price", "event", "news"],
    },
    start: { type: "date", required: true },
    text: { type: "text", required: true },
    source: { type: "name", required: true },
    end: { type: "date" },
    account: { type: "name" },
    category: { type: "name" },
    competitor: { type: "name" },
    value: { type: "number" },
    reported: { type: "date" },
  },
} as const satisfies Record<KindName, Record<string, Field>>;

type ValueOf<F extends Field> = F["type"] extends "list"
  ? readonly string[]
  : F extends { type: "choice"; choices: readonly (infer Choice)[] }
    ? Choice
    : F["type"] extends "name" | "code" | "text" | "date" | "week"
      ? string
      : number;

/** A row of a kind, checked: a field is absent where the mapping has no column for it, null where its cell was empty. */
export type RowOf<K extends KindName> = {
  readonly [N in keyof (typeof FIELDS)[K]]: (typeof FIELDS)[K][N] extends infer F extends Field
    ? F extends { required: true }
      ? ValueOf<F>
      : F extends { empty: number }
        ? ValueOf<F> | undefined
        : ValueOf<F> | null | undefined
    : never;
};

/** The fields of a kind, in order. */
export const fieldsOf = (kind: KindName): ReadonlyMap<string, Field> => new Map(Object.entries(FIELDS[kind]));
