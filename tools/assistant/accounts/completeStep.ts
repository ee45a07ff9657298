import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { mayLog } from "../../../data/activities/activities.service.ts";
import { completeStep as markDone, stepsMeant } from "../../../data/activities/steps.service.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { accountRef, optional } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { quoteParts } from "./quotes.ts";

const change = z.object({ activity_id: z.number().int(), account: z.string(), step: z.string() });
const SHOWN = 5;

export const completeStep = writeTool({
  name: "complete_step",
  role: "assistant",
  description:
    "Marks a next step that was agreed with an account as done; the step by words of it. Waits for approval.",
  examples: [
    {
      say: "The display plan went to Bramley, mark that step as done",
      args: { account: "Bramley Stores", step: "display plan" },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    step: optional(z.string().max(1_000)).describe("words of the next step that is done"),
  }),
  access: "WRITE",
  async propose({ actor, store }, args) {
    mayLog(actor);
    const accounts =
      args.account === undefined
        ? await visibleAccounts(actor, store)
        : [await resolveAccount(actor, store, args.account)];
    if (args.account === undefined && !args.step?.trim())
      throw missingSlot("step", "Which next step is done, and at which account?");
    const found = [];
    for (const account of accounts) found.push(...(await stepsMeant(store, account, args.step)));
    const where = args.account === undefined ? "" : ` with ${accounts[0]!.name}`;
    if (!found.length)
      throw new KamError(
        "not_found",
        `No open next step${where}${args.step ? " holds these words" : ""}; ask for the open next steps to see them all.`,
      );
    if (found.length > 1)
      throw missingSlot("step", `Which next step${where} is done?`, {
        alternatives: found.slice(0, SHOWN).map((step) => `${step.account}: ${step.next_step}`),
      });
    const [step] = found;
    const made = { activity_id: step!.id, account: step!.account, step: step!.next_step! };
    const checks = [{ rule: "step", verdict: "pass" as const, message: "The step is open." }];
    return {
      proposals: [{ kind: "complete_step", change: made, checks }],
      result: { ...made, date: step!.date, kind: step!.kind, due: step!.due, quote: quoteParts(made.step), checks },
    };
  },
  async commit({ actor, store }, given) {
    const { activity_id } = change.parse(given);
    const done = await markDone(actor, store, activity_id);
    return { name: `the next step with ${done.account}`, status: "marked as done", account: done.account };
  },
});
