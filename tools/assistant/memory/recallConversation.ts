import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { resolveProducts } from "../../../data/products/products.service.ts";
import { accountRef, isoDate, optional, productRef } from "../../args.ts";
import type { RememberedTurn } from "../../conversation.ts";
import { readTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { decidedIn, goodsIn, namedAccounts, namedPromotions } from "./spoken.ts";
import { readWalls, type Walls } from "./walls.ts";

const SHOWN = 8;

export const recallConversation = readTool({
  name: "recall_conversation",
  role: "assistant",
  description:
    "Tells what was said and done in this conversation so far, however long ago: a summary, what was asked about an account or a product, what was drafted and decided, the first or the last turns. Only this thread of this person.",
  examples: [
    { say: "Summarise our conversation", args: {} },
    { say: "What did I ask about Bramley Stores earlier?", args: { account: "Bramley Stores", what: "questions" } },
    { say: "Which drafts did we make in this chat?", args: { what: "drafts" } },
  ],
  schema: z.strictObject({
    what: optional(z.enum(["all", "questions", "drafts"])).describe("drafts: only what was drafted or decided"),
    account: optional(accountRef),
    product: optional(productRef),
    on: optional(isoDate).describe("only turns of this day"),
    from: optional(z.enum(["start", "end"])).describe("start: the first turns instead of the last"),
    top: optional(z.number().int().min(1).max(30)),
  }),
  access: "READ",
  async run({ actor, store, conversation }, args) {
    const walls = await readWalls(actor, store);
    const turns = conversation?.turns ?? [];
    const account = args.account === undefined ? null : (await resolveAccount(actor, store, args.account)).name;
    const products = args.product === undefined ? [] : await resolveProducts(store, [args.product]);
    const goods = new Set(products.flatMap((p) => [p.name, p.brand]));
    const what = args.what ?? "all";
    const matching = turns
      .map((turn, i) => ({ turn, place: i + 1 + (conversation?.forgotten ?? 0) }))
      .filter(
        ({ turn }) =>
          (account === null || namedAccounts(turn).includes(account)) &&
          (goods.size === 0 || goodsIn(turn).some((name) => goods.has(name))) &&
          (args.on === undefined || turn.on === args.on) &&
          (what !== "questions" || turn.calls.some((call) => !decided(call.result))) &&
          (what !== "drafts" || turn.calls.some((call) => call.status === "proposed" || decided(call.result))),
      );
    const top = args.top ?? SHOWN;
    const picked = args.from === "start" ? matching.slice(0, top) : matching.slice(-top);
    const spoken = matching.map(({ turn }) => turn);
    return {
      turns: turns.length + (conversation?.forgotten ?? 0),
      forgotten: conversation?.forgotten ?? 0,
      since: turns.find((turn) => turn.on)?.on ?? null,
      what,
      account,
      product: args.product ?? null,
      on: args.on ?? null,
      from: args.from ?? "end",
      found: matching.length,
      shown: picked.length,
      accounts: [...new Set(spoken.flatMap(namedAccounts))].filter((name) => walls.accounts.has(name)),
      products: [...new Set(spoken.flatMap(goodsIn))],
      promotions: [...new Set(spoken.flatMap(namedPromotions))].flatMap((code) => walls.promotions.get(code) ?? []),
      decided: spoken.flatMap(decidedIn).filter(({ account: of }) => of === null || walls.accounts.has(of)),
      entries: picked.map(({ turn, place }) => entry(turn, place, walls)),
    };
  },
});

const decided = (result: Readonly<Record<string, unknown>>): boolean =>
  result.committed === true || result.discarded === true;

/** What was said, and how the answer began where the person may still see all that it was about. */
function entry(turn: RememberedTurn, place: number, walls: Walls) {
  const told = walls.open(turn) ? turn.told : null;
  return {
    turn: place,
    on: turn.on || null,
    said_quote: turn.text ? quoteParts(turn.text) : null,
    text: told?.text ?? null,
    text_facts: told?.facts ?? [],
  };
}
