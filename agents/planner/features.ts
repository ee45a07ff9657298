import { type DateFrame, resolveSpan } from "./dates/span.ts";
import { AUXILIARIES, beginsAsQuestion, headsOf, isQuestion } from "./heads.ts";
import type { Reading } from "./reading.ts";
import type { Lexicon } from "./types.ts";

/** What is true of a sentence; intents are scored over these. */
export type Features = ReadonlySet<string>;

const GROUPS = [
  "account",
  "category",
  "brand",
  "product",
  "mechanic",
  "support",
  "band",
  "paymentword",
  "monthword",
  "quarterword",
  "yearword",
];
const METRICS = [
  "roi",
  "gross",
  "uplift",
  "incremental",
  "incprofit",
  "spend",
  "costper",
  "subsidised",
  "cannibal",
  "unitsword",
  "netsales",
];
const PAYMENTS = ["off_invoice", "bill_back", "scan_back", "lump_sum", "slotting", "mdf"];
const REPORTS = ["r_calendar", "r_post_event", "r_account_review", "r_budget", "r_forecast_accuracy", "r_jbp"];
const FORMATS = ["fmt_xlsx", "fmt_pptx", "fmt_pdf", "fmt_csv", "fmt_ics", "fmt_page"];
const STATUSES = [
  "st_draft",
  "st_submitted",
  "st_approved",
  "st_running",
  "st_ended",
  "st_closed",
  "st_cancelled",
  "st_rejected",
];
const MECHANICS = ["tpr", "multibuy", "loyalty", "coupon", "edlp"];

export function featuresOf(reading: Reading, lexicon: Lexicon): Set<string> {
  const features = new Set<string>();
  for (const hit of reading.concepts) {
    const denied = isDenied(reading, hit.from);
    for (const concept of hit.concepts) {
      if (!denied || !ACTS.has(concept)) features.add(concept);
      else features.add(OPPOSITE[concept] ?? "denied");
    }
  }
  const any = (...names: string[]): boolean => names.some((n) => features.has(n));
  const flag = (name: string, holds: boolean): void => {
    if (holds) features.add(name);
  };
  flag("which", asksWhich(reading));
  amounts(reading, flag);
  entities(reading, flag);
  times(reading, lexicon, flag);
  flag("single", singlePromotion(reading, features));
  const heads = headsOf(reading);
  for (const head of heads) features.add(`head:${head}`);
  // "The buyer claims that it paid" speaks of no claim.
  if (features.has("saysthat")) features.delete("claim");
  // "We won't cancel P-1044" asks for nothing to be done.
  if (features.has("denied") && heads.size === 0) features.add("head:neg");
  flag(
    "onemore",
    /\b(?:one|another|the same)\b.*\b(?:too|also|as well)\b|\b(?:another|one more|the same)(?: one)? (?:for|at|with)\b/i.test(
      reading.text,
    ),
  );
  flag("continues", /^(?:and|also|plus)\b/i.test(reading.text.trim()));
  flag("pastasked", /^(?:was|were|did|had|has|have)\b/i.test(reading.text.trim()));
  if (spokenOne(reading)) {
    for (const f of ["promotion", "single"]) features.add(f);
    // "make the Fairway one 10 %"
    if (features.has("head:create")) features.add("pointsback");
  }
  flag(
    "promoplural",
    reading.concepts.some((c) => c.concepts.includes("promotion") && /s$/.test(reading.tokens[c.to - 1]!.text)),
  );
  flag("question", isQuestion(reading, heads));
  flag("asks", beginsAsQuestion(reading));
  flag("metricword", any(...METRICS));
  flag("paymentname", any(...PAYMENTS));
  flag("payments2", PAYMENTS.filter((p) => features.has(p)).length > 1);
  flag("reportkind", any(...REPORTS));
  flag("reportfmt", any(...FORMATS));
  flag("reportword", any("report"));
  flag("sendword", any("send"));
  flag("statusword", any(...STATUSES));
  flag("supportword", any("display", "feature", "nosupport", "both"));
  flag("mechanicword", any(...MECHANICS, "mechanic", "offer:multibuy"));
  flag(
    "mechpair",
    MECHANICS.filter((m) => features.has(m)).length +
      (features.has("offer:multibuy") && !features.has("multibuy") ? 1 : 0) >
      1,
  );
  flag("supportpair", features.has("display") && features.has("feature"));
  flag("settleword", any("pay", "partpay", "dispute", "approve", "reject"));
  flag("offer", any("pct", "offer:multibuy", "price_off"));
  flag("mixedoffers", ["pct", "offer:multibuy", "price_off"].filter((k) => features.has(k)).length > 1);
  flag("supportalt", supportAlternatives(reading));
  flag(
    "alt",
    any("or", "better", "compare") &&
      any("pct2", "accts2", "dates2", "prods2", "supportalt", "mixedoffers", "mechpair", "promos2", "lengths2"),
  );
  flag(
    "budgetmoney",
    features.has("money") &&
      !any("head:transfer") &&
      (any("money:budget", "fundword") || any("planspend", "planobject")) &&
      !any("money:support"),
  );
  flag("groupnoun", any(...GROUPS) || (features.has("promotion") && !features.has("single")));
  flag(
    "howworks",
    /^how (?:do|does) (?!(?:we|i|our|the)\b).{2,60}\bworks?$/.test(plainWords(reading)) &&
      !any("supportword", "mechanicword", "offer", "rank"),
  );
  flag("fragment", heads.size === 0 && !features.has("question"));
  flag("onlyname", reading.concepts.length === 0 && reading.dates.length === 0 && reading.quantities.length === 0);
  flag("quoted", reading.quotes.length > 0);
  flag("filelike", FILE_LIKE.test(reading.text));
  return features;
}

