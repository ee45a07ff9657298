import type { WeekCalendar } from "../../data/common/calendar.ts";
import type { Preferences } from "../../data/preferences/kinds.ts";
import type { Role } from "../../tools/define.ts";

/** The names of the store that a sentence may speak of, and the days from which it counts. */
export interface Lexicon {
  readonly accounts: readonly LexiconAccount[];
  readonly products: readonly LexiconProduct[];
  readonly brands: readonly { readonly name: string; readonly category: string }[];
  readonly categories: readonly string[];
  readonly promotions: readonly LexiconPromotion[];
  readonly people: readonly string[];
  readonly competitors: readonly string[];
  readonly claims: readonly LexiconClaim[];
  /** People at the retailers. */
  readonly contacts?: readonly { readonly name: string; readonly account: string }[];
  /** ISO date. */
  readonly today: string;
  /** Relative future periods count from here; equals `today` except where the data end long before. */
  readonly planningToday: string;
  readonly locale: { readonly dayFirst: boolean };
}

export interface LexiconAccount {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly calendar: WeekCalendar;
  readonly ownWeek1: string | null;
  readonly owner: string | null;
}

export interface LexiconProduct {
  readonly id: number;
  readonly name: string;
  readonly brand: string;
  readonly category: string;
  readonly aliases?: readonly string[];
  readonly packSize: number | null;
  readonly packUnit: string | null;
}

export interface LexiconClaim {
  readonly code: string;
  readonly account: string;
  readonly status?: string;
  /** Major units. */
  readonly amount?: number;
  readonly currency?: string;
}

export interface LexiconPromotion {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly account: string;
  readonly brand: string | null;
  readonly start: string;
  readonly end: string;
  readonly status: string;
}

export type Args = Record<string, unknown>;

/** A call of an earlier turn: what was said to a tool and what came of it. */
export interface PriorCall {
  readonly tool: string;
  readonly args: Args;
  readonly status: "ok" | "error" | "proposed";
  readonly result: Record<string, unknown>;
  /** Ids of what it proposed. */
  readonly items?: readonly string[];
}
export interface PriorTurn {
  readonly text: string;
  readonly calls: readonly PriorCall[];
}
export interface PendingItem {
  readonly id: string;
  readonly kind: string;
  readonly change: Readonly<Record<string, unknown>>;
}

/** A question that was asked back: the slot that is missing, and everything understood so far. */
export interface Asked {
  readonly slot: string;
  readonly tool: string;
  readonly args: Args;
  readonly question: string;
  /** Turns that have passed since without answering it. */
  readonly age?: number;
  /** What was to be done with the result. */
  readonly followUp?: FollowUp;
}

export type Channel = "chat" | "voice" | "slash";

export interface PlannerContext {
  readonly lexicon: Lexicon;
  readonly channel: Channel;
  /** Oldest first. */
  readonly history: readonly PriorTurn[];
  /** What is remembered of the turns before those, oldest first. */
  readonly earlier?: readonly PriorTurn[];
  /** What the person prefers where her sentence leaves it open. */
  readonly preferences?: Preferences;
  readonly pending: readonly PendingItem[];
  readonly asked: Asked | null;
}

export interface PlannedCall {
  readonly tool: string;
  readonly args: Args;
  /** Ids of pending items that what it proposes takes the place of. */
  readonly replaces?: readonly string[];
}

/** What is done with the first step's results: the words that ask for it, planned once they are there. */
export interface FollowUp {
  readonly text: string;
  /** The tool that the words ask for, as far as that can be told before. */
  readonly tool: string;
  /** The whole sentence. */
  readonly said: string;
}

/** What was asked for next and is not done, and why. */
export interface StoppedDecision {
  readonly kind: "stopped";
  readonly why: string;
}

export interface CallsDecision {
  readonly kind: "calls";
  /** Role of the first tool. */
  readonly role: Role;
  readonly calls: readonly PlannedCall[];
  /** What was assumed, in words; its only digits are dates, week labels and names. */
  readonly notes: readonly string[];
  readonly followUp?: FollowUp;
}
export interface ClarifyDecision {
  readonly kind: "clarify";
  readonly role: Role;
  readonly question: string;
  readonly asked: Asked;
  readonly alternatives?: readonly string[];
}
export interface ItemDecision {
  readonly id: string;
  readonly approve: boolean;
  readonly edit?: Args;
}
export type Decision =
  | CallsDecision
  | ClarifyDecision
  | StoppedDecision
  | {
      readonly kind: "decide";
      readonly decisions: readonly ItemDecision[];
      /** What the sentence asks for besides, to be answered once that is done. */
      readonly then?: string;
    }
  /** What waits is told; `why`: she said that it shall go on waiting, asked for more than can be done before it is saved, or named what waits no more. */
  | { readonly kind: "readback"; readonly why?: "keep" | "unsaved" | "gone" }
  | { readonly kind: "smalltalk"; readonly topic: "greeting" | "thanks" | "help" | "dropped" | "out_of_scope" };
