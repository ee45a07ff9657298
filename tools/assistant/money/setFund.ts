import { z } from "zod";
import { KamError } from "../../../data/common/errors.ts";
import { toMajor, toMinor } from "../../../data/common/money.ts";
import {
  type FundSetting,
  type FundWish,
  maySetFunds,
  planFund,
  setFund as set,
} from "../../../data/funds/setting.service.ts";
import { accountRef, fraction, minorOf, money, optional, period } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { parseEdit } from "../promotions/edits.ts";
import { countChecks } from "../promotions/results.ts";

const name = z.string().trim().min(1).max(120);
const schema = z.strictObject({
  fund: optional(z.union([z.string().min(1), z.number().int()])).describe("the fund to change; left out for a new one"),
  account: optional(accountRef).describe(
    'the account of a new fund; "all" for one that only gives money to funds below it',
  ),
  name: optional(name),
  period: optional(period).describe("its dates; the year's without"),
  brand: optional(z.string().min(1)).describe("the brand that it pays for, where not for all"),
  category: optional(z.string().min(1)),
  amount: optional(money).describe("what it shall have been given in all"),
  rate: optional(fraction).describe("instead of a sum: its share of the net sales of its scope, granted week by week"),
  parent: optional(z.union([z.string().min(1), z.number().int()])).describe("the fund that its money comes out of"),
});
/** The wish as it waits: names and ids that were found, amounts in major units. */
const target = z.object({
  fund_id: z.number().int().nullable(),
  account_id: z.number().int().nullable(),
  fund: name,
  from: z.string(),
  to: z.string(),
  brand: z.string().nullable(),
  category: z.string().nullable(),
  amount: z.number().nullable(),
  rate: z.number().nullable(),
  parent_id: z.number().int().nullable(),
  currency: z.string(),
  fields: z.array(z.string()),
});
const edits = z.strictObject({ amount: optional(money), rate: optional(fraction) });

export const setFund = writeTool({
  name: "set_fund",
  role: "assistant",
  description:
    "Sets up a fund, or changes its name, dates, sum or rate: for an account, and where wanted a brand or a category of it; a fixed sum or a rate of net sales; its money may come out of a fund above it. Finance only. Waits for approval.",
  examples: [
    {
      say: "Set up a Kestrel fund of 20,000 euros at Albion for 2027",
      args: {
        account: "Albion Fresh",
        brand: "Kestrel",
        amount: { amount: 20_000, currency: "EUR" },
        period: { from: "2027-01-01", to: "2027-12-31" },
      },
    },
    {
      say: "Raise Bramley's fund to 350,000 euros",
      args: { fund: "Bramley Stores", amount: { amount: 350_000, currency: "EUR" } },
    },
  ],
  schema,
  access: "WRITE",
  async propose({ actor, store }, args) {
    maySetFunds(actor);
    const { amount, ...rest } = args;
    const currency = typeof amount === "object" ? amount.currency : undefined;
    const first = await planFund(
      actor,
      store,
      wishOf(rest, amount === undefined ? undefined : toMinor(numberOf(amount)), currency),
    );
    if (amount !== undefined) minorOf(amount, first.setting.currency);
    const { before, setting, checks } = first;
    const fields = Object.keys(rest).filter((key) => rest[key as keyof typeof rest] !== undefined);
    const told = settingJson(setting);
    const change = {
      ...told,
      name: setting.account ? `${setting.account}, ${setting.name}` : setting.name,
      fund_id: setting.fund_id,
      account_id: setting.account_id,
      parent_id: setting.parent_id,
      fields: amount === undefined ? fields : [...fields, "amount"],
    };
    const counts = countChecks(checks);
    return {
      proposals: [{ kind: "set_fund", change, checks }],
      result: {
        ...told,
        was: before
          ? { fund: before.fund, amount: before.granted, from: before.start, to: before.end, rate: before.rate }
          : null,
        more: toMajor(setting.more_minor),
        counts,
        proposals: [{ change, checks, counts }],
      },
    };
  },
  async commit({ actor, store }, change, edit) {
    const order = target.parse(change);
    const edited = parseEdit(edits, edit);
    const has = (field: string): boolean => order.fields.includes(field);
    const amount_minor =
      edited.amount !== undefined
        ? minorOf(edited.amount, order.currency)
        : has("amount") && order.amount !== null
          ? toMinor(order.amount)
          : undefined;
    const rate = edited.rate ?? (has("rate") ? (order.rate ?? undefined) : undefined);
    const period = { from: order.from, to: order.to };
    const wish: FundWish =
      order.fund_id === null
        ? {
            ...{ account: order.account_id ?? "all", name: order.fund, period, amount_minor, rate },
            ...{ brand: order.brand ?? undefined, category: order.category ?? undefined },
            ...{ parent: order.parent_id ?? undefined, currency: order.currency },
          }
        : {
            ...{ fund: order.fund_id, amount_minor, rate },
            ...{ name: has("name") ? order.fund : undefined, period: has("period") ? period : undefined },
          };
    const { setting, before } = await set(actor, store, wish);
    return { ...settingJson(setting), name: setting.name, status: before ? "changed" : "set_up" };
  },
});

type Args = Omit<z.output<typeof schema>, "amount">;

const wishOf = (args: Args, amount_minor: number | undefined, currency: string | undefined): FundWish => {
  if (args.fund !== undefined && (args.account ?? args.brand ?? args.category ?? args.parent) !== undefined)
    throw new KamError(
      "bad_input",
      "Of a fund that exists its name, dates, sum and rate can change; for another account or brand set up a new one.",
    );
  return { ...args, amount_minor, currency };
};

const numberOf = (amount: z.output<typeof money>): number => (typeof amount === "number" ? amount : amount.amount);

const settingJson = (s: FundSetting) => ({
  fund: s.name,
  account: s.account,
  from: s.start,
  to: s.end,
  brand: s.brand,
  category: s.category,
  rate: s.rate,
  amount: s.amount_minor === null ? null : toMajor(s.amount_minor),
  parent: s.parent,
  currency: s.currency,
});
