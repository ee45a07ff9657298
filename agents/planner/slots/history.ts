import { exclusionOf } from "../exclusions.ts";
import { allAccounts, type Goods } from "../mentions.ts";
import { supportIn } from "../offer.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args, LexiconPromotion } from "../types.ts";
import { accountArg, ask, type Build, type Built, done, productArg, threadAccount } from "./build.ts";
import { groupIn, topIn } from "./compare.ts";
import { goodsFilter, pastPeriod } from "./pieces.ts";

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
    ...exclusionOf(b),
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
  const order = b.features.has("shrinks") && !b.features.has("grows") ? { order: "worst" } : {};
  const whole = drivesCategory(b) ? { whole: "category" } : {};
  const filter = { ...order, ...whole, ...goodsFilter(product ? [wholeOf(b) ?? product] : []), ...exclusionOf(b) };
  if (b.accounts.names.length > 1)
    return {
      args: b.accounts.names.map((name) => ({ account: name, ...filter, ...(period ? { period } : {}) })),
      notes,
    };
  return done({ ...account, ...filter, ...(period ? { period } : {}) }, notes);
}

/** "Which products drive category growth?", "what drives growth in ice cream?": of the whole category, not of ours. */
const drivesCategory = ({ features }: Build): boolean =>
  features.has("catgrowth") || (features.has("cat") && features.has("drives") && features.has("growth"));

/** "Does the growth in pet food come from Tailwind?": the category is looked at, of which the brand is a part. */
function wholeOf(b: Build): Goods | null {
  const category = b.reading.names.find((n) => n.kind === "category");
  const part = b.reading.names.find((n) => n.kind === "brand" || n.kind === "product");
  if (!category || !part) return null;
  const apart = category.to < part.from || part.to < category.from;
  return apart ? { category: category.names[0]! } : null;
}

export function buildRisks(b: Build): Built {
  if (b.accounts.names.length > 1) return { args: b.accounts.names.map((account) => ({ account })), notes: [] };
  return done({ ...accountArg(b), ...exclusionOf(b) });
}

export function buildSignals(b: Build): Built {
  const account = accountArg(b);
  // What is announced lies ahead, what was done behind.
  const days = b.features.has("holidayword");
  const ahead = days || /\b(?:announced|coming|upcoming|plan(?:s|ned)?|next|expected|will)\b/i.test(b.reading.text);
  const { period, notes } = pastPeriod(ahead ? { ...b, tense: "future" } : b, account.account);
  const competitor = b.reading.names.find((n) => n.kind === "competitor")?.names[0];
  const ran = period ? undefined : duringPromotion(b);
  const category =
    b.goods.flatMap((g) => categoryOf(g, b))[0] ??
    (days || !ran?.brand ? undefined : categoryOf({ brand: ran.brand }, b)[0]);
  return done(
    {
      ...account,
      ...(ran ? { account: ran.account } : {}),
      ...(category ? { category } : {}),
      ...(competitor ? { competitor } : {}),
      ...(days ? { holidays: true } : {}),
      ...(b.features.has("ownlabel") ? { private_label: true } : {}),
      ...exclusionOf(b),
      ...(period ? { period } : ran ? { period: { from: ran.start, to: ran.end } } : {}),
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
/** "what did competitors do meanwhile", "while our last promotion there ran", "during P-1042": the promotion whose weeks are meant. */
function duringPromotion(b: Build): LexiconPromotion | undefined {
  const named = b.reading.codes.some((c) => c.kind === "promotion");
  if (!named && !b.features.has("while")) return undefined;
  const told = named || b.features.has("promotion") || b.features.has("single");
  const meant = told
    ? promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses: OVER, mayGuess: true })
    : undefined;
  const code = meant?.kind === "one" ? meant.code : b.focus.promotion;
  return b.lexicon.promotions.find((p) => p.code === code);
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
