import { sql } from "kysely";
import type { Store } from "../../data/store/open.ts";

/** Stands in every text of a colleague's account, so that one that leaks is seen at once. */
export const CANARY = "Xyzzy";

const OTHERS = (user: string): string => `(SELECT id FROM account WHERE owner_id IS NOT '${user}')`;
/** The log of forecasts and the books are append-only, which here stands in the way. */
const LOGS = ["forecast", "forecast_figure", "plan_override", "journal", "posting"];

/**
 * Every figure, date, state and text of the accounts that are not `user`'s becomes another; what the accounts are called and
 * whose they are stays, and so does the fitted model, which all accounts share. What `user` is told may not change by it.
 */
export async function perturbOthers(store: Store, user: string): Promise<void> {
  const accounts = OTHERS(user);
  const promotions = `(SELECT id FROM promotion WHERE account_id IN ${accounts})`;
  const claims = `(SELECT id FROM claim WHERE account_id IN ${accounts})`;
  const funds = `(SELECT id FROM fund WHERE account_id IN ${accounts})`;
  const visits = `(SELECT id FROM visit WHERE account_id IN ${accounts})`;
  const contracts = `(SELECT id FROM contract WHERE account_id IN ${accounts})`;
  const forecasts = `(SELECT id FROM forecast WHERE account_id IN ${accounts})`;
  const at = (table: string, set: string): string => `UPDATE ${table} SET ${set} WHERE account_id IN ${accounts}`;
  const statements = [
    ...LOGS.map((log) => `DROP TRIGGER ${log}_no_update`),
    at(
      "sales_week",
      "units = units * 1.31 + 17, net_sales_minor = net_sales_minor * 2 + 1301, retail_value_minor = retail_value_minor * 2 + 907, price = price * 1.19, base_price = base_price * 1.23, base_units = base_units * 1.31, promoted = 1 - promoted, feature = 1 - feature, out_of_stock = 0.37, distribution = 0.61",
    ),
    at("shipment_week", "units = units * 1.31 + 7, ordered = ordered * 1.9 + 11"),
    at(
      "category_week",
      "volume = volume * 1.7 + 3, value_minor = value_minor * 2 + 777, own_share = 0.1234, competitor_share = 0.4321, private_label_share = 0.2345, price_index = 1.3579",
    ),
    at(
      "contract",
      `off_invoice_rate = 0.1357, rebate_rate = 0.0791, payment_days = payment_days + 13, max_discount = 0.4321, notice_days = notice_days + 9, usual_payment = CASE usual_payment WHEN 'mdf' THEN 'slotting' ELSE 'mdf' END, "end" = date("end", '-40 days')`,
    ),
    `DELETE FROM contract_mechanic WHERE contract_id IN ${contracts} AND mechanic <> 'tpr'`,
    `UPDATE contract_blackout SET reason = '${CANARY}', start = date(start, '-9 days') WHERE contract_id IN ${contracts}`,
    `UPDATE contract_tier SET threshold = threshold * 2 + 31337, rate = 0.0313 WHERE contract_id IN ${contracts}`,
    `UPDATE contract_lump_sum SET amount_minor = amount_minor * 2 + 31337, what = '${CANARY} ' || due WHERE contract_id IN ${contracts}`,
    at("target", `value = value * 1.31, value_minor = value_minor * 2 + 31337, note = '${CANARY}'`),
    at(
      "plan_month",
      "units = units * 1.3, gross_sales_minor = gross_sales_minor * 2 + 31337, off_invoice_minor = 1337, promotion_spend_minor = 21337, terms_minor = 31337, cost_minor = 41337",
    ),
    at(
      "contact",
      `name = '${CANARY} ' || id, title = '${CANARY}', email = '${CANARY}@x.example', influence = 'informed'`,
    ),
    `DELETE FROM listing WHERE account_id IN ${accounts} AND product_id % 3 = 0`,
    `UPDATE posting SET amount_minor = amount_minor * 3 WHERE fund_id IN ${funds}`,
    `UPDATE fund_transfer SET amount_minor = amount_minor * 2 + 1, note = '${CANARY}' WHERE from_fund IN ${funds} OR to_fund IN ${funds}`,
    at(
      "promotion",
      `name = '${CANARY} ' || id, discount = 0.3137, price_off_minor = CASE WHEN price_off_minor IS NULL THEN NULL ELSE price_off_minor + 13 END, mechanic = 'coupon', get_n = NULL, pay_n = NULL, redemption = 0.417, feature = 1 - feature, display = 1 - display, payment = CASE payment WHEN 'mdf' THEN 'slotting' ELSE 'mdf' END, fixed_spend_minor = fixed_spend_minor * 2 + 4321, start = CASE WHEN status IN ('ended', 'closed') THEN date(start, '-5 days') ELSE start END, "end" = CASE WHEN status IN ('ended', 'closed') THEN date("end", '-2 days') ELSE "end" END, status = CASE status WHEN 'draft' THEN 'submitted' WHEN 'submitted' THEN 'draft' WHEN 'ended' THEN 'closed' WHEN 'closed' THEN 'ended' ELSE status END, note = '${CANARY}', series = '${CANARY}', version = version + 3, created_by = 'dan'`,
    ),
    `UPDATE promotion_line SET allowance_minor = allowance_minor * 1.37 + 5, planned_units = 31337, planned_baseline = 21337 WHERE promotion_id IN ${promotions}`,
    `UPDATE promotion_history SET reason = '${CANARY}', by = 'dan', at = '2020-01-01T00:00:00Z' WHERE promotion_id IN ${promotions}`,
    `UPDATE posting SET amount_minor = amount_minor * 2 WHERE promotion_id IN ${promotions}`,
    `UPDATE journal SET date = date(date, '-3 days'), memo = '${CANARY}' WHERE id IN (SELECT journal_id FROM posting WHERE fund_id IN ${funds})`,
    `UPDATE promotion_result SET units = units * 1.7 + 3, baseline = baseline * 1.1 + 5, gross_incremental = gross_incremental * 1.9 + 7, dip = dip + 11, cannibalised = cannibalised + 13, halo = halo + 17, true_incremental = true_incremental * 2 + 19, low = low - 23, high = high + 29, spend_minor = spend_minor * 2 + 3100, incremental_profit_minor = incremental_profit_minor * 3 - 3700 WHERE promotion_id IN ${promotions}`,
    at(
      "claim",
      `amount_minor = amount_minor * 2 + 1234, settled_minor = 4321, date = date(date, '-6 days'), status = CASE status WHEN 'open' THEN 'disputed' ELSE 'open' END, reason = '${CANARY}', reference = '${CANARY}'`,
    ),
    `UPDATE claim_request SET amount_minor = 4321, reason = '${CANARY}', status = 'requested' WHERE claim_id IN ${claims}`,
    at("account_store", `name = '${CANARY} ' || id, code = NULL`),
    `DELETE FROM account_store WHERE account_id IN ${accounts} AND id % 2 = 0`,
    at(
      "visit",
      `store = '${CANARY} ' || id, source = '${CANARY}', external_id = '${CANARY} ' || id, date = date(date, '-4 days')`,
    ),
    `UPDATE shelf_check SET on_shelf = 1 - on_shelf, display_present = 1 - display_present, feature_present = 1, price_seen = 31.37, confidence = 0.97, facings = 31, availability = 0.37, display_type = '${CANARY}', photo = '${CANARY}' WHERE visit_id IN ${visits}`,
    at(
      "activity",
      `kind = '${CANARY}', text = '${CANARY} 31337', next_step = '${CANARY} 41337', date = date(date, '-3 days'), by = 'dan'`,
    ),
    at(
      "signal",
      `text = '${CANARY} 51337', source = '${CANARY}', value = 0.4177, start = date(start, '-8 days'), "end" = date("end", '+5 days')`,
    ),
    `UPDATE forecast_figure SET mean = mean * 1.7 + 3, q025 = q025 - 7, q10 = q10 - 5, q90 = q90 + 11, q975 = q975 + 13 WHERE forecast_id IN ${forecasts}`,
    at("forecast", "depth = 0.3713, made = date(made, '-2 days')"),
    `UPDATE plan_override SET units = 61337 WHERE promotion_id IN ${promotions}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(store.db);
}
