import { unknownName } from "../mentions.ts";
import { ownPlanIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { type Build, type Built, done } from "./build.ts";
import { askForPlan, closeRange, hasOffer, planArgs } from "./planArgs.ts";

export function buildCreate(b: Build): Built {
  const { args, notes } = planArgs(b, false);
  const strange = args.products ? null : unknownName(b.reading, "product");
  if (strange && /^\p{Lu}/u.test(strange) && strange !== args.account && strange !== b.accounts.unknown)
    args.products = [strange];
  const closed = withNote({ ...fromThread(b, args), ...closeRange(args), ...ownPlanIn(b.reading) }, b);
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
