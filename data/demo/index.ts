import { listAccounts } from "../accounts/accounts.repo.ts";
import type { Period } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { raiseDataVersion } from "../meta/dataVersion.repo.ts";
import { inTransaction, type Store } from "../store/open.ts";
import { ACCOUNTS } from "./accounts.ts";
import { activityRows } from "./activities.ts";
import { categoryWeeksOf } from "./categoryWeeks.ts";
import { claimRows } from "./claims.ts";
import { storeRows, visitRows } from "./execution.ts";
import { fundRows, poolRows } from "./funds.ts";
import { ledgerRows } from "./ledger.ts";
import { masterData } from "./master.ts";
import { orderRows } from "./orders.ts";
import { planOf } from "./plans.ts";
import { book, isPast, promotionRows } from "./promotions.ts";
import { simulate } from "./response.ts";
import { salesOf } from "./sales.ts";
import { shipmentRows, shipmentsOf } from "./shipments.ts";
import { signalRows } from "./signals.ts";
import type { Tables } from "./tables.ts";
import { targetRows } from "./targets.ts";
import { termRows } from "./terms.ts";
import { baselineOf } from "./truth.ts";
import { truthRows } from "./truthRows.ts";
import { makeWorld } from "./world.ts";
import { writeTables } from "./write.repo.ts";

/** What was written, in numbers. */
export interface DemoSummary {
  readonly accounts: number;
  readonly products: number;
  readonly weeks: Period;
  readonly salesRows: number;
  readonly promotions: {
    readonly past: number;
    readonly running: number;
    readonly planned: number;
    readonly cancelled: number;
  };
  readonly claims: number;
  readonly visits: number;
  readonly activities: number;
  readonly signals: number;
}

/**
 * Fills an empty store with the demo market, in one transaction; the same rows for the same `store.today`.
 * @param onProgress told what is being written, a line at a time.
 * @throws KamError wrong_state where the store holds accounts already.
 */
export async function writeDemoMarket(
  store: Store,
  onProgress: (text: string) => void = () => {},
): Promise<DemoSummary> {
  await refuseFull(store);
  onProgress("simulating three years of sales");
  const tables = makeTables(store.today);
  await inTransaction(store, async (tx) => {
    await refuseFull(tx);
    await writeTables(tx, tables, onProgress);
    await raiseDataVersion(tx);
  });
  return summaryOf(tables);
}

/** Every row of the market: pure. */
function makeTables(today: string): Tables {
  const world = makeWorld(today);
  const live = world.events.filter((event) => event.status !== "cancelled");
  const outcomes = ACCOUNTS.map((_, a) => simulate(world, a, live));
  const baselines = ACCOUNTS.map((_, a) => baselineOf(world, a));
  const shipped = outcomes.map((outcome, a) => shipmentsOf(world, a, outcome));
  const plans = world.events.map((event) => planOf(world, event));
  const booked = book(world, plans, outcomes, shipped);
  const planByEvent = new Map(booked.map((b) => [b.event, b.plan]));
  const funds = fundRows(world, booked);
  const pools = poolRows(funds);
  const promotions = promotionRows(world, booked);
  const claims = claimRows(world, booked);
  const master = masterData(world.frame) as Tables;
  const sales = outcomes.flatMap((outcome, a) =>
    salesOf(
      world,
      a,
      outcome,
      (event, p) => planByEvent.get(event)?.lines.find((line) => line.product === p)?.allowance ?? 0,
    ),
  );
  return {
    ...master,
    ...termRows(world, sales, master.contract, funds),
    target: targetRows(world, sales),
    sales_week: sales,
    shipment_week: shipped.flatMap((s, a) => shipmentRows(world, a, s)),
    category_week: outcomes.flatMap((outcome, a) => categoryWeeksOf(world, a, outcome, baselines[a]!)),
    fund: [
      ...pools.map(({ amount_minor: _, ...pool }) => ({ ...pool, parent_id: null })),
      ...funds.map(({ amount_minor: _, ...fund }) => fund),
    ],
    ...promotions,
    claim: claims,
    ...ledgerRows({ world, booked, outcomes, shipped, pools, funds, claims, history: promotions.promotion_history }),
    account_store: storeRows(),
    supply_order: shipped.flatMap((s, a) => orderRows(world, a, s, booked)),
    ...visitRows(world, booked),
    activity: activityRows(world, booked),
    signal: signalRows(world),
    ...truthRows(world, booked, outcomes, baselines),
  };
}

async function refuseFull(store: Store): Promise<void> {
  const n = (await listAccounts(store)).length;
  if (n > 0)
    throw new KamError(
      "wrong_state",
      `${store.path} already holds ${n} accounts, and the demo market needs an empty store; name another file with --db or KAM_DB, or delete this one.`,
      { accounts: n },
    );
}

function summaryOf(tables: Tables): DemoSummary {
  const weeks = [...new Set(tables.sales_week.map((row) => row.week))].sort();
  const count = (test: (status: Tables["promotion"][number]["status"]) => boolean): number =>
    tables.promotion.filter((row) => test(row.status)).length;
  return {
    accounts: tables.account.length,
    products: tables.product.length,
    weeks: { from: weeks[0]!, to: weeks[weeks.length - 1]! },
    salesRows: tables.sales_week.length,
    promotions: {
      past: count(isPast),
      running: count((status) => status === "running"),
      planned: count((status) => status === "draft" || status === "submitted" || status === "approved"),
      cancelled: count((status) => status === "cancelled"),
    },
    claims: tables.claim.length,
    visits: tables.visit.length,
    activities: tables.activity.length,
    signals: tables.signal.length,
  };
}
