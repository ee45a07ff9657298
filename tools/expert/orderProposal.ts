import { z } from "zod";
import { KamError } from "../../data/common/errors.ts";
import { promotionRow } from "../../data/promotions/reading.service.ts";
import { leadDays, packsOf } from "../../data/supply/supply.service.ts";
import { optional, promotionRef } from "../args.ts";
import { readTool } from "../define.ts";
import { readForecastGround } from "../forecasts/forecastGround.ts";
import { specOfPromotion } from "../forecasts/storedSpec.ts";
import { type NamedPromotion, namedJson, namedPromotion } from "../supply/named.ts";
import { positionsOf } from "../supply/position.ts";
import { promotionSupply, SERVICE_LEVEL } from "../supply/promotionSupply.ts";
import { shippingPlan } from "../supply/shippingPlan.ts";

/** Days from order to delivery where no orders of the account are in the store. */
const USUAL_LEAD = 10;
const OVER: readonly string[] = ["ended", "closed", "cancelled"];

export const orderProposal = readTool({
  name: "order_proposal",
  role: "expert",
  access: "READ",
  description:
    "Drafts what to ship for a promotion: by product the quantity that is enough with a given probability (service level, 95 % unless said), less what the retailer holds and what is on order, in cases where the pack is known, and by when to order and deliver it. A proposal in words; nothing is ordered or sent.",
  examples: [
    { say: "What should we ship for P-1341?", args: { promotion: "P-1341" } },
    { say: "Draft the order for P-1341 at 98 % service", args: { promotion: "P-1341", service_level: 0.98 } },
  ],
  schema: z.strictObject({
    promotion: promotionRef,
    service_level: optional(z.number().min(0.5).max(0.995)).describe("probability that the quantity is enough"),
    lead_days: optional(z.number().int().min(0).max(120)).describe("days from order to delivery"),
  }),
  async run(context, args) {
    const named = await namedPromotion(context, args.promotion);
    refuseOver(named, context.store.today);
    const { found, lines, productIds, buyIn } = named;
    const service = args.service_level ?? SERVICE_LEVEL;
    const usual = await leadDays(context.actor, context.store, found.account_id);
    const lead = args.lead_days ?? usual ?? USUAL_LEAD;
    const ground = await readForecastGround(context.store, context.models);
    const positions = await positionsOf(context, [found.account_id], productIds);
    const spec = specOfPromotion(await promotionRow(context.store, found), productIds);
    const supply = promotionSupply(ground, spec, found.promotion_id, positions, service);
    if (!supply.length)
      throw new KamError(
        "no_data",
        `None of the products of ${found.promotion}, ${found.name} was ever measured there, so its volume cannot be forecast.`,
      );
    const packs = new Map((await packsOf(context.store, productIds)).map((p) => [p.id, p.units_per_case]));
    const plan = shippingPlan(supply, packs, { buyIn, lead, today: context.store.today });
    const name = (id: number): string => lines.find((line) => line.product_id === id)?.product ?? String(id);
    const unknown = lines.filter((line) => !supply.some((s) => s.product_id === line.product_id));
    const noStock = supply.filter((s) => s.stock === null);
    return {
      promotion: namedJson(named),
      account: found.account,
      status: found.status,
      service_level: service,
      lead_days: lead,
      lead_basis: args.lead_days !== undefined ? "named" : usual !== null ? "orders" : "assumed",
      buy_in: buyIn,
      quantity: plan.quantity,
      cases: plan.cases,
      delivery_count: plan.deliveries.length,
      too_late: plan.deliveries.some((d) => !d.in_time),
      lines: supply.map((line) => ({
        product: name(line.product_id),
        expected: line.expected,
        enough: line.enough,
        stock: line.stock,
        arrived: line.arrived,
        due: line.due,
        on_the_way: line.arrived + line.due,
        sold_before: line.sold_before,
        available: line.available,
        short: line.short,
        units_per_case: packs.get(line.product_id) ?? null,
        ...plan.lines.get(line.product_id)!,
      })),
      deliveries: plan.deliveries.map((d) => ({
        ...d,
        lines: d.lines.map(({ product_id, ...rest }) => ({ product: name(product_id), ...rest })),
      })),
      missing: [
        ...(noStock.length
          ? [
              `No shipments are recorded for ${noStock.map((s) => name(s.product_id)).join(", ")}, so what is held there counts as nothing.`,
            ]
          : []),
        ...(unknown.length
          ? [`${unknown.map((line) => line.product).join(", ")} was never measured there and is not in the proposal.`]
          : []),
      ],
      assumptions: [
        "What shoppers buy before the promotion is taken off stock and open orders; everyday orders that nobody has placed yet are not counted.",
        "It is a draft: nothing was ordered or sent.",
      ],
    };
  },
});

function refuseOver({ found }: NamedPromotion, today: string): void {
  if (OVER.includes(found.status) || found.end < today)
    throw new KamError(
      "wrong_state",
      `${found.promotion}, ${found.name} is ${found.status === "cancelled" ? "cancelled" : "over"}, so nothing is to be shipped for it.`,
      { status: found.status },
    );
}
