import { capital } from "../../../data/common/words.ts";
import { quote } from "../assistant/accounts/quote.ts";
import type { Composer, Say } from "../say.ts";
import { type Ground, sayGround } from "./ground.ts";
import type { RiskRow } from "./riskRow.ts";
import { riskWords } from "./riskWords.ts";
import { counted, inWords, PERCENT_AXIS } from "./words.ts";

interface Named {
  readonly promotion: string;
  readonly name: string;
}
interface Review extends Ground {
  readonly currency: string;
  readonly owner: string | null;
  readonly before: { readonly from: string; readonly to: string } | null;
  readonly measure: "net_sales" | "units" | null;
  readonly sales: { readonly growth: number | null; readonly change: number | null } | null;
  readonly brands: readonly { readonly label: string; readonly state: string }[];
  readonly categories: readonly { readonly category: string; readonly own_share_change: number | null }[];
  readonly promotions: {
    readonly net_roi: number | null;
    readonly best: readonly Named[];
    readonly worst: readonly Named[];
  } | null;
  readonly gross_to_net: { readonly steps: readonly { readonly step: string }[] } | null;
  readonly funds: readonly { readonly fund: string; readonly end: string }[];
  readonly open_claims: number;
  readonly doubted_claims: number;
  readonly talks: readonly {
    readonly date: string;
    readonly kind: string;
    readonly by: string | null;
    readonly next_step: unknown;
  }[];
  readonly planned: number;
  readonly ahead: readonly (Named & { readonly start: string; readonly end: string; readonly status: string })[];
  readonly rows: readonly RiskRow[];
}

const STEPS: Readonly<Record<string, string>> = {
  gross_sales: "Gross sales",
  terms_on_invoice: "Terms on the invoice",
  rebates: "Rebates",
  off_invoice: "Off-invoice promotions",
  bill_back: "Bill-backs",
  scan_back: "Scan-backs",
  lump_sum: "Lump sums",
  slotting: "Slotting fees",
  mdf: "MDF",
  net_revenue: "Net revenue",
};

/** The review of an account, its parts in the order in which a meeting takes them. */
export const composeReview: Composer = (say) => {
  const result = say.call.result as unknown as Review;
  say.p([salesWords(say, result), promotionWords(say, result), moneyWords(say, result)].filter(Boolean).join(" "));
  sharesAndBrands(say, result);
  promotionTable(say, result);
  grossToNetTable(say, result);
  aheadAndTalks(say, result);
  if (result.rows.length) {
    say.p(`**Risks** (${counted(say, "/risks", "thing")} to look at)`);
    say.list(result.rows.map((row, at) => `${capital(riskWords(say, row, `/rows/${at}`))}.`));
  }
  sayGround(
    say,
    result,
    result.before ? `Compared with ${say.period(result.before)}, ${counted(say, "/weeks", "week")} each.` : "",
  );
  brandChart(say, result);
};

function salesWords(say: Say, result: Review): string {
  if (!result.sales || !result.measure) return `**${result.account}**: no sales are measured in this period.`;
  const unit = result.measure === "net_sales" ? result.currency : "units";
  const what = result.measure === "net_sales" ? "net sales" : "units";
  const now = say.fig(`/sales/${result.measure}`, unit);
  if (result.sales.growth === null) return `**${result.account}**: ${what} ${now}.`;
  const way = (result.sales.change ?? 0) >= 0 ? "grew" : "fell";
  return `**${result.account}**: ${what} ${way} (${say.fig("/sales/growth", "%")}) to ${now} against a year before.`;
}

function promotionWords(say: Say, result: Review): string {
  if (!result.promotions) return "No promotion with a known profit ended in this time.";
  const roi = say.figOr("/promotions/net_roi", "ratio");
  return `${counted(say, "/promotions/promotions", "promotion")} cost ${say.fig("/promotions/spend", result.currency)} and brought ${say.fig("/promotions/incremental_profit", result.currency)} of profit before that spend: net ROI ${roi}, uplift ${say.figOr("/promotions/uplift", "%")}; ${say.fig("/promotions/earned_back", "count")} of them earned back more than they cost.`;
}

