import { z } from "zod";
import {
  type AccrualPlan,
  bookAccruals as book,
  type DueAccrual,
  planAccruals,
} from "../../../data/accruals/accruals.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import { periodInWords } from "../../../data/common/format.ts";
import { toMajor } from "../../../data/common/money.ts";
import { called, check, counted, type DraftCheck, figure } from "../../../data/promotions/checks/sentence.ts";
import { isoDate, optional } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { parseEdit } from "../promotions/edits.ts";
import { countChecks } from "../promotions/results.ts";

/** Rows that a reply shows. */
const SHOWN = 20;

export const bookAccruals = writeTool({
  name: "book_accruals",
  role: "assistant",
  description:
    "Books the accruals of promotions that run or are over: planned rate × actual units of each closed week, once, with a true-up where all weeks are in; funds with a rate are granted theirs. Finance only. Waits for approval.",
  examples: [
    { say: "Book the accruals to last Sunday", args: {} },
    { say: "Book accruals up to 15 November 2026", args: { to: "2026-11-15" } },
  ],
  schema: z.strictObject({ to: optional(isoDate).describe("the day up to which; without, the last Sunday") }),
  access: "WRITE",
  async propose({ actor, store }, args) {
    const plan = await planAccruals(actor, store, args.to ?? store.today);
    if (!plan.due.length && !plan.grants.length)
      throw new KamError(
        "wrong_state",
        `All accruals up to ${periodInWords({ from: plan.to, to: plan.to })} are booked.`,
        {
          to: plan.to,
        },
      );
    const checks = checksOf(plan);
    const told = planJson(plan);
    const change = {
      name: "the accrual run",
      to: plan.to,
      amount: told.amount,
      currency: told.currency,
      promotions: told.promotions,
    };
    return {
      proposals: [{ kind: "book_accruals", change, checks }],
      result: { ...told, counts: countChecks(checks), proposals: [{ change, checks, counts: countChecks(checks) }] },
    };
  },
  async commit({ actor, store }, change, edit) {
    parseEdit(z.strictObject({}), edit);
    const plan = await book(actor, store, z.object({ to: isoDate }).parse(change).to);
    const { to, amount, currency, promotions, n } = planJson(plan);
    return { name: "the accrual run", to, amount, currency, promotions, n, status: "booked" };
  },
});

function planJson({ to, due, grants }: AccrualPlan) {
  const booked = due.filter((d) => d.moves.length);
  const sum = (of: (d: DueAccrual) => number): number => toMajor(due.reduce((total, d) => total + of(d), 0));
  return {
    to,
    currency: due[0]?.promotion.currency ?? grants[0]?.currency ?? null,
    n: booked.length,
    promotions: new Set(booked.map((d) => d.promotion.id)).size,
    amount: sum((d) => d.amount_minor),
    released: sum((d) => d.released_minor),
    short: sum((d) => d.short_minor),
    granted: toMajor(grants.reduce((total, g) => total + g.amount_minor, 0)),
    funds_granted: [...new Set(grants.map((g) => g.fund))],
    rows: due.slice(0, SHOWN).map((d) => ({
      promotion: d.promotion.code,
      name: d.promotion.name,
      account: d.promotion.account,
      fund: d.promotion.fund,
      week: d.week,
      units: d.units,
      amount: toMajor(d.amount_minor),
      released: toMajor(d.released_minor),
      short: toMajor(d.short_minor),
      currency: d.promotion.currency,
    })),
  };
}

/** What a fund cannot bear is not booked: money has to be moved to it, or an override of its budget recorded. */
function checksOf({ due, grants }: AccrualPlan): DraftCheck[] {
  const short = due.filter((d) => d.short_minor > 0);
  if (!short.length)
    return [
      check("budget", "pass", [
        ...counted("bookings", due.length + grants.length, "booking"),
        " fit into their funds.",
      ]),
    ];
  return short.map((d) =>
    check("budget", "warn", [
      figure("short", toMajor(d.short_minor), d.promotion.currency),
      " of ",
      called("promotion", `${d.promotion.code}, ${d.promotion.name}`),
      " is more than ",
      called("fund", d.promotion.fund),
      " can bear, and is not booked.",
    ]),
  );
}
