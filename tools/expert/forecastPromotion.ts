import { z } from "zod";
import { promotionArgs } from "../args.ts";
import { readTool } from "../define.ts";
import { readForecastGround } from "../forecasts/forecastGround.ts";
import { keepForecasts } from "../forecasts/record/keep.ts";
import { forecastJson } from "./json.ts";
import { resolvePromotion } from "./resolved.ts";

export const forecastPromotionTool = readTool({
  name: "forecast_promotion",
  role: "expert",
  description:
    "Forecasts one promotion: units, baseline, incremental units after dip and cannibalisation, spend, profit, net and gross ROI, the retailer's margin, each with its range, and what the estimate rests on. Support without a discount is allowed. For alternatives use compare_scenarios.",
  examples: [
    {
      say: "What would 20 % off Kestrel at Albion with display bring in the first two weeks of June?",
      args: {
        account: "Albion Fresh",
        products: [{ brand: "Kestrel" }],
        start: "2027-06-01",
        end: "2027-06-14",
        discount: 0.2,
        display: true,
      },
    },
    {
      say: "Forecast Polar Lane at Bramley with a display in the next four weeks",
      args: {
        account: "Bramley Stores",
        products: [{ brand: "Polar Lane" }],
        start: "2026-11-23",
        end: "2026-12-20",
        display: true,
      },
    },
  ],
  schema: z.strictObject(promotionArgs),
  access: "READ",
  async run(context, args) {
    const resolved = await resolvePromotion(context, args);
    const ground = await readForecastGround(context.store, context.models);
    const { detail, json } = forecastJson(ground, context, resolved);
    await keepForecasts(context, "reply", [{ spec: resolved.spec, forecast: detail.forecast }]);
    return json;
  },
});
