import type { VisibleAccount } from "../../accounts/accounts.service.ts";
import type { PlanningTerms } from "../../contracts/contracts.service.ts";
import type { FundBalance } from "../../funds/funds.repo.ts";
import type { Limits } from "../../policies/policies.service.ts";
import type { Store } from "../../store/open.ts";
import type { PlannedOutcome, PromotionDraft } from "../draft.ts";
import type { productsWithBrand } from "./checks.repo.ts";

export type DraftProduct = Awaited<ReturnType<typeof productsWithBrand>>[number];

/** What every rule is given: the draft, and what the store says around it. */
export interface CheckContext {
  readonly store: Store;
  readonly account: VisibleAccount;
  readonly draft: PromotionDraft;
  readonly products: readonly DraftProduct[];
  /** Null where the account has no contract in the store. */
  readonly terms: PlanningTerms | null;
  readonly fund: FundBalance | null;
  /** The firm's own rules for this account and these products. */
  readonly limits: Limits;
  /** What the fund has left for this draft, minor units: what the draft itself holds of it is not counted against it. */
  readonly left_minor: number;
  /** The promotion that the draft already is, which clashes with nothing of its own. */
  readonly promotion_id: number | null;
  readonly outcome: PlannedOutcome | null;
  /** A promotion whose dates are being chosen must keep the contract's notice; one already planned is only told. */
  readonly notice_binds: boolean;
}
