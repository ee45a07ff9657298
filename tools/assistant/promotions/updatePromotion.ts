import { z } from "zod";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { storedDraft, updateDraft } from "../../../data/promotions/promotions.service.ts";
import { planAccount } from "../../../data/promotions/rights.service.ts";
import { optional, productRef, promotionArgs, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { changeOf, differing } from "./change.ts";
import { changedWish, wishOfDraft } from "./changedWish.ts";
import { committed, draftToWrite } from "./commitDraft.ts";
import { draftJson } from "./createPromotion.ts";
import type { Forecaster } from "./forecaster.ts";
import { ownPlanArgs } from "./ownPlan.ts";
import { keepDrafts, planDraft } from "./planDraft.ts";
import { keepPlan } from "./tieForecast.ts";
import { promotionToPlan } from "./whichPromotion.ts";
import { windowArgs } from "./windows.ts";

const schema = z.strictObject({
  promotion: optional(promotionRef),
  ...promotionArgs,
  products: promotionArgs.products.describe("all products that it shall have from now on"),
  add_products: optional(z.array(productRef)).describe("products that come to those it has"),
  remove_products: optional(z.array(productRef)).describe("products that leave it"),
  ...ownPlanArgs,
  ...windowArgs,
});
const target = z.object({ promotion_id: z.number().int(), version: z.number().int() });

export const updatePromotion = (forecaster: Forecaster) =>
  writeTool({
    name: "update_promotion",
    role: "assistant",
    description:
      "Changes a promotion that is still a draft: name only what changes (dates, buy-in and scan window, products, offer, support, payment, fixed spend, note, or the units or uplift that the person plans with instead of the forecast). It is forecast and checked anew, and waits for approval.",
    examples: [
      { say: "Make P-1042 25 %", args: { promotion: "P-1042", discount: 0.25 } },
      { say: "Plan P-1042 with 12,000 units", args: { promotion: "P-1042", planned_units: 12_000 } },
      { say: "Add a display to P-1042", args: { promotion: "P-1042", display: true } },
      {
        say: "Take Kestrel Ground Decaf 250 g out of P-1042",
        args: { promotion: "P-1042", remove_products: ["Kestrel Ground Decaf 250 g"] },
      },
    ],
    schema,
    access: "WRITE",
    async propose(context, { promotion, account: toAccount, ...args }) {
      const { actor, store } = context;
      const { found, row, account } = await promotionToPlan(context, promotion, "update");
      if (toAccount !== undefined) {
        const other = await planAccount(actor, store, toAccount);
        if (other.id !== account.id)
          throw new KamError(
            "bad_input",
            `${found.promotion} stays with ${account.name}; copy it to ${other.name} instead.`,
            { promotion: found.promotion },
          );
      }
      const stored = await storedDraft(store, row);
      const now = await wishOfDraft(store, stored, account);
      const { wish, assumptions } = await changedWish(store, now, args);
      const of = { promotionId: row.id, fundId: row.fund_id };
      const planned = await planDraft(context, forecaster, wish, of);
      const before = changeOf(stored, { account: account.name, products: now.products, fund: null }, null);
      const changed = differing(before, planned.change);
      if (!changed.length) throw missingSlot("change", `What should change in ${found.promotion}, ${found.name}?`);
      await keepDrafts(context, [planned]);
      const change = {
        promotion: found.promotion,
        promotion_id: row.id,
        version: row.version,
        ...planned.change,
        changed,
      };
      const draft = { ...draftJson({ ...planned, assumptions }), change };
      return {
        proposals: [{ kind: "update_promotion", change, checks: planned.checks }],
        result: {
          promotion: found.promotion,
          name: found.name,
          changed,
          before: { ...before, held: found.held },
          proposals: [draft],
        },
      };
    },
    async commit(context, change, edit) {
      const { promotion_id, version } = target.parse(change);
      const { row } = await promotionToPlan(context, promotion_id, "update");
      const of = { promotionId: promotion_id, fundId: row.fund_id };
      const draft = await draftToWrite(context, forecaster, change, edit, of);
      const done = await updateDraft(context.actor, context.store, promotion_id, version, draft);
      await keepPlan(context, forecaster, done.id, draft);
      return committed(done, draft);
    },
  });
