import { fractionAt, numberAt } from "../numbers.ts";
import { stemOf, type Token } from "../text/tokens.ts";
import { PACK_UNITS } from "../vocabulary/index.ts";

/** "two-litre", "half a kilo", "five hundred grams", "2-litre": a pack's size as names write it, digits and unit. */
export function packSizes(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const size = sizeAt(tokens, at);
    if (!size) {
      out.push(tokens[at++]!);
      continue;
    }
    const raw = String(Math.round(size.value * 1000) / 1000);
    const first = tokens[at]!;
    out.push({ ...first, raw, text: raw, stem: raw, kind: "number", to: tokens[size.unit - 1]!.to, capital: false });
    const unit = tokens[size.unit]!;
    out.push({ ...unit, stem: stemOf(unit.text), glued: false });
    at = size.unit + 1;
  }
  return out;
}

/** The size and the place of its unit, where it is not written plainly already. */
function sizeAt(tokens: readonly Token[], at: number): { value: number; unit: number } | null {
  const found = fractionAt(tokens, at) ?? numberAt(tokens, at);
  if (!found || ("ordinal" in found && found.ordinal)) return null;
  let unit = found.to;
  const article = tokens[unit]?.text === "a" || tokens[unit]?.text === "an";
  if (tokens[unit]?.text === "-" || article) unit++;
  const word = tokens[unit]?.text ?? "";
  const plain = tokens[at]!.kind === "number" && unit === at + 1;
  // "five l" may be a letter; "five litres" is not.
  if (plain || !PACK_UNITS.has(word) || word.length < 2) return null;
  return { value: found.value, unit };
}
