import type { AccountAliasTable, AccountTable } from "./accounts.ts";
import type { ActivityTable } from "./activities.ts";
import type { AppliedChangeTable, AuditTable } from "./audit.ts";
import type {
  ClaimAllocationTable,
  ClaimLetterTable,
  ClaimRequestTable,
  ClaimTable,
  VClaimAllocation,
} from "./claims.ts";
import type {
  ContactTable,
  ContractBlackoutTable,
  ContractLumpSumTable,
  ContractMechanicTable,
  ContractTable,
  ContractTierTable,
} from "./contracts.ts";
import type { AccountStoreTable, ShelfCheckTable, VisitTable } from "./execution.ts";
import type { FeedTable } from "./feeds.ts";
import type { ForecastFigureTable, ForecastTable, ForecastUseTable, PlanOverrideTable } from "./forecasts.ts";
import type { FundTable, FundTransferTable } from "./funds.ts";
import type { ImportRunTable } from "./imports.ts";
import type { JournalTable, PostingTable } from "./ledger.ts";
import type { MetaTable } from "./meta.ts";
import type { ModelTable, ModelUseTable } from "./models.ts";
import type { PersonAccountTable, PersonTable, PreferenceTable } from "./people.ts";
import type { AuditHeadTable, PolicyOverrideTable, PolicyTable, PromotionApprovalTable } from "./policies.ts";
import type { BrandTable, CategoryTable, ListingTable, ProductTable } from "./products.ts";
import type {
  CloseRequestTable,
  PromotionCommentTable,
  PromotionEvidenceTable,
  PromotionHistoryTable,
  PromotionLineTable,
  PromotionResultTable,
  PromotionSpendTable,
  PromotionTable,
} from "./promotions.ts";
import type { CategoryWeekTable, HolidayTable, SalesWeekTable, ShipmentWeekTable } from "./sales.ts";
import type { SignalTable } from "./signals.ts";
import type { SupplyOrderTable, VOpenOrder } from "./supply.ts";
import type { PlanMonthTable, TargetTable } from "./targets.ts";
import type { TruthBaselineTable, TruthParameterTable, TruthPromotionTable } from "./truth.ts";
import type { VBudget, VFund, VLedger, VPromotion, VPromotionResult, VSalesWeek } from "./views.ts";

/** The tables and views as Kysely sees them, one file a part of the store; `migrations/` is what makes them. Money ends in _minor (integer minor units). */
export interface Schema {
  meta: MetaTable;
  person: PersonTable;
  person_account: PersonAccountTable;
  account: AccountTable;
  account_alias: AccountAliasTable;
  contract: ContractTable;
  contract_mechanic: ContractMechanicTable;
  contract_blackout: ContractBlackoutTable;
  contract_tier: ContractTierTable;
  contract_lump_sum: ContractLumpSumTable;
  contact: ContactTable;
  category: CategoryTable;
  brand: BrandTable;
  product: ProductTable;
  listing: ListingTable;
  sales_week: SalesWeekTable;
  shipment_week: ShipmentWeekTable;
  supply_order: SupplyOrderTable;
  feed: FeedTable;
  category_week: CategoryWeekTable;
  holiday: HolidayTable;
  fund: FundTable;
  fund_transfer: FundTransferTable;
  journal: JournalTable;
  posting: PostingTable;
  promotion: PromotionTable;
  promotion_line: PromotionLineTable;
  promotion_history: PromotionHistoryTable;
  promotion_comment: PromotionCommentTable;
  promotion_evidence: PromotionEvidenceTable;
  close_request: CloseRequestTable;
  promotion_spend: PromotionSpendTable;
  promotion_result: PromotionResultTable;
  policy_override: PolicyOverrideTable;
  claim: ClaimTable;
  claim_request: ClaimRequestTable;
  claim_allocation: ClaimAllocationTable;
  claim_letter: ClaimLetterTable;
  v_claim_allocation: VClaimAllocation;
  account_store: AccountStoreTable;
  visit: VisitTable;
  shelf_check: ShelfCheckTable;
  activity: ActivityTable;
  signal: SignalTable;
  target: TargetTable;
  plan_month: PlanMonthTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
  policy: PolicyTable;
  promotion_approval: PromotionApprovalTable;
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
  v_fund: VFund;
  v_ledger: VLedger;
  v_open_order: VOpenOrder;
}
