import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { accountProfile as profileOf } from "../../../data/accounts/profile.service.ts";
import { missingSlot } from "../../../data/common/errors.ts";
import { balanceOf } from "../../../data/funds/funds.service.ts";
import { accountRef, optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { activityJson } from "./activityJson.ts";

const CALENDARS = {
  iso: "ISO weeks (Monday start)",
  nrf454: "4-5-4 retail calendar",
  own: "the retailer's own weeks",
} as const;

export const accountProfile = readTool({
  name: "account_profile",
  role: "assistant",
  description:
    "What the store knows of working with an account: contract terms, allowed mechanics, deepest discount, notice, blackouts, week calendar, contacts and who decides, owner, funds, last talks, next steps, listings.",
  examples: [
    { say: "Who decides at Bramley Stores?", args: { account: "Bramley Stores" } },
    { say: "What does the contract with Retailer A allow?", args: { account: "Retailer A" } },
  ],
  schema: z.strictObject({ account: optional(accountRef) }),
  access: "READ",
  async run({ actor, store }, args) {
    if (args.account === undefined) {
      throw missingSlot("account", "Which account do you mean?");
    }
    const found = await profileOf(store, await resolveAccount(actor, store, args.account));
    const { account, contract } = found;
    const missing = [
      ...(contract ? [] : ["no contract is in the store for this account"]),
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
      as_of: store.today,
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
      },
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