/** The name of a file or a link. */
const FILE_LIKE = /https?:\/\/\S+|[^\s"]+\.(?:pdf|png|jpe?g|webp|xlsx|csv|txt|eml|zip)\b/i;

/** What may be done; after a negation it is not asked for, and of some the opposite is. */
const ACTS = new Set([
  "cancel",
  "undo",
  "submit",
  "approve",
  "reject",
  "create",
  "copy",
  "update",
  "move",
  "transfer",
  "pay",
  "draftit",
]);
const OPPOSITE: Record<string, string> = { approve: "reject", pay: "dispute" };
const DENIALS = new Set([
  "not",
  "dont",
  "wont",
  "never",
  "cant",
  "cannot",
  "shouldnt",
  "couldnt",
  "wouldnt",
  "didnt",
  "nicht",
  "refuse",
  "refuses",
]);
const AFTER_DENIAL = new Set([
  "to",
  "want",
  "going",
  "wish",
  "like",
  "be",
  "have",
  "need",
  "intend",
  "plan",
  "ever",
  "really",
  "yet",
  "please",
  "just",
]);

/** "won't", "not going to", "do not want to" right before a verb. */
function isDenied({ tokens }: Reading, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    if (DENIALS.has(tokens[i]!.text)) return true;
    if (!AFTER_DENIAL.has(tokens[i]!.text)) return false;
  }
  return false;
}

/** "what retailer", "what promotions": which of them. */
const asksWhich = (reading: Reading): boolean =>
  reading.tokens.some(
    (t, i) =>
      t.text === "what" &&
      reading.concepts.some(
        (c) =>
          c.from > i &&
          c.from <= i + 2 &&
          c.concepts.some((k) => GROUPS.includes(k) || k === "promotion") &&
          reading.tokens
            .slice(i + 1, c.from)
            .every((w) => w.kind === "word" && !AUXILIARIES.has(w.text) && w.text !== "the"),
      ),
  );
const plainWords = (reading: Reading): string =>
  reading.tokens
    .filter((t) => t.kind !== "mark")
    .map((t) => t.text)
    .join(" ")
    .slice(0, 200);

type Flag = (name: string, holds: boolean) => void;

function amounts(reading: Reading, flag: Flag): void {
  const { quantities } = reading;
  const percents = quantities.flatMap((q) => (q.kind === "percent" ? q.values : []));
  flag("pct", percents.length > 0);
  flag(
    "ownuplift",
    quantities.some((q) => q.kind === "uplift"),
  );
  flag(
    "between",
    quantities.some((q) => q.kind === "percent" && q.between),
  );
  flag("pct2", new Set(percents).size > 1);
  flag(
    "offer:multibuy",
    quantities.some((q) => q.kind === "multibuy"),
  );
  flag(
    "price_off",
    quantities.some((q) => q.kind === "price_off"),
  );
  flag(
    "money",
    quantities.some((q) => q.kind === "money"),
  );
  for (const q of quantities) if (q.kind === "money") flag(`money:${q.for}`, true);
  flag(
    "number",
    quantities.some((q) => q.kind === "number"),
  );
  flag(
    "amountlike",
    quantities.some((q) => q.kind === "money" || (q.kind === "number" && !q.ordinal && q.value >= 50)),
  );
}

