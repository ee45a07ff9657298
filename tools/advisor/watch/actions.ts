import type { Actor } from "../../../data/users/actor.ts";
import type { Risk } from "../risks/risk.ts";

/** What can be done about it: words for a person, and the call that those words mean; `write` where it makes a proposal. */
export interface Action {
  readonly words: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly write: boolean;
}

const read = (words: string, tool: string, args: Action["args"]): Action => ({ words, tool, args, write: false });
const write = (words: string, tool: string, args: Action["args"]): Action => ({ words, tool, args, write: true });

/** The step that the actor herself may take about something that needs attention; what it writes is proposed, and waits. */
export function actionOf(actor: Actor, risk: Risk): Action {
  const { account, evidence: e } = risk;
  const promotion = String(e.promotion ?? "");
  const mayWrite = actor.role !== "reader";
  switch (risk.kind) {
    case "approval":
    case "waiting":
      if (e.status === "draft" && mayWrite) return write(`Submit ${promotion}`, "submit_promotion", { promotion });
      if (actor.role === "manager")
        return write(`Approve ${promotion}`, "decide_promotion", { promotion, decision: "approve" });
      return read(`Check ${promotion}`, "check_promotion", { promotion });
    case "claim": {
      const claim = String(e.claim);
      const doubted = (e.doubts as readonly unknown[]).length > 0;
      if (!mayWrite) return read(`Show claim ${claim}`, "find_claims", { claim });
      return doubted
        ? write(`Dispute ${claim}`, "settle_claim", { claim, decision: "dispute" })
        : write(`Pay ${claim}`, "settle_claim", { claim, decision: "pay" });
    }
    case "execution":
      return mayWrite
        ? write(`Log a next step with ${account}: have the support of ${promotion} put up`, "log_activity", {
            account,
            kind: "note",
            text: `The support of ${promotion} stood in too few of the stores checked`,
            next_step: `Ask for the support of ${promotion}, or for its fee back`,
          })
        : read(`Why did ${promotion} fall short?`, "explain_result", { promotion });
    case "fund_unused":
      return e.next_fund_id === null || !mayWrite
        ? read(`What is left in the fund at ${account}?`, "budget_status", { account })
        : write(`Move what is left in ${e.fund} of ${account} to ${e.next_fund}`, "move_funds", {
            from: e.fund_id,
            to: e.next_fund_id,
            amount: e.left,
          });
    case "next_step":
      return mayWrite
        ? write(`Mark that step with ${account} as done, once it is`, "complete_step", { account, step: e.step })
        : read(`Which next steps are open with ${account}?`, "find_activities", { account, next_steps: true });
    case "promotion_stock":
    case "off_track":
      return read(`Why is ${promotion} off?`, "explain_result", { promotion });
    case "budget":
      return read(`What is left in the fund at ${account}?`, "budget_status", { account });
    case "stock_out":
      return read(`How much stock is there at ${account}?`, "explain_result", { account, product: e.product });
    case "competitor":
      return read(
        risk.account === "all accounts" ? "What do competitors do?" : `What do competitors do at ${account}?`,
        "market_signals",
        risk.account === "all accounts" ? {} : { account },
      );
    case "decline":
      return read(`Which products grow at ${account}?`, "product_growth", { account });
    case "target":
      return read(`Are we on track with the plan at ${account}?`, "plan_tracking", { account });
    case "bonus":
      return read(`How far is ${account} from the next bonus tier?`, "account_profile", { account });
    case "blackout":
      return read(`What is planned at ${account}?`, "find_promotions", { account });
    default:
      return read(`Prepare me for the meeting with ${account}`, "negotiation_pack", { account });
  }
}
