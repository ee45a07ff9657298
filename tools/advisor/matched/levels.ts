import type { Period } from "../../../data/common/dates.ts";
import type { ProductRef } from "../../../data/products/products.service.ts";
import type { Exclusion } from "../../args.ts";
import type { ToolContext } from "../../define.ts";
import { type Cut, isCut } from "../depth/raw.ts";
import { pickEvents } from "../events.ts";
import { discountLevel } from "../groups.ts";
import { eventPeriod, scopeOf } from "../scope.ts";
import { readConditions } from "./conditions.ts";
import { onEqualFooting } from "./onEqualFooting.ts";

interface LevelArgs {
  readonly account?: string | number | undefined;
  readonly product?: ProductRef | undefined;
  readonly category?: string | undefined;
  readonly period?: Period | undefined;
  readonly exclude?: Exclusion | undefined;
}

/** How far the promotions had to be looked for until there were enough of them to compare. */
export type Basis = "asked" | "account" | "product" | "everywhere";

/**
 * Past price cuts of one depth against those of another (or of all others) on equal footing, by net ROI and uplift. Where what was
 * asked about has too few like promotions, the whole account is taken, then the product at every account that the actor
 * sees, then everything; accounts and brands count as conditions there.
 * @param second null for all other depths
 */
export async function matchedLevels(context: ToolContext, args: LevelArgs, first: number, second: number | null) {
  const isFirst = (event: { readonly discount: number | null }): boolean | null => {
    const level = discountLevel(event.discount!);
    if (level === first) return true;
    return second === null || level === second ? false : null;
  };
  const tries = widened(args);
  for (const [at, { basis, scope: asked }] of tries.entries()) {
    const scope = await scopeOf(context, asked);
    const picked = await pickEvents(context, scope, { period: (start) => eventPeriod(context, args.period, start) });
    const cuts: Cut[] = picked.events.filter(isCut);
    const countries = new Map(scope.accounts.map((account) => [account.id, account.country]));
    const conditions = await readConditions(context, cuts, picked.lines, countries);
    const net_roi = onEqualFooting(cuts, conditions, "net_roi", "discount_band", isFirst);
    if (net_roi.adjusted === null && at < tries.length - 1) continue;
    return {
      first,
      second,
      basis,
      account: scope.account?.name ?? null,
      product: scope.product ?? scope.category,
      net_roi,
      uplift: onEqualFooting(cuts, conditions, "uplift", "discount_band", isFirst),
    };
  }
  return null;
}

/** What was asked, then ever more: each only where it is more than the one before. */
function widened({ account, product, category, exclude }: LevelArgs): { basis: Basis; scope: LevelArgs }[] {
  const narrowed = product !== undefined || category !== undefined;
  return [
    { basis: "asked", scope: { account, product, category, exclude } },
    ...(account !== undefined && narrowed
      ? [
          { basis: "account" as const, scope: { account, exclude } },
          { basis: "product" as const, scope: { product, category, exclude } },
        ]
      : []),
    ...(account !== undefined || narrowed ? [{ basis: "everywhere" as const, scope: { exclude } }] : []),
  ];
}
