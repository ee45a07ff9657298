import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { dueIn, isLogged, mayLog, logActivity as writeActivity } from "../../../data/activities/activities.service.ts";
import { missingSlot } from "../../../data/common/errors.ts";
import { accountRef, isoDate, optional } from "../../args.ts";
import { type Check, writeTool } from "../../define.ts";
import { quoteParts } from "./quotes.ts";

const kind = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(30)
  .describe("meeting, call, email, visit, note or another word for what it was");

/** A note that waits; committing it needs nothing else. */
const change = z.object({
  account_id: z.number().int(),
  account: z.string(),
  kind,
  date: isoDate,
  text: z.string().trim().min(1).max(4_000),
  next_step: z.string().trim().min(1).max(1_000).nullable(),
  due: isoDate.nullable(),
});

export const logActivity = writeTool({
  name: "log_activity",
  role: "assistant",
  description:
    "Logs a talk, visit or note with an account on a day, with the next step that was agreed. Waits for approval.",
  examples: [
    {
      say: "Log that I met the buyer of Albion Fresh today about the summer plan, next step send the calendar",
      args: {
        account: "Albion Fresh",
        kind: "meeting",
        date: "2026-11-21",
        text: "Met the buyer about the summer plan",
        next_step: "Send the calendar",
      },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    kind: optional(kind),
    date: optional(isoDate),
    text: optional(z.string().max(4_000)),
    next_step: optional(z.string().max(1_000)),
    due: optional(isoDate).describe("when the next step falls due"),
  }),
  access: "WRITE",
  async propose({ actor, store }, args) {
    mayLog(actor);
    if (args.account === undefined) {
      throw missingSlot("account", "Which account is the note for?");
    }
    const account = await resolveAccount(actor, store, args.account);
    const text = args.text?.trim();
    if (!text) throw missingSlot("text", `What is to be noted about ${account.name}?`);
    const assumptions = [
      ...(args.date === undefined ? ["the date is today"] : []),
      ...(args.kind === undefined ? ["it is logged as a note"] : []),
    ];
    const next_step = args.next_step?.trim() || null;
    const activity = {
      kind: args.kind ?? "note",
      date: args.date ?? store.today,
      text,
      next_step,
      due: next_step === null ? null : (args.due ?? dueIn(next_step)),
    };
    const checks: Check[] = [];
    if (activity.date > store.today) {
      checks.push({ rule: "date", verdict: "warn", message: "The date lies ahead; a log is of what has been." });
    }
    if (await isLogged(store, account, activity)) {
      checks.push({
        rule: "duplicate",
        verdict: "warn",
        message: "The same note stands in the log for that day already.",
      });
    }
    if (!checks.length) checks.push({ rule: "log", verdict: "pass", message: "Nothing speaks against this note." });
    return {
      proposals: [
        { kind: "log_activity", change: { account_id: account.id, account: account.name, ...activity }, checks },
      ],
      result: shown(account.name, activity, { assumptions, checks }),
    };
  },
  async commit({ actor, store }, given, edit) {
    const { account_id, account: _, ...activity } = change.parse({ ...given, ...edit, account_id: given.account_id });
    const account = await resolveAccount(actor, store, account_id);
    const id = await writeActivity(actor, store, account, activity);
    return {
      activity_id: id,
      name: `${activity.kind} with ${account.name}`,
      status: "logged",
      ...shown(account.name, activity, { assumptions: [], checks: [] }),
    };
  },
});

const shown = (
  account: string,
  activity: { kind: string; date: string; text: string; next_step: string | null; due: string | null },
  rest: { assumptions: readonly string[]; checks: readonly Check[] },
) => ({
  account,
  ...activity,
  quote: quoteParts(activity.text),
  next_step_quote: activity.next_step === null ? null : quoteParts(activity.next_step),
  ...rest,
});
