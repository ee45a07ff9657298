/** The words in which the page names what the server names by keys. Pure, so that it can be tested without a browser. */

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "2027-06-01" → "1 June 2027" */
export function dateInWords(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** "1–14 June 2027", "28 June – 11 July 2027", "28 December 2026 – 3 January 2027" */
export function periodInWords({ from, to }) {
  if (from === to) return dateInWords(from);
  const [day, month] = dateInWords(from).split(" ");
  if (from.slice(0, 7) === to.slice(0, 7)) return `${day}–${dateInWords(to)}`;
  return `${from.slice(0, 4) === to.slice(0, 4) ? `${day} ${month}` : dateInWords(from)} – ${dateInWords(to)}`;
}

/** "net_roi" → "Net ROI" */
export function label(key) {
  const words = key.replaceAll("_", " ").replace(/\b(roi|edlp|tpr|mdf)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const DOING = {
  create_promotion: "Drafting the promotion",
  update_promotion: "Changing the promotion",
  copy_promotion: "Copying the promotion",
  cancel_promotion: "Preparing the cancellation",
  submit_promotion: "Preparing the submission",
  decide_promotion: "Preparing the decision",
  find_promotions: "Looking for promotions",
  get_promotion: "Opening the promotion",
  suggest_products: "Choosing products",
  check_promotion: "Checking the promotion",
  budget_status: "Reading the funds",
  move_funds: "Preparing the transfer",
  find_claims: "Looking through claims",
  settle_claim: "Preparing the claim",
  promotion_proof: "Looking for proof in the stores",
  find_visits: "Looking through store visits",
  account_profile: "Opening the account",
  customer_pnl: "Reading the P&L",
  set_target: "Preparing the target",
  plan_tracking: "Tracking the plan",
  complete_step: "Preparing the next step",
  negotiation_pack: "Preparing the negotiation",
  weekly_watch: "Looking at what needs attention",
  log_activity: "Preparing the note",
  find_activities: "Looking through notes",
  make_report: "Making the report",
  guide: "Looking it up in the guides",
  compare_promotions: "Comparing promotions",
  discount_response: "Reading the response to discounts",
  compare_responses: "Comparing responses",
  explain_result: "Taking the result apart",
  account_review: "Reviewing the account",
  product_growth: "Looking for growth",
  find_risks: "Looking for risks",
  market_signals: "Reading market signals",
  estimate_baseline: "Estimating the baseline",
  forecast_promotion: "Forecasting the promotion",
  compare_scenarios: "Comparing scenarios",
  plan_promotions: "Planning promotions",
  forecast_accuracy: "Measuring the forecasts",
  undo_change: "Preparing to take it back",
  recall_conversation: "Looking back in this conversation",
  find_preferences: "Reading your preferences",
  set_preference: "Preparing your preference",
  delete_preference: "Preparing to forget a preference",
};

/** What a tool is doing, for a person who waits. */
export const doing = (tool) => DOING[tool] ?? label(tool);

const ROLES = { assistant: "Assistant", advisor: "Advisor", expert: "Expert" };
export const roleName = (role) => ROLES[role] ?? "Assistant";

/** What to do about an error, where its own sentence does not say it. */
const ADVICE = {
  network: "Check that the server is running (npm start), then try again.",
  internal: "Try again; if it happens again, the server's log has the details.",
};
export const advice = (code) => ADVICE[code] ?? "";
