import { addDays, mondayOf } from "../../common/dates.ts";
import type { Limits } from "../../policies/policies.service.ts";
import { possessive } from "../words.ts";
import { supplyOf } from "./checks.repo.ts";
import type { CheckContext } from "./context.ts";
import { called, check, counted, type DraftCheck, figure } from "./sentence.ts";

/** Whether what was supplied lately says anything of a promotion that starts then. */
export const supplyMatters = (limits: Limits, start: string, today: string): boolean =>
  start <= addDays(today, limits.of("stock_ahead_days").value);

/** What the last weeks of sell-out and shipments say of supply; nothing where neither is measured, or the start is far ahead. */
export async function stockCheck({ account, draft, limits, products, store }: CheckContext): Promise<DraftCheck[]> {
  if (!supplyMatters(limits, draft.start, store.today)) return [];
  const span = limits.of("stock_weeks").value;
  const [most, least] = [limits.of("out_of_stock"), limits.of("fill_rate")];
  const from = addDays(mondayOf(store.today), -7 * span);
  const ids = draft.lines.map((line) => line.product_id);
  const supply = await supplyOf(store, account.id, ids, from);
  const name = (id: number): string => products.find((p) => p.id === id)?.name ?? "";
  const weeks = ["In the last ", counted("weeks", span, "week")].flat(2);
  const out = supply.filter((s) => s.out !== null).sort((a, b) => (b.out ?? 0) - (a.out ?? 0))[0];
  if (out && most.severity !== "off" && (out.out ?? 0) >= most.value)
    return [
      check("stock", most.severity, [
        ...weeks,
        " ",
        called("product", name(out.product_id)),
        " was out of stock ",
        figure("out_of_stock", out.out ?? 0, "%"),
        ` of the time at ${account.name}.`,
      ]),
    ];
  const short = supply.filter((s) => s.fill !== null).sort((a, b) => (a.fill ?? 1) - (b.fill ?? 1))[0];
  if (short && least.severity !== "off" && (short.fill ?? 1) < least.value)
    return [
      check("stock", least.severity, [
        ...weeks,
        " only ",
        figure("fill_rate", short.fill ?? 0, "%"),
        ` of what ${account.name} ordered of `,
        called("product", name(short.product_id)),
        " was delivered.",
      ]),
    ];
  if (!out && !short) return [];
  return [
    check("stock", "pass", [
      ...weeks,
      ` these products were on ${possessive(account.name)} shelves and delivered as ordered.`,
    ]),
  ];
}
