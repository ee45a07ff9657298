import type { Tool } from "../../define.ts";
import { makeReport } from "../../reports/makeReport.ts";
import { accountProfile } from "./accountProfile.ts";
import { claimLetter } from "./claimLetter.ts";
import { completeStep } from "./completeStep.ts";
import { findActivities } from "./findActivities.ts";
import { findClaims } from "./findClaims.ts";
import { guide } from "./guide.ts";
import { logActivity } from "./logActivity.ts";
import { matchClaim } from "./matchClaim.ts";
import { customerPnl } from "./pnl/customerPnl.ts";
import { settleClaim } from "./settleClaim.ts";
import { setTarget } from "./targets/setTarget.ts";

/** What the assistant does around promotions: accounts, notes, claims, reports, how-to. */
export const accountTools: readonly Tool[] = [
  accountProfile,
  customerPnl,
  findActivities,
  logActivity,
  completeStep,
  setTarget,
  findClaims,
  matchClaim,
  settleClaim,
  claimLetter,
  makeReport,
  guide,
];
