import { listed } from "../../../data/common/words.ts";
import { supportWords } from "../../../data/promotions/words.ts";
import { counted } from "../advisor/words.ts";
import { taken } from "../assistant/promotions/words.ts";
import type { Composer, Say } from "../say.ts";

interface Chosen {
  readonly account: string;
  readonly brand: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly discount: number;
  readonly display: boolean;
  readonly feature: boolean;
}

interface Plan {
  readonly accounts: readonly string[];
  readonly period: { readonly from: string; readonly to: string };
  readonly objective: "net_profit" | "incremental_units";
  readonly currency: string;
  readonly promotions: readonly Chosen[];
  readonly net_roi: number | null;
  readonly left_out: readonly { readonly account: string; readonly brand: string; readonly why: string }[];
  readonly assumptions: readonly string[];
  readonly caveats: readonly string[];
}

const ROWS = 10;

/** The plan: what it brings together, what it consists of, how far the best could be away. */
export const composePlan: Composer = (say) => {
  const of = say.call.result as unknown as Plan;
  const money = of.currency;
  if (!of.promotions.length) {
    say.p(
      `No plan is better than none: of ${counted(say, "/n_candidates", "possible promotion")} at ${listed(of.accounts)} in ${say.period(of.period)}, none is worth its spend under the budget of ${say.fig("/budget", money)}.`,
    );
  } else {
    say.p(
      `The best plan for ${say.period(of.period)} at ${listed(of.accounts)} has **${counted(say, "/n_promotions", "promotion")}**, costs ${say.fig("/spend", money)} of ${say.fig("/budget", money)} ` +
        `and is expected to bring a net profit of ${say.fig("/net_profit/mean", money)} (${say.range("/net_profit", money)}, ${say.fig("/interval", "%")} range), a net ROI of ${say.figOr("/net_roi", "ratio")}, with ${say.fig("/true_incremental/mean", "units")} truly incremental units.`,
    );
    say.p(
      `It was chosen among ${counted(say, "/n_candidates", "possible promotion")}; no other plan under these rules can be better by more than ${say.fig("/gap", "%")} by the same estimates.`,
    );
  }
  for (const line of taken(of.assumptions)) say.p(line);
  table(say, of);
  if (of.promotions.length)
    say.p(
      `How far forecasts were off is said of those with the same mechanic and depth at the account where there are enough (${say.fig("/n_own_record", "count")} of ${say.fig("/n_promotions", "count")}), else of the nearest wider group.`,
    );
  say.p(`**Ground.** ${of.caveats.join(" ")} Nothing is drafted: say which of them to create.`);
  if (of.left_out.length)
    say.list(of.left_out.slice(0, ROWS).map((l) => `${l.brand} at ${l.account} is not in it: ${l.why}`));
  chart(say, of);
};

function table(say: Say, of: Plan): void {
  say.table(
    [
      "Account",
      "Brand",
      "Dates",
      "Discount",
      "Support",
      "Spend",
      "Net profit",
      "Net ROI",
      "Such forecasts were off by",
    ],
    of.promotions.slice(0, ROWS).map((p, i) => {
      const at = `/promotions/${i}`;
      return [
        p.account,
        p.brand,
        say.period(p.period),
        say.fig(`${at}/discount`, "%"),
        supportWords(p),
        say.figOr(`${at}/spend`, of.currency),
        say.figOr(`${at}/net_profit/mean`, of.currency),
        say.figOr(`${at}/net_roi/mean`, "ratio"),
        say.figOr(`${at}/record/score/wape`, "%", "not enough evidence"),
      ];
    }),
  );
  if (of.promotions.length > ROWS) say.p(`Shown: the first ten of ${counted(say, "/n_promotions", "promotion")}.`);
}

function chart(say: Say, of: Plan): void {
  if (!of.promotions.length) return;
  const values = of.promotions.map((p) => ({
    what: `${p.account}, ${p.brand}`,
    from: p.period.from,
    to: p.period.to,
    discount: p.discount,
  }));
  say.chart(`Plan for ${say.period(of.period)}`, {
    data: { values },
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: { field: "what", type: "nominal", title: "Account and brand" },
      x: { field: "from", type: "temporal", title: "In store" },
      x2: { field: "to" },
      color: { field: "discount", type: "ordinal", title: "Discount", legend: { format: "%" } },
    },
  });
}
