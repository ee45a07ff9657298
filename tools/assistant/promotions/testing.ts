import { KamError } from "../../../data/common/errors.ts";
import { EVERYDAY } from "../../../data/promotions/testing.ts";
import { inTransaction, type Store } from "../../../data/store/open.ts";
import { loadActor } from "../../../data/users/actor.ts";
import type { Proposal, Tool, ToolContext } from "../../define.ts";
import { bandOf } from "../../forecasts/record/bands.ts";
import { recordFor } from "../../forecasts/record/recordFor.ts";
import type { Forecaster } from "./forecaster.ts";
import { buildPromotionTools } from "./index.ts";

const range = (mean: number) => ({ mean, low: mean * 0.8, high: mean * 1.2 });

/** A forecaster for tests, by hand: 100 units a product and week without, and five times the effective discount more with it. */
export const fakeForecast: Forecaster = async (context, spec) => {
  const weeks = 2;
  const cut = spec.get && spec.pay ? 1 - spec.pay / spec.get : (spec.discount ?? (spec.price_off ?? 0) / EVERYDAY);
  const byUnit = ["off_invoice", "bill_back", "scan_back"].includes(spec.payment);
  const allowance = byUnit ? (cut * EVERYDAY) / 1.25 : 0;
  const baseline = 100 * weeks;
  const units = baseline * (1 + 5 * cut + (spec.display ? 1 : 0));
  const n = spec.product_ids.length;
  const gain = n * (units - baseline);
  const spend = n * units * allowance + spec.fixed_spend;
  const profit = gain * 1.65;
  return {
    weeks,
    currency: "EUR",
    interval: 0.8,
    units: range(n * units),
    baseline: range(n * baseline),
    gross_incremental: range(gain),
    uplift: units / baseline - 1,
    dip: 0,
    cannibalised: 0,
    halo: 0,
    true_incremental: range(gain),
    spend,
    incremental_profit: range(profit),
    net_profit: range(profit - spend),
    net_roi: spend > 0 ? { mean: profit / spend - 1, low: profit / spend - 1.2, high: profit / spend - 0.8 } : null,
    gross_roi: spend > 0 ? profit / spend : null,
    break_even_uplift: 0.5,
    probability_of_loss: 0.25,
    retailer: { margin: 0.3, everyday_margin: 0.25, extra_profit: 100 },

    statement: null,
    lines: spec.product_ids.map((product_id) => ({
      product_id,
      product: `product ${product_id}`,
      units,
      baseline,
      allowance,
      everyday_price: EVERYDAY,
      promoted_price: EVERYDAY * (1 - cut),
    })),
    range_95: {
      baseline: range(n * baseline),
      units: range(n * units),
      true_incremental: range(gain),
      net_profit: range(profit - spend),
    },
    depth: cut,
    record: recordFor({ of: "promotions", made: [], tried: [] }, context.actor, {
      account: { id: spec.account_id, name: "Albion Fresh" },
      mechanic: spec.mechanic,
      band: bandOf(cut),
    }),
    evidence: { here: 2, elsewhere: 3, unit: "promotions" },
    caveats: [],
  };
};

/** A store without sales: nothing to forecast by. */
export const noForecast: Forecaster = async () => {
  throw new KamError("no_data", "This store holds no sales yet.");
};

/** Calls the promotion tools as somebody would: arguments through the schema, commits in a transaction, results as JSON. */
export function driver(store: Store, forecaster: Forecaster = fakeForecast) {
  const tools = new Map(buildPromotionTools(forecaster).map((tool) => [tool.name, tool]));
  const models: ToolContext["models"] = {
    current: () => Promise.reject(new KamError("no_model", "This store has no model.")),
  };
  const contextOf = async (who: string): Promise<ToolContext> => ({
    store,
    actor: await loadActor(store, who),
    models,
  });
  const toolOf = (name: string): Tool => tools.get(name) as Tool;
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  async function propose(who: string, name: string, args: Record<string, unknown>) {
    const tool = toolOf(name);
    if (tool.access !== "WRITE") throw new Error(`${name} does not write`);
    return plain(await tool.propose(await contextOf(who), tool.schema.parse(args)));
  }
  async function read(who: string, name: string, args: Record<string, unknown> = {}) {
    const tool = toolOf(name);
    if (tool.access !== "READ") throw new Error(`${name} writes`);
    return plain(await tool.run(await contextOf(who), tool.schema.parse(args)));
  }
  async function commit(who: string, proposal: Proposal, edit?: Record<string, unknown>) {
    const tool = toolOf(proposal.kind);
    if (tool.access !== "WRITE") throw new Error(`${proposal.kind} does not write`);
    const context = await contextOf(who);
    return inTransaction(store, async (tx) =>
      plain(await tool.commit({ ...context, store: tx }, proposal.change, edit)),
    );
  }
  /** Proposes and approves everything proposed. */
  async function write(who: string, name: string, args: Record<string, unknown>, edit?: Record<string, unknown>) {
    const { proposals } = await propose(who, name, args);
    const done: Record<string, unknown>[] = [];
    for (const proposal of proposals) done.push(await commit(who, proposal, edit));
    return done;
  }
  return { propose, read, commit, write };
}

/** What a person says of a promotion, without products and with them. */
export const JUNE = { account: "Retailer A", start: "2027-06-01", end: "2027-06-14", discount: 0.2 };
export const KESTREL = { ...JUNE, products: [{ brand: "Kestrel" }] };

/** What the fund of 2027 of an account has planned, major units. */
export const plannedSpend = async (store: Store, account = "Albion Fresh"): Promise<number> =>
  (
    await store.db
      .selectFrom("v_budget")
      .select("planned")
      .where("account", "=", account)
      .where("fund", "=", "Trade fund 2027")
      .executeTakeFirstOrThrow()
  ).planned;