function entities(reading: Reading, flag: Flag): void {
  const of = (kind: string): number => reading.names.filter((n) => n.kind === kind).length;
  const goods = of("brand") + of("product") + of("category");
  flag("acct", of("account") > 0);
  flag("accts2", of("account") > 1);
  flag("prod", of("brand") + of("product") > 0 || of("category") > 0);
  flag("prods2", goods > 1);
  flag("brand", of("brand") > 0 || reading.concepts.some((c) => c.concepts.includes("brand")));
  flag("cat", of("category") > 0);
  flag("competitor", of("competitor") > 0);
  flag("person", of("person") > 0);
  flag("contact", of("contact") > 0);
  const promotions = new Set(reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code)).size;
  flag("promo", promotions > 0);
  flag("promos2", promotions > 1);
  flag(
    "claimcode",
    reading.codes.some((c) => c.kind === "claim"),
  );
}

function times(reading: Reading, lexicon: Lexicon, flag: Flag): void {
  const { dates } = reading;
  const dated = dates.filter((d) => d.role !== "length" && d.role !== "shift");
  flag("dates", dated.length > 0);
  flag("dates2", dated.length > 1);
  flag(
    "period",
    dates.some((d) => d.role === "period" || (d.role === "range" && d.span.grain !== "day")),
  );
  flag("lengths2", dates.filter((d) => d.role === "length").length > 1);
  flag(
    "length",
    dates.some((d) => d.role === "length"),
  );
  flag(
    "shift",
    dates.some((d) => d.role === "shift" || d.role === "length"),
  );
  const frame: DateFrame = {
    today: lexicon.today,
    planningToday: lexicon.planningToday,
    tense: "future",
    calendar: "iso",
    ownWeek1: null,
  };
  // All that is named lies behind: nothing of it can be planned.
  flag(
    "dates_behind",
    dated.length > 0 &&
      dated.every(
        (d) =>
          "span" in d &&
          (d.span.year !== null || d.span.tense === "past") &&
          (resolveSpan(d.span, { ...frame, tense: "past" })?.to ?? lexicon.today) < lexicon.today,
      ),
  );
  flag(
    "dates_ahead",
    dated.some(
      (d) =>
        "span" in d &&
        (d.span.year !== null || d.span.tense === "future") &&
        (resolveSpan(d.span, frame)?.from ?? "") > lexicon.planningToday,
    ),
  );
}

/** "with display or without", "with or without a leaflet", "display or no display" */
function supportAlternatives(reading: Reading): boolean {
  const { tokens } = reading;
  const words = tokens.map((t) => t.text);
  const or = words.some(
    (w, i) =>
      (w === "or" || w === "and" || w === "versus" || w === "vs" || w === "rather") &&
      (words.slice(i + 1, i + 3).some((n) => ["without", "no", "not", "none"].includes(n)) ||
        words.slice(Math.max(0, i - 3), i).includes("without")),
  );
  return (
    or &&
    reading.concepts.some(
      (c) => c.concepts.includes("display") || c.concepts.includes("feature") || c.concepts.includes("support"),
    )
  );
}

/** "the Kestrel one", "the 20 % one", "the one at Bramley": a promotion, told apart by what stands beside it. */
function spokenOne(reading: Reading): boolean {
  const spans = [...reading.names, ...reading.dates, ...reading.quantities.filter((q) => q.kind !== "number")];
  return reading.tokens.some((t, i) => {
    if (t.text !== "one") return false;
    const article = reading.tokens.slice(Math.max(0, i - 4), i).some((w) => w.text === "the" || w.text === "that");
    return article && spans.some((s) => s.to === i || (s.to < i && i - s.to === 1));
  });
}
const NOT_ONE = new Set([
  "which",
  "what",
  "any",
  "every",
  "per",
  "best",
  "worst",
  "top",
  "strongest",
  "weakest",
  "highest",
  "lowest",
]);
/** One promotion is spoken of ("the last promotion at C", "that Easter deal"), not promotions in general. */
function singlePromotion(reading: Reading, features: ReadonlySet<string>): boolean {
  if (features.has("promo")) return true;
  return reading.concepts.some((c) => {
    if (!c.concepts.includes("promotion") || /s$/.test(reading.tokens[c.to - 1]!.text)) return false;
    const after = reading.concepts.find((n) => n.from === c.to);
    // "promotion ROI", "promotion calendar": promotions in general.
    if (
      after?.concepts.some((k) => METRICS.includes(k) || REPORTS.includes(k) || k === "fundword" || k === "planobject")
    )
      return false;
    const before = reading.tokens.slice(Math.max(0, c.from - 6), c.from).map((t) => t.text);
    return (
      before.some((w) => ["the", "that", "this", "last", "latest", "our", "recent", "previous", "my"].includes(w)) &&
      !before.slice(-2).some((w) => NOT_ONE.has(w))
    );
  });
}
