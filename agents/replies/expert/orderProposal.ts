import type { Composer, Say } from "../say.ts";

interface Line {
  readonly product: string;
  readonly enough: number;
  readonly available: number;
  readonly quantity: number;
  readonly stock: number | null;
  readonly cases: number | null;
}
interface Delivery {
  readonly deliver_by: string;
  readonly order_by: string;
  readonly in_time: boolean;
  readonly cases: number | null;
  readonly lines: readonly Line[];
}
interface Proposal {
  readonly promotion: { readonly id: string; readonly name: string; readonly start: string; readonly end: string };
  readonly account: string;
  readonly quantity: number;
  readonly cases: number | null;
  readonly lead_basis: "named" | "orders" | "assumed";
  readonly too_late: boolean;
  readonly lines: readonly Line[];
  readonly deliveries: readonly Delivery[];
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
}

const LEAD: Readonly<Record<string, string>> = {
  named: "as you said",
  orders: "the middle one of this account's orders",
  assumed: "assumed, as no orders of this account are in the store",
};

/** What to ship for a promotion, and by when. */
export const composeOrderProposal: Composer = (say) => {
  const result = say.call.result as unknown as Proposal;
  const { promotion } = result;
  const name = `**${promotion.id}, ${promotion.name}**`;
  if (result.quantity === 0)
    say.p(`Nothing more is to be shipped for ${name}: what ${result.account} holds and has on order is enough.`);
  else {
    const cases = result.cases === null ? "" : ` (${say.fig("/cases", "count")} cases)`;
    const dates =
      result.deliveries.length === 1 ? "in one delivery" : `in ${say.fig("/delivery_count", "count")} deliveries`;
    say.p(
      `Proposal for ${name}: ship **${say.fig("/quantity", "units")} units**${cases} to ${result.account}, ${dates}${result.too_late ? ". **Some of it comes too late** for the week that it is for, even if ordered today" : ""}.`,
    );
    say.list(result.deliveries.map((row, i) => delivery(say, row, i)));
  }
  lineTable(say, result);
  chart(say, result);
  if (result.deliveries.length > 1) for (const [i, row] of result.deliveries.entries()) deliveryTable(say, row, i);
  say.p(
    [
      `**Ground.** ${say.period({ from: promotion.start, to: promotion.end })}; enough with ${say.fig("/service_level", "%")} probability; ${say.fig("/lead_days", "days")} days from order to delivery (${LEAD[result.lead_basis]}).`,
      ...result.assumptions,
      ...result.missing,
    ].join(" "),
  );
};

function delivery(say: Say, row: Delivery, i: number): string {
  const at = `/deliveries/${i}`;
  const cases = row.cases === null ? "" : ` (${say.fig(`${at}/cases`, "count")} cases)`;
  return `Deliver by ${say.date(row.deliver_by)}: ${say.fig(`${at}/quantity`, "units")} units${cases}, to be ordered by ${say.date(row.order_by)}${row.in_time ? "" : " – too late for its week"}.`;
}

function lineTable(say: Say, result: Proposal): void {
  say.table(
    ["Product", "Expected", "Enough", "Held", "On the way", "Sold before", "Left for it", "To ship", "Cases"],
    result.lines.map((line, i) => [
      line.product,
      say.fig(`/lines/${i}/expected`, "units"),
      say.fig(`/lines/${i}/enough`, "units"),
      say.figOr(`/lines/${i}/stock`, "units", "not known"),
      say.fig(`/lines/${i}/on_the_way`, "units"),
      say.fig(`/lines/${i}/sold_before`, "units"),
      say.fig(`/lines/${i}/available`, "units"),
      say.fig(`/lines/${i}/quantity`, "units"),
      say.figOr(`/lines/${i}/cases`, "count"),
    ]),
  );
}

/** What a promotion needs of each product beside what is there for it. */
function chart(say: Say, result: Proposal): void {
  const parts = [
    ["enough", "enough"],
    ["available", "left for it"],
    ["quantity", "to ship"],
  ] as const;
  say.chart("What the promotion needs, and what is there for it", {
    data: {
      values: result.lines.flatMap((line) =>
        parts.map(([key, what]) => ({ product: line.product, what, units: line[key] })),
      ),
    },
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: { field: "product", type: "nominal", title: "Product", sort: null },
      yOffset: { field: "what", sort: parts.map(([, what]) => what) },
      x: { field: "units", type: "quantitative", title: "Units" },
      color: { field: "what", type: "nominal", title: "", sort: parts.map(([, what]) => what) },
    },
  });
}

function deliveryTable(say: Say, row: Delivery, i: number): void {
  say.p(`Delivery by ${say.date(row.deliver_by)}:`);
  say.table(
    ["Product", "Units", "Cases"],
    row.lines.map((line, k) => [
      line.product,
      say.fig(`/deliveries/${i}/lines/${k}/quantity`, "units"),
      say.figOr(`/deliveries/${i}/lines/${k}/cases`, "count"),
    ]),
  );
}
