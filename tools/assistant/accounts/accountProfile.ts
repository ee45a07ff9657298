import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { accountProfile as profileOf } from "../../../data/accounts/profile.service.ts";
import { missingSlot } from "../../../data/common/errors.ts";
import { toMajor } from "../../../data/common/money.ts";
import { balanceOf } from "../../../data/funds/funds.service.ts";
import { accountRef, isoDate, optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { activityJson } from "./activityJson.ts";
import { bonusJson, tierJson } from "./contractJson.ts";
import { quoteParts } from "./quotes.ts";

const CALENDARS = {
  iso: "ISO weeks (Monday start)",
  nrf454: "4-5-4 retail calendar",
  own: "the retailer's own weeks",
} as const;

export const accountProfile = readTool({
  name: "account_profile",
  role: "assistant",
  description:
    "What the store knows of working with an account: contract terms (rates, bonus tiers and where the year stands against them, lump sums, payment days), allowed mechanics, deepest discount, notice, blackouts, week calendar, contacts and who decides, owner, funds, last talks, next steps, listings. With as_of: the terms of that day.",
  examples: [
    { say: "Who decides at Bramley Stores?", args: { account: "Bramley Stores" } },
    { say: "What does the contract with Retailer A allow?", args: { account: "Retailer A" } },
    {
      say: "What were the terms at Albion on 30 June 2025?",
      args: { account: "Albion Fresh", as_of: "2025-06-30" },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    as_of: optional(isoDate).describe("the day whose terms are meant; today where none is named"),
    about: optional(z.enum(["terms", "bonus", "contacts"])).describe("what is asked of it; said first"),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    if (args.account === undefined) {
      throw missingSlot("account", "Which account do you mean?");
    }
    const day = args.as_of ?? store.today;
    const found = await profileOf(store, await resolveAccount(actor, store, args.account), day);
    const { account, contract } = found;
    const missing = [
      ...(contract ? [] : ["no contract is in the store for this account"]),
      ...(contract && !contract.in_force ? ["no contract holds on that day; the nearest is shown"] : []),
      ...(contract && !contract.tiers.length ? ["the contract names no bonus tiers"] : []),
      ...(found.contacts.length ? [] : ["no contacts are in the store for this account"]),
      ...(found.funds.length ? [] : ["no fund is open for this account"]),
      ...(account.owner ? [] : ["nobody owns this account in the store"]),
    ];
    return {
      account: account.name,
      account_id: account.id,
      owner: account.owner,
      channel: account.channel,
      country: account.country,
      currency: account.currency,
      calendar: CALENDARS[account.calendar],
      as_of: day,
      about: args.about ?? null,
      today: day === store.today,
      contract: contract && {
        start: contract.start,
        end: contract.end,
        in_force: contract.in_force,
        off_invoice_rate: contract.off_invoice_rate,
        rebate_rate: contract.rebate_rate,
        payment_days: contract.payment_days,
        usual_payment: contract.usual_payment,
        mechanics: contract.mechanics,
        deepest_discount: contract.max_discount,
        notice_days: contract.notice_days,
        earliest_start: contract.earliest_start,
        blackouts: contract.blackouts,
        tiers: contract.tiers.map(tierJson),
        lump_sums: contract.lump_sums.map(({ due, what, amount_minor }) => ({
          due,
          what,
          quote: quoteParts(what),
          amount: toMajor(amount_minor),
        })),
      },
      bonus: found.bonus && bonusJson(found.bonus),
      terms_over_time: found.terms.map((term) => ({
        start: term.start,
        end: term.end,
        off_invoice_rate: term.off_invoice_rate,
        rebate_rate: term.rebate_rate,
        payment_days: term.payment_days,
        deepest_discount: term.max_discount,
        notice_days: term.notice_days,
      })),
      contacts: found.contacts.map((c) => ({ contact: c.name, job: c.title, email: c.email, influence: c.influence })),
      decides: found.contacts.filter((c) => c.influence === "decides").map((c) => c.name),
      funds: found.funds.map(balanceOf),
      listings: {
        products: found.listings.reduce((sum, row) => sum + row.products, 0),
        brands: found.listings,
      },
      promotions: found.promotions,
      talks: found.talks.map(activityJson),
      next_steps: found.next_steps.map(activityJson),
      missing,
    };
  },
});
