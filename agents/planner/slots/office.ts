import { daysBetween } from "../../../data/common/dates.ts";
import type { Tense } from "../dates/span.ts";
import { resolveSpan } from "../dates/span.ts";
import { exclusionOf, mechanicsOf } from "../exclusions.ts";
import { allAccounts } from "../mentions.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { isKnown } from "../vocabulary/index.ts";
import { frameOf } from "../when.ts";
import { accountArg, ask, type Build, type Built, done, productArg, threadAccount } from "./build.ts";
import { has, perAccount, period } from "./pieces.ts";

/** A rejected promotion is a draft again, so the state that is named is not one of the store's. */
const REJECTED = "a promotion that is rejected goes back to draft with the reason, so drafts are shown";

function statusIn(b: Build): string | string[] | undefined {
  if (has(b, "st_submitted")) return "submitted";
  if (has(b, "st_draft", "draftword", "st_rejected")) return "draft";
  if (has(b, "st_cancelled")) return "cancelled";
  if (has(b, "st_approved")) return "approved";
  if (has(b, "st_running") || (has(b, "currentword") && !has(b, "plannedword"))) return "running";
  if (has(b, "plannedword") || (has(b, "nextword") && has(b, "promoplural") && !b.reading.dates.length))
    return "planned";
  if (has(b, "st_closed")) return "closed";
  return has(b, "st_ended") ? ["ended", "closed"] : undefined;
}

export function buildFind(b: Build): Built {
  const status = statusIn(b);
  const account = accountArg(b).account;
  const ahead =
    status === "planned" || status === "draft" || status === "submitted" || (b.tense === "future" && !has(b, "past"));
  const { period: p, notes } = findPeriod(b, status, ahead || !has(b, "past") ? "future" : "past", account);
  const [goods] = b.goods;
  const mechanics = mechanicsOf(b.reading).kept;
  const owner = b.reading.names.find((n) => n.kind === "person")?.names[0];
  const rest: Args = {
    ...(goods ? (typeof goods === "string" ? { product: goods } : goods) : {}),
    ...(status ? { status } : {}),
    ...(mechanics.length === 1 ? { mechanic: mechanics[0] } : {}),
    ...(p ? { period: p } : {}),
    ...(owner ? { owner } : {}),
    ...exclusionOf(b),
  };
  // The tool leaves out by itself what is taken out.
  return perAccount(
    { ...b, accounts: { ...b.accounts, excluded: [] } },
    rest,
    has(b, "st_rejected") ? [...notes, REJECTED] : notes,
  );
}

/** "running in CW 47" of what runs now says no more than "running"; of another week it says when, not which state. */
function findPeriod(
  b: Build,
  status: string | string[] | undefined,
  tense: Tense,
  account: string | undefined,
): ReturnType<typeof period> {
  if (status === "running") {
    const now = b.reading.dates.some((d) => {
      const p =
        "span" in d
          ? d.span.make(d.span.year ?? Number(b.lexicon.today.slice(0, 4)), frameOf(b.lexicon, "future", account))
          : null;
      return p !== null && p.from <= b.lexicon.today && p.to >= b.lexicon.today;
    });
    if (now) return { notes: [] };
  }
  return period(b, tense, account);
}

export function buildGet(b: Build): Built {
  const codes = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))];
  if (codes.length > 1) return { args: codes.map((promotion) => ({ promotion })), notes: [] };
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, {
    statuses: has(b, "last") ? ["ended", "closed"] : ["draft", "submitted", "approved", "running", "ended", "closed"],
    mayGuess: has(b, "last"),
  });
  if (meant.kind === "one") return done({ promotion: meant.code });
  if (meant.kind === "several")
    return ask(
      "promotion",
      "Which promotion is meant?",
      {},
      meant.promotions.slice(0, 8).map((p) => p.code),
    );
  const args = { ...accountArg(b), ...productArg(b) };
  return Object.keys(args).length ? done(args) : ask("promotion", "Which promotion is meant?", {});
}

export function buildProfile(b: Build): Built {
  const { account } = threadAccount(b);
  if (b.accounts.names.length > 1) return { args: b.accounts.names.map((name) => ({ account: name })), notes: [] };
  if (!account && b.accounts.all)
    return {
      args: allAccounts(b.reading, b.lexicon, b.accounts.excluded).map((name) => ({ account: name })),
      notes: [],
    };
  return account
    ? done({ account, ...aboutOf(b), ...termsOf(b, account) })
    : ask(
        "account",
        "Which account?",
        {},
        b.lexicon.accounts.map((a) => a.name),
      );
}

/** What is asked of a profile, where one thing is. */
function aboutOf(b: Build): { about?: string } {
  const asked = [has(b, "bonusonly") && "bonus", has(b, "who") && "contacts", has(b, "paymentterms") && "terms"].filter(
    (found): found is string => Boolean(found),
  );
  return asked.length === 1 ? { about: asked[0]! } : {};
}

