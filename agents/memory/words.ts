import {
  type PreferenceKind,
  type Preferences,
  type PreferenceValue,
  preferenceWords,
} from "../../data/preferences/kinds.ts";
import { decidedIn, goodsIn, namedAccounts, namedPromotions } from "../../tools/assistant/memory/spoken.ts";
import type { RememberedCall } from "../../tools/conversation.ts";
import { isPlainName } from "../words/outside.ts";

type Spoken = { readonly calls: readonly RememberedCall[] };
const MOST_NAMES = 12;
const LONGEST = 1_500;

/** What fell out of the messages, as a short text for a language model: names and decisions, no sentence of anybody's. */
export function memoryWords(turns: readonly Spoken[], forgotten: number): string {
  if (!turns.length) return "";
  const of = (read: (turn: Spoken) => string[]): string =>
    [...new Set(turns.flatMap(read))].filter(isPlainName).slice(-MOST_NAMES).join(", ");
  const decided = turns.flatMap(decidedIn).slice(-MOST_NAMES);
  const plain = (name: string | null): string => (name && isPlainName(name) ? ` ${name}` : "");
  const parts = [
    `Earlier in this conversation (${turns.length + forgotten} turns that are not shown; recall_conversation tells them)`,
    of(namedAccounts) && `accounts: ${of(namedAccounts)}`,
    of(goodsIn) && `products: ${of(goodsIn)}`,
    of(namedPromotions) && `promotions: ${of(namedPromotions)}`,
    decided.length &&
      `decided: ${decided.map((d) => `${d.kind}${plain(d.promotion ?? d.account)} ${d.outcome}`).join("; ")}`,
  ];
  return `${parts.filter(Boolean).join("; ").slice(0, LONGEST)}.`;
}

/** What the person prefers, as a short text for a language model: values of closed sets, no sentence of anybody's. */
export function preferencesWords(preferences: Preferences): string {
  const words = Object.entries(preferences).map(([kind, value]) =>
    kind === "list_length" ? `lists of ${value}` : preferenceWords(kind as PreferenceKind, value as PreferenceValue),
  );
  return words.length
    ? `The person prefers, where her words leave it open (say so when you go by it): ${words.join("; ")}.`
    : "";
}
