import { moneyIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { ask, type Build, type Built, done } from "./build.ts";
import { reasonIn } from "./decide.ts";
import { has, pastPeriod } from "./pieces.ts";
import words from "./policyWords.json" with { type: "json" };
import { accountNamed } from "./ruleScope.ts";
import { which } from "./which.ts";

/** Every state: what is put into a promotion's file may be put there at any time. */
const ANY = ["draft", "submitted", "approved", "running", "ended", "closed", "cancelled"];

export function buildClose(b: Build): Built {
  const reason = reasonIn(b);
  const rest: Args = reason ? { reason } : {};
  const codes = codesOf(b);
  if (codes.length > 1) return { args: codes.map((promotion) => ({ promotion, ...rest })), notes: [] };
  const found = which(b, { statuses: ["ended"] }, "close", rest);
  return "asked" in found ? found.asked : done({ promotion: found.code, ...rest });
}

const codesOf = (b: Build): string[] => [
  ...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code)),
];

/** What stands behind the first colon, "that" or "saying", or in quotation marks. */
function saidText(b: Build): string | undefined {
  if (b.reading.quotes.length) return b.reading.quotes.join(" ");
  const found = /(?::\s+|\b(?:saying|that says|that)\s+)(.{3,})$/is.exec(b.reading.text)?.[1];
  return found?.trim().replace(/\s+$/, "");
}

export function buildComment(b: Build): Built {
  const text = saidText(b);
  const rest: Args = text ? { text } : {};
  const found = which(b, { statuses: ANY }, "comment on", rest);
  if ("asked" in found) return found.asked;
  return text
    ? done({ promotion: found.code, text })
    : ask("text", `What shall the comment on ${found.code} say?`, { promotion: found.code });
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/leaflet|flyer|\bad\b|advert|circular/i, "leaflet"],
  [/scan/i, "scan_report"],
  [/invoice|credit note|bill\b/i, "invoice"],
  [/\bmail|e-?mail|\.eml\b/i, "mail"],
  [/photo|picture|image|snapshot|display|\.(?:png|jpe?g|webp)\b/i, "photo"],
];

export function buildAttach(b: Build): Built {
  const { text } = b.reading;
  const url = /https?:\/\/[^\s"'<>]+[^\s"'<>.,;:!?)]/i.exec(text)?.[0];
  const file = url
    ? undefined
    : (/"([^"]+\.\w{2,5})"/.exec(text)?.[1] ??
      /[^\s"',;]+\.(?:pdf|png|jpe?g|webp|xlsx|csv|txt|eml|zip)\b/i.exec(text)?.[0]);
  const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1];
  const rest: Args = { ...(file ? { file } : {}), ...(url ? { url } : {}), ...(kind ? { kind } : {}) };
  const found = which(b, { statuses: ANY }, "attach it to", rest);
  if ("asked" in found) return found.asked;
  const args = { promotion: found.code, ...rest };
  return file || url ? done(args) : ask("file", `Which file or link shall I attach to ${found.code}?`, args);
}

/** The rule that a sentence speaks of; the first of the list whose words stand in it. */
const ruleIn = (text: string): string | undefined =>
  Object.entries(words).find(([, pattern]) => new RegExp(pattern, "i").test(text))?.[0];

/** Checks that no policy is behind. */
const CHECKS: readonly (readonly [RegExp, string])[] = [
  [/notice/i, "notice"],
  [/blackout/i, "blackout"],
  [/listing|listed/i, "listing"],
  [/near[- ]?clash/i, "near_clash"],
  [/clash|overlap/i, "clash"],
  [/claim/i, "claim_above_plan"],
  [/stock/i, "stock"],
];

export function buildOverride(b: Build): Built {
  const reason = reasonIn(b);
  const behind = reason ? b.reading.text.replace(reason, "") : b.reading.text;
  const rule = CHECKS.find(([pattern]) => pattern.test(behind))?.[1] ?? ruleIn(behind);
  const rest: Args = { ...(rule ? { rule } : {}), ...(reason ? { reason } : {}) };
  const found = which(b, { statuses: ANY }, "override it for", rest);
  return "asked" in found ? found.asked : done({ promotion: found.code, ...rest });
}