/** "What were the terms last year?": the last day of a time that lies behind. */
function termsOf(b: Build, account: string): { as_of?: string } {
  const { period: p } = period(b, "past", account);
  return p && p.to < b.lexicon.today && has(b, "past", "bonustier", "profile") ? { as_of: p.to } : {};
}

const KINDS: readonly (readonly [string, string])[] = [
  ["visit", "visit"],
  ["callword", "call"],
  ["emailword", "email"],
  ["meeting", "meeting"],
  ["met", "meeting"],
];
const kindIn = (b: Build): string | undefined => KINDS.find(([concept]) => b.features.has(concept))?.[1];

/** What is noted is carried as it was said, never read for commands. */
export function buildLog(b: Build): Built {
  const { text, nextStep } = noteText(b);
  const account = threadAccount(b).account;
  const day = dayOfTalk(b, account);
  const kind = kindIn(b) ?? "note";
  const args: Args = {
    ...(account ? { account } : {}),
    kind,
    date: day ?? b.lexicon.today,
    ...(text ? { text } : {}),
    ...(nextStep ? { next_step: nextStep } : {}),
  };
  if (!account)
    return ask(
      "account",
      "With which account was that?",
      args,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!text && !nextStep) return ask("text", "What shall the note say?", args);
  return done(args);
}

/** No talk that is noted now lies further back, where its year was not named. */
const LONGEST_AGO = 180;
const DEADLINES = new Set(["by", "until", "till", "before", "due", "from", "for"]);

/** The day on which a talk was: one that lies behind, and is no deadline that was spoken of. */
function dayOfTalk(b: Build, account: string | undefined): string | undefined {
  const { today } = b.lexicon;
  for (const mention of b.reading.dates) {
    if (!("span" in mention) || (mention.role !== "day" && mention.role !== "start")) continue;
    const before = b.reading.tokens[mention.from - 1]?.text ?? "";
    if (mention.role === "day" && DEADLINES.has(before)) continue;
    const day = resolveSpan(mention.span, frameOf(b.lexicon, "past", account));
    if (!day || day.from > today) continue;
    if (mention.span.year === null && daysBetween(day.from, today) > LONGEST_AGO) continue;
    return day.from;
  }
  return undefined;
}

function noteText(b: Build): { text?: string; nextStep?: string } {
  const whole = b.reading.text.trim().slice(0, 4000);
  const cut =
    /[\s,.;:–—-]*\b(?:and\s+)?(?:the\s+)?(?:next steps?|follow[- ]up|to[- ]?do|action(?: item| point)?)\b\s*(?:is|are|:|=|–|-|will be|would be)?\s*(?:to\s+)?/i.exec(
      whole,
    );
  const before = cut ? whole.slice(0, cut.index) : whole;
  const after = cut
    ? whole
        .slice(cut.index + cut[0].length)
        .replace(/[.\s]+$/, "")
        .trim()
    : "";
  const body = before
    .replace(/^\s*\/?(?:promo|kam)\b\s*/i, "")
    .replace(/^(?:please|can you|could you|kindly|hi|hey|ok|okay)[\s,]+/i, "")
    .replace(
      /^(?:log|note(?: down)?|record|write down|jot down|remember|register|document|make a note|take a note|add a note|file a note|save a note|minute)\b(?:\s+(?:a|an|my|the|of|for|about|on)\b)*\s*/i,
      "",
    )
    .replace(/^(?:that|:|,|-)\s*/i, "")
    .trim()
    .replace(/[\s,;:]+$/, "");
  // "for Albion: Marit wants …": what stands before the colon says of whom.
  const colon = body.indexOf(":");
  const spoken =
    colon > 0 && colon < 50 && body.slice(0, colon).split(/\s+/).length <= 5 ? body.slice(colon + 1).trim() : body;
  const text = b.reading.quotes.length === 1 && /^["“„«].*["”“»]$/.test(spoken) ? b.reading.quotes[0] : spoken;
  return { ...(text ? { text } : {}), ...(after ? { nextStep: after } : {}) };
}

