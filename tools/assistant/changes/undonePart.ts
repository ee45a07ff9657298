import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import type { ChangeUndo } from "../../../data/changes/undo.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import type { PromotionUndo } from "../../../data/promotions/undo.service.ts";
import { targetJson } from "../../advisor/targets/targetJson.ts";
import type { ToolContext } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { changeOf, differing } from "../promotions/change.ts";

/** One change that would be taken back, in words and figures: which one it was, and what would be again. */
export async function undonePart(context: ToolContext, { no, kind, at, deed, undo }: ChangeUndo) {
  const made = { change_no: no, kind, made_on: at, action: deed.action };
  switch (undo.entity) {
    case "promotion":
      return { ...made, entity: undo.entity, ...(await promotionPart(context, undo)) };
    case "fund_transfer":
      return {
        ...{ ...made, entity: undo.entity, from_fund: undo.from.fund, from_account: undo.from.account },
        ...{ to_fund: undo.to.fund, to_account: undo.to.account },
        ...{ amount: toMajor(undo.amount_minor), currency: undo.from.currency, status: undo.status },
      };
    case "claim":
      return {
        ...{ ...made, entity: undo.entity, claim: undo.claim.code, account: undo.claim.account },
        ...{ amount: toMajor(undo.claim.amount_minor), currency: undo.claim.currency },
        ...{ from_status: undo.claim.status, to_status: undo.to, match: undo.match ?? false },
      };
    case "fund":
      return { ...made, entity: undo.entity, fund: undo.fund.fund, account: undo.fund.account, created: undo.created };
    case "accrual":
      return { ...made, entity: undo.entity, to: undo.to };
    case "activity":
      return {
        ...{ ...made, entity: undo.entity, account: undo.account, activity: undo.kind, date: undo.date },
        quote: quoteParts(undo.text),
      };
    case "next_step":
      return { ...made, entity: undo.entity, account: undo.account, quote: quoteParts(undo.step) };
    case "target":
      return {
        ...{ ...made, entity: undo.entity, account: undo.target.account, target: targetJson(undo.target) },
        old: undo.old && targetJson({ ...undo.target, ...undo.old }),
      };
  }
}

export type UndonePart = Awaited<ReturnType<typeof undonePart>>;

async function promotionPart({ actor, store }: ToolContext, { row, to, now, old }: PromotionUndo) {
  const account = await resolveAccount(actor, store, row.account_id);
  const told = { promotion: row.code, name: row.name, account: account.name, currency: row.currency };
  const states = { from_status: row.status, to_status: to };
  if (!old) return { ...told, ...states, changed: [], now: null, old: null };
  const names = { account: account.name, products: await listProducts(store), fund: null };
  const versions = { now: changeOf(now, names, null), old: changeOf(old, names, null) };
  return { ...told, ...states, changed: differing(versions.now, versions.old), ...versions };
}
