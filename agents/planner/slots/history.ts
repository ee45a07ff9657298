import { allAccounts, type Goods, ownersAccounts, unknownName } from "../mentions.ts";
import { mechanicsIn, supportIn } from "../offer.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { frameOf, periodOf } from "../when.ts";
import { accountArg, ask, type Build, type Built, done, productArg, threadAccount } from "./build.ts";
import { mechanicArg } from "./pieces.ts";

/** The period of a question about what was, where one is named. */
function pastPeriod(b: Build, account: string | undefined): { period?: { from: string; to: string }; notes: string[] } {
  const when = periodOf(b.reading.dates, frameOf(b.lexicon, b.tense, account), account);
  return when ? { period: when.period, notes: when.notes } : { notes: [] };
}

/** A product filter; a whole category goes by its own argument. */
function goodsFilter(goods: readonly Goods[]): { product?: Goods; category?: string } {
  const [first] = goods;
  if (!first) return {};
  return typeof first === "object" && "category" in first ? { category: first.category } : { product: first };
}

const METRIC_OF: readonly (readonly [concept: string, metric: string])[] = [
  ["costper", "cost_per_incremental_unit"],
  ["subsidised", "subsidised_share"],
  ["cannibal", "cannibalised_units"],
  ["incprofit", "incremental_profit"],
  ["uplift", "uplift"],
  ["incremental", "incremental_units"],
  ["netsales", "net_sales"],
  ["spend", "spend"],
  ["unitsword", "units"],
];
function metricIn(b: Build): string | undefined {
  const has = (c: string): boolean => b.features.has(c);
  if (has("gross")) return "gross_roi";
  if (has("incremental") && /\bcosts?\b/i.test(b.reading.text) && /\bunit\b/i.test(b.reading.text))
    return "cost_per_incremental_unit";
  if (
    has("roi") &&
    /\broi|return|payback|bang|worth|profitable|promo euro|(?:per|every|each) euro/i.test(b.reading.text)
  )
    return "net_roi";
  for (const [concept, metric] of METRIC_OF) if (has(concept)) return metric;
  return has("roi") ? "net_roi" : undefined;
}

const GROUP_OF: Record<string, string> = {
  account: "account",
  category: "category",
  brand: "brand",
  product: "product",
  mechanic: "mechanic",
  support: "support",
  band: "discount_band",
  paymentword: "payment",
  monthword: "month",
  quarterword: "quarter",
  yearword: "year",
  promotion: "promotion",
};

const METRICS = new Set(["roi", "gross", ...METRIC_OF.map(([concept]) => concept)]);
const RANKS = new Set([
  "best",
  "worst",
  "top",
  "strongest",
  "weakest",
  "biggest",
  "smallest",
  "profitable",
  "successful",
  "expensive",
]);

/** What is compared: the noun after "which", "by", "per" or "each"; else what the sentence sets side by side. */
function groupIn(b: Build): string | undefined {
  const { concepts, tokens } = b.reading;
  const nouns = concepts.flatMap((hit) =>
    hit.concepts.filter((c) => GROUP_OF[c]).map((c) => ({ hit, by: GROUP_OF[c]! })),
  );
  const order = (by: string): number => (by === "promotion" ? 1 : 0);
  const after = (words: readonly string[], reach: number): string | undefined =>
    nouns
      .filter(({ hit }) => tokens.slice(Math.max(0, hit.from - reach), hit.from).some((t) => words.includes(t.text)))
      .sort((x, y) => x.hit.from - y.hit.from || y.hit.to - x.hit.to || order(x.by) - order(y.by))[0]?.by;
  const timed = nouns.find((n) => ["month", "quarter", "year"].includes(n.by));
  const named = after(["by", "per", "each", "every", "across", "among", "between"], 2);
  if (named) return named;
  if (timed) return timed.by;
  const ofMetric = (to: number): boolean =>
    concepts.some((c) => c.from === to && c.concepts.some((k) => METRICS.has(k)));
  const best = nouns.find(
    ({ hit, by }) => by === "promotion" && RANKS.has(tokens[hit.from - 1]?.text ?? "") && !ofMetric(hit.to),
  );
  if (best) return best.by;
  const asked = after(["which", "what", "whose"], 3);
  if (asked) return asked;
  if (b.features.has("supportpair") || b.features.has("supportalt")) return "support";
  if (b.features.has("supportword") && b.features.has("without2") && !b.features.has("baseline")) return "support";
  if (mechanicsIn(b.reading).length > 1 || (b.features.has("mechpair") && b.features.has("better"))) return "mechanic";
  const brands = b.goods.filter((g) => typeof g === "object" && "brand" in g).length;
  if (brands > 1) return "brand";
  if (b.goods.length > 1)
    return b.goods.every((g) => typeof g === "object" && "category" in g) ? "category" : "product";
  if (b.accounts.names.length > 1) return "account";
  const ranked = nouns.filter((n) => n.by !== "promotion" || /s$/.test(tokens[n.hit.to - 1]!.text))[0];
  return ranked?.by ?? (b.features.has("supportword") && !b.features.has("spend") ? "support" : undefined);
}

