import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { allTerms } from "../../../data/contracts/contracts.service.ts";
import { type EventResult, eventShelves } from "../../../data/results/results.service.ts";
import type { ToolContext } from "../../define.ts";

/**
 * What our promotions brought the retailer: its cash margin on what they sold, with what we paid for them, less its margin on
 * what would have sold anyway (terms.md: shelf price without tax less net cost). What it lost on other makers' goods is not in it.
 */
export async function retailerGain({ store }: ToolContext, account: VisibleAccount, events: readonly EventResult[]) {
  const shelves = await eventShelves(store, events);
  const contracts = await allTerms(store, account);
  const rows = events.flatMap((event) => {
    const shelf = shelves.get(event.promotion_id);
    const terms = contracts.find((c) => c.start <= event.start && event.start <= c.end);
    if (!shelf || !terms) return [];
    const tax = 1 + shelf.vat_rate;
    const cost = (toMajor(shelf.at_list_minor!) * (1 - terms.off_invoice_rate - terms.rebate_rate)) / shelf.units;
    const promoted = shelf.at_price! / tax / shelf.units - cost;
    const everyday = shelf.at_base_price! / tax / shelf.units - cost;
    const gain = event.units * promoted + event.spend - event.baseline * everyday;
    return [
      { promotion: event.promotion, name: event.name, gain, paid: event.spend, units: event.units - event.baseline },
    ];
  });
  if (!rows.length) return null;
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const ranked = rows.toSorted((a, b) => b.gain - a.gain);
  return {
    promotions: rows.length,
    gain: sum((row) => row.gain),
    paid: sum((row) => row.paid),
    extra_units: sum((row) => row.units),
    gained: rows.filter((row) => row.gain > 0).length,
    best: ranked[0]!,
    left_out: events.length - rows.length,
  };
}
