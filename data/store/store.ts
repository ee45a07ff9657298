import type { Kysely } from "kysely";
import type { Schema } from "./schema/index.ts";

/** The open store. Repositories take `db`; services take the store, so that a transaction is one by type. */
export interface Store {
  readonly db: Kysely<Schema>;
  readonly path: string;
  /** ISO date that stands for today, for anything that asks the clock. */
  readonly today: string;
}
