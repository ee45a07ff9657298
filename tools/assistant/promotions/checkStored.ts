import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { checkDraft } from "../../../data/promotions/checks/checkDraft.service.ts";
import type { DraftCheck } from "../../../data/promotions/checks/sentence.ts";
import { storedDraft } from "../../../data/promotions/promotions.service.ts";
import type { ToolContext } from "../../define.ts";
import { keepForecasts } from "../../forecasts/record/keep.ts";
import { wishOfDraft } from "./changedWish.ts";
import { type Expected, expectedOf, type Forecaster, tryForecast } from "./forecaster.ts";
import { specOf } from "./planDraft.ts";

type Row = Parameters<typeof storedDraft>[1];

/**
 * The checks of a stored promotion, with a fresh forecast beside them; the money is what it holds of its fund.
 * @param dates whether its dates are still being chosen (a short notice blocks) or were decided before (it warns)
 */
export async function checkStored(
  context: ToolContext,
  forecaster: Forecaster,
  row: Row,
  dates: "chosen" | "decided",
): Promise<{ checks: DraftCheck[]; expected: Expected | null; caveats: readonly string[] }> {
  const { actor, store } = context;
  const account = await resolveAccount(actor, store, row.account_id);
  const draft = await storedDraft(store, row);
  const wish = await wishOfDraft(store, draft, account);
  const spec = specOf(wish);
  const { forecast, why } = await tryForecast(forecaster, context, spec);
  if (forecast) await keepForecasts(context, "draft", [{ spec, forecast }]);
  const checks = await checkDraft(actor, store, draft, {
    promotionId: row.id,
    fundId: row.fund_id,
    outcome: forecast,
    noticeBinds: dates === "chosen",
  });
  return {
    checks,
    expected: forecast && expectedOf(forecast),
    caveats: [...(forecast?.caveats ?? []), ...(why ? [why] : [])],
  };
}
