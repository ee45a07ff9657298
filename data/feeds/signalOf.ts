import { addDays, earliest } from "../common/dates.ts";
import { foldName, resolveName } from "../common/names.ts";
import type { SignalTable } from "../store/schema/signals.ts";
import type { FeedItem } from "./items.ts";
import type { FeedMapping, FeedRule } from "./mapping.ts";

interface Named {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Days for which an item holds where no rule says so. */
const HOLDS: Readonly<Record<SignalTable["kind"], number>> = {
  competitor_promotion: 14,
  competitor_price: 28,
  category_price: 28,
  event: 7,
  news: 14,
};

/** An item as a signal: the first rule that fits says what it is; without one it is news of no account or category. */
export function signalOf(
  item: FeedItem,
  mapping: FeedMapping,
  names: { readonly accounts: readonly Named[]; readonly categories: readonly Named[] },
  today: string,
) {
  const rule = mapping.rules.find((one) => fits(one, item)) ?? null;
  const kind = rule?.kind ?? "news";
  const start = item.published ?? today;
  return {
    mapped: rule !== null,
    signal: {
      account_id: idOf(names.accounts, rule?.account, "account"),
      category_id: idOf(names.categories, rule?.category, "category"),
      kind,
      competitor: rule?.competitor ?? null,
      start,
      end: addDays(start, (rule?.days ?? HOLDS[kind]) - 1),
      value: null,
      text: item.text && item.text !== item.title ? `${item.title} – ${item.text}` : item.title,
      source: mapping.source,
      reported: earliest(start, today),
      url: item.url,
    },
  };
}

function fits(rule: FeedRule, item: FeedItem): boolean {
  const words = ` ${foldName([item.title, item.text, ...item.tags].join(" "))} `;
  const holds = (phrase: string): boolean => words.includes(` ${foldName(phrase)} `);
  return rule.contains.some(holds) && !rule.not?.some(holds);
}

/** @throws KamError unknown_name, ambiguous_name where the store does not know it any more */
const idOf = (some: readonly Named[], name: string | undefined, what: string): number | null =>
  name === undefined ? null : resolveName(some, name, what).id;
