import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, weekFromIndex } from "../../../data/common/dates.ts";
import { type PlanningTerms, planningTerms } from "../../../data/contracts/contracts.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { paidByUnit } from "../../../data/promotions/draft.ts";
import { netRoi, type ScenarioValue } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import { type ForecastGround, soldAt } from "../../forecasts/forecastGround.ts";
import { type LineUpDesigns, ScenarioBatch } from "../../forecasts/scenarioBatch.ts";
import { usualFixedSpend } from "../../forecasts/terms.ts";
import type { DesignSpec, PromotionSpec } from "../../forecasts/types.ts";
import type { Candidate } from "./formulate.ts";
import type { PlanRules } from "./rules.ts";
import { freeStarts, openStarts, standingAround } from "./starts.ts";

export interface PlanCandidate extends Candidate {
  readonly spec: PromotionSpec;
  readonly account: VisibleAccount;
  readonly brand: string;
  readonly probabilityOfLoss: number | null;
}

/** Candidates of one account, and of which brands there are none and why. */
export interface AccountCandidates {
  readonly candidates: readonly PlanCandidate[];
  /** Scenarios evaluated. */
  readonly evaluated: number;
  readonly left: readonly { readonly brand: string; readonly why: string }[];
}

const DEPTHS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35] as const;
const SUPPORTS = [
  { display: false, feature: false },
  { display: true, feature: false },
  { display: false, feature: true },
  { display: true, feature: true },
] as const;
/** Why a brand is not offered at an account that does not carry it. */
export const NOT_LISTED = "not listed over the whole period";

/** Products that would be promoted together, and the weeks in which they may be. */
interface Offered {
  readonly own: readonly Product[];
  readonly starts: readonly number[];
}

/**
 * Promotions that the account's contract and calendar allow, each line-up with every depth and support in every free
 * window, with what it is worth and costs.
 */
export async function candidatesOf(
  { store }: ToolContext,
  ground: ForecastGround,
  account: VisibleAccount,
  products: readonly Product[],
  rules: PlanRules,
): Promise<AccountCandidates> {
  const left: { brand: string; why: string }[] = [];
  const terms = await planningTerms(store, account.id, rules.period);
  const sold = soldAt(ground, account.id, rules.period);
  const standing = await standingAround(store, account, rules);
  const open = openStarts(store, terms, rules);
  const offered: Offered[] = [];
  for (const asked of Map.groupBy(products, (p) => p.brand_id).values()) {
    const own = asked.filter((p) => sold.includes(p.id));
    const lineUps = lineUpsOf(own, rules)
      .map((some) => ({
        own: some,
        starts: freeStarts(
          open,
          standing,
          some[0]!.brand_id,
          some.map((p) => p.id),
          rules,
        ),
      }))
      .filter(({ starts }) => starts.length > 0);
    const why = !own.length
      ? NOT_LISTED
      : terms && !terms.mechanics.includes("tpr")
        ? "the contract does not allow price cuts"
        : lineUps.length
          ? null
          : "no free week that keeps notice, blackout and distance to other promotions";
    if (why) left.push({ brand: asked[0]!.brand, why });
    else offered.push(...lineUps);
  }
  if (!offered.length) return { candidates: [], evaluated: 0, left };
  const made = valued(ground, account, terms, sold, offered, open, rules);
  for (const [brand, some] of Map.groupBy(offered, ({ own }) => own[0]!.brand)) {
    const ids = new Set(some.map(({ own }) => own[0]!.brand_id));
    if (!made.candidates.some((c) => ids.has(c.brandId)))
      left.push({ brand, why: "costs are not known, or no design keeps the limits" });
  }
  return { ...made, left };
}

const lineUpsOf = (own: readonly Product[], { lineUp }: PlanRules): (readonly Product[])[] => [
  ...(own.length && lineUp !== "product" ? [own] : []),
  ...(lineUp !== "brand" && !(lineUp === "either" && own.length === 1) ? own.map((p) => [p]) : []),
];

