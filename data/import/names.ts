import type { Store } from "../store/open.ts";
import { type Mapping, nearest } from "./mapping.ts";
import * as repo from "./names.repo.ts";
import { Bad } from "./values/bad.ts";

/** What a name of the file stands for. Its id is below 0 until it is made, in the transaction of the first batch that needs it. */
export interface Ref {
  id: number;
  readonly name: string;
}
export interface AccountRef extends Ref {
  readonly currency: string | undefined;
}
/** The category is there for a brand that may be made; so are code and brand for a product. */
interface BrandRef extends Ref {
  readonly category?: Ref;
}
interface ProductRef extends Ref {
  readonly code?: string | null;
  readonly brand?: BrandRef;
}

export type Made = "accounts" | "products" | "brands" | "categories" | "people";

/** Names are the same in any case, with any run of spaces. */
export const fold = (name: string): string => name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();

/** The key that a thing gets which the file only names: letters and digits of the name. */
export function codeFor(name: string, taken: { has(code: string): boolean }): string {
  const base =
    name
      .normalize("NFD")
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .toUpperCase()
      .slice(0, 40) || "X";
  let code = base;
  for (let n = 2; taken.has(fold(code)); n++) code = `${base}-${n}`;
  return code;
}

/**
 * Names → what they stand for, and what may be made of those that stand for nothing. A lookup makes nothing: `want` says that a row which needs the
 * reference is taken, and `make` inserts what is wanted.
 */
