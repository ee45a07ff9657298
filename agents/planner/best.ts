import type { Args, PriorCall } from "./types.ts";

const MOST_DRAFTS = 10;

/** The winner of a result as the arguments of a draft; a plan's promotions as one each. */
export function bestOf({ tool, args, result }: PriorCall): Args[] {
  if (tool === "compare_scenarios") {
    const place = (result.best as Args | undefined)?.scenario;
    const { name: _, ...scenario } = (args.scenarios as Args[])[typeof place === "number" ? place - 1 : 0] ?? {};
    return [scenario];
  }
  if (tool === "discount_response") {
    const best = result.best as { by_net_profit?: { level?: number } } | null | undefined;
    const past = result.past_best as { level?: number } | null | undefined;
    const discount = best?.by_net_profit?.level ?? past?.level;
    if (typeof discount !== "number") return [];
    const products = args.product
      ? { products: [args.product] }
      : args.category
        ? { products: [{ category: args.category }] }
        : {};
    return [{ ...(args.account ? { account: args.account } : {}), ...products, discount, mechanic: "tpr" }];
  }
  if (tool === "suggest_products") {
    const names = (result.products as Args[] | undefined)?.map((p) => p.product).filter((n) => typeof n === "string");
    return [{ ...(args.account ? { account: args.account } : {}), ...(names?.length ? { products: names } : {}) }];
  }
  if (tool === "plan_promotions")
    return ((result.promotions as Args[] | undefined) ?? []).slice(0, MOST_DRAFTS).map(planned);
  return [{ ...args }];
}

function planned(p: Args): Args {
  const { from, to } = p.period as { from: string; to: string };
  const fixed =
    typeof p.fixed_spend === "number" && p.fixed_spend > 0
      ? { fixed_spend: { amount: p.fixed_spend, currency: p.currency } }
      : {};
  return {
    account: p.account,
    products: Array.isArray(p.products) && p.products.length ? p.products : [{ brand: p.brand }],
    start: from,
    end: to,
    discount: p.discount,
    mechanic: "tpr",
    display: p.display,
    feature: p.feature,
    payment: p.payment,
    ...fixed,
  };
}
