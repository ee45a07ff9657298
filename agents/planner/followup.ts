import { type Period, twelveMonthsTo } from "../../data/common/dates.ts";
import { periodInWords } from "../../data/common/format.ts";
import { amended } from "./amend.ts";
import { relatedPeriod } from "./dates/withinThread.ts";
import { exclusionOf, mechanicsOf, moreExcluded } from "./exclusions.ts";
import type { Features } from "./features.ts";
import { buildFor, decide } from "./fill.ts";
import type { Focus } from "./focus.ts";
import { WRITES } from "./intents.ts";
import { allAccounts, type Goods } from "./mentions.ts";
import { moneyIn, offersIn, supportIn } from "./offer.ts";
import type { Reading } from "./reading.ts";
import type { Build } from "./slots/build.ts";
import { groupIn } from "./slots/compare.ts";
import { BUILDERS } from "./slots/index.ts";
import { limitsIn, objectiveIn } from "./slots/limits.ts";
import { amendedPreference } from "./slots/memory.ts";
import { askForPlan } from "./slots/planArgs.ts";
import type { Args, Decision, PlannerContext } from "./types.ts";
import { frameOf, periodOf } from "./when.ts";

const READS_PERIOD = new Set([
  "compare_promotions",
  "discount_response",
  "explain_result",
  "account_review",
  "product_growth",
  "market_signals",
  "category_view",
  "find_promotions",
  "find_claims",
  "find_activities",
  "promotion_proof",
  "find_visits",
  "find_policies",
  "audit_trail",
  "make_report",
  "budget_status",
  "ledger_entries",
  "estimate_baseline",
  "plan_promotions",
]);

/** What is kept of a person has nothing that another account or period would change. */
const NOT_AGAIN = new Set(["find_preferences", "delete_preference"]);

/** "And for Retailer C?", "same with display", "what about last year?": the last call again, with what the sentence changes. */
export function followUp(reading: Reading, features: Features, context: PlannerContext, focus: Focus): Decision | null {
  const [base] = focus.last;
  if (!base || features.has("claimcode")) return null;
  const tool = base.tool;
  if (features.has("promo")) return sameOfPromotion(base, reading);
  if (!BUILDERS[tool] || NOT_AGAIN.has(tool)) return null;
  // "in detail, please", "with a chart": the same once more, in the form that is asked for now.
  const form = ["longword", "chartword", "tableword"].some((f) => features.has(f)) && !features.has("refusal");
  const other = features.has("groupnoun") || features.has("metricword");
  if (
    form &&
    !other &&
    !WRITES.has(tool) &&
    reading.tokens.length < 7 &&
    !reading.names.length &&
    !reading.dates.length
  )
    return decide(tool, { args: [base.args], notes: [] });
  const b = buildFor(tool, reading, features, context, focus);
  if (tool === "set_preference") {
    const args = amendedPreference({ preference: base.args.preference, value: base.args.value }, b);
    return args && decide(tool, { args: [args], notes: [] });
  }
  const names = b.accounts.names.length
    ? b.accounts.names
    : b.accounts.all
      ? allAccounts(reading, b.lexicon, b.accounts.excluded)
      : b.accounts.unknown
        ? [b.accounts.unknown]
        : [];
  if (
    tool === "create_promotion" ||
    tool === "forecast_promotion" ||
    tool === "check_promotion" ||
    tool === "suggest_products" ||
    tool === "copy_promotion" ||
    tool === "update_promotion"
  )
    return planAgain(base.args, tool, b);
  if (tool === "compare_scenarios") return scenariosAgain(base.args, b);
  if (tool === "estimate_baseline" && (features.has("offer") || features.has("mechanicword")))
    return promoted(base.args, b);
  const args: Args = { ...base.args };
  let changed = false;
  const set = (key: string, value: unknown): void => {
    if (value === undefined) return;
    args[key] = value;
    changed = true;
  };
  if (names.length) {
    delete args.accounts;
    // A promotion of another account is another promotion.
    if (args.promotion && tool === "explain_result")
      return decide(tool, BUILDERS[tool]!({ ...b, features: new Set([...features, "single", "last"]) }));
    set(tool === "plan_promotions" ? "accounts" : "account", tool === "plan_promotions" ? names : names[0]);
  } else if (features.has("thisaccount") && !args.account && !args.accounts && focus.account)
    set("account", focus.account);
  if (b.goods.length) setGoods(args, b.goods, tool, set);
  else if ((features.has("itthere") || features.has("thisproduct")) && !spokenGoods(args) && focus.goods.length)
    setGoods(args, focus.goods, tool, set);
  const related = READS_PERIOD.has(tool)
    ? relatedPeriod(reading, (args.period as Period | undefined) ?? twelveMonthsTo(b.lexicon.today))
    : null;
  const said = READS_PERIOD.has(tool)
    ? periodOf(reading.dates, frameOf(b.lexicon, b.tense, names[0] ?? (args.account as string)), names[0])
    : null;
  const when = related ? { period: related, notes: [`that is ${periodInWords(related)}`] } : said;
  if (when) {
    set("period", when.period);
    if (args.promotion) delete args.promotion;
  }
  if (tool === "compare_promotions") {
    const built = BUILDERS.compare_promotions!(b);
    const fresh = "args" in built ? built.args[0]! : {};
    if (features.has("metricword")) set("metric", fresh.metric);
    const by = groupIn(b);
    // "only with display", "and on leaflets?": the other support alone; which of them is best is asked by its own words.
    const alone = by === "support" && !["support", "supportalt", "supportpair"].some((f) => features.has(f));
    const support = alone ? supportIn(reading) : { display: fresh.display, feature: fresh.feature };
    if (alone) for (const key of ["display", "feature"]) delete args[key];
    else set("by", by);
    for (const [key, value] of Object.entries(support)) set(key, value);
    for (const key of ["top", "mechanic", "order"]) set(key, fresh[key]);
  }
  if (tool === "product_growth" && (features.has("shrinks") || features.has("grows")))
    set("order", features.has("shrinks") ? "worst" : "best");
  const { exclude } = exclusionOf(b);
  if (exclude) set("exclude", moreExcluded(args.exclude as Args | undefined, exclude));
  if (tool === "compare_responses" && (features.has("display") || features.has("feature") || features.has("priceword")))
    set("driver", features.has("display") ? "display" : features.has("feature") ? "feature" : "price");
  if (tool === "plan_promotions") {
    set("budget", moneyIn(reading, ["budget", "any", "support"]));
    set("objective", objectiveIn(b));
    const limits = limitsIn(b);
    if (Object.keys(limits).length) set("limits", { ...(args.limits as Args | undefined), ...limits });
  }
  const [mechanic] = mechanicsOf(reading).kept;
  if (tool === "forecast_accuracy" || tool === "find_promotions") set("mechanic", mechanic);
  if (tool === "forecast_accuracy") set("discount", offersIn(reading)[0]?.discount);
  if (!changed) return null;
  const notes = when?.notes ?? [];
  if (names.length > 1 && tool !== "plan_promotions")
    return decide(tool, { args: names.map((account) => ({ ...args, account })), notes });
  return decide(tool, { args: [args], notes });
}

