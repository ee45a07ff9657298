import { either, listed } from "../../../../data/common/words.ts";
import { MECHANIC_WORDS, possessive } from "../../../../data/promotions/words.ts";
import type { PromotionJson } from "../../../../tools/assistant/promotions/results.ts";
import type { Composer, Say } from "../../say.ts";
import { offer, plural, taken } from "./words.ts";

interface Found {
  readonly n: number;
  readonly shown: number;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly accounts: "all" | "own";
  readonly assumptions: readonly string[];
  readonly filter: {
    readonly account: string | null;
    readonly product: string | null;
    readonly brand: string | null;
    readonly category: string | null;
    readonly status: readonly string[] | null;
    readonly mechanic: keyof typeof MECHANIC_WORDS | null;
    readonly owner: string | null;
    readonly text: string | null;
    readonly series: string | null;
    readonly without: readonly string[];
  };
  readonly promotions: readonly PromotionJson[];
  readonly totals: {
    readonly currency: string | null;
    readonly judged: number;
    readonly net_roi: number | null;
    readonly open: number;
    readonly open_spend: number | null;
  };
}

const TABLE_ROWS = 10;

export const composeFindPromotions: Composer = (say) => {
  const found = say.call.result as unknown as Found;
  const what = filterWords(say, found);
  if (!found.n) {
    say.p(`There is no ${statusWords(found)}promotion ${what}.`);
    for (const sentence of taken(found.assumptions)) say.p(sentence);
    return;
  }
  const rest = found.shown < found.n ? `; the first ${say.fig("/shown", "count")} are shown` : "";
  say.p(
    `There ${plural(found.n, "is", "are")} ${say.fig("/n", "count")} ${statusWords(found)}${plural(found.n, "promotion", "promotions")} ${what}${rest}.`,
  );
  const sums = totals(say, found);
  if (sums) say.p(sums);
  for (const sentence of taken(found.assumptions)) say.p(sentence);
  say.table(
    ["Promotion", "Account", "Dates", "Offer", "Status", "Spend", "Net ROI"],
    found.promotions
      .slice(0, TABLE_ROWS)
      .map((p, i) => [
        `${p.promotion}, ${p.name}`,
        p.account,
        say.period({ from: p.start, to: p.end }),
        offer(say, `/promotions/${i}`),
        p.status,
        say.figOr(`/promotions/${i}/spend`, p.currency),
        say.figOr(`/promotions/${i}/net_roi`, "ratio"),
      ]),
  );
  if (found.promotions.length > 1) calendarChart(say, found.promotions);
};

/** "running ", "draft, submitted or approved ": before the noun. */
function statusWords({ filter }: Found): string {
  return filter.status?.length ? `${either(filter.status)} ` : "";
}

/** "at Albion Fresh", "at Ben's accounts" */
function place({ account, owner }: Found["filter"], accounts: Found["accounts"]): string {
  if (account) return `at ${account}`;
  if (owner) return `at ${possessive(owner)} accounts`;
  return accounts === "own" ? "at your accounts" : "at all accounts";
}

function filterWords(say: Say, { filter, period, accounts }: Found): string {
  return [
    filter.brand && `of ${filter.brand}`,
    filter.product && `with ${filter.product}`,
    filter.category && `in ${filter.category}`,
    filter.mechanic && `as ${MECHANIC_WORDS[filter.mechanic].one}`,
    place(filter, accounts),
    filter.series && `in the series "${filter.series}"`,
    filter.text && "with these words",
    filter.without.length > 0 && `without ${listed(filter.without)}`,
    period && `starting ${say.period(period)}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function totals(say: Say, { totals: t }: Found): string {
  const parts: string[] = [];
  if (t.currency && t.open_spend !== null)
    parts.push(
      `Those that run or are to come (${say.fig("/totals/open", "count")}) hold ${say.fig("/totals/open_spend", t.currency)} of the funds.`,
    );
  if (t.net_roi !== null)
    parts.push(
      `The ${say.fig("/totals/judged", "count")} with a result have a pooled net ROI of ${say.fig("/totals/net_roi", "ratio")}.`,
    );
  return parts.join(" ");
}

/** Each promotion as a bar from its first to its last day. */
function calendarChart(say: Say, promotions: readonly PromotionJson[]): void {
  const values = promotions.map((p) => ({
    promotion: `${p.promotion}, ${p.name}`,
    account: p.account,
    start: p.start,
    end: p.end,
    status: p.status,
  }));
  say.chart("Promotions by date", {
    data: { values },
    mark: { type: "bar", cornerRadius: 2 },
    encoding: {
      y: { field: "promotion", type: "nominal", sort: { field: "start" }, title: "Promotion" },
      x: { field: "start", type: "temporal", title: "In store" },
      x2: { field: "end" },
      color: { field: "account", type: "nominal", title: "Account" },
      tooltip: ["promotion", "account", "start", "end", "status"].map((field) => ({ field, type: "nominal" })),
    },
  });
}