/** "What did Luc say": a capitalised word that is no name of the store. */
function personNamed(b: Build): string | null {
  const taken = (i: number): boolean =>
    [...b.reading.names, ...b.reading.dates, ...b.reading.codes].some((s) => s.from <= i && i < s.to);
  const strange = b.reading.tokens.filter(
    (t, i) => i > 0 && t.capital && t.kind === "word" && t.text.length > 2 && !taken(i) && !isKnown(t.text, t.stem),
  );
  return strange[0]?.raw.replace(/['’]s$/, "") ?? null;
}

export function buildActivities(b: Build): Built {
  const { account } = has(b, "lasttalk") ? threadAccount(b) : accountArg(b);
  const { period: p, notes } = period(b, "past", account);
  const kind = kindIn(b);
  const named =
    kind && kind !== "meeting"
      ? kind
      : b.features.has("meeting") && /\bmeetings?\b|\bmet\b|\bmeet\b/i.test(b.reading.text)
        ? "meeting"
        : undefined;
  const steps = has(b, "nextstep");
  // What the note is about: a product or brand as it is written, else a person who is not of the store.
  const [goods] = b.goods;
  const spoken =
    goods === undefined ? null : typeof goods === "string" ? goods : "brand" in goods ? goods.brand : goods.category;
  const word = /\b(?:mention(?:s|ing|ed)?|contain(?:s|ing)?|with the word)\s+["“]?([\p{L}\d][\p{L}\d -]{1,40})/iu
    .exec(b.reading.text)?.[1]
    ?.trim();
  const about = word && !b.accounts.names.length ? word : (spoken ?? personNamed(b));
  return perAccount(
    b,
    {
      // "What did we agree last time?" is about whom the talk is about.
      ...(account && !b.accounts.names.length && !b.accounts.all ? { account } : {}),
      ...(named && !steps ? { kind: named } : {}),
      ...(steps ? { next_steps: true } : {}),
      ...(about ? { text: about } : {}),
      ...(p ? { period: p } : {}),
    },
    notes,
  );
}

const REPORTS = ["r_jbp", "r_post_event", "r_forecast_accuracy", "r_budget", "r_calendar", "r_account_review"];
const REPORT_NAMES: Record<string, string> = {
  r_jbp: "joint_business_plan",
  r_post_event: "post_event",
  r_forecast_accuracy: "forecast_accuracy",
  r_budget: "budget",
  r_calendar: "calendar",
  r_account_review: "account_review",
};
const FORMATS = ["ics", "xlsx", "pptx", "pdf", "csv", "page"];

export function buildReport(b: Build): Built {
  const named = REPORTS.find((r) => b.features.has(r));
  const said = named
    ? REPORT_NAMES[named]
    : has(b, "fundword", "budget")
      ? "budget"
      : has(b, "accuracy")
        ? "forecast_accuracy"
        : has(b, "fmt_ics") && !lastReport(b)
          ? "calendar"
          : has(b, "plannedword", "planobject")
            ? "calendar"
            : has(b, "acct", "review")
              ? "account_review"
              : b.reading.codes.some((c) => c.kind === "promotion")
                ? "post_event"
                : null;
  // "as an xlsx please" after an answer: the report that holds it, of the same account and days.
  const before = said ? null : lastReport(b);
  const report = said ?? before?.report;
  const format = FORMATS.find((f) => b.features.has(`fmt_${f}`));
  const promotion = report === "post_event" ? (eventMeant(b) ?? before?.promotion) : undefined;
  if (report && promotion) return done({ report, promotion, ...(format ? { format } : {}) });
  const account = accountArg(b).account ?? before?.account;
  const ahead = report === "calendar" || report === "joint_business_plan";
  const { period: p, notes } = period(b, ahead ? "future" : "past", account);
  const days = p ?? before?.period;
  const rest: Args = {
    ...(report ? { report } : {}),
    ...(days ? { period: days } : {}),
    ...(format ? { format } : {}),
  };
  if (!report)
    return ask(
      "report",
      "Which report: the promotion calendar, a post-event analysis, an account review, the budget, the forecast accuracy or a joint business plan?",
      { ...(account ? { account } : {}), ...rest },
    );
  const needs = ["account_review", "joint_business_plan"].includes(report);
  const from = account ?? (needs ? b.focus.account : null);
  if (needs && !from && b.accounts.names.length === 0)
    return ask(
      "account",
      "For which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  return b.accounts.names.length > 1
    ? perAccount(b, rest, notes)
    : done({ ...rest, ...(from ? { account: from } : {}) }, notes);
}
/** The one promotion that an analysis is of: by its id, or the one that was spoken of ("this one", "it"). */
function eventMeant(b: Build): string | undefined {
  const code = b.reading.codes.find((c) => c.kind === "promotion");
  if (code) return code.code;
  const pointed = has(b, "pronoun", "single") && !has(b, "last") && !b.accounts.names.length && !b.reading.names.length;
  return pointed ? (b.focus.promotion ?? undefined) : undefined;
}

/** "send that as a PDF" after an answer: the report that holds it, with its account, promotion and period. */
function lastReport(b: Build): { report: string; account?: string; promotion?: string; period?: unknown } | null {
  const call = b.focus.last.at(-1);
  const of: Record<string, string> = {
    account_review: "account_review",
    budget_status: "budget",
    forecast_accuracy: "forecast_accuracy",
    find_promotions: "calendar",
    explain_result: "post_event",
    compare_promotions: "post_event",
  };
  const report = call?.tool === "make_report" ? call.args.report : call && of[call.tool];
  if (typeof report !== "string") return null;
  const { account, promotion, period } = call!.args;
  return {
    report,
    ...(typeof account === "string" ? { account } : {}),
    ...(typeof promotion === "string" ? { promotion } : {}),
    ...(period ? { period } : {}),
  };
}

/** The topic is what she wants to do, in her own words. */
export function buildGuide(b: Build): Built {
  const topic = b.reading.text
    .trim()
    .slice(0, 1000)
    .replace(/^\s*\/?(?:promo|kam)\b\s*/i, "");
  const { account } = accountArg(b);
  const known = account && b.lexicon.accounts.some((a) => a.name === account);
  return done({ topic, ...(known ? { account } : {}) });
}
