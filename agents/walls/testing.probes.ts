import type { Store } from "../../data/store/open.ts";

/** Something of one account by every name that it has. */
export interface Target {
  readonly account: { readonly id: number; readonly name: string; readonly owner: string | null };
  readonly names: readonly string[];
  readonly promotions: readonly { readonly id: number; readonly code: string; readonly name: string }[];
  readonly claims: readonly { readonly id: number; readonly code: string }[];
  readonly funds: readonly { readonly id: number; readonly name: string }[];
  readonly contact: string;
}

/** What stands in the store of each account. */
export async function targets(store: Store): Promise<Target[]> {
  const { db } = store;
  const accounts = await db
    .selectFrom("account as a")
    .leftJoin("person as p", "p.id", "a.owner_id")
    .select(["a.id", "a.name", "a.code", "p.name as owner"])
    .orderBy("a.id")
    .execute();
  const found: Target[] = [];
  for (const { code, ...account } of accounts) {
    const aliases = await db.selectFrom("account_alias").select("alias").where("account_id", "=", account.id).execute();
    const promotions = await db
      .selectFrom("promotion")
      .select(["id", "code", "name", "status"])
      .where("account_id", "=", account.id)
      .orderBy("start", "desc")
      .execute();
    const one = (status: string) => promotions.find((p) => p.status === status) ?? promotions[0]!;
    const claims = await db
      .selectFrom("claim")
      .select(["id", "code"])
      .where("account_id", "=", account.id)
      .orderBy("id", "desc")
      .limit(2)
      .execute();
    const funds = await db
      .selectFrom("fund")
      .select(["id", "name"])
      .where("account_id", "=", account.id)
      .orderBy("id", "desc")
      .limit(2)
      .execute();
    const contact = await db
      .selectFrom("contact")
      .select("name")
      .where("account_id", "=", account.id)
      .executeTakeFirst();
    found.push({
      account,
      names: [account.name, code, ...aliases.map((a) => a.alias)],
      promotions: [...new Set(["draft", "submitted", "approved", "running", "ended", "closed"].map(one))],
      claims,
      funds,
      contact: contact?.name ?? "the buyer",
    });
  }
  return found;
}

export interface Probe {
  readonly tool: string;
  readonly args: Record<string, unknown>;
}

const PERIOD = { from: "2025-11-22", to: "2026-11-20" };
const AHEAD = { start: "2027-03-01", end: "2027-03-14" };
const METRICS = [
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
];
const GROUPINGS = [
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
];
const REPORTS = ["calendar", "post_event", "account_review", "budget", "forecast_accuracy", "joint_business_plan"];
const GOODS = { products: [{ brand: "Kestrel" }], discount: 0.2 };

