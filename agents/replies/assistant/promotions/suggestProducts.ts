import { listed } from "../../../../data/common/words.ts";
import { atPointer, type Composer, type Say } from "../../say.ts";
import { offer, plural, taken } from "./words.ts";

interface Brand {
  readonly brand: string;
  readonly past_promotions: number;
  readonly past_net_roi: number | null;
  readonly season_index: number | null;
  readonly near: { readonly promotion: string; readonly name: string } | null;
  readonly affordable: boolean;
  readonly expected: { readonly net_roi: unknown; readonly spend: number | null } | null;
}

interface Suggested extends Brand {
  readonly account: string;
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly assumptions: readonly string[];
  readonly products: readonly { readonly product: string }[];
  readonly other_brands: readonly Brand[];
  readonly left_out: readonly { readonly product: string; readonly reason: string }[];
  readonly account_net_roi: number | null;
}

const ROWS = 10;

export const composeSuggestProducts: Composer = (say) => {
  const s = say.call.result as unknown as Suggested;
  const names = s.products.map((p) => p.product);
  say.p(
    `At ${s.account}, ${say.period(s.period)}, I would promote ${s.brand}: ${listed(names)}. ${reasons(say, s)}`.trim(),
  );
  say.p(`Compared at: ${offer(say, "/offer")}.`);
  for (const sentence of taken(s.assumptions)) say.p(sentence);
  say.table(
    ["Product", "Past promotions", "Their pooled net ROI", "Expected units"],
    s.products
      .slice(0, ROWS)
      .map((p, i) => [
        p.product,
        say.fig(`/products/${i}/past_promotions`, "count"),
        say.figOr(`/products/${i}/past_net_roi`, "ratio"),
        say.figOr(`/products/${i}/expected_units`, "units"),
      ]),
  );
  if (s.other_brands.length)
    say
      .p("The other brands, next best first:")
      .list(s.other_brands.map((b, i) => otherBrand(say, b, `/other_brands/${i}`)));
  if (s.left_out.length) {
    const why = [...Map.groupBy(s.left_out, (l) => l.reason)];
    say.p(`Left out: ${why.map(([reason, some]) => `${listed(some.map((l) => l.product))} (${reason})`).join("; ")}.`);
  }
  chart(say, s);
};

function reasons(say: Say, s: Suggested): string {
  const out: string[] = [];
  if (s.expected?.net_roi)
    out.push(
      `I expect a net ROI of ${say.fig("/expected/net_roi/mean", "ratio")} (${say.range("/expected/net_roi", "ratio")}, ${say.fig("/interval", "%")} range) at a spend of ${say.fig("/expected/spend", s.currency)}.`,
    );
  if (s.past_net_roi !== null) {
    const all =
      s.account_net_roi === null ? "" : `, against ${say.fig("/account_net_roi", "ratio")} for all brands there`;
    out.push(
      `Its ${say.fig("/past_promotions", "count")} past ${plural(s.past_promotions, "promotion", "promotions")} there had a pooled net ROI of ${say.fig("/past_net_roi", "ratio")}${all}.`,
    );
  } else out.push("No promotion of it there has a result yet.");
  if (s.season_index !== null)
    out.push(`In these weeks of the year it sells ${say.fig("/season_index", "ratio")} times its average week.`);
  if (s.near) out.push(`Mind ${s.near.promotion}, ${s.near.name}, which is close to it.`);
  if (!s.affordable) out.push("The expected spend is more than its fund has left.");
  return out.join(" ");
}

function otherBrand(say: Say, b: Brand, path: string): string {
  const parts = [
    atPointer(say.call.result, `${path}/expected/net_roi/mean`) === undefined
      ? ""
      : `expected net ROI ${say.fig(`${path}/expected/net_roi/mean`, "ratio")}`,
    b.past_net_roi === null
      ? "no result yet"
      : `pooled net ROI ${say.fig(`${path}/past_net_roi`, "ratio")} over ${say.fig(`${path}/past_promotions`, "count")} past ${plural(b.past_promotions, "promotion", "promotions")}`,
    b.season_index === null ? "" : `season ${say.fig(`${path}/season_index`, "ratio")} of an average week`,
    b.near ? `close to ${b.near.promotion}, ${b.near.name}` : "",
    b.affordable ? "" : "more than its fund has left",
  ];
  return `${b.brand}: ${parts.filter(Boolean).join(", ")}`;
}

function chart(say: Say, s: Suggested): void {
  const values = [s, ...s.other_brands].flatMap((b) =>
    b.past_net_roi === null ? [] : [{ brand: b.brand, net_roi: b.past_net_roi }],
  );
  if (values.length < 2) return;
  say.chart(`Pooled net ROI of past promotions at ${s.account}`, {
    data: { values },
    mark: "bar",
    encoding: {
      y: { field: "brand", type: "nominal", sort: "-x", title: "Brand" },
      x: { field: "net_roi", type: "quantitative", title: "Net ROI (break-even is 0)" },
    },
  });
}
