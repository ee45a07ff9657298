import { possessive } from "../../../../data/promotions/words.ts";
import type { Composer, Say } from "../../say.ts";
import { taken } from "./words.ts";

interface Fund {
  readonly fund: string;
  readonly account: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly planned: number;
  readonly committed: number;
  readonly accrued: number;
  readonly settled: number;
  readonly left: number;
  readonly claimed: number;
  readonly share_used: number | null;
  readonly currency: string;
  readonly forecast: {
    readonly ratio: number | null;
    readonly unplanned_weeks: number;
    readonly passes: boolean;
  } | null;
}

interface Budget {
  readonly account: string | null;
  readonly accounts: "all" | "own";
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly today: string;
  readonly assumptions: readonly string[];
  readonly n: number;
  readonly warn_share: number;
  readonly funds: readonly Fund[];
  readonly totals: { readonly currency: string } | null;
  readonly largest: readonly {
    readonly promotion: string;
    readonly name: string;
    readonly state: string;
    readonly currency: string;
  }[];
  readonly later: readonly {
    readonly fund: string;
    readonly account: string;
    readonly from: string;
    readonly to: string;
    readonly currency: string;
  }[];
  readonly requests: readonly {
    readonly from_fund: string | null;
    readonly to_fund: string | null;
    readonly requested_by: string;
    readonly date: string;
  }[];
}

const ROWS = 10;

export const composeBudgetStatus: Composer = (say) => {
  const b = say.call.result as unknown as Budget;
  const whose = b.account ? `at ${b.account}` : b.accounts === "own" ? "at your accounts" : "at all accounts";
  const when = b.period ? `for ${say.period(b.period)}` : `on ${say.date(b.today)}`;
  if (!b.n) {
    say.p(`There is no fund ${whose} ${when}.`);
    later(say, b);
    return;
  }
  if (b.n === 1) oneFund(say, b.funds[0] as Fund);
  else if (b.totals)
    say.p(
      `The ${say.fig("/n", "count")} funds ${whose} ${when} have ${say.fig("/totals/left", b.totals.currency)} left of ${say.fig("/totals/amount", b.totals.currency)}; ${say.fig("/totals/share_used", "%")} is used.`,
    );
  else
    say.p(
      `These are the ${say.fig("/n", "count")} funds ${whose} ${when}; they are kept in several currencies, so no sum is made.`,
    );
  outlook(say, b.funds);
  const tight = b.funds.filter((f) => (f.share_used ?? 0) >= b.warn_share);
  if (tight.length)
    say.p(
      `More than ${say.fig("/warn_share", "%")} used: ${tight.map((f) => `${f.fund} of ${f.account}`).join(", ")}.`,
    );
  for (const sentence of taken(b.assumptions)) say.p(sentence);
  table(say, b.funds);
  if (b.largest.length)
    say
      .p("The promotions that take most of it:")
      .list(
        b.largest.map((p, i) => `${p.promotion}, ${p.name}: ${say.fig(`/largest/${i}/amount`, p.currency)} ${p.state}`),
      );
  requests(say, b);
  later(say, b);
  if (b.n > 1) chart(say, b.funds);
};

function oneFund(say: Say, f: Fund): void {
  const money = (field: string): string => say.fig(`/funds/0/${field}`, f.currency);
  say.p(
    `${possessive(f.account)} ${f.fund} (${say.period({ from: f.from, to: f.to })}) has ${money("left")} left of ${money("amount")}: ` +
      `${money("planned")} is planned, ${money("committed")} committed, ${money("accrued")} accrued and ${money("settled")} settled.`,
  );
}

/** What each fund will have spent by its end, and which would be passed. */
function outlook(say: Say, funds: readonly Fund[]): void {
  const over = funds.filter((f) => f.forecast?.passes);
  if (over.length)
    say.p(`Alert: the expected spend passes ${over.map((f) => `${f.fund} of ${f.account}`).join(", ")}.`);
  const [only] = funds;
  if (funds.length !== 1 || !only?.forecast) return;
  const money = (field: string): string => say.fig(`/funds/0/forecast/${field}`, only.currency);
  const how =
    only.forecast.ratio === null
      ? "taken as planned"
      : `times the ${say.fig("/funds/0/forecast/ratio", "%")} that ${say.fig("/funds/0/forecast/promotions", "count")} promotions of the last year came to`;
  const rest =
    only.forecast.unplanned_weeks > 0
      ? `, and ${money("unplanned")} for ${say.fig("/funds/0/forecast/unplanned_weeks", "count")} weeks without plans at the pace of late`
      : "";
  const claimed = only.claimed > 0 ? ` Of the accrued, ${say.fig("/funds/0/claimed", only.currency)} is claimed.` : "";
  say.p(
    `By its end it should have spent ${money("spend")} (${money("low")} to ${money("high")}): ${money("recognised")} accrued and settled, ${money("calendar")} of what is planned and committed, ${how}${rest}.${claimed}`,
  );
}

function table(say: Say, funds: readonly Fund[]): void {
  if (funds.length < 2) return;
  say.table(
    ["Fund", "Account", "Dates", "Amount", "Planned", "Committed", "Accrued", "Settled", "Left"],
    funds.slice(0, ROWS).map((f, i) => {
      const money = (field: string): string => say.fig(`/funds/${i}/${field}`, f.currency);
      return [
        f.fund,
        f.account,
        say.period({ from: f.from, to: f.to }),
        ...["amount", "planned", "committed", "accrued", "settled", "left"].map(money),
      ];
    }),
  );
}

function requests(say: Say, b: Budget): void {
  if (!b.requests.length) return;
  const currency = b.totals?.currency ?? b.funds[0]?.currency ?? "EUR";
  say.p("Open requests:").list(
    b.requests.map((r, i) => {
      const amount = say.fig(`/requests/${i}/amount`, currency);
      return `${r.requested_by} asked on ${say.date(r.date)} to move ${amount} from ${r.from_fund ?? "another fund"} to ${r.to_fund ?? "another fund"}; finance has not decided`;
    }),
  );
}

function later(say: Say, b: Budget): void {
  if (!b.later.length) return;
  say
    .p("Funds to come:")
    .list(
      b.later
        .slice(0, ROWS)
        .map(
          (f, i) =>
            `${possessive(f.account)} ${f.fund}, from ${say.date(f.from)} on: ${say.fig(`/later/${i}/left`, f.currency)} left`,
        ),
    );
}

/** What each fund's money is in, side by side. */
function chart(say: Say, funds: readonly Fund[]): void {
  const states = ["settled", "accrued", "committed", "planned", "left"] as const;
  const values = funds.flatMap((f) =>
    states.map((state) => ({ fund: `${f.account}, ${f.fund}`, state, amount: f[state] })),
  );
  say.chart("Funds by state of their money", {
    data: { values },
    mark: "bar",
    encoding: {
      y: { field: "fund", type: "nominal", title: "Fund" },
      x: { field: "amount", type: "quantitative", title: `Amount (${funds[0]?.currency ?? ""})` },
      color: { field: "state", type: "nominal", sort: states, title: "State" },
    },
  });
}
