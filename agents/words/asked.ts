import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { KamError } from "../../data/common/errors.ts";
import type { Role, Tool } from "../../tools/define.ts";
import { type Wishes, wishesOf } from "../planner/index.ts";
import type { Turn } from "../turn.ts";
import { isHerAccount, Said } from "./hers.ts";
import { hasReadOutside, isPlainName } from "./outside.ts";

type Args = Readonly<Record<string, unknown>>;
type Thread = readonly BaseMessage[];

/**
 * Holds a call that a language model wants to the person's own sentence, as the built-in planner reads it:
 * - Where words of others stand near (read in this turn, or quoted by the person), a call runs only if the sentence may be
 *   asking for that tool, about what the person named; a write only with her numbers.
 * - Elsewhere the model is free, but a sentence that surely only asks brings no write.
 * What the built-in planner calls is what the person said, and is not looked at.
 * @throws KamError not_asked
 */
export function refuseUnasked(turn: Turn, thread: Thread, tool: Tool, args: Args): void {
  if (turn.model === turn.offline) return;
  const wishes = wishesIn(turn, thread);
  if (!isNearOthers(turn, wishes, hasReadOutside(thread, "before"))) {
    if (tool.access === "WRITE" && wishes.onlyReads && !wishes.tools.has(tool.name)) throw notAsked(tool);
    return;
  }
  // A sentence that is not understood speaks for a write only by its details.
  if (!wishes.tools.has(tool.name) && !(wishes.unread && tool.access === "WRITE")) throw notAsked(tool);
  const said = new Said(turn, thread, wishes);
  refuseOthers(said, args);
  if (tool.access === "WRITE") refuseAmounts(said, args);
}

/** True where a model may carry the request over to a role: where words of others stand near only to one that the sentence needs. */
export function mayHandOver(turn: Turn, thread: Thread, role: Role): boolean {
  if (turn.model === turn.offline) return true;
  const wishes = wishesIn(turn, thread);
  return (
    !isNearOthers(turn, wishes, hasReadOutside(thread)) ||
    [...wishes.tools].some((name) => turn.registry.get(name)?.role === role)
  );
}

/** True where a model's own words may not stand: they could be another's. */
export const speaksForOthers = (turn: Turn, thread: Thread): boolean =>
  turn.modelName !== "offline" && isNearOthers(turn, wishesIn(turn, thread), hasReadOutside(thread));

const isNearOthers = (turn: Turn, wishes: Wishes, hasRead: boolean): boolean =>
  hasRead || wishes.quotes || waitsWithOutside(turn);

/** What waits is told to the model by its names. */
const waitsWithOutside = (turn: Turn): boolean =>
  turn.planner.pending.some(({ change }) =>
    [change.name, change.account].some((n) => typeof n === "string" && !isPlainName(n)),
  );

const known = new WeakMap<Turn, Wishes>();
function wishesIn(turn: Turn, thread: Thread): Wishes {
  const found = known.get(turn) ?? wishesOf(sentence(thread), turn.planner, turn.decision);
  known.set(turn, found);
  return found;
}
const sentence = (thread: Thread): string => thread.findLast((message) => HumanMessage.isInstance(message))?.text ?? "";

const notAsked = (tool: Tool): KamError =>
  new KamError("not_asked", `Nothing was done: your words do not ask for ${tool.name.replaceAll("_", " ")}.`, {
    tool: tool.name,
  });
const notHers = (what: string, value: unknown): KamError =>
  new KamError(
    "not_asked",
    `Nothing was done: ${what} ${String(value)} comes from nothing that you said. Name it, if it is meant.`,
    { what },
  );

const ACCOUNTS = ["account", "accounts", "from", "to"] as const;
const AMOUNTS = [
  "amount",
  "discount",
  "fixed_spend",
  "price_off",
  "get",
  "pay",
  "planned_units",
  "planned_uplift",
] as const;

/** @throws KamError not_asked where a call is about an account, promotion or claim that the person has not spoken of */
function refuseOthers(said: Said, args: Args): void {
  const { wishes } = said;
  for (const one of [args, ...((args.scenarios as Args[] | undefined) ?? [])])
    for (const key of ACCOUNTS)
      for (const ref of [one[key] ?? []].flat()) {
        const account = said.accountOf(ref);
        // A name that nobody knows is the tool's to refuse.
        if (account && !isHerAccount(said, account)) throw notHers("the account", account);
      }
  if (args.promotion !== undefined && args.promotion !== null) {
    const promotion = said.promotion(args.promotion);
    const code = promotion?.code ?? String(args.promotion);
    const named =
      wishes.codes.size > 0 ? wishes.codes.has(code) : said.isSpoken(code) || said.isFact(String(args.promotion));
    if (!named || (promotion && wishes.accounts && wishes.codes.size === 0 && !wishes.accounts.has(promotion.account)))
      throw notHers("the promotion", code);
  }
  if (args.claim !== undefined && args.claim !== null) {
    const code = String(args.claim);
    if (!(wishes.codes.size > 0 ? wishes.codes.has(code) : said.isSpoken(code))) throw notHers("the claim", code);
  }
}

/** @throws KamError not_asked where a write decides otherwise than the person does, or with other numbers than hers */
function refuseAmounts(said: Said, args: Args): void {
  const { wishes } = said;
  if (typeof args.decision === "string" && !wishes.decisions.has(args.decision) && !wishes.unread)
    throw notHers("the decision", args.decision.replaceAll("_", " "));
  for (const key of AMOUNTS) {
    const value = (args[key] as { amount?: unknown } | null)?.amount ?? args[key];
    if (typeof value === "number" && value !== 0 && !said.isNumber(value))
      throw notHers(`the ${key.replaceAll("_", " ")}`, value);
  }
}
