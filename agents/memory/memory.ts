import type { RememberedTurn } from "../../tools/conversation.ts";

/** What a thread remembers of the turns whose messages it keeps no more; bounded, whatever is said. */
export interface Memory {
  /** Oldest first. */
  readonly turns: readonly RememberedTurn[];
  /** Turns that were let go to stay within the bound. */
  readonly forgotten: number;
}

export const NO_MEMORY: Memory = { turns: [], forgotten: 0 };

const MOST_TURNS = 150;
/** The beginning of a conversation is spoken of again more often than its middle. */
const BEGINNING = 10;

/** With turns that fell out of the messages; where it would grow too long, turns of the middle go first that nothing was written in. */
export function extended(memory: Memory, fallen: readonly RememberedTurn[]): Memory {
  const turns = [...memory.turns, ...fallen];
  let { forgotten } = memory;
  while (turns.length > MOST_TURNS) {
    const plain = turns.findIndex((turn, i) => i >= BEGINNING && !turn.calls.some(wrote));
    turns.splice(plain < 0 ? BEGINNING : plain, 1);
    forgotten++;
  }
  return { turns, forgotten };
}

const wrote = ({ result, status }: RememberedTurn["calls"][number]): boolean =>
  status === "proposed" || result.committed === true;
