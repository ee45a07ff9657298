import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, type Period } from "../../../data/common/dates.ts";
import { dateInWords, formatFigure } from "../../../data/common/format.ts";
import { listed } from "../../../data/common/words.ts";
import type { Check } from "../../define.ts";
import type { ForecastGround } from "../../forecasts/forecastGround.ts";
import type { PriceHistory } from "./history.ts";
import type { PriceMove } from "./outcome.ts";

interface Around {
  readonly period: Period;
  readonly history: PriceHistory;
  /** Days of notice that the account's contract asks for. */
  readonly notice: number | null;
}

/** What speaks against a moved everyday price, the gravest first. */
export function priceChecks(
  ground: ForecastGround,
  account: VisibleAccount,
  lines: readonly PriceMove[],
  around: Around,
): Check[] {
  return [
    ...belowCost(account.currency, lines),
    ...retailerLoses(lines),
    ...longTermPrice(ground, account, lines, around.period),
    ...beyondSeen(lines, around.history),
    ...notice(ground, account, around),
  ];
}

/** The list price moved along would lie below the cost of goods. */
function belowCost(currency: string, lines: readonly PriceMove[]): Check[] {
  return lines.flatMap((line): Check[] => {
    if (line.net === null || line.margin === null) return [];
    const margin = line.margin + line.net * (line.target / line.price - 1);
    if (margin > 0) return [];
    return [
      {
        rule: "cost",
        verdict: "block",
        message: `${line.product} would leave us ${formatFigure(margin, currency)} a unit with our list price moving along: below its cost of goods.`,
        facts: { margin },
      },
    ];
  });
}

/** With our list price as it is, the retailer would sell below what he pays. */
function retailerLoses(lines: readonly PriceMove[]): Check[] {
  const under = lines.filter((l) => l.net !== null && l.target / l.tax < l.net);
  if (!under.length) return [];
  return [
    {
      rule: "retailer_margin",
      verdict: "warn",
      message: `With our list price as it is, the retailer would sell ${listed(under.map((l) => l.product))} below what it pays.`,
    },
  ];
}

/** A long-term low price was agreed that an everyday price must not pass. */
function longTermPrice(
  ground: ForecastGround,
  account: VisibleAccount,
  lines: readonly PriceMove[],
  period: Period,
): Check[] {
  const agreed = ground.book.promotions.filter(
    (p) =>
      p.mechanic === "edlp" &&
      p.account_id === account.id &&
      p.start <= period.to &&
      p.end >= period.from &&
      (ground.book.linesOf.get(p.id) ?? []).some((l) => lines.some((line) => line.product_id === l.product_id)),
  );
  return agreed.map((p) => ({
    rule: "edlp",
    verdict: "warn",
    message: `${p.code}, ${p.name} holds a long-term low price until ${dateInWords(p.end)}; the move has to wait or be agreed with it.`,
  }));
}

/** A larger move than any seen is told by what smaller ones did. */
function beyondSeen(lines: readonly PriceMove[], { moves, largest_rise, largest_cut }: PriceHistory): Check[] {
  const changes = lines.map((l) => l.target / l.price - 1);
  const most = changes.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  const seen = most > 0 ? largest_rise : largest_cut;
  const direction = most > 0 ? "rise" : "cut";
  if (seen === null)
    return [
      {
        rule: "seen",
        verdict: "warn",
        message: `No ${direction} of these everyday prices is in the data there, so the effect is told from other products and accounts.`,
        facts: { moves },
      },
    ];
  if (Math.abs(most) <= Math.abs(seen) + 1e-9) return [];
  return [
    {
      rule: "seen",
      verdict: "warn",
      message: `The largest ${direction} seen there was ${formatFigure(Math.abs(seen), "%")} at once; beyond it the effect is extrapolated.`,
      facts: { seen: Math.abs(seen) },
    },
  ];
}

function notice(ground: ForecastGround, account: VisibleAccount, { period, notice: days }: Around): Check[] {
  if (days === null) return [];
  const first = addDays(ground.today, days);
  if (period.from >= first) return [];
  return [
    {
      rule: "notice",
      verdict: "warn",
      message: `${account.name} wants ${formatFigure(days, "count")} days' notice, so ${dateInWords(first)} is the first day.`,
      facts: { days },
    },
  ];
}
