import { formulate, undominated } from "../../tools/expert/plan/formulate.ts";
import { solvePacking } from "../../tools/expert/plan/solvePacking.ts";
import type { BenchPart } from "./part.ts";
import { measureScenarios, type ScenarioSize } from "./scenarioTask.ts";

/** A quarter: 8 accounts × 44 products × 13 weeks × 6 depths × 4 supports. */
const SIZE = { accounts: 8, products: 44, starts: 13 };
const WEEKS = 2;
const BRAND = 5;
/** Share of what all worthwhile promotions would spend that there is money for. */
const MONEY = 0.05;

export interface PlanFigures {
  readonly candidates: number;
  readonly promotions: number;
  readonly evaluate: number;
  readonly solve: number;
  readonly value: number;
  readonly bound: number;
  readonly gap: number;
}

/** Values a grid of promotions and chooses among them under budgets in all and by account, distances and a number a month. */
export async function planBench(size: ScenarioSize = SIZE): Promise<PlanFigures> {
  const grid: Parameters<typeof undominated>[0][number][] = [];
  const made = measureScenarios(size, ({ account, product, start, value }) => {
    grid.push({
      accountId: account,
      brandId: Math.floor(product / BRAND),
      productIds: [product],
      first: start,
      last: start + WEEKS - 1,
      month: String(Math.floor(start / 4.34)),
      value: value.netProfit ?? 0,
      spend: value.spend,
    });
  });
  const from = process.cpuUsage();
  const candidates = undominated(grid);
  const spendOf = (some: readonly { readonly spend: number }[]): number => some.reduce((sum, c) => sum + c.spend, 0);
  const budget = (MONEY * spendOf(candidates)) / size.starts;
  const accountBudgets = new Map(
    Array.from({ length: size.accounts }, (_, account) => {
      const own = candidates.filter((c) => c.accountId === account);
      return [account, (1.2 * MONEY * spendOf(own)) / size.starts];
    }),
  );
  const { problem } = formulate(candidates, {
    budget,
    accountBudgets,
    gap: 4,
    brandGap: 0,
    perMonth: 12,
    perBrand: null,
    promotions: null,
  });
  const { chosen, value, bound, gap } = await solvePacking(problem);
  const { user, system } = process.cpuUsage(from);
  return {
    candidates: grid.length,
    promotions: chosen.length,
    evaluate: made.prepare + made.designs + made.evaluate,
    solve: (user + system) / 1e6,
    value,
    bound,
    gap,
  };
}

export const plan: BenchPart = {
  name: "plan",
  summary:
    "a quarter's plan: every promotion valued, the best ones chosen within the limits, and how far the best could be",
  async run({ progress }) {
    progress("plan: a quarter");
    const made = await planBench();
    return {
      rows: [
        {
          possible_promotions: made.candidates,
          chosen: made.promotions,
          value_seconds: made.evaluate,
          solve_seconds: made.solve,
          seconds: made.evaluate + made.solve,
          gap_percent: 100 * made.gap,
        },
      ],
      notes: [
        "8 accounts × 44 products × 13 weeks × 6 depths × 4 supports of a generated market; budgets in all and by account, four weeks between two of a product, none of one brand at once, twelve a month. Seconds of processor time.",
      ],
    };
  },
};
