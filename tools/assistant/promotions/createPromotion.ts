import { z } from "zod";
import { periodInWords } from "../../../data/common/format.ts";
import { subjectWords } from "../../../data/promotions/promotionName.ts";
import { seriesTaken } from "../../../data/promotions/promotions.repo.ts";
import { type PlannableAccount, planAccount } from "../../../data/promotions/rights.service.ts";
import type { Store } from "../../../data/store/open.ts";
import { accountRef, optional, promotionArgs } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { commitNewDraft } from "./commitDraft.ts";
import type { Forecaster } from "./forecaster.ts";
import { newWish } from "./newWish.ts";
import { ownPlanArgs } from "./ownPlan.ts";
import { keepDrafts, type Planned, planDraft, type Wish } from "./planDraft.ts";
import { countChecks } from "./results.ts";
import { windowArgs } from "./windows.ts";
import { accountOf } from "./wish.ts";

const schema = z.strictObject({
  ...promotionArgs,
  ...ownPlanArgs,
  ...windowArgs,
  accounts: optional(z.array(accountRef).min(1).describe("several accounts: one draft each, tied as a series")),
  series: optional(z.string().min(1).max(120).describe("ties this draft to others made in calls of their own")),
});

export const createPromotion = (forecaster: Forecaster) =>
  writeTool({
    name: "create_promotion",
    role: "assistant",
    description:
      "Drafts a promotion at an account: dates, products, offer, support and payment. It forecasts and checks it; nothing is saved before a person approves. Products, mechanic, support and payment may be left out.",
    examples: [
      {
        say: "Create a promotion for Albion Fresh from June 1 to June 14 with a 20% discount",
        args: { account: "Albion Fresh", start: "2027-06-01", end: "2027-06-14", discount: 0.2 },
      },
      {
        say: "Three for two on Kestrel at Bramley and Cormorant, with display, 3 to 16 May",
        args: {
          accounts: ["Bramley Stores", "Cormorant Hyper"],
          products: [{ brand: "Kestrel" }],
          start: "2027-05-03",
          end: "2027-05-16",
          mechanic: "multibuy",
          get: 3,
          pay: 2,
          display: true,
        },
      },
    ],
    schema,
    access: "WRITE",
    async propose(context, args) {
      const { actor, store } = context;
      const refs = args.accounts ?? [accountOf(args)];
      const accounts: PlannableAccount[] = [];
      for (const ref of refs) {
        const account = await planAccount(actor, store, ref);
        if (!accounts.some((a) => a.id === account.id)) accounts.push(account);
      }
      const drafts: (Planned & { assumptions: readonly string[] })[] = [];
      let wishes: { wish: Wish; assumptions: readonly string[] }[] = [];
      for (const account of accounts) {
        // The first account's products are promoted everywhere, as far as the others list them.
        const first = wishes[0]?.wish;
        const brand = first?.products[0]?.brand;
        const products = args.products?.length ? args.products : brand ? [{ brand }] : undefined;
        wishes.push(await newWish(context, forecaster, { ...args, products }, account));
      }
      const series = args.series ?? (accounts.length > 1 ? await seriesName(store, wishes[0]!.wish) : null);
      wishes = wishes.map(({ wish, assumptions }) => ({ wish: { ...wish, series }, assumptions }));
      for (const { wish, assumptions } of wishes)
        drafts.push({ ...(await planDraft(context, forecaster, wish)), assumptions });
      await keepDrafts(context, drafts);
      return {
        proposals: drafts.map((d) => ({ kind: "create_promotion", change: d.change, checks: d.checks })),
        result: { series, proposals: drafts.map(draftJson) },
      };
    },
    commit: (context, change, edit) => commitNewDraft(context, forecaster, change, edit),
  });

/** A draft with everything that its reply says. */
export const draftJson = (draft: Omit<Planned, "spec" | "forecast"> & { readonly assumptions: readonly string[] }) => ({
  change: draft.change,
  checks: draft.checks,
  counts: countChecks(draft.checks),
  products: draft.change.products.length,
  assumptions: draft.assumptions,
  caveats: draft.caveats,
});

/** "Kestrel, 3–16 May 2027", with a number behind it where an earlier series is called so. */
async function seriesName(store: Store, wish: Wish): Promise<string> {
  const label = `${subjectWords(wish.products)}, ${periodInWords({ from: wish.start, to: wish.end })}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? label : `${label} (${n})`;
    if (!(await seriesTaken(store, name))) return name;
  }
}