/** Every tool that takes an account, asked for one by some name of it. */
export function atAccount(account: string | number, { account: { name: own }, promotions }: Target): Probe[] {
  const draft = { account, ...GOODS, ...AHEAD };
  const mine = { ...draft, account: own };
  return [
    { tool: "account_profile", args: { account } },
    { tool: "account_review", args: { account, period: PERIOD } },
    { tool: "budget_status", args: { account } },
    { tool: "budget_status", args: { fund: account } },
    { tool: "budget_status", args: { account, period: { from: "2024-01-01", to: "2027-12-31" } } },
    { tool: "check_promotion", args: draft },
    { tool: "compare_promotions", args: { metric: "net_roi", by: "promotion", account } },
    { tool: "compare_promotions", args: { metric: "spend", by: "account", accounts: [own, account] } },
    { tool: "compare_responses", args: { driver: "price", by: "product", account } },
    { tool: "compare_responses", args: { driver: "display", by: "account", account } },
    { tool: "compare_scenarios", args: { scenarios: [mine, draft] } },
    { tool: "compare_scenarios", args: { scenarios: [draft, { ...draft, discount: 0.1 }] } },
    { tool: "copy_promotion", args: { promotion: promotions[0]!.code, account } },
    { tool: "create_promotion", args: draft },
    { tool: "create_promotion", args: { ...draft, account: undefined, accounts: [own, account] } },
    { tool: "discount_response", args: { account, product: { brand: "Kestrel" } } },
    {
      tool: "estimate_baseline",
      args: { account, product: { brand: "Kestrel" }, period: { from: AHEAD.start, to: AHEAD.end } },
    },
    { tool: "explain_result", args: { account, product: { brand: "Kestrel" }, period: PERIOD } },
    { tool: "find_activities", args: { account } },
    { tool: "find_activities", args: { account, text: "display", top: 100 } },
    { tool: "find_claims", args: { account } },
    { tool: "find_promotions", args: { account } },
    { tool: "find_promotions", args: { account, status: "draft" } },
    { tool: "find_risks", args: { account } },
    { tool: "forecast_accuracy", args: { account } },
    { tool: "forecast_promotion", args: draft },
    { tool: "get_promotion", args: { account } },
    { tool: "get_promotion", args: { account, product: { brand: "Kestrel" } } },
    { tool: "guide", args: { topic: "see the budget", account } },
    { tool: "log_activity", args: { account, kind: "call", date: "2026-11-20", text: "spoke" } },
    { tool: "market_signals", args: { account } },
    { tool: "category_view", args: { account } },
    { tool: "category_view", args: { account, category: "Laundry", period: PERIOD } },
    { tool: "assortment_gaps", args: { account } },
    { tool: "track_launches", args: { account } },
    { tool: "price_what_if", args: { account, product: { brand: "Clearwater" }, change: 0.05 } },
    { tool: "market_signals", args: { account, competitor: "Harrow Roast", period: PERIOD } },
    { tool: "ledger_entries", args: { account } },
    { tool: "ledger_entries", args: { account, period: PERIOD } },
    { tool: "set_fund", args: { account, brand: "Kestrel", amount: 100 } },
    { tool: "move_funds", args: { from: account, to: own, amount: 100 } },
    { tool: "move_funds", args: { from: own, to: account, amount: 100 } },
    {
      tool: "plan_promotions",
      args: {
        accounts: [own, account],
        products: [{ brand: "Kestrel" }],
        period: { from: "2027-01-01", to: "2027-03-31" },
        budget: 20_000,
      },
    },
    {
      tool: "plan_promotions",
      args: { accounts: [account], products: [{ brand: "Kestrel" }], period: { from: "2027-01-01", to: "2027-03-31" } },
    },
    { tool: "product_growth", args: { account } },
    { tool: "promotion_proof", args: { account } },
    { tool: "audit_trail", args: { account } },
    { tool: "find_policies", args: { account } },
    { tool: "match_claim", args: { account } },
    { tool: "find_visits", args: { account, period: PERIOD } },
    { tool: "product_growth", args: { account, product: { brand: "Kestrel" }, period: PERIOD } },
    { tool: "suggest_products", args: { account } },
    ...REPORTS.map((report) => ({
      tool: "make_report",
      args: { report, account, format: report === "calendar" ? "csv" : "page" },
    })),
  ];
}

/** Everything that has an id of its own, asked for by it. */
export function ofTarget(target: Target, { account: { name: own } }: Target): Probe[] {
  const promotions = target.promotions.flatMap(({ id, code, name }) =>
    [code, id, name, `${code}, ${name}`].flatMap((promotion) => [
      { tool: "get_promotion", args: { promotion } },
      { tool: "explain_result", args: { promotion } },
      { tool: "check_promotion", args: { promotion } },
      { tool: "find_claims", args: { promotion } },
      { tool: "promotion_proof", args: { promotion } },
      { tool: "ledger_entries", args: { promotion } },
      { tool: "find_visits", args: { promotion } },
      { tool: "audit_trail", args: { promotion } },
      { tool: "copy_promotion", args: { promotion } },
      { tool: "copy_promotion", args: { promotion, account: own } },
      { tool: "update_promotion", args: { promotion, discount: 0.1 } },
      { tool: "cancel_promotion", args: { promotion } },
      { tool: "submit_promotion", args: { promotion } },
      { tool: "decide_promotion", args: { promotion, decision: "reject", reason: "no" } },
    ]),
  );
  const claims = target.claims.flatMap(({ id, code }) =>
    [code, id].flatMap((claim) => [
      { tool: "find_claims", args: { claim } },
      { tool: "settle_claim", args: { claim, decision: "pay" } },
      { tool: "match_claim", args: { claim } },
      { tool: "claim_letter", args: { claim } },
      { tool: "settle_claim", args: { claim, decision: "dispute", reason: "no" } },
    ]),
  );
  const funds = target.funds.flatMap(({ id, name }) =>
    [id, `${target.account.name}, ${name}`, `${target.account.name} ${name}`].flatMap((fund) => [
      { tool: "budget_status", args: { fund } },
      { tool: "ledger_entries", args: { fund } },
      { tool: "set_fund", args: { fund, amount: 100 } },
      { tool: "move_funds", args: { from: fund, to: own, amount: 100 } },
      { tool: "move_funds", args: { from: own, to: fund, amount: 100 } },
    ]),
  );
  return [
    ...promotions,
    ...claims,
    ...funds,
    { tool: "find_promotions", args: { owner: target.account.owner, top: 50 } },
  ];
}

