import type { Generated } from "kysely";

/** The tables and views as Kysely sees them; `migrations/` is what makes them. Money ends in _minor (integer minor units). */

export interface MetaTable {
  key: string;
  value: string;
}

export interface PersonTable {
  id: string;
  name: string;
  role: "kam" | "manager" | "finance" | "reader";
}

/** What a turn asked of a language model: tokens null where not counted, the cost (millionths of `currency`) where no price was set. */
export interface ModelUseTable {
  id: Generated<number>;
  day: string;
  person_id: string;
  thread: string;
  model: string;
  calls: number;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  cost_micro: number | null;
  currency: string | null;
  ms: number;
  /** 0 where the built-in planner took over. */
  finished: 0 | 1;
  /** Pieces of its words that nothing in the results stood behind. */
  untraced: Generated<number>;
}

export interface PreferenceTable {
  person_id: string;
  kind: string;
  /** JSON. */
  value: string;
  since: string;
  said: string;
}

export interface AccountTable {
  id: Generated<number>;
  code: string;
  name: string;
  channel: string | null;
  country: string | null;
  currency: Generated<string>;
  vat_rate: Generated<number>;
  calendar: Generated<"iso" | "nrf454" | "own">;
  own_week1: string | null;
  owner_id: string | null;
}

export interface AccountAliasTable {
  alias: string;
  account_id: number;
}

export interface ContractTable {
  id: Generated<number>;
  account_id: number;
  start: string;
  end: string;
  off_invoice_rate: Generated<number>;
  rebate_rate: Generated<number>;
  payment_days: Generated<number>;
  usual_payment: Generated<"off_invoice" | "bill_back" | "scan_back" | "lump_sum" | "slotting" | "mdf">;
  max_discount: number;
  notice_days: Generated<number>;
}

export interface ContractMechanicTable {
  contract_id: number;
  mechanic: string;
}

export interface ContractBlackoutTable {
  id: Generated<number>;
  contract_id: number;
  start: string;
  end: string;
  reason: string;
}

export interface ContactTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  title: string;
  email: string | null;
  influence: "decides" | "influences" | "informed";
}

export interface CategoryTable {
  id: Generated<number>;
  name: string;
}

export interface BrandTable {
  id: Generated<number>;
  name: string;
  category_id: number;
}

export interface ProductTable {
  id: Generated<number>;
  code: string;
  name: string;
  brand_id: number;
  pack_size: number | null;
  pack_unit: string | null;
  cost_minor: number | null;
  list_price_minor: number | null;
  currency: Generated<string>;
  launched: string | null;
  delisted: string | null;
}

export interface ListingTable {
  account_id: number;
  product_id: number;
  start: string;
  end: string | null;
}

export interface SalesWeekTable {
  account_id: number;
  product_id: number;
  week: string;
  units: number;
  retail_value_minor: number | null;
  net_sales_minor: number | null;
  price: number | null;
  base_price: number | null;
  base_units: number | null;
  promoted: Generated<number>;
  feature: Generated<number>;
  display: Generated<number>;
  distribution: number | null;
  out_of_stock: Generated<number>;
}

export interface ShipmentWeekTable {
  account_id: number;
  product_id: number;
  week: string;
  units: number;
  ordered: number | null;
}

export interface CategoryWeekTable {
  account_id: number;
  category_id: number;
  week: string;
  volume: number;
  value_minor: number;
  own_share: number;
  competitor_share: number;
  private_label_share: number;
  price_index: number;
}

export interface HolidayTable {
  date: string;
  name: string;
  country: string;
}

export interface FundTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  start: string;
  end: string;
  amount_minor: number;
  currency: Generated<string>;
}

export interface FundTransferTable {
  id: Generated<number>;
  from_fund: number;
  to_fund: number;
  amount_minor: number;
  status: "requested" | "done" | "rejected";
  requested_by: string;
  decided_by: string | null;
  date: string;
  note: string | null;
}