function moneyWords(say: Say, result: Review): string {
  const funds = result.funds.map(
    (fund, at) =>
      `${fund.fund} has ${say.fig(`/funds/${at}/left`, result.currency)} of ${say.fig(`/funds/${at}/amount`, result.currency)} left until ${say.date(fund.end)}.`,
  );
  const claims = result.open_claims
    ? `${counted(say, "/open_claims", "claim")} of ${say.fig("/open_claims_amount", result.currency)} ${result.open_claims === 1 ? "is" : "are"} open${result.doubted_claims ? `, ${say.fig("/doubted_claims", "count")} in doubt` : ""}.`
    : "No claim is open.";
  return [...funds, claims].join(" ");
}

function sharesAndBrands(say: Say, result: Review): void {
  const shares = result.categories.flatMap((row, at) =>
    row.own_share_change === null
      ? []
      : [
          `${row.category}: category ${say.figOr(`/categories/${at}/growth`, "%")}, our share ${say.fig(`/categories/${at}/own_share`, "%")} (${say.fig(`/categories/${at}/own_share_change`, "pp")}), private label ${say.figOr(`/categories/${at}/private_label_share`, "%")}`,
        ],
  );
  if (shares.length) say.p("**Category and our share of it**").list(shares);
  const unit = result.measure === "net_sales" ? result.currency : "units";
  say.table(
    ["Brand", result.measure === "units" ? "Units" : "Net sales", "Growth", "Contribution"],
    result.brands.map((row, at) => [
      row.label,
      say.figOr(`/brands/${at}/${result.measure}`, unit),
      row.state === "new" ? "new" : say.figOr(`/brands/${at}/growth`, "%"),
      say.figOr(`/brands/${at}/contribution`, "pp"),
    ]),
  );
}

function promotionTable(say: Say, result: Review): void {
  if (!result.promotions) return;
  const rows = (["best", "worst"] as const).flatMap((end) =>
    result.promotions![end].map((row, at) => {
      const path = `/promotions/${end}/${at}`;
      return [
        end === "best" ? "best" : "weakest",
        `${row.promotion}, ${row.name}`,
        say.figOr(`${path}/net_roi`, "ratio"),
        say.figOr(`${path}/uplift`, "%"),
        say.fig(`${path}/spend`, result.currency),
      ];
    }),
  );
  say.table(["", "Promotion", "Net ROI", "Uplift", "Spend"], rows);
}

function grossToNetTable(say: Say, result: Review): void {
  if (!result.gross_to_net) return;
  say.p(`**Gross to net**: trade spend is ${say.figOr("/gross_to_net/trade_rate", "%")} of gross sales.`);
  say.table(
    ["Step", "Amount"],
    result.gross_to_net.steps.map((row, at) => [
      STEPS[row.step] ?? inWords(row.step),
      say.fig(`/gross_to_net/steps/${at}/amount`, result.currency),
    ]),
  );
}

function aheadAndTalks(say: Say, result: Review): void {
  if (result.ahead.length) {
    say.p(`**Ahead** (${counted(say, "/planned", "promotion")} planned or running)`);
    say.list(
      result.ahead.map(
        (row) => `${row.promotion}, ${row.name}: ${say.period({ from: row.start, to: row.end })}, ${row.status}`,
      ),
    );
  }
  if (!result.talks.length) return;
  say.p("**Last talks and next steps**");
  say.list(
    result.talks.map((talk, at) => {
      const next = talk.next_step ? ` Next step: ${quote(say, `/talks/${at}/next_step`)}` : "";
      return `${say.date(talk.date)}, ${talk.kind}${talk.by ? `, ${talk.by}` : ""}: ${quote(say, `/talks/${at}/quote`)}${next}`;
    }),
  );
}

function brandChart(say: Say, result: Review): void {
  const rows = (say.call.result as { brands: readonly { label: string; growth: number | null }[] }).brands;
  const values = rows.flatMap((row) => (row.growth === null ? [] : [{ brand: row.label, growth: row.growth }]));
  if (values.length < 2) return;
  say.chart(`Growth by brand at ${result.account}`, {
    data: { values },
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: { field: "brand", type: "nominal", sort: "-x", title: "Brand" },
      x: { field: "growth", type: "quantitative", title: "Growth against a year before", axis: PERCENT_AXIS },
    },
  });
}
