import { exclusionOf, mechanicsOf } from "../exclusions.ts";
import { type Goods, ownersAccounts, unknownName } from "../mentions.ts";
import { supportIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { accountArg, ask, type Build, type Built, done, threadAccount } from "./build.ts";
import { goodsFilter, pastPeriod } from "./pieces.ts";

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
  if (has("moneyloss") && !has("spend")) return "net_roi";
  if (has("incremental") && /\bcosts?\b/i.test(b.reading.text) && /\bunit\b/i.test(b.reading.text))
    return "cost_per_incremental_unit";
  if (
    has("roi") &&
    /\broi|return|payback|pa(?:ys?|id) back|earns? back|bang|worth|profitable|promo euro|(?:per|every|each) euro/i.test(
      b.reading.text,
    )
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
export function groupIn(b: Build): string | undefined {
  const { concepts, tokens } = b.reading;
  const nouns = concepts.flatMap((hit) =>
    hit.concepts.filter((c) => GROUP_OF[c]).map((c) => ({ hit, by: GROUP_OF[c]! })),
  );
  const order = (by: string): number => (by === "promotion" ? 1 : 0);
  const after = (words: readonly string[], reach: number): string | undefined =>
    nouns
      .filter(({ hit }) => wordsBefore(b, hit.from, reach).some((w) => words.includes(w)))
      .sort((x, y) => x.hit.from - y.hit.from || y.hit.to - x.hit.to || order(x.by) - order(y.by))[0]?.by;
  const timed = nouns.find((n) => ["month", "quarter", "year"].includes(n.by));
  const named = after(["by", "per", "each", "every", "across", "among", "between"], 2);
  if (named) return named;
  if (timed) return timed.by;
  const sides = timesCompared(b);
  if (sides) return sides;
  const ofMetric = (to: number): boolean =>
    concepts.some((c) => c.from === to && c.concepts.some((k) => METRICS.has(k)));
  const best = nouns.find(
    ({ hit, by }) => by === "promotion" && RANKS.has(wordsBefore(b, hit.from, 1)[0] ?? "") && !ofMetric(hit.to),
  );
  if (best) return best.by;
  const asked = after(["which", "what", "whose"], 3);
  if (asked) return asked;
  if (b.features.has("supportpair") || b.features.has("supportalt")) return "support";
  if (supportAgainstNone(b)) return "support";
  if (mechanicsOf(b.reading).kept.length > 1 || (b.features.has("mechpair") && b.features.has("better")))
    return "mechanic";
  const brands = b.goods.filter((g) => typeof g === "object" && "brand" in g).length;
  if (brands > 1) return "brand";
  if (b.goods.length > 1)
    return b.goods.every((g) => typeof g === "object" && "category" in g) ? "category" : "product";
  if (b.accounts.names.length > 1) return "account";
  const ranked = nouns.filter((n) => n.by !== "promotion" || /s$/.test(tokens[n.hit.to - 1]!.text))[0];
  return ranked?.by ?? (b.features.has("supportword") && !keptSupport(b) ? "support" : undefined);
}

/** "with display and without": a support set against having none, where "without display" alone leaves those with it out. */
function supportAgainstNone(b: Build): boolean {
  if (!b.features.has("supportword") || !b.features.has("without2") || b.features.has("baseline")) return false;
  return Object.values(supportIn(b.reading)).some(Boolean) || !keptSupport(b);
}

/** "spend on displays", "uplift without a leaflet": one side alone is asked for. */
function keptSupport(b: Build): { display?: boolean; feature?: boolean } | null {
  const support = supportIn(b.reading);
  const sides = Object.values(support);
  const oneSide = sides.length > 0 && !["supportalt", "better", "works"].some((f) => b.features.has(f));
  return oneSide && (sides.every((side) => !side) || b.features.has("spend")) ? support : null;
}

/** "2025 versus 2024", "Q2 and Q3": stretches of time of one kind that are set side by side. */
function timesCompared(b: Build): string | undefined {
  if (!["compare", "better", "or2"].some((f) => b.features.has(f))) return undefined;
  const grains = b.reading.dates.flatMap((d) => ("span" in d ? [d.span.grain] : []));
  const [grain] = grains;
  const one = grains.length === 2 && grains.every((g) => g === grain);
  return one && (grain === "month" || grain === "quarter" || grain === "year") ? grain : undefined;
}

/** The words before a noun, nearest first, past what only describes it: "worst Clearwater promo", "best 20 % display deal". */
function wordsBefore({ reading }: Build, at: number, reach: number): string[] {
  const { names, dates, quantities, concepts, tokens } = reading;
  const describing = concepts.filter((c) => c.concepts.some((k) => DESCRIBES.has(k)));
  const found: string[] = [];
  for (let i = at - 1; i >= 0 && found.length < reach; i--)
    if (
      ![...names, ...dates, ...quantities, ...describing].some(
        (s) => s.from <= i && i < s.to && !RANKS.has(tokens[i]!.text),
      )
    )
      found.push(tokens[i]!.text);
  return found;
}
const DESCRIBES = new Set([
  "display",
  "feature",
  "tpr",
  "multibuy",
  "loyalty",
  "coupon",
  "edlp",
  "st_ended",
  "perform",
]);

/** "the ROI of Nescafé": a capitalised name that nobody knows goes to the tool, which says what there is. */
function strangeProduct(b: Build, account: string | undefined): string | null {
  const name = unknownName(b.reading, "product");
  return name && name !== account && /^\p{Lu}/u.test(name) ? name : null;
}

export function topIn(b: Build): { top?: number } {
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
  const sides = sameKind ? { products: b.goods } : {};
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
      ...sides,
      ...(by === "support" ? {} : supportFilter(b)),
      ...(by === "mechanic" ? {} : keptMechanic(b)),
      ...exclusionOf(b),
      ...(period ? { period } : {}),
      ...topIn(b),
      ...order,
    },
    notes,
  );
}

/** Beside another grouping ("best account with display") a support narrows. */
const supportFilter = (b: Build): Args =>
  b.features.has("supportalt") || b.features.has("supportpair") ? {} : supportIn(b.reading);

const keptMechanic = (b: Build): { mechanic?: string } => {
  const [only, ...more] = mechanicsOf(b.reading).kept;
  return only && !more.length ? { mechanic: only } : {};
};

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
