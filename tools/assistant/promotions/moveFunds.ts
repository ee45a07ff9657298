import { z } from "zod";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { toMajor, toMinor } from "../../../data/common/money.ts";
import { resolveFund } from "../../../data/funds/funds.service.ts";
import {
  openRequest,
  planTransfer,
  rejectRequest,
  type TransferPlan,
  type TransferRequest,
  transfer,
} from "../../../data/funds/transfers.service.ts";
import { called, check, type DraftCheck, figure } from "../../../data/promotions/checks/sentence.ts";
import type { Store } from "../../../data/store/open.ts";
import type { Actor } from "../../../data/users/actor.ts";
import { minorOf, money, optional } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { parseEdit } from "./edits.ts";
import { countChecks } from "./results.ts";

const fundRef = z.union([z.string().min(1), z.number().int()]).describe("a fund by name, or its account");
const schema = z.strictObject({
  from: optional(fundRef),
  to: optional(fundRef),
  amount: optional(money),
  note: optional(z.string().max(1_000)),
  decision: optional(
    z.enum(["reject"]).describe("turns down a colleague's open request instead of moving money; finance only"),
  ),
  reason: optional(z.string().max(1_000).describe("why the request is turned down")),
});
const rejected = z.object({
  decision: z.literal("reject"),
  request_id: z.number().int(),
  reason: z.string().nullable(),
});
const reasonEdit = z.strictObject({ reason: optional(z.string().max(1_000)), note: optional(z.string().max(1_000)) });
const edits = z.strictObject({ amount: optional(money), note: optional(z.string().max(1_000)) });
const target = z.object({
  from_fund_id: z.number().int(),
  to_fund_id: z.number().int(),
  amount: z.number(),
  currency: z.string(),
  note: z.string().nullable(),
});

export const moveFunds = writeTool({
  name: "move_funds",
  role: "assistant",
  description:
    "Moves money from one fund to another. Finance moves it; from anyone else it is a request that finance sees, and may turn down. Waits for approval.",
  examples: [
    {
      say: "Shift 5,000 euros from Albion's fund to Cormorant's",
      args: { from: "Albion Fresh", to: "Cormorant Hyper", amount: { amount: 5000, currency: "EUR" } },
    },
  ],
  schema,
  access: "WRITE",
  async propose({ actor, store }, args) {
    if (args.decision === "reject") return proposeRejection(actor, store, args);
    const from = need(args.from, "from", "From which fund should the money come?");
    const to = need(args.to, "to", "To which fund should the money go?");
    const amount = need(args.amount, "amount", "How much should be moved?");
    const { currency } = await resolveFund(actor, store, from);
    const minor = minorOf(amount, currency);
    if (minor <= 0) throw new KamError("bad_input", "The amount to move must be more than nothing.", {});
    const plan = await planTransfer(actor, store, from, to, minor);
    const checks = [checkOf(plan)];
    const change = {
      name: nameOf(plan),
      from: plan.from.fund,
      from_account: plan.from.account,
      from_fund_id: plan.from.fund_id,
      to: plan.to.fund,
      to_account: plan.to.account,
      to_fund_id: plan.to.fund_id,
      amount: toMajor(plan.amount_minor),
      currency,
      status: plan.status,
      requested_by: plan.request?.requester ?? null,
      note: args.note?.trim() || null,
    };
    return {
      proposals: [{ kind: "move_funds", change, checks }],
      result: {
        ...change,
        funds: [plan.from, plan.to].map(({ fund }) => ({ fund })),
        from_left: plan.from.left,
        from_left_after: toMajor(toMinor(plan.from.left) - plan.amount_minor),
        to_left: plan.to.left,
        to_left_after: toMajor(toMinor(plan.to.left) + plan.amount_minor),
        counts: countChecks(checks),
        proposals: [{ change, checks, counts: countChecks(checks) }],
      },
    };
  },
  async commit({ actor, store }, change, edit) {
    const turned = rejected.safeParse(change);
    if (turned.success) {
      const { reason, note } = parseEdit(reasonEdit, edit);
      const request = await rejectRequest(actor, store, turned.data.request_id, reason ?? note ?? turned.data.reason);
      return { ...aboutRequest(request), status: "rejected" };
    }
    const order = target.parse(change);
    const { amount, note } = parseEdit(edits, edit);
    const minor = amount === undefined ? toMinor(order.amount) : minorOf(amount, order.currency);
    if (minor <= 0) throw new KamError("bad_input", "The amount to move must be more than nothing.", {});
    const { plan } = await transfer(actor, store, order.from_fund_id, order.to_fund_id, minor, note ?? order.note);
    return {
      name: nameOf(plan),
      from: plan.from.fund,
      to: plan.to.fund,
      amount: toMajor(minor),
      currency: order.currency,
      status: plan.status === "done" ? "moved" : "requested",
    };
  },
});

/** What turning a request down would do: the money stays. */
async function proposeRejection(actor: Actor, store: Store, args: z.output<typeof schema>) {
  const { from, to, amount } = args;
  const fund = from ?? to;
  const said = typeof amount === "object" ? amount.currency : "EUR";
  const currency = fund === undefined ? said : (await resolveFund(actor, store, fund)).currency;
  const amount_minor = amount === undefined ? undefined : minorOf(amount, currency);
  const request = await openRequest(actor, store, { from, to, amount_minor });
  const change = {
    ...aboutRequest(request),
    decision: "reject",
    request_id: request.id,
    reason: args.reason?.trim() || args.note?.trim() || null,
  };
  return {
    proposals: [{ kind: "move_funds", change, checks: [] }],
    result: {
      ...change,
      requested_on: request.date,
      funds: [request.from, request.to].map(({ fund }) => ({ fund })),
      from_left: request.from.left,
      counts: countChecks([]),
      proposals: [{ change, checks: [], counts: countChecks([]) }],
    },
  };
}

const aboutRequest = (request: TransferRequest) => ({
  name: `${request.requester}'s request, ${nameOf(request)}`,
  from: request.from.fund,
  from_account: request.from.account,
  to: request.to.fund,
  to_account: request.to.account,
  amount: toMajor(request.amount_minor),
  currency: request.from.currency,
  requested_by: request.requester,
});

/** "Albion Fresh, Trade fund 2026 to Cormorant Hyper, Trade fund 2026" */
const nameOf = ({ from, to }: TransferPlan): string => `${from.account}, ${from.fund} to ${to.account}, ${to.fund}`;

function need<T>(value: T | undefined, slot: string, question: string): T {
  if (value === undefined) throw missingSlot(slot, question);
  return value;
}

function checkOf(plan: TransferPlan): DraftCheck {
  const amount = figure("amount", toMajor(plan.amount_minor), plan.from.currency);
  const left = figure("left", plan.from.left, plan.from.currency);
  const fund = called("fund", plan.from.fund);
  return plan.affordable
    ? check("budget", "pass", [amount, " is covered by the ", left, " left in ", fund, "."])
    : check("budget", "block", [amount, " is more than the ", left, " left in ", fund, "."]);
}
