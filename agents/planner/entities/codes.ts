import { numberAt } from "../numbers.ts";
import type { Token } from "../text/tokens.ts";
import { type NameIndex, normaliseCode } from "./index.ts";

/** "P-1042", "p1042", "promotion 1042", "claim CL-17": a code, and its promotion or claim where the store has it. */
export interface CodeSpan {
  readonly from: number;
  readonly to: number;
  readonly kind: "promotion" | "claim";
  /** As the store writes it; as the person wrote it where the store has none such. */
  readonly code: string;
  readonly known: boolean;
}

const PROMOTION_NOUNS = new Set(["promotion", "promo", "deal", "offer", "draft", "number", "no", "event", "aktion"]);
const CLAIM_NOUNS = new Set(["claim", "deduction", "chargeback"]);

export function linkCodes(tokens: readonly Token[], index: NameIndex): CodeSpan[] {
  const spans: CodeSpan[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const span = codeAt(tokens, i, index);
    if (!span) continue;
    spans.push(span);
    i = span.to - 1;
  }
  return spans;
}

function codeAt(tokens: readonly Token[], at: number, index: NameIndex): CodeSpan | null {
  const token = tokens[at]!;
  if (token.kind === "number" || token.text === "#") return numberAfterNoun(tokens, at, index);
  const spelled = spelledCode(tokens, at, index);
  if (spelled) return spelled;
  if (token.kind !== "word" || token.text.length > 5) return null;
  let to = at + 1;
  if (tokens[to]?.text === "-") to++;
  const direct = tokens[to];
  if (direct?.kind !== "number" || (!direct.glued && to > at + 1)) return null;
  to++;
  // "CL-2026-014": the parts hang together.
  while (tokens[to]?.text === "-" && tokens[to]!.glued && tokens[to + 1]?.glued && tokens[to + 1]!.kind !== "mark")
    to += 2;
  const raw = tokens
    .slice(at, to)
    .map((t) => t.raw)
    .join("")
    .toUpperCase();
  const norm = normaliseCode(raw);
  const promotion = index.promotions.get(norm);
  if (promotion) return { from: at, to, kind: "promotion", code: promotion.code, known: true };
  const claim = index.claims.get(norm);
  if (claim) return { from: at, to, kind: "claim", code: claim, known: true };
  const glued = direct.glued && (direct.raw.length > 2 || token.text.length > 1) && !/[.,]/.test(direct.raw);
  if (!glued) return null;
  if (index.codePrefix.promotion.has(token.text)) return { from: at, to, kind: "promotion", code: raw, known: false };
  if (index.codePrefix.claim.has(token.text)) return { from: at, to, kind: "claim", code: raw, known: false };
  return null;
}

/** By voice: "p ten forty two", "p one three one eight" for P-1042 and P-1318. */
function spelledCode(tokens: readonly Token[], at: number, index: NameIndex): CodeSpan | null {
  const token = tokens[at]!;
  const claim = index.codePrefix.claim.has(token.text) || CLAIM_NOUNS.has(token.stem);
  const promotion = index.codePrefix.promotion.has(token.text) || PROMOTION_NOUNS.has(token.stem);
  if (token.kind !== "word" || (!claim && !promotion) || tokens[at + 1]?.kind !== "word") return null;
  let digits = "";
  let to = at + 1;
  for (let n = numberAt(tokens, to); n?.spelled && !n.ordinal && digits.length < 8; n = numberAt(tokens, to)) {
    digits += n.value;
    to = n.to;
  }
  if (digits.length < 3) return null;
  for (const [kind, prefixes, known] of [
    ["promotion", index.codePrefix.promotion, index.promotions],
    ["claim", index.codePrefix.claim, index.claims],
  ] as const) {
    if (kind === "promotion" ? !promotion : !claim) continue;
    for (const prefix of prefixes) {
      const found = known.get(prefix + digits);
      if (found) return { from: at, to, kind, code: typeof found === "string" ? found : found.code, known: true };
    }
  }
  return null;
}

/** "promotion 1042", "#1042" */
function numberAfterNoun(tokens: readonly Token[], at: number, index: NameIndex): CodeSpan | null {
  const hash = tokens[at]!.text === "#" ? 1 : 0;
  const number = tokens[at + hash];
  if (number?.kind !== "number" || /[.,]/.test(number.raw) || number.raw.length < 2) return null;
  let noun = tokens[at - 1];
  if (noun && ["number", "no", "nr", "."].includes(noun.text)) noun = tokens[at - 2] ?? noun;
  const unit = tokens[at + hash + 1];
  if (unit && (unit.text === "%" || unit.text === "percent")) return null;
  const spot = { from: at, to: at + hash + 1 };
  if (noun && CLAIM_NOUNS.has(noun.stem)) {
    for (const prefix of index.codePrefix.claim) {
      const claim = index.claims.get(prefix + number.raw);
      if (claim) return { ...spot, kind: "claim", code: claim, known: true };
    }
    return { ...spot, kind: "claim", code: number.raw, known: false };
  }
  if (!hash && !(noun && PROMOTION_NOUNS.has(noun.stem))) return null;
  for (const prefix of index.codePrefix.promotion) {
    const promotion = index.promotions.get(prefix + number.raw);
    if (promotion) return { ...spot, kind: "promotion", code: promotion.code, known: true };
  }
  return null;
}
