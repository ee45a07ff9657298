import { capital, listed } from "../../../data/common/words.ts";
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

interface Alternative extends Chosen {
  readonly blocked_by: readonly string[];
}

interface Plan {
  readonly accounts: readonly string[];
  readonly period: { readonly from: string; readonly to: string };
  readonly objective: "net_profit" | "incremental_units";
  readonly currency: string;
  readonly promotions: readonly Chosen[];
  readonly net_roi: number | null;
  readonly bound: number;
  readonly gap: number;
  readonly probability_of_loss: number | null;
  readonly binding: {
    readonly budgets: readonly { readonly kind: string; readonly account: string | null }[];
    readonly calendar: boolean;
    readonly per_month: boolean;
    readonly per_brand: boolean;
    readonly promotions: boolean;
  };
  readonly alternatives: readonly Alternative[];
  readonly left_out: readonly { readonly account: string; readonly brand: string; readonly why: string }[];
  readonly assumptions: readonly string[];
  readonly caveats: readonly string[];
}

const ROWS = 10;
/** A smaller gap would be written as none. */
const LEAST_GAP = 5e-4;

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
    say.p(provenWords(say, of));
    say.p(bindingWords(say, of));
  }
  for (const line of taken(of.assumptions)) say.p(line);
  table(say, of);
  if (of.promotions.length)
    say.p(
      `How far forecasts were off is said of those with the same mechanic and depth at the account where there are enough (${say.fig("/n_own_record", "count")} of ${say.fig("/n_promotions", "count")}), else of the nearest wider group.`,
    );
  say.p(`**Ground.** ${of.caveats.join(" ")} Nothing is drafted: say which of them to create.`);
  if (of.alternatives.length)
    say
      .p("**Nearest to being in it:**")
      .list(of.alternatives.map((a, i) => alternativeWords(say, of, a, `/alternatives/${i}`)));
  if (of.left_out.length)
    say.list(of.left_out.slice(0, ROWS).map((l) => `${l.brand} at ${l.account} is not in it: ${l.why}`));
  chart(say, of);
};

/** How good the plan is against the best there could be. */
function provenWords(say: Say, of: Plan): string {
  const unit = of.objective === "net_profit" ? of.currency : "units";
  const what = of.objective === "net_profit" ? "worth more than" : "expected to sell more, truly incremental, than";
  const near =
    of.gap < LEAST_GAP
      ? "this one reaches it but for less than a thousandth"
      : `this one reaches ${say.fig("/reached", "%")} of it, so that it is proven to be within ${say.fig("/gap", "%")} of the best`;
  return `${capital(counted(say, "/n_evaluated", "possible promotion"))} ${of.promotions.length === 1 ? "was" : "were"} weighed. By these estimates no plan under these limits can be ${what} ${say.fig("/bound", unit)}; ${near}.`;
}

/** What a little more of each limit would bring. */
function bindingWords(say: Say, of: Plan): string {
  const unit = of.objective === "net_profit" ? of.currency : "units";
  const money = of.binding.budgets.map((b, i) => {
    const whose = b.account === null ? "the budget" : `the budget of ${b.account}`;
    return `${whose} (${say.fig("/binding/step", of.currency)} more would bring about ${say.fig(`/binding/budgets/${i}/step_brings`, unit)})`;
  });
  const others = [
    of.binding.calendar ? "the distance between promotions" : "",
    of.binding.per_month ? "the number a month" : "",
    of.binding.per_brand ? "the number a brand" : "",
    of.binding.promotions ? "the number of promotions that was asked for" : "",
  ].filter(Boolean);
  const all = [...money, ...others];
  if (!all.length) return "None of the limits holds it back.";
  return `What holds it back: ${listed(all)}.${money.length ? "" : " More money would bring nothing."}`;
}

const BLOCKED: Readonly<Record<string, string>> = {
  budget: "the budget",
  account_budget: "the account's budget",
  calendar: "the distance to what is in it",
  per_month: "the number a month",
  per_brand: "the number a brand",
  promotions: "the number of promotions that was asked for",
};

/** One that was left out: what it would bring and cost, what is in its way, and what taking it would cost the plan. */
function alternativeWords(say: Say, of: Plan, a: Alternative, at: string): string {
  const unit = of.objective === "net_profit" ? of.currency : "units";
  const way = a.blocked_by.flatMap((kind) => BLOCKED[kind] ?? []);
  return (
    `${a.brand} at ${a.account}, ${say.period(a.period)}, ${say.fig(`${at}/discount`, "%")} off, ${supportWords(a)}: worth ${say.fig(`${at}/value`, unit)} for a spend of ${say.fig(`${at}/spend`, of.currency)}` +
    `${way.length ? `; in its way: ${listed(way)}` : ""}. With it no plan could be better than this bound less ${say.fig(`${at}/costs`, unit)}.`
  );
}

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
