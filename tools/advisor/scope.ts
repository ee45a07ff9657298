import { resolveAccount, type VisibleAccount, visibleAccounts } from "../../data/accounts/accounts.service.ts";
import { addDays, earliest, type Period, twelveMonthsTo } from "../../data/common/dates.ts";
import { KamError } from "../../data/common/errors.ts";
import { listed } from "../../data/common/words.ts";
import { listCategories, listProducts } from "../../data/products/products.repo.ts";
import { type Product, type ProductRef, resolveProducts } from "../../data/products/products.service.ts";
import { wholeName } from "../../data/products/wholeName.ts";
import { resultsAreCurrent } from "../../data/results/results.service.ts";
import type { Store } from "../../data/store/open.ts";
import type { Exclusion } from "../args.ts";
import type { ToolContext } from "../define.ts";
import { excludedBy } from "../exclusion.ts";

/** What a question is about, every name resolved. */
export interface Scope {
  readonly accounts: readonly VisibleAccount[];
  /** The one account that was named. */
  readonly account: VisibleAccount | null;
  /** The accounts that were named, as people read them; null where none was. */
  readonly place: string | null;
  /** Products that were named, by product, brand or category; null for all. */
  readonly products: readonly Product[] | null;
  /** The name that people read for `products` ("Kestrel"). */
  readonly product: string | null;
  readonly category: string | null;
  readonly categoryIds: readonly number[] | undefined;
  readonly currency: string;
  /** What the question itself leaves out ("without Delphi"), by the names people read; empty where nothing. */
  readonly without: readonly string[];
  readonly withoutMechanics: readonly string[];
  /** What the walls or the store leave out, in words. */
  readonly notes: readonly string[];
}

interface ScopeArgs {
  readonly account?: string | number | undefined;
  readonly accounts?: readonly (string | number)[] | undefined;
  readonly products?: readonly ProductRef[] | undefined;
  readonly product?: ProductRef | undefined;
  readonly category?: string | undefined;
  readonly exclude?: Exclusion | undefined;
}

/** @throws KamError unknown_name, ambiguous_name, no_right */
export async function scopeOf(context: ToolContext, args: ScopeArgs): Promise<Scope> {
  const { store, actor } = context;
  const chosen = await accountsNamed(context, args);
  const account = chosen.length === 1 ? chosen[0]! : null;
  const out = await excludedBy(context, args.exclude);
  const all = chosen.length ? chosen : await visibleAccounts(actor, store);
  const seen = all.filter((a) => !out.accounts.some((o) => o.id === a.id));
  if (all.length && !seen.length)
    throw new KamError("no_data", "Every account is left out, so nothing is left to look at.");
  if (!seen.length) throw new KamError("no_data", `${actor.name} has no accounts in this store.`);
  const accounts = oneCurrency(seen);
  const refs: readonly ProductRef[] = [...(args.product === undefined ? [] : [args.product]), ...(args.products ?? [])];
  const inCategory = args.category === undefined ? null : await resolveProducts(store, [{ category: args.category }]);
  const named = refs.length ? await resolveProducts(store, refs) : null;
  const wanted =
    named && inCategory ? named.filter((p) => inCategory.some((q) => q.id === p.id)) : (named ?? inCategory);
  if (wanted && !wanted.length) throw new KamError("no_data", "No product of that name belongs to that category.", {});
  const products = out.products.length
    ? (wanted ?? (await listProducts(store))).filter((p) => !out.products.some((o) => o.id === p.id))
    : wanted;
  if (products && !products.length)
    throw new KamError("no_data", "Every product of it is left out, so nothing is left to look at.");
  const categoryIds = products ? [...new Set(products.map((p) => p.category_id))] : undefined;
  const notes: string[] = [];
  if (!chosen.length && actor.accounts !== "all")
    notes.push(`Covers ${actor.name}'s own accounts only: ${accounts.map((a) => a.name).join(", ")}.`);
  if (accounts.length < seen.length)
    notes.push(
      `Accounts in other currencies than ${accounts[0]!.currency} are left out: ${seen
        .filter((a) => !accounts.includes(a))
        .map((a) => a.name)
        .join(", ")}.`,
    );
  return {
    accounts,
    account,
    place: chosen.length ? listed(chosen.map((a) => a.name)) : null,
    products,
    product: named ? await namesOf(store, refs, named) : null,
    category: inCategory
      ? ((await listCategories(store)).find((c) => c.id === inCategory[0]!.category_id)?.name ?? null)
      : null,
    categoryIds,
    currency: accounts[0]!.currency,
    without: out.words,
    withoutMechanics: out.mechanics,
    notes,
  };
}

/** The accounts that a question names, each once, in the order named. */
async function accountsNamed({ actor, store }: ToolContext, args: ScopeArgs): Promise<readonly VisibleAccount[]> {
  const found: VisibleAccount[] = [];
  for (const ref of [...(args.account === undefined ? [] : [args.account]), ...(args.accounts ?? [])]) {
    const account = await resolveAccount(actor, store, ref);
    if (!found.some((a) => a.id === account.id)) found.push(account);
  }
  return found;
}

/** "Kestrel and Morning Row": each of several that were named by its own name. */
async function namesOf(store: Store, refs: readonly ProductRef[], all: readonly Product[]): Promise<string> {
  const whole = await listProducts(store);
  if (refs.length < 2) return wholeName(all, whole);
  const names: string[] = [];
  for (const ref of refs) names.push(wholeName(await resolveProducts(store, [ref]), whole));
  return listed([...new Set(names)]);
}

/** Money of two currencies is not summed: the most common one stays. */
function oneCurrency(accounts: readonly VisibleAccount[]): readonly VisibleAccount[] {
  const byCurrency = [...Map.groupBy(accounts, (a) => a.currency).values()].sort((a, b) => b.length - a.length);
  return byCurrency[0] ?? [];
}

/** How events were picked by date, and the dates. */
export interface EventPeriod {
  readonly basis: "ended" | "started" | "all_history";
  readonly period: Period;
  readonly startsIn?: Period;
  readonly endsIn?: Period;
}

/**
 * A named period takes the events that start in it; without one, those that ended in the last twelve months, or, for effects
 * of depth and mechanic, all that ever ended.
 */
export function eventPeriod(context: ToolContext, named: Period | undefined, everAfter: string | null): EventPeriod {
  const yesterday = addDays(context.store.today, -1);
  if (named) return { basis: "started", period: named, startsIn: named };
  if (everAfter !== null)
    return { basis: "all_history", period: { from: earliest(everAfter, yesterday), to: yesterday } };
  const period = { ...twelveMonthsTo(context.store.today), to: yesterday };
  return { basis: "ended", period, endsIn: period };
}

/** The last twelve months of measured weeks: Mondays after this day a year ago. */
export const salesPeriod = (context: ToolContext, named: Period | undefined): Period =>
  named ?? twelveMonthsTo(context.store.today);

/** Brings the results of past events up to date with the data, where they are not. */
export async function withCurrentResults({ store, models }: ToolContext): Promise<void> {
  if (!(await resultsAreCurrent(store))) await models.current(store);
}