export interface PromotionTable {
  id: Generated<number>;
  code: string;
  series: string | null;
  account_id: number;
  name: string;
  mechanic: "tpr" | "multibuy" | "loyalty_price" | "coupon" | "edlp";
  discount: number | null;
  price_off_minor: number | null;
  get_n: number | null;
  pay_n: number | null;
  redemption: number | null;
  feature: number;
  display: number;
  payment: "off_invoice" | "bill_back" | "scan_back" | "lump_sum" | "slotting" | "mdf";
  fixed_spend_minor: Generated<number>;
  currency: Generated<string>;
  status: "draft" | "submitted" | "approved" | "running" | "ended" | "closed" | "cancelled";
  start: string;
  end: string;
  buy_in_start: string | null;
  buy_in_end: string | null;
  scan_start: string | null;
  scan_end: string | null;
  fund_id: number | null;
  note: string | null;
  created_by: string;
  created_at: string;
  version: Generated<number>;
}

export interface PromotionLineTable {
  promotion_id: number;
  product_id: number;
  allowance_minor: Generated<number>;
  planned_units: number | null;
  planned_baseline: number | null;
}

export interface PromotionHistoryTable {
  id: Generated<number>;
  promotion_id: number;
  at: string;
  from_status: string | null;
  to_status: string;
  by: string;
  reason: string | null;
}

export interface PromotionSpendTable {
  promotion_id: number;
  fund_id: number;
  state: "planned" | "committed" | "accrued" | "settled";
  amount_minor: number;
}

export interface PromotionResultTable {
  promotion_id: number;
  units: number;
  baseline: number;
  gross_incremental: number;
  dip: number;
  cannibalised: number;
  halo: number;
  true_incremental: number;
  low: number;
  high: number;
  spend_minor: number;
  incremental_profit_minor: number | null;
  model_id: number | null;
}

export interface ClaimTable {
  id: Generated<number>;
  code: string;
  account_id: number;
  promotion_id: number | null;
  kind: "claim" | "deduction";
  amount_minor: number;
  currency: Generated<string>;
  date: string;
  status: "open" | "paid" | "part_paid" | "disputed";
  settled_minor: number | null;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  reference: string | null;
}

export interface ClaimRequestTable {
  id: Generated<number>;
  claim_id: number;
  decision: "pay" | "dispute" | "part_pay";
  amount_minor: number | null;
  reason: string | null;
  status: "requested" | "done" | "replaced";
  requested_by: string;
  date: string;
}

export interface VisitTable {
  id: Generated<number>;
  account_id: number;
  promotion_id: number | null;
  date: string;
  store: string;
  source: string;
}

export interface ShelfCheckTable {
  visit_id: number;
  product_id: number;
  on_shelf: number;
  display_present: number;
  feature_present: number | null;
  price_seen: number | null;
}

export interface ActivityTable {
  id: Generated<number>;
  account_id: number;
  kind: string;
  date: string;
  text: string;
  next_step: string | null;
  by: string;
}

export interface SignalTable {
  id: Generated<number>;
  account_id: number | null;
  category_id: number | null;
  kind: "competitor_promotion" | "competitor_price" | "category_price" | "event" | "news";
  competitor: string | null;
  start: string;
  end: string;
  value: number | null;
  text: string;
  source: string;
  reported: string;
}

export interface AuditTable {
  id: Generated<number>;
  at: string;
  actor: string;
  action: string;
  entity: string;
  entity_id: string;
  before: string | null;
  after: string | null;
  previous_hash: string;
  hash: string;
}

export interface AppliedChangeTable {
  key: string;
  kind: string;
  result: string;
  by: string;
  at: string;
  /** The key of the first change of those that were approved together. */
  batch: string | null;
  /** Its entries in the audit log; the last one's id numbers the change. */
  first_audit: number | null;
  last_audit: number | null;
  undone_at: string | null;
}

export interface ModelTable {
  id: Generated<number>;
  data_version: number;
  method: string;
  rows: number;
  series: number;
  fitted_at: string;
  summary: string;
  body: string;
}

export interface ForecastTable {
  id: Generated<number>;
  digest: string;
  made: string;
  made_by: string;
  door: "reply" | "scenario" | "plan" | "draft" | "promotion";
  data_version: number;
  method: string;
  account_id: number;
  start: string;
  end: string;
  mechanic: PromotionTable["mechanic"];
  depth: number;
  spec: string;
  currency: string;
}

export interface ForecastFigureTable {
  forecast_id: number;
  figure: "baseline" | "units" | "true_incremental" | "net_profit";
  mean: number;
  q025: number;
  q10: number;
  q90: number;
  q975: number;
}

export interface ForecastUseTable {
  id: Generated<number>;
  promotion_id: number;
  forecast_id: number;
  step: "draft" | "approved";
  at: string;
  by: string;
}

