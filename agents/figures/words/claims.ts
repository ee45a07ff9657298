import type { Leaf } from "./leaves.ts";
import type { Written } from "./tokens.ts";
import { says, WORDS } from "./wordList.ts";

/** A number of a sentence with what stands behind it. */
export interface BoundNumber {
  readonly written: Written;
  readonly leaf: Leaf;
}

/** Which way the words beside a number point: those right before it ("rose by"), and those right after it ("less"). */
export function direction(said: string, tail: string): { before: 1 | -1 | 0; after: 1 | -1 | 0 } {
  const lead = said.replace(/[*_(]+$/, "");
  const before = (list: "up" | "down"): boolean =>
    [...lead.matchAll(WORDS[list])].some((m) =>
      /^(?:\s(?:by|of|some|about|around))*\s*[:(*]*\s*$/i.test(lead.slice(m.index + m[0].length)),
    );
  const after = (list: "up" | "down"): boolean =>
    [...tail.matchAll(WORDS[list])].some(
      (m) =>
        /^(?:\s(?:units|points|per\scent|percent))?\s*[*_]*$/i.test(tail.slice(0, m.index)) &&
        !/^\s?to\b/i.test(tail.slice(m.index + m[0].length)),
    );
  const moreThan = /(?:more|less|fewer|higher|lower)\sthan\s*$/i.test(lead);
  return {
    before: moreThan ? 0 : before("down") ? -1 : before("up") ? 1 : 0,
    after: after("down") ? -1 : after("up") ? 1 : 0,
  };
}

const RESULT = new Set(["net_roi", "net_profit"]);

/** What a sentence says in words against its own figures: a gain called a loss, a last called the best. Empty where nothing. */
export function contradictions(sentence: string, bound: readonly BoundNumber[], all: readonly Leaf[]): string[] {
  const found: string[] = [];
  const results = bound
    .filter(({ leaf }) => RESULT.has(leaf.measure.name) && leaf.end === null)
    .map(({ leaf }) => leaf);
  const plain = !says(sentence, "not") && results.length > 0;
  if (plain && says(sentence, "gained") && !says(sentence, "failed") && results.every((l) => l.value < 0))
    found.push("said to pay, but it is negative");
  if (plain && says(sentence, "failed") && !says(sentence, "gained") && results.every((l) => l.value > 0))
    found.push("said to lose, but it is positive");
  const first = bound.find(({ leaf }) => leaf.rows.length === 1 && leaf.end === null)?.leaf;
  const rows = new Set(bound.flatMap(({ leaf }) => leaf.rows.map((r) => `${r.list}/${r.at}`)));
  if (first && rows.size === 1 && says(sentence, "highest") !== says(sentence, "lowest")) {
    const list = all.filter((l) => sameColumn(l, first));
    const values = list.map((l) => l.value);
    const row = first.rows[0]!;
    const last = Math.max(...list.map((l) => l.rows[0]!.at));
    if (says(sentence, "highest") && first.value < Math.max(...values) && row.at !== 0)
      found.push("said to be the highest, but another is");
    if (says(sentence, "lowest") && first.value > Math.min(...values) && row.at !== last)
      found.push("said to be the lowest, but another is");
  }
  return found;
}

/** The same number of another row of the same list. */
const sameColumn = (leaf: Leaf, as: Leaf): boolean =>
  leaf.call === as.call && leaf.path.replace(/\/\d+/g, "/*") === as.path.replace(/\/\d+/g, "/*");
