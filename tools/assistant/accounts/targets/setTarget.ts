import { z } from "zod";
import { resolveAccount, type VisibleAccount } from "../../../../data/accounts/accounts.service.ts";
import { addMonths } from "../../../../data/common/dates.ts";
import { missingSlot } from "../../../../data/common/errors.ts";
import { resolveName } from "../../../../data/common/names.ts";
import { listCategories } from "../../../../data/products/products.repo.ts";
import { called, check, type DraftCheck, figure } from "../../../../data/promotions/checks/sentence.ts";
import {
  checkTarget,
  maySetTargets,
  type NewTarget,
  replacedBy,
  setTarget as writeTarget,
} from "../../../../data/targets/targets.service.ts";
import { actualOf } from "../../../advisor/targets/actual.ts";
import { MEASURES } from "../../../advisor/targets/measures.ts";
import { targetJson } from "../../../advisor/targets/targetJson.ts";
import { accountRef, optional, period } from "../../../args.ts";
import { type ToolContext, writeTool } from "../../../define.ts";
import { parseEdit } from "../../promotions/edits.ts";

const kind = z.enum(MEASURES);
const change = z.object({
  account_id: z.number().int(),
  account: z.string(),
  kind,
  value: z.number(),
  period: z.object({ from: z.string(), to: z.string() }),
  category: z.string().nullable(),
  note: z.string().nullable(),
});
const edits = z.strictObject({ value: optional(z.number()) });

/** A target this far from the same days a year before is asked about. */
const FAR = 0.25;

export const setTarget = writeTool({
  name: "set_target",
  role: "assistant",
  description:
    "Agrees a target of an account for a period: net sales, units, share of a category, return on promotions (net ROI), distribution or spend rate. Rates are fractions, net sales major units. Waits for approval.",
  examples: [
    {
      say: "Set a target of 1.2 million net sales for Albion in 2027",
      args: {
        account: "Albion Fresh",
        kind: "net_sales",
        value: 1_200_000,
        period: { from: "2027-01-01", to: "2027-12-31" },
      },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    kind: optional(kind),
    value: optional(z.number()),
    period: optional(period),
    category: optional(z.string().min(1)).describe("the category of a share; others may name one"),
    note: optional(z.string().max(1_000)),
  }),
  access: "WRITE",
  async propose(context, args) {
    const { actor, store } = context;
    maySetTargets(actor);
    if (args.account === undefined) throw missingSlot("account", "For which account is the target?");
    const account = await resolveAccount(actor, store, args.account);
    if (args.kind === undefined)
      throw missingSlot(
        "kind",
        "A target of what: net sales, units, share of a category, return on promotions, distribution or spend rate?",
      );
    if (args.value === undefined) throw missingSlot("value", `What is the target for ${account.name}?`);
    if (args.period === undefined) throw missingSlot("period", "For which period is the target?");
    const category =
      args.category === undefined ? null : resolveName(await listCategories(store), args.category, "category");
    if (args.kind === "share" && category === null) throw missingSlot("category", "A share of which category?");
    const target: NewTarget = {
      measure: args.kind,
      value: args.value,
      period: args.period,
      category: category && { id: category.id, name: category.name },
      note: args.note?.trim() || null,
    };
    checkTarget(target);
    const { checks, before, replaces } = await looked(context, account, target);
    const made = {
      account_id: account.id,
      account: account.name,
      kind: target.measure,
      value: target.value,
      period: target.period,
      category: target.category?.name ?? null,
      note: target.note,
    };
    return {
      proposals: [{ kind: "set_target", change: made, checks }],
      result: { ...made, currency: account.currency, year_before: before, replaces, checks },
    };
  },
  async commit({ actor, store }, given, edit) {
    const { account_id, category, ...rest } = change.parse(given);
    const { value } = parseEdit(edits, edit);
    const account = await resolveAccount(actor, store, account_id);
    const found = category === null ? null : resolveName(await listCategories(store), category, "category");
    await writeTarget(actor, store, account, {
      measure: rest.kind,
      value: value ?? rest.value,
      period: rest.period,
      category: found && { id: found.id, name: found.name },
      note: rest.note,
    });
    return { name: `the target for ${account.name}`, status: "agreed", account: account.name };
  },
});

/** What stands already, and how far the target lies from the same days a year before. */
async function looked(context: ToolContext, account: VisibleAccount, target: NewTarget) {
  const { store } = context;
  const year = { from: addMonths(target.period.from, -12), to: addMonths(target.period.to, -12) };
  const last = await actualOf(context, account, { ...target, period: year });
  const stands = await replacedBy(store, account, target);
  const replaces = stands ? targetJson(stands) : null;
  const checks: DraftCheck[] = [];
  if (replaces)
    checks.push(
      check("replaces", "warn", [
        "It replaces the target of ",
        shown("replaced", replaces.value, target, account),
        ".",
      ]),
    );
  if (target.period.to < store.today)
    checks.push(check("period", "warn", ["The period lies behind; a target is for what lies ahead."]));
  const before = last?.whole ? last.value : (last?.outlook?.expected ?? null);
  if (before !== null && before > 0 && isAmount(target)) {
    const step = target.value / before - 1;
    if (Math.abs(step) > FAR)
      checks.push(
        check("distance", "warn", [
          "That is ",
          figure("step", step, "%"),
          " against the ",
          shown("before", before, target, account),
          last?.whole ? " of the same days a year before." : " expected of the same days a year before.",
        ]),
      );
  }
  if (!checks.length)
    checks.push(
      check("target", "pass", ["Nothing speaks against this target for ", called("account", account.name), "."]),
    );
  return { checks, before, replaces };
}

const isAmount = ({ measure }: NewTarget): boolean => measure === "net_sales" || measure === "units";

const shown = (key: string, value: number, { measure }: NewTarget, account: VisibleAccount) =>
  figure(
    key,
    value,
    measure === "net_sales" ? account.currency : measure === "units" ? "units" : measure === "net_roi" ? "ratio" : "%",
  );
