import { resolveAccount } from "../../accounts/accounts.service.ts";
import { planningTerms } from "../../contracts/contracts.service.ts";
import { fundFor, leftFor } from "../../funds/funds.service.ts";
import { limitsFor } from "../../policies/policies.service.ts";
import type { Store } from "../../store/open.ts";
import type { Actor } from "../../users/actor.ts";
import type { PlannedOutcome, PromotionDraft } from "../draft.ts";
import { productsWithBrand } from "./checks.repo.ts";
import { clashChecks } from "./clash.ts";
import type { CheckContext } from "./context.ts";
import { contractCheck, depthCheck, mechanicCheck } from "./contract.ts";
import { edlpCheck } from "./edlp.ts";
import { listingCheck } from "./listing.ts";
import { budgetCheck, marginCheck, retailerMarginCheck, roiCheck, spendRateCheck } from "./money.ts";
import { overridden } from "./overridden.ts";
import type { DraftCheck } from "./sentence.ts";
import { stockCheck } from "./stock.ts";
import { blackoutCheck, datesCheck, noticeCheck } from "./time.ts";
import { windowsCheck } from "./windows.ts";

export interface CheckOptions {
  /** The promotion that the draft already is. */
  readonly promotionId?: number | null;
  readonly fundId?: number | null;
  readonly outcome?: PlannedOutcome | null;
  /** Whether too short a notice blocks (dates are being chosen) or warns (they were chosen before). */
  readonly noticeBinds?: boolean;
}

const ORDER = { block: 0, warn: 1, pass: 2 } as const;

/**
 * Holds a draft against the contract, the calendar, the fund and the policies; what somebody let pass only warns. What blocks
 * comes first, then what warns.
 * @throws KamError no_right, unknown_name for an account that the actor does not see
 */
export async function checkDraft(
  actor: Actor,
  store: Store,
  draft: PromotionDraft,
  options: CheckOptions = {},
): Promise<DraftCheck[]> {
  const account = await resolveAccount(actor, store, draft.account_id);
  const promotionId = options.promotionId ?? null;
  const productIds = draft.lines.map((line) => line.product_id);
  const fund = await fundFor(store, account, draft.start, productIds, options.fundId ?? null);
  const context: CheckContext = {
    store,
    account,
    draft,
    products: await productsWithBrand(store, productIds),
    terms: await planningTerms(store, account.id, { from: draft.start, to: draft.end }),
    fund,
    limits: await limitsFor(store, { accountId: account.id, productIds: draft.lines.map((line) => line.product_id) }),
    left_minor: fund ? await leftFor(store, fund, promotionId) : 0,
    promotion_id: promotionId,
    outcome: options.outcome ?? null,
    notice_binds: options.noticeBinds ?? true,
  };
  const checks = [
    datesCheck(context),
    ...noticeCheck(context),
    ...blackoutCheck(context),
    ...windowsCheck(context),
    contractCheck(context),
    ...mechanicCheck(context),
    ...depthCheck(context),
    ...(await listingCheck(context)),
    ...(await clashChecks(context)),
    budgetCheck(context),
    ...marginCheck(context),
    ...roiCheck(context),
    ...retailerMarginCheck(context),
    ...spendRateCheck(context),
    ...edlpCheck(context),
    ...(await stockCheck(context)),
  ];
  return (await overridden(store, promotionId, checks)).sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
}
