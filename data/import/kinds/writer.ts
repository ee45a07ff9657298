import type { Store } from "../../store/open.ts";
import type { Actor } from "../../users/actor.ts";
import type { KindName, RowOf } from "../fields.ts";
import type { Mapping } from "../mapping.ts";
import type { Names } from "../names.ts";
import type { Bad } from "../values/bad.ts";

/** What knows one kind of file: which of its rows can be taken, and what they write. */
export interface Writer<Row> {
  /** A model is fitted on what this kind writes. */
  readonly feedsModel: boolean;
  /** Takes a row into the batch, or says why it cannot be. */
  accept(row: Row, line: number): Bad | null;
  /** Writes the batch; dry, only compares. */
  write(store: Store, dry: boolean): Promise<Written>;
  /** Starts the next batch. */
  clear(): void;
}

export interface Written {
  /** Row by row, in the order of `accept`: whether it changed the store. */
  readonly changed: readonly boolean[];
  /** Accounts or products that are new, where the kind is about them. */
  readonly created?: number;
}

export interface Context {
  readonly store: Store;
  readonly mapping: Mapping;
  readonly names: Names;
  /** Who imports: the author of what is written. */
  readonly actor: Actor;
}

export type MakeWriter<K extends KindName> = (context: Context) => Promise<Writer<RowOf<K>>>;

/** The entries of a record that are there: a column that the file does not give is not written. */
export const present = <T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined));
