import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, latest, mondayOf, type Period } from "../../../data/common/dates.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { toMajor } from "../../../data/common/money.ts";
import { planningTerms } from "../../../data/contracts/contracts.service.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { resolveProducts } from "../../../data/products/products.service.ts";
import { wholeName } from "../../../data/products/wholeName.ts";
import { accountRef, isoDate, minorOf, money, optional, productRef } from "../../args.ts";
import { readTool } from "../../define.ts";
import { planningToday } from "../../fitting/planningToday.ts";
import { everydayPrice, factsAt, readForecastGround, soldAt } from "../../forecasts/forecastGround.ts";
import { LEVEL } from "../../statistics.ts";
import { priceHistory } from "./history.ts";
import { moveOf, totalOf } from "./outcome.ts";
import { priceChecks } from "./priceChecks.ts";

/** A year: every season once, and prices are seldom moved more often. */
const WEEKS = 52;
const LARGEST = 0.5;

const schema = z.strictObject({
  account: optional(accountRef),
  product: optional(productRef),
  change: optional(z.number().gt(-1).lte(1)).describe(
    "of the everyday shelf price, a fraction: 0.05 raises it by 5 %, -0.05 cuts it",
  ),
  amount: optional(z.strictObject({ amount: z.number(), currency: z.string().length(3) })).describe(
    "by how much the shelf price moves instead, below 0 for a cut",
  ),
  price: optional(money).describe("the new everyday shelf price, incl. tax, of one product"),
  from: optional(isoDate),
});

export const priceWhatIf = readTool({
  name: "price_what_if",
  role: "expert",
  description:
    "What a lasting change of the everyday shelf price would do over a year: units by the elasticity of the fitted model with its range, net sales and margin of the firm and of the retailer, whether our list price moves along or stays, with guardrails (below cost, lower margin, long-term low price, larger than any move seen). For a price cut over some weeks use forecast_promotion.",
  examples: [
    {
      say: "What if we raise the everyday price of Kestrel at Albion by 5 %?",
      args: { account: "Albion Fresh", product: { brand: "Kestrel" }, change: 0.05 },
    },
  ],
  schema,
  access: "READ",
  async run(context, args) {
    const { actor, store } = context;
    if (args.account === undefined) throw missingSlot("account", "At which account?");
    if (args.product === undefined) throw missingSlot("product", "Of which product or brand?");
    if (args.change === undefined && args.amount === undefined && args.price === undefined)
      throw missingSlot("move", "By how much should the everyday price move, in percent or to which price?");
    const account = await resolveAccount(actor, store, args.account);
    const named = await resolveProducts(store, [args.product]);
    const ground = await readForecastGround(store, context.models);
    const assumptions: string[] = [];
    const today = await planningToday(store);
    if (today.why) assumptions.push(today.why);
    const notice = (await planningTerms(store, account.id, { from: today.date, to: today.date }))?.notice_days ?? null;
    const period = yearFrom(args.from ?? addDays(today.date, notice ?? 0), today.date);
    if (args.from === undefined)
      assumptions.push(
        "no date was named, so it is the year from the first full week that the account's notice allows",
      );
    const listed = new Set(soldAt(ground, account.id, { from: period.from, to: period.from }));
    const here = named.filter((p) => listed.has(p.id) && factsAt(ground, account.id, p.id));
    if (!here.length)
      throw new KamError("no_data", `${account.name} does not sell that, so there is no everyday price to move.`);
    if (args.price !== undefined && here.length > 1)
      throw new KamError("bad_input", "One price fits one product; name a product, or the change in percent.", {
        products: here.map((p) => p.name),
      });
    const lines = here.flatMap((product) => {
      const price = everydayPrice(ground, account.id, product.id);
      if (price === null) return [];
      const target = newPrice(price, args, account.currency);
      return [moveOf(ground, account.id, product, { price, target, period })];
    });
    if (!lines.length) throw new KamError("no_data", "No everyday price of it is known there.");
    const total = totalOf(lines);
    const history = await priceHistory(context, account.id, lines);
    return {
      account: account.name,
      product: wholeName(named, await listProducts(store)),
      products: lines.map((line) => line.product),
      n_products: lines.length,
      left_out_products: named.filter((p) => !lines.some((l) => l.product_id === p.id)).map((p) => p.name),
      currency: account.currency,
      period,
      weeks: WEEKS,
      interval: LEVEL,
      change: total.change,
      ...total.result,
      lines: lines.map((line) => line.json),
      history,
      checks: priceChecks(ground, account, lines, {
        period,
        history,
        notice,
      }),
      planned: ground.book.promotions
        .filter(
          (p) =>
            p.account_id === account.id &&
            p.end >= period.from &&
            p.start <= period.to &&
            (ground.book.linesOf.get(p.id) ?? []).some((l) => lines.some((line) => line.product_id === l.product_id)),
        )
        .map((p) => ({ promotion: p.code, name: p.name, period: { from: p.start, to: p.end } })),
      assumptions,
      missing: [
        "Counted are weeks without a promotion; what promotions bring comes on top.",
        "Not known: how competitors and private label would answer, and to which of our own products shoppers would move, for everyday prices of one product were never told apart in another's sales.",
      ],
    };
  },
});

function yearFrom(from: string, today: string): Period {
  const monday = mondayOf(addDays(latest(from, today), 6));
  return { from: monday, to: addDays(monday, 7 * WEEKS - 1) };
}

type Asked = Pick<z.output<typeof schema>, "change" | "amount" | "price">;

/** @throws KamError bad_input for a move that nobody makes */
function newPrice(price: number, { change, amount, price: to }: Asked, currency: string): number {
  const target =
    to !== undefined
      ? toMajor(minorOf(to, currency))
      : amount
        ? price + Math.sign(amount.amount) * toMajor(minorOf({ ...amount, amount: Math.abs(amount.amount) }, currency))
        : price * (1 + change!);
  if (!(target > 0) || Math.abs(target / price - 1) > LARGEST)
    throw new KamError(
      "bad_input",
      "An everyday price that moves by more than half is another product's price; name a smaller change.",
      { change: target / price - 1 },
    );
  return target;
}
