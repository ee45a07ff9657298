import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import { accountsOfPromotions, auditTrail, claimsAndFunds } from "./trail.repo.ts";

/** One entry of the log in words that a person reads. */
export interface TrailEntry {
  readonly id: number;
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly entity: string;
  /** The promotion, claim, fund … that it is about, as people call it. */
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  /** What of a draft was changed. */
  readonly changed: readonly string[];
  readonly reason: string | null;
}

export interface TrailWish {
  readonly promotion: { readonly id: number; readonly code: string } | null;
  readonly claim: string | null;
  readonly fund: string | null;
  readonly accountId: number | null;
  readonly personId: string | null;
  readonly period: Period | null;
}

type Json = Readonly<Record<string, unknown>> | null;

/** Entries of the log that the actor may see: those of her accounts, and her own. */
export async function auditTrailFor(actor: Actor, store: Store, wish: TrailWish): Promise<TrailEntry[]> {
  const about = await claimsAndFunds(store);
  const promotions = await accountsOfPromotions(store);
  const entities = [
    ...(wish.promotion ? [{ entity: "promotion", id: wish.promotion.code }] : []),
    ...(wish.claim ? [{ entity: "claim", id: wish.claim }] : []),
  ];
  const naming = [wish.promotion?.code, wish.claim, wish.fund].filter((n) => typeof n === "string");
  const rows = await auditTrail(store, {
    entities: entities.length ? entities : undefined,
    naming: naming.length ? naming : undefined,
    actor: wish.personId ?? undefined,
    from: wish.period?.from,
    to: wish.period?.to,
  });
  const accountOf = (row: (typeof rows)[number], after: Json): number | null => {
    const named =
      typeof after?.promotion === "string" ? after.promotion : row.entity === "promotion" ? row.entity_id : null;
    if (named !== null) return promotions.get(named) ?? null;
    if (row.entity === "claim") return about.claims.get(row.entity_id) ?? null;
    const fund = [after?.from, after?.to, after?.fund].find((f) => typeof f === "string" && about.funds.has(f));
    if (typeof fund === "string") return about.funds.get(fund) ?? null;
    return typeof after?.account_id === "number" ? after.account_id : null;
  };
  return rows.flatMap((row): TrailEntry[] => {
    const [before, after] = [parsed(row.before), parsed(row.after)];
    const account = accountOf(row, after);
    const mine = account === null ? actor.accounts === "all" || row.actor === actor.id : seesAccount(actor, account);
    if (!mine || (wish.accountId !== null && account !== wish.accountId)) return [];
    return [
      {
        id: row.id,
        at: row.at,
        by: row.person ?? row.actor,
        action: row.action,
        entity: row.entity,
        what: typeof after?.promotion === "string" ? after.promotion : row.entity_id,
        from: statusIn(before),
        to: statusIn(after),
        changed: row.action === "update" ? differing(before, after) : [],
        reason: textIn(after, "reason") ?? textIn(after, "text"),
      },
    ];
  });
}

const parsed = (text: string | null): Json => (text === null ? null : (JSON.parse(text) as Json));
const statusIn = (json: Json): string | null => textIn(json, "status");
const textIn = (json: Json, key: string): string | null => {
  const value = json?.[key];
  return typeof value === "string" && value.trim() ? value : null;
};

/** What of a draft a person names when she changes it. */
const TERMS = [
  "start",
  "end",
  "mechanic",
  "discount",
  "price_off_minor",
  "get",
  "pay",
  "feature",
  "display",
  "payment",
  "fixed_spend_minor",
  "note",
] as const;

function differing(before: Json, after: Json): string[] {
  const names = TERMS.filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]));
  const products = (json: Json): string =>
    JSON.stringify(((json?.lines as { product_id: number }[] | undefined) ?? []).map((line) => line.product_id));
  return [...names, ...(products(before) === products(after) ? [] : ["products"])].map((key) =>
    key.replace(/_minor$/, "").replaceAll("_", " "),
  );
}
