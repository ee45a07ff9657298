import type { Args } from "../types.ts";
import { type Build, type Built, done } from "./build.ts";
import { everyOne, OPEN, which } from "./which.ts";

const REASONS = [
  /\bbecause(?: of)?\s+(.{3,300})$/i,
  /\b(?:due to|reason(?: is)?:?|since|as)\s+((?:the|we|they|it|he|she|our|their|there|too)\b.{3,300})$/i,
  /(?:[,;:]|\s[-–—])\s*(?!and\b|please\b|thanks\b|at\b|for\b|with\b|\d)(.{3,300})$/i,
];

/** Why something is cancelled, rejected or disputed, in the person's own words. @param after only what stands behind this token */
export function reasonIn(b: Build, after?: number): string | undefined {
  if (b.reading.quotes.length) return b.reading.quotes.join(" ");
  const text = after ? b.reading.text.slice(b.reading.tokens[after - 1]?.to ?? 0) : b.reading.text;
  for (const pattern of REASONS) {
    const found = pattern
      .exec(text)?.[1]
      ?.replace(/[.!\s]+$/, "")
      .trim()
      .replace(/^(?:dispute|reject|cancel|contest|decline|pay)\b[,:\s]+/i, "");
    if (found && !/^(?:that|this|it|them|please)$/i.test(found)) return found;
  }
  return undefined;
}

export function buildCancel(b: Build): Built {
  const reason = reasonIn(b);
  const rest: Args = reason ? { reason } : {};
  const all = everyOne(b, OPEN, rest);
  if (all) return all;
  const found = which(b, { statuses: OPEN }, "cancel", rest);
  return "asked" in found ? found.asked : done({ promotion: found.code, ...rest });
}

export function buildSubmit(b: Build): Built {
  const codes = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))];
  if (codes.length > 1) return { args: codes.map((promotion) => ({ promotion })), notes: [] };
  const all = everyOne(b, ["draft"], {});
  if (all) return all;
  const found = which(b, { statuses: ["draft"] }, "submit", {});
  return "asked" in found ? found.asked : done({ promotion: found.code });
}

export function buildDecide(b: Build): Built {
  const decision = b.features.has("reject") ? "reject" : "approve";
  const reason = decision === "reject" ? reasonIn(b) : undefined;
  const rest: Args = { decision, ...(reason ? { reason } : {}) };
  const codes = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))];
  if (codes.length > 1) return { args: codes.map((promotion) => ({ promotion, ...rest })), notes: [] };
  const all = everyOne(b, ["submitted"], rest);
  if (all) return all;
  const found = which(b, { statuses: ["submitted"] }, decision, rest);
  return "asked" in found ? found.asked : done({ promotion: found.code, ...rest });
}
