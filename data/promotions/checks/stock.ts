import { addDays, mondayOf } from "../../common/dates.ts";
import { possessive } from "../words.ts";
import { supplyOf } from "./checks.repo.ts";
import type { CheckContext } from "./context.ts";
import { GUARDRAILS } from "./guardrails.ts";
import { called, check, counted, type DraftCheck, figure } from "./sentence.ts";

/** Whether what was supplied lately says anything of a promotion that starts then. */
export const supplyMatters = (start: string, today: string): boolean =>
  start <= addDays(today, GUARDRAILS.stock_ahead_days);

/** What the last weeks of sell-out and shipments say of supply; nothing where neither is measured, or the start is far ahead. */
export async function stockCheck({ account, draft, products, store }: CheckContext): Promise<DraftCheck[]> {
  if (!supplyMatters(draft.start, store.today)) return [];
  const from = addDays(mondayOf(store.today), -7 * GUARDRAILS.stock_weeks);
  const ids = draft.lines.map((line) => line.product_id);
  const supply = await supplyOf(store, account.id, ids, from);
  const name = (id: number): string => products.find((p) => p.id === id)?.name ?? "";
  const weeks = ["In the last ", counted("weeks", GUARDRAILS.stock_weeks, "week")].flat(2);
  const out = supply.filter((s) => s.out !== null).sort((a, b) => (b.out ?? 0) - (a.out ?? 0))[0];
  if (out && (out.out ?? 0) >= GUARDRAILS.out_of_stock)
    return [
      check("stock", "warn", [
        ...weeks,
        " ",
        called("product", name(out.product_id)),
        " was out of stock ",
        figure("out_of_stock", out.out ?? 0, "%"),
        ` of the time at ${account.name}.`,
      ]),
    ];
  const short = supply.filter((s) => s.fill !== null).sort((a, b) => (a.fill ?? 1) - (b.fill ?? 1))[0];
  if (short && (short.fill ?? 1) < GUARDRAILS.fill_rate)
    return [
      check("stock", "warn", [
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
