import { listed } from "../../../data/common/words.ts";
import { counted } from "../advisor/words.ts";
import { offer, support } from "../assistant/promotions/words.ts";
import { atPointer, type Say } from "../say.ts";
import { recordWords } from "./recordWords.ts";

/** A forecast as the expert's results hold it. */
export interface ForecastJson {
  readonly account: string;
  readonly products: readonly string[];
  readonly brands: readonly string[];
  readonly period: { readonly from: string; readonly to: string };
  readonly feature: boolean;
  readonly display: boolean;
  readonly currency: string;
  readonly halo: number;
  readonly spend: number | null;
  readonly incremental_profit: unknown;
  readonly net_profit: unknown;
  readonly net_roi: unknown;
  readonly break_even_uplift: number | null;
  readonly retailer: { readonly extra_profit: number } | null;
  readonly evidence: { readonly here: number; readonly elsewhere: number; readonly unit: "promotions" | "weeks" };
  readonly support_share: { readonly display: number | null; readonly feature: number | null };
  readonly usual_fixed_spend: { readonly promotions: number } | null;
  readonly fixed_spend: number;
  readonly part_weeks: boolean;
  readonly lines: readonly { readonly product: string }[];
  readonly assumptions: readonly string[];
  readonly caveats: readonly string[];
}

const NAMED_PRODUCTS = 3;

/** "15 % off the shelf price (TPR) on Kestrel (6 products) at Albion Fresh, 1–14 June 2027, with display" */
export function promotionWords(say: Say, path: string): string {
  const of = atPointer(say.call.result, path) as ForecastJson;
  const what =
    of.products.length <= NAMED_PRODUCTS
      ? listed(of.products)
      : `${listed(of.brands)} (${counted(say, `${path}/n_products`, "product")})`;
  return `${offer(say, path)} on ${what} at ${of.account}, ${say.period(of.period)}, ${support(of)}`;
}

/** "12,300 units (11,000 to 13,900, 80 % range)" */
export const ranged = (say: Say, path: string, unit: string, interval = "/interval"): string =>
  `${say.fig(`${path}/mean`, unit)}${unit === "units" ? " units" : ""} (${say.range(path, unit)}, ${say.fig(interval, "%")} range)`;

/** What the forecast at `path` says of money, for the firm and for the retailer; what cannot be said is a caveat. */
export function moneyWords(say: Say, path: string): string[] {
  const of = atPointer(say.call.result, path) as ForecastJson;
  const money = of.currency;
  const out: string[] = [];
  if (of.spend) out.push(`It costs ${say.fig(`${path}/spend`, money)}.`);
  if (of.incremental_profit && !of.spend)
    out.push(
      `Before any spend it brings ${say.fig(`${path}/incremental_profit/mean`, money)} of profit (${say.range(`${path}/incremental_profit`, money)}).`,
    );
  if (of.net_profit && of.spend)
    out.push(
      `Incremental profit of ${say.fig(`${path}/incremental_profit/mean`, money)} less that spend leaves a net profit of ${say.fig(`${path}/net_profit/mean`, money)} (${say.range(`${path}/net_profit`, money)}).`,
    );
  if (of.net_roi)
    out.push(
      `Net ROI is ${say.fig(`${path}/net_roi/mean`, "ratio")} (${say.range(`${path}/net_roi`, "ratio")}; break-even is zero), gross ROI ${say.fig(`${path}/gross_roi`, "ratio")}; the chance of losing money is ${say.fig(`${path}/probability_of_loss`, "%")}.`,
    );
  if (of.break_even_uplift !== null && of.spend)
    out.push(
      `It breaks even at an uplift of ${say.fig(`${path}/break_even_uplift`, "%")}, counted before dip and cannibalisation; ${say.fig(`${path}/uplift`, "%")} is expected.`,
    );
  if (of.retailer)
    out.push(
      `The retailer's margin is ${say.fig(`${path}/retailer/margin`, "%")} where it is ${say.fig(`${path}/retailer/everyday_margin`, "%")} every day, and its cash margin ${of.retailer.extra_profit < 0 ? "changes" : "grows"} by ${say.fig(`${path}/retailer/extra_profit`, money)}.`,
    );
  return out;
}

/** What the forecast at `path` rests on, and what would change it. */
export function groundWords(say: Say, path: string): string {
  const of = atPointer(say.call.result, path) as ForecastJson;
  const [one, many] =
    of.evidence.unit === "weeks"
      ? ["week with a discount or support", "weeks with a discount or support"]
      : ["past promotion", "past promotions"];
  const parts = [
    `**Ground.** It rests on ${counted(say, `${path}/evidence/here`, one, many)} of these products there and ${say.fig(`${path}/evidence/elsewhere`, "count")} of the brand elsewhere.`,
    recordWords(say, `${path}/record`),
    of.part_weeks ? "Weeks that it covers in part count by their days." : "",
    ...supportWords(say, path, of),
    fixedWords(say, path, of),
    ...of.caveats,
  ];
  return parts.filter(Boolean).join(" ");
}

/** How far a planned support reaches. */
const supportWords = (say: Say, path: string, of: ForecastJson): string[] =>
  (["display", "feature"] as const).flatMap((support) =>
    of.support_share[support] === null
      ? []
      : [
          `The ${support} is taken to reach ${say.fig(`${path}/support_share/${support}`, "%")} of distribution, as it usually did.`,
        ],
  );

/** A fee that such promotions carried and this one does not name. */
function fixedWords(say: Say, path: string, of: ForecastJson): string {
  if (!of.usual_fixed_spend || of.fixed_spend > 0) return "";
  return `No fixed fee is counted; like promotions there carried one of ${say.fig(`${path}/usual_fixed_spend/amount`, of.currency)} in the middle (${counted(say, `${path}/usual_fixed_spend/promotions`, "promotion")}).`;
}
