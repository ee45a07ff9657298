import type { Composer } from "../../say.ts";
import { composeAccountProfile } from "./accountProfile.ts";
import { composeFindActivities, composeLogActivity } from "./activities.ts";
import { composeFindClaims, composeSettleClaim } from "./claims.ts";
import { composeCustomerPnl } from "./customerPnl.ts";
import { composeGuide } from "./guide.ts";
import { composeClaimLetter } from "./letter.ts";
import { composeMakeReport } from "./makeReport.ts";
import { composeMatchClaim } from "./matchClaim.ts";
import { composeCompleteStep, composeSetTarget } from "./targets.ts";

/** The replies of accounts, activities, claims, reports and guides, by tool. */
export const accountComposers: Readonly<Record<string, Composer>> = {
  account_profile: composeAccountProfile,
  customer_pnl: composeCustomerPnl,
  set_target: composeSetTarget,
  complete_step: composeCompleteStep,
  find_activities: composeFindActivities,
  log_activity: composeLogActivity,
  find_claims: composeFindClaims,
  settle_claim: composeSettleClaim,
  match_claim: composeMatchClaim,
  claim_letter: composeClaimLetter,
  make_report: composeMakeReport,
  guide: composeGuide,
};