export function buildPolicies(b: Build): Built {
  const { text } = b.reading;
  const approval = new RegExp(words.approval, "i").test(text);
  const narrowed = approval
    ? "approval"
    : /guardrails|policies|rules/i.test(text)
      ? undefined
      : ruleIn(text.replace(/polic(?:y|ies)|guardrails?/gi, ""));
  const proposed = /\bproposed|proposals?\b|\bwait(?:s|ing)?\b|pending/i.test(text);
  return done({
    ...(narrowed && !proposed ? { rule: narrowed } : {}),
    ...accountNamed(b),
    ...(/\b(?:history|versions?|changed|earlier|before|used to)\b/i.test(text) ? { history: true } : {}),
    ...(proposed ? { proposed: true } : {}),
  });
}

export function buildSetPolicy(b: Build): Built {
  const { text } = b.reading;
  const number = /\b(?:policy|proposal)\s*(?:number|no\.?|#)?\s*(\d+)/i.exec(text)?.[1];
  const decision = has(b, "reject") ? "reject" : has(b, "approve") ? "approve" : undefined;
  const about = text.replace(/polic(?:y|ies)|guardrails?/gi, "");
  const deciding =
    decision !== undefined && (number !== undefined || !new RegExp(`\\d|${words.depth}`, "i").test(about));
  if (deciding) return done({ ...(number ? { policy: Number(number) } : {}), decision });
  const rule = ruleIn(about);
  const percent = b.reading.quantities.find((q) => q.kind === "percent");
  const money = moneyIn(b.reading, ["any", "budget", "support"]);
  const plain = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal);
  const weeks = /(\d+)\s*weeks?/i.exec(text)?.[1];
  const days = /(\d+)\s*days?/i.exec(text)?.[1];
  const value =
    percent?.kind === "percent"
      ? percent.values[0]
      : money
        ? money
        : days
          ? Number(days)
          : weeks
            ? Number(weeks) * 7
            : plain?.kind === "number"
              ? plain.value
              : undefined;
  const severity = /switch(?:ed)? off|turn(?:ed)? off|\bdrop\b|no longer check/i.test(text)
    ? "off"
    : /\bblock/i.test(text)
      ? "block"
      : /\bwarn/i.test(text)
        ? "warn"
        : undefined;
  const role =
    rule === "approval"
      ? /\bfinance\b/i.test(text)
        ? "finance"
        : /\bmanagers?\b/i.test(text)
          ? "manager"
          : undefined
      : undefined;
  const reason = reasonIn(b);
  const [goods] = b.goods;
  return done({
    ...(rule ? { rule } : {}),
    ...(value !== undefined ? { value } : {}),
    ...(severity ? { severity } : {}),
    ...(role ? { role } : {}),
    ...accountNamed(b),
    ...(goods && typeof goods === "object"
      ? "brand" in goods
        ? { brand: goods.brand }
        : { category: goods.category }
      : {}),
    ...(reason && /\bbecause\b|\bsince\b/i.test(text) ? { reason } : {}),
  });
}

export function buildAudit(b: Build): Built {
  const [promotion] = codesOf(b);
  const claim = b.reading.codes.find((c) => c.kind === "claim")?.code;
  const person = b.reading.names.find((n) => n.kind === "person")?.names[0];
  const account = promotion || claim ? {} : accountNamed(b);
  const { period, notes } = pastPeriod(b, undefined);
  const rest: Args = { ...(person ? { person } : {}), ...(period ? { period } : {}) };
  if (promotion || claim) return done({ ...(promotion ? { promotion } : { claim }), ...rest }, notes);
  if (has(b, "single", "pronoun") && !person && !has(b, "fundword")) {
    const found = which(b, { statuses: ANY }, "look up", rest);
    return "asked" in found ? found.asked : done({ promotion: found.code, ...rest }, notes);
  }
  if (has(b, "fundword") && account.account) return done({ fund: account.account, ...rest }, notes);
  return done({ ...account, ...rest }, notes);
}
