import { addMonths } from "../../../data/common/dates.ts";
import { dateInWords } from "../../../data/common/format.ts";
import { endOfLength } from "../dates/span.ts";
import { allAccounts, type Goods } from "../mentions.ts";
import { termsIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { frameOf, inWords, planDates } from "../when.ts";
import { accountArg, ask, type Build, type Built, goodsWords, soFar } from "./build.ts";

/** Accounts, products, dates and terms of a plan, as far as the sentence says them. `loose`: a month counts as its days (a forecast may). */
export function planArgs(b: Build, loose: boolean): { args: Args; notes: string[] } {
  const names = b.accounts.all ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : b.accounts.names;
  const there = accountArg(b).account;
  const accounts = names.length ? names : there ? [there] : [];
  const when = planDates(b.reading.dates, frameOf(b.lexicon, "future", accounts[0]), accounts[0], loose);
  const goods = b.goods.length ? b.goods : b.features.has("thisproduct") ? b.focus.goods : [];
  return {
    args: {
      ...(accounts.length === 1 ? { account: accounts[0] } : accounts.length ? { accounts } : {}),
      ...(goods.length ? { products: goods } : {}),
      ...(when.start ? { start: when.start } : {}),
      ...(when.end ? { end: when.end } : {}),
      ...termsIn(b.reading),
      ...(when.length && !when.end ? { length: when.length } : {}),
    },
    notes: [...when.notes],
  };
}

export const hasOffer = (args: Args): boolean =>
  args.discount !== undefined || args.price_off !== undefined || (args.get !== undefined && args.pay !== undefined);

/** What a draft still lacks, asked in this order: account, start, end or length, offer. */
export function askForPlan(args: Args, b: Pick<Build, "lexicon" | "accounts">): Built | null {
  const { account, accounts, products, start, end } = args as {
    account?: string;
    accounts?: string[];
    products?: Goods[];
    start?: string;
    end?: string;
  };
  const said = [account ?? accounts?.join(", "), goodsWords(products), inWords(start, end)];
  if (b.accounts.unsure && (b.accounts.unsure.names.length > 1 || b.accounts.unsure.names.includes(account ?? ""))) {
    const { account: _, ...rest } = args;
    return askAccount(b.accounts.unsure, rest);
  }
  if (!account && !accounts)
    return ask(
      "account",
      `Which account is the promotion for?${soFar(said)}`,
      args,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!start) return ask("start", `When shall it start?${soFar(said)}`, args);
  if (!end) return ask("end", `When shall it end, or how long shall it run?${soFar(said)}`, args);
  if (end < start) {
    const { end: _, ...rest } = args;
    return ask("end", `It would end before it starts on ${dateInWords(start)}. When shall it end?`, rest);
  }
  if (!hasOffer(args))
    return ask("discount", `What is the offer: which discount, or which multibuy?${soFar(said)}`, args);
  return null;
}

export function askAccount(unsure: { said: string; names: readonly string[] }, args: Args): Built {
  const names = unsure.names.slice(0, 8);
  const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names[0];
  return ask("account", `Which account is meant by "${unsure.said}": ${list}?`, args, names);
}

/** A length that was said before its start ("for two weeks", then "from 3 May") closes the range. */
export function closeRange(args: Args): Args {
  const { length, ...rest } = args as Args & { length?: { days: number; months: number } };
  if (!length) return rest;
  if (typeof rest.start === "string" && rest.end === undefined)
    return { ...rest, end: endOfLength(rest.start, length, addMonths) };
  return rest.end === undefined ? { ...rest, length } : rest;
}
