import { ACCOUNTS } from "./accounts.ts";
import type { fundRows } from "./funds.ts";
import { PRODUCTS } from "./products.ts";
import { random } from "./random.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

/** Thresholds of a bonus, against the net sales of the year before it. */
const STEPS = [0.9, 0.98, 1.06] as const;
const RATES = [0.005, 0.01, 0.015] as const;
/** Round sums: thresholds EUR 50,000 and fees EUR 500 at a time. */
const STEP = 5_000_000;
const FEE = 50_000;

type Sales = Tables["sales_week"];
type Funds = ReturnType<typeof fundRows>;
type Month = { units: number; gross: number; net: number; cost: number };

/** Bonus tiers and lump sums of every contract, and the plan of last year, this one and the next by month. */
export function termRows(
  world: DemoWorld,
  sales: Sales,
  contracts: Tables["contract"],
  funds: Funds,
): Pick<Tables, "contract_tier" | "contract_lump_sum" | "plan_month"> {
  const byAccount = Map.groupBy(sales, (row) => row.account_id);
  const months = ACCOUNTS.map((_, a) => monthsOf(byAccount.get(a + 1) ?? []));
  return {
    contract_tier: contracts.flatMap((contract) => tiersOf(contract, months[contract.account_id - 1]!)),
    contract_lump_sum: contracts.flatMap(lumpSums),
    plan_month: ACCOUNTS.flatMap((_, a) => planOf(world, a, months[a]!, funds)),
  };
}

function monthsOf(rows: readonly Sales[number][]): ReadonlyMap<string, Month> {
  const months = new Map<string, Month>();
  for (const row of rows) {
    const product = PRODUCTS[row.product_id - 1]!;
    const key = row.week.slice(0, 7);
    const sum = months.get(key) ?? { units: 0, gross: 0, net: 0, cost: 0 };
    sum.units += row.units;
    sum.gross += row.units * product.list * 100;
    sum.net += row.net_sales_minor ?? 0;
    sum.cost += row.units * product.cost * 100;
    months.set(key, sum);
  }
  return months;
}

const yearOf = (months: ReadonlyMap<string, Month>, year: number, part: keyof Month): number =>
  [...months].reduce((sum, [month, of]) => (month.startsWith(`${year}-`) ? sum + of[part] : sum), 0);

/** Agreed on the year before the contract, or the first whole one that was measured. */
function tiersOf(
  contract: Tables["contract"][number],
  months: ReadonlyMap<string, Month>,
): Tables["contract_tier"][number][] {
  const before = Number(contract.start.slice(0, 4)) - 1;
  const first = Number([...months.keys()].sort()[0]!.slice(0, 4)) + 1;
  const sold = yearOf(months, Math.max(before, first), "net");
  return STEPS.map((step, i) => ({
    contract_id: contract.id!,
    measure: "net_sales" as const,
    threshold: Math.round((step * sold) / STEP) * STEP,
    rate: RATES[i]!,
  }));
}

/** A fee for the space of the year, due in spring of every year, and at some accounts one for data. */
function lumpSums(contract: Tables["contract"][number]): Tables["contract_lump_sum"][number][] {
  const account = ACCOUNTS[contract.account_id - 1]!;
  const draw = random("lump sums", account.code, contract.start);
  const fee = (share: number): number => Math.max(1, Math.round((share * account.size * 1_000_000) / FEE)) * FEE;
  const data = draw.chance(0.5);
  const space = fee(draw.uniform(0.6, 1.2));
  const years = Array.from(
    { length: Number(contract.end.slice(0, 4)) - Number(contract.start.slice(0, 4)) + 1 },
    (_, i) => Number(contract.start.slice(0, 4)) + i,
  );
  return years.flatMap((year) => [
    { contract_id: contract.id!, due: `${year}-03-31`, what: "Shelf space of the year", amount_minor: space },
    ...(data
      ? [
          {
            contract_id: contract.id!,
            due: `${year}-06-30`,
            what: "Scanner data",
            amount_minor: Math.round(space / 4 / FEE + 0.5) * FEE,
          },
        ]
      : []),
  ]);
}

/** What was planned of a year: the year before it with a growth that somebody hoped for, its promotions from the fund. */
function planOf(
  world: DemoWorld,
  a: number,
  months: ReadonlyMap<string, Month>,
  funds: Funds,
): Tables["plan_month"][number][] {
  const account = ACCOUNTS[a]!;
  const thisYear = Number(world.frame.today.slice(0, 4));
  const whole = [...months.keys()].sort().at(-1)!;
  return [thisYear - 1, thisYear, thisYear + 1].flatMap((year) => {
    const draw = random("plan of the year", account.code, year);
    const growth = draw.uniform(1.01, 1.05);
    const fund = funds.find((f) => f.account_id === a + 1 && f.start.startsWith(`${year}-`))?.amount_minor ?? 0;
    const rows = Array.from({ length: 12 }, (_, m) => {
      const month = String(m + 1).padStart(2, "0");
      // The latest measured month may be cut short, and what follows it was not measured: the year before that speaks.
      const base = `${year - 1}-${month}` < whole ? `${year - 1}-${month}` : `${year - 2}-${month}`;
      return { month: `${year}-${month}`, of: months.get(base) ?? { units: 0, gross: 0, net: 0, cost: 0 } };
    });
    const gross = rows.reduce((sum, row) => sum + row.of.gross, 0);
    return rows.map(({ month, of }) => ({
      account_id: a + 1,
      month,
      units: Math.round(of.units * growth),
      gross_sales_minor: Math.round(of.gross * growth),
      off_invoice_minor: Math.round((of.gross - of.net) * growth),
      promotion_spend_minor: gross > 0 ? Math.round((fund * 0.7 * of.gross) / gross) : 0,
      terms_minor: Math.round(of.gross * growth * (account.rebate + RATES[1])),
      cost_minor: Math.round(of.cost * growth),
    }));
  });
}