/** Every design of every line-up from every start, those that the guardrails let through. */
function valued(
  ground: ForecastGround,
  account: VisibleAccount,
  terms: PlanningTerms | null,
  sold: readonly number[],
  offered: readonly Offered[],
  open: readonly number[],
  rules: PlanRules,
): Omit<AccountCandidates, "left"> {
  const lineUps = offered.map((one) => designsOf(ground, account, terms, sold, one, rules));
  const range = { first: open[0]!, last: open.at(-1)! + rules.weeks - 1 };
  const needed = sold.filter((id) => lineUps.some((l) => l.productIds.includes(id) || l.otherIds.includes(id)));
  const batch = new ScenarioBatch(ground, account.id, needed, range, rules.weeks);
  const candidates: PlanCandidate[] = [];
  let evaluated = 0;
  offered.forEach((one, l) => {
    const lineUp = lineUps[l]!;
    const [values] = batch.values([lineUp], one.starts);
    lineUp.designs.forEach((design, k) => {
      one.starts.forEach((start, s) => {
        evaluated++;
        const value = values![k]![s]!;
        const made = value && candidateOf(account, one.own, design, start, value, rules);
        if (made) candidates.push(made);
      });
    });
  });
  return { candidates, evaluated };
}

function designsOf(
  ground: ForecastGround,
  account: VisibleAccount,
  terms: PlanningTerms | null,
  sold: readonly number[],
  { own }: Offered,
  rules: PlanRules,
): LineUpDesigns {
  const productIds = own.map((p) => p.id);
  const categories = new Set(own.map((p) => ground.book.productById.get(p.id)?.category_id));
  const otherIds = sold.filter(
    (id) => !productIds.includes(id) && categories.has(ground.book.productById.get(id)?.category_id),
  );
  const payment = terms && paidByUnit(terms.usual_payment) ? terms.usual_payment : "bill_back";
  const deepest = Math.min(terms?.max_discount ?? 1, rules.maxDiscount ?? 1);
  const supports = SUPPORTS.filter((s) => (rules.display || !s.display) && (rules.feature || !s.feature));
  const designs = DEPTHS.filter((d) => d <= deepest + 1e-9).flatMap((discount) =>
    supports.map((support): DesignSpec => {
      const bare: DesignSpec = {
        account_id: account.id,
        product_ids: productIds,
        mechanic: "tpr",
        discount,
        price_off: null,
        get: null,
        pay: null,
        ...support,
        payment,
        fixed_spend: 0,
      };
      const supported = support.display || support.feature;
      return { ...bare, fixed_spend: supported ? (usualFixedSpend(ground, bare)?.amount ?? 0) : 0 };
    }),
  );
  return { productIds, otherIds, designs };
}

/** Null where its profit is not known or a guardrail forbids it. */
function candidateOf(
  account: VisibleAccount,
  own: readonly Product[],
  design: DesignSpec,
  start: number,
  value: ScenarioValue,
  rules: PlanRules,
): PlanCandidate | null {
  const worth = rules.objective === "net_profit" ? value.netProfit : value.trueIncremental;
  if (worth === null) return null;
  const roi = value.profit === null ? null : netRoi(value.profit, value.spend);
  if (rules.minNetRoi !== null && (roi ?? Number.NEGATIVE_INFINITY) < rules.minNetRoi) return null;
  if (rules.maxLoss !== null && (value.probabilityOfLoss ?? 1) > rules.maxLoss) return null;
  const from = weekFromIndex(start);
  return {
    accountId: account.id,
    brandId: own[0]!.brand_id,
    productIds: design.product_ids,
    first: start,
    last: start + rules.weeks - 1,
    month: from.slice(0, 7),
    value: worth,
    spend: value.spend,
    spec: { ...design, start: from, end: addDays(from, 7 * rules.weeks - 1) },
    account,
    brand: own[0]!.brand,
    probabilityOfLoss: value.probabilityOfLoss,
  };
}
