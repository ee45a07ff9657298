import { exclusionOf } from "../exclusions.ts";
import { allAccounts, type Goods } from "../mentions.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { accountArg, ask, type Build, type Built, done, productArg, threadAccount } from "./build.ts";
import { goodsFilter, pastPeriod, perAccount } from "./pieces.ts";

/** A tool that takes goods as a whole category or as a product of ours, one call for each account named. */
function goodsRead(b: Build, more: Args = {}, notes: readonly string[] = []): Built {
  const { product } = productArg(b);
  return perAccount(b, { ...goodsFilter(product ? [product] : []), ...more, ...exclusionOf(b) }, notes);
}

/** What a question about a category asks above all. */
function focusIn({ features }: Build): { focus?: string } {
  if (features.has("promotion") || features.has("promo") || features.has("justus")) return { focus: "promotions" };
  if (features.has("ownlabel")) return { focus: "private_label" };
  if (features.has("shareword") && features.has("market")) return { focus: "competitors" };
  return features.has("shareword") ? { focus: "own" } : {};
}

export function buildCategory(b: Build): Built {
  const one = b.features.has("promo") || (b.features.has("single") && b.features.has("promotion"));
  if (one || (b.features.has("pronoun") && b.focus.promotion)) {
    const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, {
      statuses: ["ended", "closed"],
      mayGuess: true,
    });
    if (meant.kind === "one") return done({ promotion: meant.code });
  }
  const { period, notes } = pastPeriod(b, accountArg(b).account);
  return goodsRead(b, { ...focusIn(b), ...(period ? { period } : {}) }, notes);
}

export const buildGaps = (b: Build): Built => goodsRead(b);

export const buildLaunches = (b: Build): Built => goodsRead(b);

/** Words by which a price goes up; else it goes down where words say so, else up as a plus. */
const DOWN = ["decrease", "cheaperprice"];

export function buildPrice(b: Build): Built {
  const { account } = threadAccount(b);
  const { product } = productArg(b);
  const move = moveIn(b);
  const goods: Goods | undefined = product ?? (b.focus.goods[0] as Goods | undefined);
  const rest: Args = { ...(goods ? { product: goods } : {}), ...move };
  const names = b.accounts.all ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : b.accounts.names;
  if (names.length > 1 && goods && Object.keys(move).length)
    return { args: names.map((name) => ({ account: name, ...rest })), notes: [] };
  if (!account)
    return ask(
      "account",
      "At which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!goods) return ask("product", "Of which product or brand?", { account, ...rest });
  if (!Object.keys(move).length)
    return ask("move", "By how much should the everyday price move, in percent or to which price?", {
      account,
      ...rest,
    });
  return done({ account, ...rest });
}

/** Words before the price itself, not before what it moves by. */
const TO = new Set(["to", "at", "cost", "costs", "was", "were", "is", "sold", "for"]);

/** "by 5 %", "to 4.99 euros", "by 20 cents": up unless the words say down. */
export function moveIn(b: Pick<Build, "reading" | "features">): Args {
  const { reading, features } = b;
  const sign = DOWN.some((f) => features.has(f)) ? -1 : 1;
  const percent = reading.quantities.find((q) => q.kind === "percent");
  if (percent) return { change: sign * percent.values.at(-1)! };
  const off = reading.quantities.find((q) => q.kind === "price_off");
  if (off) return { amount: { amount: -off.money.amount, currency: off.money.currency } };
  const before = (at: number): boolean => reading.tokens.slice(Math.max(0, at - 2), at).some((t) => TO.has(t.text));
  const money = reading.quantities.find((q) => q.kind === "money");
  const number = reading.quantities.find((q) => q.kind === "number" && !q.ordinal && before(q.from));
  if (!money) return number?.kind === "number" ? { price: number.value } : {};
  return before(money.from)
    ? { price: money.money }
    : { amount: { amount: sign * money.money.amount, currency: money.money.currency } };
}
