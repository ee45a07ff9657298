import { z } from "zod";
import { KamError } from "../../data/common/errors.ts";
import { optional, promotionArgs } from "../args.ts";
import { planDraft } from "../assistant/promotions/planDraft.ts";
import type { PromotionArgs } from "../assistant/promotions/wish.ts";
import { readTool, type ToolContext } from "../define.ts";
import { readForecastGround } from "../forecasts/forecastGround.ts";
import { forecastOn } from "../forecasts/forecastPromotion.ts";
import { keepForecasts } from "../forecasts/record/keep.ts";
import { forecastJson } from "./json.ts";
import { labelsOf } from "./labels.ts";
import { type Compared, rankScenarios } from "./rankScenarios.ts";
import { type Resolved, resolvePromotion } from "./resolved.ts";

/** No limit of the method: so many are weighed within seconds. */
const MOST = 300;

export const scenariosSchema = z.strictObject({
  scenarios: z
    .array(z.strictObject({ ...promotionArgs, name: optional(z.string().min(1).max(80)) }))
    .min(2, "two scenarios or more are compared; a single one is forecast_promotion")
    .max(MOST),
});

/**
 * Forecasts each scenario and ranks them by expected net profit (units where costs are not known), on common draws.
 * Products that nobody names are those suggested for the first scenario of the account, the same in all of its scenarios.
 * @throws KamError missing_slot, unknown_name, no_right, bad_input
 */
export async function compareScenarios(
  context: ToolContext,
  { scenarios }: z.output<typeof scenariosSchema>,
): Promise<Record<string, unknown>> {
  const resolved = await resolveAll(context, scenarios);
  const ground = await readForecastGround(context.store, context.models);
  const labels = labelsOf(
    resolved,
    scenarios.map((s) => s.name ?? null),
  );
  const compared: Compared[] = [];
  for (const [i, one] of resolved.entries()) {
    const { detail, json } = forecastJson(ground, context, one);
    const { checks } = await planDraft(
      context,
      async (_, spec) => forecastOn(ground, context.actor, spec).forecast,
      one.wish,
    );
    const worth = checks.filter((check) => check.verdict !== "pass");
    compared.push({
      detail,
      json: {
        label: labels[i]!,
        scenario: i + 1,
        ...json,
        checks: worth,
        blocked: worth.some((c) => c.verdict === "block"),
      },
    });
  }
  await keepForecasts(
    context,
    "scenario",
    compared.map(({ detail }, i) => ({ spec: resolved[i]!.spec, forecast: detail.forecast })),
  );
  return rankScenarios(compared);
}

async function resolveAll(context: ToolContext, scenarios: readonly PromotionArgs[]): Promise<Resolved[]> {
  const resolved: Resolved[] = [];
  for (const [i, args] of scenarios.entries()) {
    const known = args.products?.length
      ? null
      : scenarios.slice(0, i).findIndex((s) => s.account === args.account && !s.products?.length);
    const same = known !== null && known >= 0 ? resolved[known] : undefined;
    try {
      const { name: _name, ...asked } = args as PromotionArgs & { name?: string };
      const products = same ? same.wish.products.map((p) => p.id) : asked.products;
      resolved.push(await resolvePromotion(context, { ...asked, products }));
    } catch (thrown) {
      throw inScenario(thrown, i + 1);
    }
  }
  return resolved;
}

/** Says which of the scenarios an error is about. */
function inScenario(thrown: unknown, n: number): unknown {
  if (!(thrown instanceof KamError) || thrown.code === "missing_slot") return thrown;
  return new KamError(thrown.code, thrown.message, { ...thrown.detail, scenario: n }, thrown);
}

export const compareScenariosTool = readTool({
  name: "compare_scenarios",
  role: "expert",
  description:
    "Compares two or more complete promotions (other account, depth, weeks, mechanic, support): profit of both sides, ROI, risk, ranked by expected net profit, by chance of loss and by regret, with how sure the order is, the runner-up and what would turn it.",
  examples: [
    {
      say: "Is 15 % with Retailer C from 12 October better than from 16 September?",
      args: {
        scenarios: [
          { account: "Cormorant Hyper", start: "2027-10-12", end: "2027-10-25", discount: 0.15 },
          { account: "Cormorant Hyper", start: "2027-09-16", end: "2027-09-29", discount: 0.15 },
        ],
      },
    },
  ],
  schema: scenariosSchema,
  access: "READ",
  run: compareScenarios,
});