/** "the ROI of Nescafé": a capitalised name that nobody knows goes to the tool, which says what there is. */
function strangeProduct(b: Build, account: string | undefined): string | null {
  const name = unknownName(b.reading, "product");
  return name && name !== account && /^\p{Lu}/u.test(name) ? name : null;
}

function topIn(b: Build): { top?: number } {
  for (const q of b.reading.quantities) {
    if (q.kind !== "number" || q.ordinal || q.value < 1 || q.value > 50 || !Number.isInteger(q.value)) continue;
    const around = [b.reading.tokens[q.from - 1], b.reading.tokens[q.to]].map((t) => t?.text ?? "");
    if (
      around.some((w) =>
        [
          "top",
          "best",
          "worst",
          "highest",
          "lowest",
          "biggest",
          "largest",
          "strongest",
          "weakest",
          "first",
          "most",
          "leading",
          "bottom",
          "least",
          "smallest",
          "promotions",
          "products",
          "accounts",
          "retailers",
          "brands",
          "fastest",
        ].includes(w),
      )
    )
      return { top: q.value };
  }
  return {};
}

export function buildCompare(b: Build): Built {
  const by = groupIn(b) ?? (b.features.has("worked") ? "promotion" : undefined);
  const metric = metricIn(b) ?? (b.features.has("salesword") && !b.features.has("promotion") ? "units" : "net_roi");
  const several = b.accounts.names.length > 1;
  const account: { account?: string } = several ? {} : b.features.has("worked") ? threadAccount(b) : accountArg(b);
  const theirs = several ? b.accounts.names : (ownersAccounts(b.reading, b.lexicon) ?? []);
  const side = theirs.length && !account.account ? { accounts: theirs } : {};
  const { period, notes } = pastPeriod(b, account.account);
  const sameKind = b.goods.length > 1;
  const goods: { product?: Goods; category?: string } = sameKind
    ? {}
    : goodsFilter(b.goods.length ? b.goods : b.features.has("thisproduct") ? b.focus.goods : []);
  const strange = goods.product || goods.category || sameKind ? null : strangeProduct(b, account.account);
  if (strange) Object.assign(goods, { product: strange });
  const unnamed = missingReference(b, { ...account, ...goods });
  if (unnamed) return unnamed;
  const fallback =
    account.account && (metric === "units" || metric === "net_sales")
      ? "product"
      : goods.product && !account.account
        ? typeof goods.product === "object"
          ? "brand"
          : "product"
        : "account";
  const order = worstFirst(b, metric) ? { order: "worst" } : {};
  return done(
    {
      metric,
      by: by ?? (account.account && b.features.has("rank") && b.features.has("promotion") ? "promotion" : fallback),
      ...account,
      ...side,
      ...goods,
      ...(by === "mechanic" ? {} : mechanicArg(b)),
      ...(period ? { period } : {}),
      ...topIn(b),
      ...order,
    },
    notes,
  );
}

/** Of these a low figure is the good one. */
const BURDENS = new Set(["subsidised_share", "cannibalised_units", "cost_per_incremental_unit"]);

/** "worst", "lost us money", "the most cannibalisation": the bad end first. */
function worstFirst(b: Build, metric: string): boolean {
  if (/\b(?:worst|poorest)\b/i.test(b.reading.text)) return true;
  if (BURDENS.has(metric))
    return /\b(?:most|highest|biggest|largest|suffer\w*|heaviest|strongest)\b/i.test(b.reading.text);
  return (
    b.features.has("lowest") ||
    b.features.has("moneyloss") ||
    /\bnegative\b|\b(?:los[et]|lost|losing)\b.{0,20}\bmoney\b/i.test(b.reading.text)
  );
}

/** "this product" with nothing before it: a question back. */
function missingReference(b: Build, args: Args): Built | null {
  if (b.features.has("thisproduct") && !args.product && !args.category && !b.goods.length)
    return ask("product", "Which product, brand or category is meant?", args);
  return null;
}

export function buildDiscountResponse(b: Build): Built {
  const account = accountArg(b);
  const { period, notes } = pastPeriod(b, account.account);
  const { product } = productArg(b);
  if (b.features.has("thisproduct") && !product)
    return ask("product", "Which product, brand or category is meant?", { ...account, ...(period ? { period } : {}) });
  const rest = {
    ...(product ? { product } : {}),
    ...(period ? { period } : {}),
    ...supportIn(b.reading),
    ...levelsIn(b.reading),
  };
  if (b.accounts.names.length > 1) return { args: b.accounts.names.map((name) => ({ account: name, ...rest })), notes };
  return done({ ...account, ...rest }, notes);
}