export class Names {
  readonly created = new Map<Made, number>();
  readonly #mapping: Mapping;
  readonly #known: Record<Made, Map<string, Ref>> = {
    accounts: new Map(),
    products: new Map(),
    brands: new Map(),
    categories: new Map(),
    people: new Map(),
  };
  readonly #accountCodes = new Map<string, AccountRef>();
  readonly #productCodes = new Map<string, Ref>();
  readonly #aliases = new Map<string, AccountRef>();
  readonly #aliasWords: string[] = [];
  /** References that may be made, kept so that one name is one object. */
  readonly #possible = new Map<string, Ref>();
  readonly #wanted: { readonly kind: Made; readonly ref: Ref }[] = [];
  readonly #near = new Map<string, string | null>();
  /** Ids by id and by name. */
  readonly people = new Map<string, string>();
  readonly #newPeople: { readonly id: string; readonly name: string }[] = [];

  private constructor(mapping: Mapping) {
    this.#mapping = mapping;
  }

  static async load(store: Store, mapping: Mapping): Promise<Names> {
    const names = new Names(mapping);
    const rows = await repo.readNames(store);
    const byId = new Map<number, AccountRef>();
    for (const { id, name, code, currency } of rows.accounts) {
      const ref: AccountRef = { id, name, currency };
      byId.set(id, ref);
      names.#known.accounts.set(fold(name), ref);
      names.#accountCodes.set(fold(code), ref);
    }
    for (const { alias, account_id } of rows.aliases) {
      names.#aliases.set(fold(alias), byId.get(account_id)!);
      names.#aliasWords.push(alias);
    }
    for (const row of rows.categories) names.#known.categories.set(fold(row.name), { ...row });
    for (const row of rows.brands) names.#known.brands.set(fold(row.name), { ...row });
    for (const { id, name, code } of rows.products) {
      const ref: Ref = { id, name };
      names.#known.products.set(fold(name), ref);
      names.#productCodes.set(fold(code), ref);
    }
    for (const { id, name } of rows.people) names.people.set(fold(name), id).set(fold(id), id);
    return names;
  }

  #may(kind: Made): boolean {
    return this.#mapping.create.includes(kind);
  }

  /** By name, then alias, then code. */
  account(name: string): AccountRef | Bad {
    const key = fold(name);
    const ref =
      (this.#known.accounts.get(key) as AccountRef | undefined) ??
      this.#aliases.get(key) ??
      this.#accountCodes.get(key);
    if (ref) return ref;
    if (!this.#may("accounts")) return this.#unknown("account", "accounts", name);
    return this.#once("accounts", key, (id): AccountRef => ({ id, name, currency: this.#mapping.defaults.currency }));
  }

  /** By name, then code. A product that may be made needs a brand, and a brand that may be made a category. */
  product(
    name: string,
    given: { code?: string | null; brand?: string | null; category?: string | null } = {},
  ): Ref | Bad {
    const key = fold(name);
    const ref =
      this.#known.products.get(key) ?? this.#productCodes.get(key) ?? this.#productCodes.get(fold(given.code ?? ""));
    if (ref) return ref;
    if (!this.#may("products")) return this.#unknown("product", "products", name);
    const brandName = given.brand ?? this.#mapping.defaults.brand;
    if (!brandName)
      return new Bad("is no product of the store, and the mapping names no brand to make it under", "product");
    const brand = this.brand(brandName, given.category);
    if (brand instanceof Bad) return brand;
    return this.#once("products", key, (id): ProductRef => ({ id, name, code: given.code ?? null, brand }));
  }

  brand(name: string, categoryName?: string | null): BrandRef | Bad {
    const ref = this.#known.brands.get(fold(name));
    if (ref) return ref;
    if (!this.#may("brands")) return this.#unknown("brand", "brands", name);
    const wanted = categoryName ?? this.#mapping.defaults.category;
    if (!wanted) return new Bad("is no brand of the store, and the mapping names no category to make it in", "brand");
    const category = this.category(wanted);
    if (category instanceof Bad) return category;
    return this.#once("brands", fold(name), (id): BrandRef => ({ id, name, category }));
  }

  category(name: string): Ref | Bad {
    const ref = this.#known.categories.get(fold(name));
    if (ref) return ref;
    if (!this.#may("categories")) return this.#unknown("category", "categories", name);
    return this.#once("categories", fold(name), (id): Ref => ({ id, name }));
  }

  /** Id of a person, by id or name. */
  person(name: string): string | Bad {
    const id = this.people.get(fold(name));
    if (id !== undefined) return id;
    return this.#may("people") ? fold(codeFor(name, this.people)) : this.#unknown("person", "people", name);
  }

  wantPerson(id: string, name: string): void {
    if (this.people.has(id)) return;
    this.people.set(id, id).set(fold(name), id);
    this.#newPeople.push({ id, name });
    this.count("people", 1);
  }

  #once<T extends Ref>(kind: Made, key: string, make: (id: number) => T): T {
    const place = `${kind}\u0000${key}`;
    const ref = (this.#possible.get(place) as T | undefined) ?? make(-1 - this.#possible.size);
    this.#possible.set(place, ref);
    return ref;
  }

  #unknown(what: string, kind: Made, name: string): Bad {
    const place = `${kind}\u0000${fold(name)}`;
    let near = this.#near.get(place);
    if (near === undefined) {
      const words = [...this.#known[kind].values()].map((ref) => ref.name);
      if (kind === "people") words.push(...this.people.keys());
      if (kind === "accounts") words.push(...this.#aliasWords);
      near = this.#near.size < 200 ? nearest(name, words) : null;
      this.#near.set(place, near);
    }
    const hint = near ? `, the nearest is "${near}"` : "";
    return new Bad(
      `is no ${what} of the store${hint}; add it, or allow it with "create": ["${kind}"]`,
      what === "person" ? "owner" : what,
    );
  }

  /** A row that needs these is taken: they will be made where they are not there yet. */
  want(...refs: readonly (readonly [Made, Ref])[]): void {
    for (const [kind, ref] of refs) {
      const known = this.#known[kind];
      if (ref.id > 0 || known.has(fold(ref.name))) continue;
      if (kind === "products") {
        const brand = (ref as ProductRef).brand;
        if (brand) this.want(["brands", brand]);
      }
      if (kind === "brands") {
        const category = (ref as BrandRef).category;
        if (category) this.want(["categories", category]);
      }
      known.set(fold(ref.name), ref);
      this.#wanted.push({ kind, ref });
      this.count(kind, 1);
    }
  }

  count(kind: Made, n: number): void {
    if (n > 0) this.created.set(kind, (this.created.get(kind) ?? 0) + n);
  }

  /** Inserts what is wanted; call it in the transaction of the batch. A dry run does not. */
  async make(tx: Store): Promise<void> {
    const { defaults } = this.#mapping;
    for (const { id, name } of this.#newPeople.splice(0)) await repo.makePerson(tx, id, name);
    for (const { kind, ref } of this.#wanted.splice(0)) {
      if (kind === "categories") ref.id = (await repo.makeCategory(tx, ref.name)).id;
      if (kind === "brands") ref.id = (await repo.makeBrand(tx, ref.name, (ref as BrandRef).category!.id)).id;
      if (kind === "products") {
        const { code, brand } = ref as ProductRef;
        const own = code && !this.#productCodes.has(fold(code)) ? code : codeFor(ref.name, this.#productCodes);
        this.#productCodes.set(fold(own), ref);
        const product = { name: ref.name, code: own, brand_id: brand!.id, currency: defaults.currency };
        ref.id = (await repo.makeProduct(tx, product)).id;
      }
      if (kind === "accounts") {
        const code = codeFor(ref.name, this.#accountCodes);
        this.#accountCodes.set(fold(code), ref as AccountRef);
        const { brand: _brand, category: _category, ...attributes } = defaults;
        ref.id = (await repo.makeAccount(tx, { name: ref.name, code, ...attributes })).id;
      }
    }
  }
}
