import { buildAccuracy, buildBaseline, buildCheck, buildForecast, buildPlan, buildSuggest } from "./ahead.ts";
import { buildAccruals, buildLedger, buildSetFund } from "./books.ts";
import type { Build, Built } from "./build.ts";
import { buildLetter, buildMatch } from "./claims.ts";
import { buildCompare } from "./compare.ts";
import { buildCopy } from "./copy.ts";
import { buildCreate } from "./create.ts";
import { buildCancel, buildDecide, buildSubmit } from "./decide.ts";
import { buildProof, buildVisits } from "./execution.ts";
import { buildCategory, buildGaps, buildLaunches, buildPrice } from "./growth.ts";
import {
  buildDiscountResponse,
  buildExplain,
  buildGrowth,
  buildResponses,
  buildReview,
  buildRisks,
  buildSignals,
} from "./history.ts";
import { buildDeletePreference, buildFindPreferences, buildRecall, buildSetPreference } from "./memory.ts";
import { buildBudget, buildClaims, buildMove } from "./money.ts";
import { buildActivities, buildFind, buildGet, buildGuide, buildLog, buildProfile, buildReport } from "./office.ts";
import { buildNegotiation, buildPnl, buildStep, buildTarget, buildTracking, buildWatch } from "./plans.ts";
import {
  buildAttach,
  buildAudit,
  buildClose,
  buildComment,
  buildOverride,
  buildPolicies,
  buildSetPolicy,
} from "./rules.ts";
import { buildScenarios } from "./scenarios.ts";
import { buildSettle } from "./settle.ts";
import { buildOrderProposal, buildStockCover } from "./supply.ts";
import { buildUndo } from "./undo.ts";
import { buildUpdate } from "./update.ts";

/** For each tool, how its arguments are made of a sentence. */
export const BUILDERS: Readonly<Record<string, (b: Build) => Built>> = {
  create_promotion: buildCreate,
  update_promotion: buildUpdate,
  copy_promotion: buildCopy,
  cancel_promotion: buildCancel,
  submit_promotion: buildSubmit,
  decide_promotion: buildDecide,
  close_promotion: buildClose,
  comment_promotion: buildComment,
  attach_evidence: buildAttach,
  override_check: buildOverride,
  find_policies: buildPolicies,
  set_policy: buildSetPolicy,
  audit_trail: buildAudit,
  undo_change: buildUndo,
  find_promotions: buildFind,
  get_promotion: buildGet,
  suggest_products: buildSuggest,
  check_promotion: buildCheck,
  budget_status: buildBudget,
  move_funds: buildMove,
  ledger_entries: buildLedger,
  book_accruals: buildAccruals,
  set_fund: buildSetFund,
  find_claims: buildClaims,
  settle_claim: buildSettle,
  match_claim: buildMatch,
  claim_letter: buildLetter,
  promotion_proof: buildProof,
  find_visits: buildVisits,
  account_profile: buildProfile,
  log_activity: buildLog,
  complete_step: buildStep,
  customer_pnl: buildPnl,
  set_target: buildTarget,
  plan_tracking: buildTracking,
  negotiation_pack: buildNegotiation,
  weekly_watch: buildWatch,
  find_activities: buildActivities,
  make_report: buildReport,
  guide: buildGuide,
  recall_conversation: buildRecall,
  find_preferences: buildFindPreferences,
  set_preference: buildSetPreference,
  delete_preference: buildDeletePreference,
  compare_promotions: buildCompare,
  discount_response: buildDiscountResponse,
  explain_result: buildExplain,
  account_review: buildReview,
  product_growth: buildGrowth,
  find_risks: buildRisks,
  market_signals: buildSignals,
  category_view: buildCategory,
  assortment_gaps: buildGaps,
  track_launches: buildLaunches,
  price_what_if: buildPrice,
  stock_cover: buildStockCover,
  order_proposal: buildOrderProposal,
  estimate_baseline: buildBaseline,
  forecast_promotion: buildForecast,
  compare_scenarios: buildScenarios,
  plan_promotions: buildPlan,
  forecast_accuracy: buildAccuracy,
  compare_responses: buildResponses,
};
