import { readLexicon } from "../../../data/lexicon/lexicon.repo.ts";
import type { Store } from "../../../data/store/open.ts";
import { type Actor, seesAccount } from "../../../data/users/actor.ts";
import type { RememberedTurn } from "../../conversation.ts";
import { namedAccounts, namedPromotions } from "./spoken.ts";

interface SeenPromotion {
  readonly promotion: string;
  readonly name: string;
  readonly status: string;
}

/** What of a thread's past the person may still see: an account may have gone to a colleague since. */
export interface Walls {
  /** Names of the accounts that she sees. */
  readonly accounts: ReadonlySet<string>;
  readonly promotions: ReadonlyMap<string, SeenPromotion>;
  /** True where everything that a turn was about and was told is hers to see. */
  open(turn: RememberedTurn): boolean;
}

export async function readWalls(actor: Actor, store: Store): Promise<Walls> {
  const lexicon = await readLexicon(actor, store);
  const seen = lexicon.accounts.filter((a) => seesAccount(actor, a.id));
  const hidden = lexicon.accounts.filter((a) => !seesAccount(actor, a.id)).flatMap((a) => [a.name, ...a.aliases]);
  const accounts = new Set(seen.map((a) => a.name));
  const own = new Set(seen.flatMap((a) => [a.name, ...a.aliases]));
  const promotions = new Map(
    lexicon.promotions.map(({ code, name, status }) => [code, { promotion: code, name, status }]),
  );
  return {
    accounts,
    promotions,
    open: (turn) =>
      namedAccounts(turn).every((name) => own.has(name)) &&
      namedPromotions(turn).every((code) => promotions.has(code) || !/^P-\d+$/.test(code)) &&
      !hidden.some((name) => turn.told?.text.includes(name)) &&
      [...(turn.told?.text.matchAll(/\bP-\d+\b/g) ?? [])].every(([code]) => promotions.has(code)),
  };
}
