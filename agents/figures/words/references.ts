import type { Named } from "./bindWords.ts";
import type { Leaf } from "./leaves.ts";

/** `[[0:/rows/0/net_roi]]`: the number at this path of the result of call 0, which code writes in its place. */
const REFERENCE = /\[\[\s*(\d+)\s*:\s*(\/[^\]\s]*)\s*\]\]/g;

/** Writes the numbers that a model named by their source, and remembers where they stand. What names nothing is left as it is. */
export function fillReferences(text: string, leaves: readonly Leaf[]): { text: string; named: Named[] } {
  const named: Named[] = [];
  let out = "";
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, call, path] = match;
    const leaf = leaves.find((l) => l.call === Number(call) && l.path === path);
    if (!leaf) continue;
    out += text.slice(from, match.index);
    named.push({ start: out.length, leaf });
    out += leaf.text;
    from = match.index + whole.length;
  }
  return { text: out + text.slice(from), named };
}