/** What names no account: rankings, sums over all, and whatever could be taken away from a sum. */
export function overAll(): Probe[] {
  return [
    ...METRICS.map((metric) => ({ tool: "compare_promotions", args: { metric, by: "account", period: PERIOD } })),
    ...GROUPINGS.map((by) => ({ tool: "compare_promotions", args: { metric: "net_roi", by } })),
    ...["category", "month", "product"].map((by) => ({
      tool: "compare_promotions",
      args: { metric: "units", by, period: PERIOD },
    })),
    { tool: "compare_promotions", args: { metric: "incremental_profit", by: "promotion", top: 50 } },
    { tool: "find_risks", args: {} },
    { tool: "market_signals", args: {} },
    { tool: "category_view", args: {} },
    { tool: "assortment_gaps", args: {} },
    { tool: "track_launches", args: {} },
    { tool: "market_signals", args: { category: "Coffee", period: PERIOD } },
    { tool: "market_signals", args: { competitor: "Harrow Roast", period: PERIOD } },
    { tool: "budget_status", args: {} },
    { tool: "budget_status", args: { fund: "Trade fund 2026" } },
    { tool: "budget_status", args: { period: { from: "2023-01-01", to: "2027-12-31" } } },
    { tool: "suggest_products", args: {} },
    { tool: "forecast_accuracy", args: {} },
    { tool: "forecast_accuracy", args: { mechanic: "tpr" } },
    { tool: "forecast_accuracy", args: { product: { brand: "Kestrel" } } },
    { tool: "discount_response", args: {} },
    { tool: "discount_response", args: { product: { brand: "Kestrel" } } },
    { tool: "discount_response", args: { category: "Coffee" } },
    { tool: "product_growth", args: {} },
    { tool: "product_growth", args: { category: "Coffee", period: PERIOD } },
    { tool: "find_promotions", args: { top: 50 } },
    { tool: "find_promotions", args: { status: "submitted" } },
    { tool: "find_promotions", args: { text: "Kestrel", top: 50 } },
    { tool: "find_promotions", args: { series: "Summer" } },
    { tool: "find_claims", args: { top: 100 } },
    { tool: "find_claims", args: { doubtful: true } },
    { tool: "find_claims", args: { unmatched: true, min_amount: 100 } },
    { tool: "promotion_proof", args: { top: 100 } },
    { tool: "ledger_entries", args: {} },
    { tool: "book_accruals", args: {} },
    { tool: "promotion_proof", args: { support: "display", period: PERIOD } },
    { tool: "find_visits", args: { top: 100 } },
    { tool: "find_visits", args: { store: "Delphi" } },
    { tool: "find_activities", args: { top: 100 } },
    { tool: "find_activities", args: { next_steps: true } },
    { tool: "find_activities", args: { text: "buyer" } },
    { tool: "get_promotion", args: {} },
    { tool: "get_promotion", args: { product: { brand: "Kestrel" } } },
    { tool: "explain_result", args: { product: { brand: "Kestrel" }, period: PERIOD } },
    { tool: "account_review", args: { period: PERIOD } },
    ...["account", "product", "category"].flatMap((by) =>
      ["price", "display", "feature"].map((driver) => ({ tool: "compare_responses", args: { driver, by } })),
    ),
    {
      tool: "plan_promotions",
      args: { products: [{ brand: "Kestrel" }], period: { from: "2027-01-01", to: "2027-03-31" }, budget: 20_000 },
    },
    {
      tool: "plan_promotions",
      args: { products: [{ brand: "Kestrel" }], period: { from: "2027-01-01", to: "2027-03-31" } },
    },
    ...REPORTS.map((report) => ({
      tool: "make_report",
      args: { report, format: report === "budget" ? "csv" : "page" },
    })),
  ];
}
