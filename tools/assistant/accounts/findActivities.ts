import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { findActivities as find } from "../../../data/activities/activities.service.ts";
import { accountRef, optional, period } from "../../args.ts";
import { readTool } from "../../define.ts";
import { activityJson } from "./activityJson.ts";

const SHOWN = 10;

export const findActivities = readTool({
  name: "find_activities",
  role: "assistant",
  description:
    "Finds logged talks, visits and notes, latest first: by account, kind, period, words in them, or only those with a next step.",
  examples: [
    { say: "When did we last meet Albion Fresh?", args: { account: "Albion Fresh", kind: "meeting" } },
    { say: "Which next steps are open with Retailer C?", args: { account: "Retailer C", next_steps: true } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    kind: optional(z.string().min(1).max(30)),
    period: optional(period),
    text: optional(z.string().min(1).max(200)).describe("words that the note or its next step holds"),
    next_steps: optional(z.boolean()).describe("true: only notes with a next step"),
    top: optional(z.number().int().min(1).max(100)),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    const accounts =
      args.account === undefined
        ? await visibleAccounts(actor, store)
        : [await resolveAccount(actor, store, args.account)];
    const rows = await find(actor, store, {
      accountIds: accounts.map((a) => a.id),
      kind: args.kind?.toLowerCase(),
      from: args.period?.from,
      to: args.period?.to,
      text: args.text,
      withNextStep: args.next_steps,
    });
    const top = args.top ?? SHOWN;
    return {
      account: args.account === undefined ? null : accounts[0]!.name,
      accounts: accounts.length,
      kind: args.kind?.toLowerCase() ?? null,
      period: args.period ?? null,
      text: args.text ?? null,
      next_steps: args.next_steps ?? false,
      found: rows.length,
      shown: Math.min(top, rows.length),
      activities: rows.slice(0, top).map(activityJson),
    };
  },
});