export interface PlanOverrideTable {
  id: Generated<number>;
  promotion_id: number;
  forecast_id: number | null;
  units: number | null;
  at: string;
  by: string;
}

export interface ImportRunTable {
  id: Generated<number>;
  file_hash: string;
  map_hash: string;
  kind: string;
  file: string;
  started_at: string;
  rows_done: Generated<number>;
  written: Generated<number>;
  rejected: Generated<number>;
  finished: Generated<number>;
}

export interface TruthParameterTable {
  name: string;
  account_id: Generated<number>;
  product_id: Generated<number>;
  value: number;
}

export interface TruthPromotionTable {
  promotion_id: number;
  baseline: number;
  gross_incremental: number;
  dip: number;
  cannibalised: number;
  halo: number;
  true_incremental: number;
  cause: string | null;
}

export interface TruthBaselineTable {
  account_id: number;
  product_id: number;
  week: string;
  baseline: number;
}

export interface VSalesWeek {
  account: string;
  account_id: number;
  product: string;
  product_id: number;
  brand: string;
  brand_id: number;
  category: string;
  category_id: number;
  week: string;
  units: number;
  net_sales: number | null;
  price: number | null;
  base_price: number | null;
  promoted: number;
  feature: number;
  display: number;
  out_of_stock: number;
  distribution: number | null;
  currency: string;
}

export interface VPromotion {
  promotion: string;
  promotion_id: number;
  account: string;
  account_id: number;
  name: string;
  mechanic: PromotionTable["mechanic"];
  discount: number | null;
  start: string;
  end: string;
  status: PromotionTable["status"];
  feature: number;
  display: number;
  payment: PromotionTable["payment"];
  category: string | null;
  category_id: number | null;
  brand: string | null;
  brand_id: number | null;
  products: string;
  owner: string | null;
  owner_id: string | null;
  price_off: number | null;
  get_n: number | null;
  pay_n: number | null;
  redemption: number | null;
  fixed_spend: number;
  currency: string;
  series: string | null;
  created_by: string;
}

export interface VPromotionResult {
  promotion: string;
  promotion_id: number;
  units: number;
  baseline: number;
  gross_incremental: number;
  dip: number;
  cannibalised: number;
  halo: number;
  true_incremental: number;
  low: number;
  high: number;
  spend: number;
  incremental_profit: number | null;
  net_roi: number | null;
  gross_roi: number | null;
  uplift: number | null;
}

export interface VBudget {
  account: string;
  account_id: number;
  fund: string;
  fund_id: number;
  period: string;
  amount: number;
  planned: number;
  committed: number;
  accrued: number;
  settled: number;
  left: number;
  currency: string;
}

export interface Schema {
  meta: MetaTable;
  person: PersonTable;
  account: AccountTable;
  account_alias: AccountAliasTable;
  contract: ContractTable;
  contract_mechanic: ContractMechanicTable;
  contract_blackout: ContractBlackoutTable;
  contact: ContactTable;
  category: CategoryTable;
  brand: BrandTable;
  product: ProductTable;
  listing: ListingTable;
  sales_week: SalesWeekTable;
  shipment_week: ShipmentWeekTable;
  category_week: CategoryWeekTable;
  holiday: HolidayTable;
  fund: FundTable;
  fund_transfer: FundTransferTable;
  promotion: PromotionTable;
  promotion_line: PromotionLineTable;
  promotion_history: PromotionHistoryTable;
  promotion_spend: PromotionSpendTable;
  promotion_result: PromotionResultTable;
  claim: ClaimTable;
  claim_request: ClaimRequestTable;
  visit: VisitTable;
  shelf_check: ShelfCheckTable;
  activity: ActivityTable;
  signal: SignalTable;
  audit: AuditTable;
  applied_change: AppliedChangeTable;
  preference: PreferenceTable;
  model_use: ModelUseTable;
  model: ModelTable;
  forecast: ForecastTable;
  forecast_figure: ForecastFigureTable;
  forecast_use: ForecastUseTable;
  plan_override: PlanOverrideTable;
  import_run: ImportRunTable;
  truth_parameter: TruthParameterTable;
  truth_promotion: TruthPromotionTable;
  truth_baseline: TruthBaselineTable;
  v_sales_week: VSalesWeek;
  v_promotion: VPromotion;
  v_promotion_result: VPromotionResult;
  v_budget: VBudget;
}
