import type { Reading } from "../reading.ts";
import { type Token, tokenise } from "../text/tokens.ts";
import type { PendingItem } from "../types.ts";
import { NUMBERS } from "../vocabulary/index.ts";
import { APPROVES, REFUSES } from "./verdicts.ts";

/** Some tokens of a sentence: from one, to before another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
const ALL = new Set(["all", "both", "everything", "every", "alles", "alle", "tout", "tous", "allemaal"]);
const OTHERS = new Set(["rest", "other", "others", "remaining", "remainder"]);
/** What an item is called by what it would do. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  note: ["log_activity"],
  transfer: ["move_funds"],
  claim: ["settle_claim", "match_claim"],
  payment: ["settle_claim"],
  cancellation: ["cancel_promotion"],
  submission: ["submit_promotion"],
  copy: ["copy_promotion"],
};

/** Items that the words of a stretch point to: ids, places in the list, accounts, products, kinds, all of them; null where they point to none. */
export function itemsIn(
  reading: Reading,
  { from, to }: Stretch,
  pending: readonly PendingItem[],
  decided: ReadonlySet<string> = new Set(),
): readonly PendingItem[] | null {
  const words = reading.tokens.slice(from, to).map((t) => t.text);
  const byId = pending.filter((p) => idAt(words, p.id) >= 0);
  if (byId.length) return byId;
  if (words.some((w) => OTHERS.has(w))) {
    const left = pending.filter((p) => !decided.has(p.id));
    return left.length ? left : null;
  }
  const names = reading.names.filter((n) => n.from >= from && n.to <= to);
  const afterAll = words.some((w, i) => ALL.has(w) && ["after", "at"].includes(words[i - 1] ?? ""));
  if (!afterAll && !names.length && words.some((w) => ALL.has(w))) return pending;
  const some = countAfter(words, "first");
  if (some !== null) return pending.length >= some ? pending.slice(0, some) : null;
  const place = words.includes("last") ? pending.length - 1 : PLACES.findIndex((p) => words.includes(p));
  if (place >= 0) return pending[place] ? [pending[place]] : null;
  const accounts = names.filter((n) => n.kind === "account").flatMap((n) => n.names);
  const goods = names.filter((n) => ["brand", "product", "category"].includes(n.kind)).flatMap((n) => n.names);
  const named = pending.filter(
    (p) =>
      (accounts.length > 0 || goods.length > 0) &&
      (!accounts.length || accounts.includes(p.change.account as string)) &&
      (!goods.length || goods.some((g) => isOf(p, g))),
  );
  if (named.length) return named;
  const kinds = words.flatMap((w) => KINDS[w] ?? []);
  const ofKind = pending.filter((p) => kinds.includes(p.kind));
  return ofKind.length ? ofKind : null;
}

/** "approve w7" where nothing of that id waits (any more). */
export function namesGone(reading: Reading, pending: readonly PendingItem[]): boolean {
  const { tokens } = reading;
  const words = tokens.map((t) => t.text);
  const prefix = /^\D+/.exec(pending[0]?.id ?? "")?.[0];
  return tokens.some(
    (t, i) =>
      t.text === prefix &&
      tokens[i + 1]?.kind === "number" &&
      tokens[i + 1]!.glued &&
      (APPROVES.has(words[i - 1] ?? "") || REFUSES.has(words[i - 1] ?? "")) &&
      !pending.some((p) => p.id === `${prefix}${words[i + 1]}`),
  );
}

/** "the first two": how many. */
function countAfter(words: readonly string[], before: string): number | null {
  const at = words.indexOf(before);
  const count = at < 0 ? undefined : (NUMBERS.get(words[at + 1] ?? "") ?? Number(words[at + 1] || "x"));
  return count !== undefined && Number.isInteger(count) && count > 0 ? count : null;
}

