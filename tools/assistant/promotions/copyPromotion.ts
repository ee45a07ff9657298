import { z } from "zod";
import { easterSunday } from "../../../data/common/calendar.ts";
import { addDays, daysBetween, YEAR_OF_WEEKS } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { storedDraft } from "../../../data/promotions/promotions.service.ts";
import { promotionRow } from "../../../data/promotions/reading.service.ts";
import { planAccount } from "../../../data/promotions/rights.service.ts";
import { optional, promotionArgs, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { changedWish, wishOfDraft } from "./changedWish.ts";
import { commitNewDraft } from "./commitDraft.ts";
import { draftJson } from "./createPromotion.ts";
import type { Forecaster } from "./forecaster.ts";
import { keepDrafts, planDraft } from "./planDraft.ts";
import { listedOf } from "./products.ts";
import { whichPromotion } from "./whichPromotion.ts";
import { windowArgs, windowsAfter } from "./windows.ts";

const schema = z.strictObject({ promotion: optional(promotionRef), ...promotionArgs, ...windowArgs });

/** A promotion that ends this many days around Easter Sunday is an Easter promotion. */
const EASTER_DAYS = 7;

export const copyPromotion = (forecaster: Forecaster) =>
  writeTool({
    name: "copy_promotion",
    role: "assistant",
    description:
      "Drafts a promotion like an earlier one, at the same or another account. Without dates at the same time next year, on the same weekdays (an Easter promotion around the next Easter), or on the same dates where one that is still to come is copied to another account. What is named besides (offer, products, support, payment) takes the place of the earlier one's. Waits for approval.",
    examples: [
      {
        say: "Copy P-1008 to Cormorant from 3 May",
        args: { promotion: "P-1008", account: "Cormorant Hyper", start: "2027-05-03" },
      },
      { say: "Do P-1008 again next year", args: { promotion: "P-1008" } },
      {
        say: "Copy P-1008 to Cormorant from 3 May, but with 15 %",
        args: { promotion: "P-1008", account: "Cormorant Hyper", start: "2027-05-03", discount: 0.15 },
      },
    ],
    schema,
    access: "WRITE",
    async propose(context, { promotion, account: toAccount, start: toStart, end: toEnd, ...changes }) {
      const { actor, store } = context;
      const source = await whichPromotion(context, promotion);
      const from = await planAccount(actor, store, source.account_id);
      const to = toAccount === undefined ? from : await planAccount(actor, store, toAccount);
      const old = await wishOfDraft(store, await storedDraft(store, await promotionRow(store, source)), from);
      const assumptions: string[] = [];
      const elsewhere = to.id !== from.id;
      const moved = toStart ? { start: toStart, words: null } : timeOf(old, elsewhere, store.today);
      if (moved.words) assumptions.push(moved.words);
      const start = moved.start;
      const end = toEnd ?? addDays(start, daysBetween(old.start, old.end));
      if (end < start)
        throw new KamError("bad_input", "The copy would end before it starts; say its dates again.", { start, end });
      if (to.currency !== from.currency && (old.fixed_spend_minor > 0 || old.offer.price_off !== null))
        throw new KamError(
          "bad_input",
          `${source.promotion} holds amounts in ${from.currency}, and ${to.name} is kept in ${to.currency}; make a new promotion there.`,
        );
      const listed = await listedOf(store, to, old.products, { from: start, to: end });
      assumptions.push(...listed.assumptions);
      const { windows, assumptions: along } = windowsAfter(old, start, changes);
      assumptions.push(...along);
      const there = { account: to, products: listed.products, start, end, ...windows };
      const alike = { ...old, ...there, own: null, series: null, name: null };
      const { wish, assumptions: changed } = await changedWish(store, alike, changes);
      assumptions.push(...changed);
      const planned = await planDraft(context, forecaster, wish);
      await keepDrafts(context, [planned]);
      const change = { ...planned.change, copied_from: source.promotion };
      return {
        proposals: [{ kind: "copy_promotion", change, checks: planned.checks }],
        result: {
          copied_from: { promotion: source.promotion, name: source.name, start: source.start, end: source.end },
          proposals: [{ ...draftJson({ ...planned, assumptions }), change }],
        },
      };
    },
    commit: (context, change, edit) => commitNewDraft(context, forecaster, change, edit),
  });

/** The dates of a copy where none are named: at another account those of one that is still to come, else a year on. */
function timeOf(
  old: { readonly start: string; readonly end: string },
  elsewhere: boolean,
  today: string,
): { start: string; words: string } {
  if (elsewhere && old.start > today)
    return { start: old.start, words: "the dates are those of the one that is copied" };
  return sameTime(old.start, old.end, today);
}

/**
 * The same time of the year, the first that lies ahead of today, on the same weekday. An Easter promotion keeps its
 * distance from Easter, which is a Sunday every year.
 */
function sameTime(start: string, end: string, today: string): { start: string; words: string } {
  const easter = easterSunday(Number(end.slice(0, 4)));
  const atEaster =
    start <= easter && daysBetween(easter, end) <= EASTER_DAYS && daysBetween(end, easter) <= EASTER_DAYS;
  if (!atEaster) {
    let next = addDays(start, YEAR_OF_WEEKS);
    while (next <= today) next = addDays(next, YEAR_OF_WEEKS);
    return { start: next, words: "the dates are those of the same time next year, on the same weekdays" };
  }
  const before = daysBetween(start, easter);
  let year = Number(easter.slice(0, 4)) + 1;
  while (addDays(easterSunday(year), -before) <= today) year++;
  return { start: addDays(easterSunday(year), -before), words: "the dates keep their distance from Easter" };
}
