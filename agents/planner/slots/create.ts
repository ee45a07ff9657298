import type { Goods } from "../mentions.ts";
import { ownPlanIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { unknownGoods } from "../unknownGoods.ts";
import { type Build, type Built, done } from "./build.ts";
import { askForPlan, closeRange, hasOffer, planArgs } from "./planArgs.ts";
import { windowsIn } from "./windows.ts";

export function buildCreate(said: Build): Built {
  const { args: windows, rest: b } = windowsIn(said);
  const { args, notes } = planArgs(b, false);
  const strange = unknownGoods(b.reading).filter((name) => name !== args.account && name !== b.accounts.unknown);
  // "Kestrel 20 % Tesco": beside goods that are known and no account, a strange name is the account's.
  if (strange.length === 1 && args.products && !args.account && !args.accounts && !besideGoods(b, strange[0]!))
    args.account = strange[0];
  else if (strange.length) args.products = [...((args.products as Goods[] | undefined) ?? []), ...strange];
  const closed = withNote({ ...fromThread(b, args), ...closeRange(args), ...ownPlanIn(b.reading), ...windows }, b);
  const asked = askForPlan(closed, b);
  return asked ?? done(closed, notes);
}

/**
 * What a draft takes from the thread where the sentence points there: "ok, create it" the plan that was forecast,
 * "create one for Bramley too" the draft before, "a promotion for that" the account and products spoken of.
 */
function fromThread(b: Build, said: Args): Args {
  const plans = b.features.has("onemore") ? ["forecast_promotion", "create_promotion"] : ["forecast_promotion"];
  const last = b.focus.recent.find((call) => plans.includes(call.tool) && call.status !== "error");
  const points = b.features.has("pronoun") || b.features.has("draftit") || b.features.has("onemore");
  if (last && points && !(said.account && said.start)) {
    const offer = hasOffer(said) ? ["discount", "mechanic", "get", "pay", "price_off"] : [];
    const own = said.account || said.accounts ? ["account", "accounts"] : [];
    return Object.fromEntries(
      Object.entries(last.args).filter(
        ([key]) => ![...offer, ...own, "note", "planned_units", "planned_uplift"].includes(key),
      ),
    );
  }
  const products = said.products || !b.focus.goods.length ? {} : { products: b.focus.goods };
  // "draft 20 % there", after talk of a brand at that account, is about that brand.
  if (b.features.has("thisaccount") && !b.accounts.names.length && b.focus.account) return products;
  if (!b.features.has("pronoun") || last || said.account || said.accounts) return {};
  return { ...(b.focus.account ? { account: b.focus.account } : {}), ...products };
}

/** A quotation in the sentence is a note to keep, not words to follow. */
const withNote = (args: Args, b: Build): Args =>
  b.reading.quotes.length ? { ...args, note: b.reading.quotes.join(" ") } : args;

/** "Kestrel and Nutella": one more of what is to be promoted. */
const besideGoods = (b: Build, name: string): boolean =>
  b.reading.names.some((n) => {
    const between = b.reading.text.slice(b.reading.tokens[n.to - 1]!.to);
    return (
      n.kind !== "account" &&
      /^\s*(?:and|,|or|&)\s*/i.test(between) &&
      between.replace(/^\s*(?:and|,|or|&)\s*/i, "").startsWith(name)
    );
  });