/** Where the id stands among the words, or -1. */
function idAt(words: readonly string[], id: string): number {
  const parts = tokenise(id).map((t) => t.text);
  return words.findIndex((_, i) => parts.every((part, k) => words[i + k] === part));
}

const isOf = ({ change }: PendingItem, name: string): boolean =>
  [change.name, ...((change.products as unknown[] | undefined) ?? [])].some(
    (text) => typeof text === "string" && text.toLowerCase().includes(name.toLowerCase()),
  );

const POINTING = new Set(
  "a an the this that these those it them one ones draft drafts promotion promotions promo promos deal deals item items card for at of to from with on in only just please pls kindly waiting instead both".split(
    " ",
  ),
);

/** True where every word of the stretch points to an item or is one of `also`. */
export function onlyPoints(
  reading: Reading,
  { from, to }: Stretch,
  pending: readonly PendingItem[],
  also: (at: number) => boolean,
): boolean {
  const ids = new Set(pending.flatMap((p) => tokenise(p.id).map((t) => t.text)));
  const named = reading.names.filter((n) => ["account", "brand", "product", "category"].includes(n.kind));
  for (let i = from; i < to; i++) {
    const t = reading.tokens[i]!;
    const points =
      t.kind === "mark" ||
      POINTING.has(t.text) ||
      ALL.has(t.text) ||
      OTHERS.has(t.text) ||
      PLACES.includes(t.text) ||
      t.text === "last" ||
      isCount(reading, i) ||
      ids.has(t.text) ||
      t.text in KINDS ||
      named.some((n) => n.from <= i && i < n.to);
    if (!points && !also(i)) return false;
  }
  return true;
}

/** "all three", "the first two": a number that counts items. */
const isCount = ({ tokens }: Reading, at: number): boolean =>
  (NUMBERS.has(tokens[at]!.text) || tokens[at]!.kind === "number") &&
  (ALL.has(tokens[at - 1]?.text ?? "") || ["first", "last"].includes(tokens[at - 1]?.text ?? ""));

/** Where an ordinal is a day of the month. */
const DAYS = new Set(["on", "from", "until", "till", "by", "of", "start", "starts", "end", "ends", "begin", "begins"]);
/** What may follow an item that is named by its place alone. */
const AFTER_PLACE = new Set(["should", "shall", "with", "needs", "gets", "only", "instead", "but", "at"]);

/** "w2", "the second one", "the last draft" in a sentence that says more: the items, and the sentence with "it" in their place. */
export function spokenItems(
  reading: Reading,
  pending: readonly PendingItem[],
): { items: readonly PendingItem[]; text: string } | null {
  const { tokens } = reading;
  const words = tokens.map((t) => t.text);
  const cut = (from: number, to: number, items: readonly PendingItem[]) => ({
    items,
    text: `${spoken(tokens.slice(0, from))} it ${spoken(tokens.slice(to))}`.trim(),
  });
  for (const item of pending) {
    const at = idAt(words, item.id);
    if (at >= 0) return cut(at, at + tokenise(item.id).length, [item]);
  }
  if (pending.length < 2) return null;
  for (const [i, word] of words.entries()) {
    const place = word === "last" ? pending.length - 1 : PLACES.indexOf(word);
    const item = pending[place];
    if (!item) continue;
    const noun = ["one", "draft", "promotion", "promo", "deal", "item"].includes(words[i + 1] ?? "");
    const after = tokens[i + 1];
    const ends = after?.kind !== "word" || AFTER_PLACE.has(after.text);
    const led = words[i - 1] === "the" && !words.slice(0, i - 1).some((w) => DAYS.has(w));
    // "the first of June" is a day, "last week" a time.
    if (noun || (led && ends)) return cut(led ? i - 1 : i, noun ? i + 2 : i + 1, [item]);
  }
  return null;
}

/** Tokens as they were said. */
export const spoken = (tokens: readonly Token[]): string =>
  tokens.reduce((said, t) => said + (t.glued || !said ? "" : " ") + t.raw, "");