/** "and with 20 % off in the first two weeks?" after sales without a promotion: those weeks with it. */
function promoted({ account, product, products, period }: Args, b: Build): Decision | null {
  if (!account || !period) return null;
  const whole = period as Period;
  const days = relatedPeriod(b.reading, whole) ?? whole;
  const plan = { account, products: products ?? [product], start: days.from, end: days.to };
  const named = b.reading.dates.some((d) => "span" in d) ? b : { ...b, reading: { ...b.reading, dates: [] } };
  return planAgain(plan, "forecast_promotion", buildAs("forecast_promotion", named));
}
const buildAs = (tool: string, b: Build): Build => ({ ...b, tool, tense: "future" });

/** "and P-1003?": the same question about another promotion; never the same act. */
function sameOfPromotion(base: { tool: string; args: Args }, reading: Reading): Decision | null {
  const code = reading.codes.find((c) => c.kind === "promotion")?.code;
  if (!code || !["explain_result", "get_promotion", "check_promotion"].includes(base.tool) || reading.tokens.length > 8)
    return null;
  return decide(base.tool, { args: [{ promotion: code }], notes: [] });
}

const spokenGoods = (args: Args): boolean => ["product", "products", "category", "brand"].some((key) => args[key]);
const BY_CATEGORY = [
  "compare_promotions",
  "product_growth",
  "market_signals",
  "category_view",
  "assortment_gaps",
  "track_launches",
];

function setGoods(args: Args, goods: readonly Goods[], tool: string, set: (key: string, value: unknown) => void): void {
  const [first] = goods as [Goods];
  for (const key of ["product", "category", "brand"]) delete args[key];
  const whole = typeof first === "object";
  if (tool === "plan_promotions") set("products", goods);
  else if (whole && "brand" in first && tool === "find_promotions") set("brand", first.brand);
  else if (whole && "category" in first && (tool === "find_promotions" || BY_CATEGORY.includes(tool)))
    set("category", first.category);
  else set("product", first);
}

function planAgain({ planned_units: _, planned_uplift: __, ...base }: Args, tool: string, b: Build): Decision | null {
  // A question by its first word is no order to draft.
  if (b.features.has("asks") && ["create_promotion", "copy_promotion", "update_promotion"].includes(tool)) return null;
  const next = amended(base, b);
  if (!next) return null;
  if (tool === "create_promotion") {
    const asked = askForPlan(next.args, b);
    if (asked) return decide(tool, asked);
  }
  const { accounts, ...rest } = next.args as Args & { accounts?: string[] };
  if (accounts && tool !== "create_promotion")
    return decide(tool, { args: accounts.map((account) => ({ ...rest, account })), notes: next.notes });
  return decide(tool, { args: [next.args], notes: next.notes });
}

/** A change of all scenarios alike ("and at Bramley?", "with display"), or one more of them ("and 30 %?"). */
function scenariosAgain(base: Args, b: Build): Decision | null {
  const scenarios = (base.scenarios as Args[] | undefined) ?? [];
  const [first] = scenarios;
  if (!first) return null;
  const one = amended(first, b);
  if (!one) return null;
  const offerOnly = b.features.has("offer") && !b.features.has("acct");
  if (offerOnly)
    return decide("compare_scenarios", { args: [{ scenarios: [...scenarios, one.args] }], notes: one.notes });
  const all = scenarios.map((s) => amended(s, b)?.args ?? s);
  return decide("compare_scenarios", { args: [{ scenarios: all }], notes: one.notes });
}