/** "is 30 % better than 20 %", "from 20 to 30 percent": two depths, the one that is in question first. */
function levelsIn({ quantities }: Build["reading"]): { levels?: number[] } {
  const percents = quantities.filter((q) => q.kind === "percent");
  const values = [...new Set(percents.flatMap((q) => q.values))];
  if (values.length !== 2) return {};
  return { levels: percents.some((q) => q.between) ? values.toReversed() : values };
}

const OVER = ["ended", "closed"];
export function buildExplain(b: Build): Built {
  const account = accountArg(b);
  const { period, notes } = pastPeriod(b, account.account);
  const { product } = productArg(b);
  const about = ["offer", "promo", "single", "pronoun", "rank"].some((f) => b.features.has(f));
  if (about) {
    const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses: OVER, mayGuess: true });
    if (meant.kind === "one") return done({ promotion: meant.code });
  }
  if (b.features.has("thisproduct") && !product)
    return ask("product", "Which product, brand or category is meant?", { ...account, ...(period ? { period } : {}) });
  if (!account.account && !product && b.focus.promotion) return done({ promotion: b.focus.promotion });
  const args = { ...account, ...(product ? { product } : {}), ...(period ? { period } : {}) };
  if (Object.keys(args).length === 0)
    return ask("promotion", "Which promotion, or which account and product, is meant?", args);
  return done(args, notes);
}

export function buildReview(b: Build): Built {
  const { account } = threadAccount(b);
  const { period, notes } = pastPeriod(b, account);
  // "I am meeting them on Tuesday" is no period to look back on.
  const rest = period && period.from < period.to && period.from <= b.lexicon.today ? { period } : {};
  const names = b.accounts.all ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : b.accounts.names;
  if (names.length > 1) return { args: names.map((name) => ({ account: name, ...rest })), notes };
  const from = account ?? (b.features.has("pronoun") ? b.focus.account : null);
  if (!from)
    return ask(
      "account",
      "Which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  return done({ account: from, ...rest }, notes);
}

export function buildGrowth(b: Build): Built {
  const account = accountArg(b);
  const { period, notes } = pastPeriod(b, account.account);
  const { product } = productArg(b);
  if (b.features.has("thisproduct") && !product)
    return ask("product", "Which product, brand or category is meant?", { ...account, ...(period ? { period } : {}) });
  const filter = goodsFilter(product ? [product] : []);
  if (b.accounts.names.length > 1)
    return {
      args: b.accounts.names.map((name) => ({ account: name, ...filter, ...(period ? { period } : {}) })),
      notes,
    };
  return done({ ...account, ...filter, ...(period ? { period } : {}) }, notes);
}

export function buildRisks(b: Build): Built {
  if (b.accounts.names.length > 1) return { args: b.accounts.names.map((account) => ({ account })), notes: [] };
  return done({ ...accountArg(b) });
}

export function buildSignals(b: Build): Built {
  const account = accountArg(b);
  // What is announced lies ahead, what was done behind.
  const ahead = /\b(?:announced|coming|upcoming|plan(?:s|ned)?|next|expected|will)\b/i.test(b.reading.text);
  const { period, notes } = pastPeriod(ahead ? { ...b, tense: "future" } : b, account.account);
  const competitor = b.reading.names.find((n) => n.kind === "competitor")?.names[0];
  const category = b.goods.flatMap((g) => categoryOf(g, b))[0];
  const during = b.features.has("while") && !period ? duringPromotion(b) : undefined;
  return done(
    {
      ...account,
      ...(category ? { category } : {}),
      ...(competitor ? { competitor } : {}),
      ...(period ? { period } : during ? { period: during } : {}),
    },
    notes,
  );
}
function categoryOf(goods: Goods, b: Build): string[] {
  if (typeof goods === "object" && "category" in goods) return [goods.category];
  const found =
    typeof goods === "string"
      ? b.lexicon.products.find((p) => p.name === goods)?.category
      : b.lexicon.brands.find((x) => x.name === goods.brand)?.category;
  return found ? [found] : [];
}
/** "what did competitors do meanwhile": in the weeks of the promotion that the thread is about. */
function duringPromotion(b: Build): { from: string; to: string } | undefined {
  const promotion = b.lexicon.promotions.find((p) => p.code === b.focus.promotion);
  return promotion ? { from: promotion.start, to: promotion.end } : undefined;
}

export function buildResponses(b: Build): Built {
  const { features } = b;
  const driver = features.has("display") ? "display" : features.has("feature") ? "feature" : "price";
  const by = groupIn(b);
  const goods = goodsFilter(b.goods);
  const args: Args = {
    driver,
    by:
      by === "product" || by === "category"
        ? by
        : by === "brand" || (!by && b.goods.length > 0 && b.features.has("which"))
          ? "product"
          : "account",
    ...accountArg(b),
    ...goods,
    ...topIn(b),
  };
  if (b.accounts.names.length > 1) delete args.account;
  // Within one account it is its products that differ.
  if (args.account && args.by === "account" && by !== "account") args.by = "product";
  return done(args);
}
