import type { Kysely } from "kysely";
import * as m0001 from "./0001_store.ts";
import * as m0002 from "./0002_claim_request.ts";
import * as m0003 from "./0003_forecast_log.ts";
import * as m0004 from "./0004_preference.ts";
import * as m0005 from "./0005_undo.ts";
import * as m0006 from "./0006_model_use.ts";
import * as m0007 from "./0007_untraced.ts";
import * as m0008 from "./0008_ledger.ts";
import * as m0009 from "./0009_execution.ts";
import * as m0010 from "./0010_override.ts";
import * as m0011 from "./0011_account_terms.ts";
import * as m0012 from "./0012_supply_and_feeds.ts";
import * as m0013 from "./0013_fund_view.ts";
import * as m0014 from "./0014_policies.ts";
import * as m0015 from "./0015_person_account.ts";
import * as m0016 from "./0016_claim_allocation.ts";

/** Numbered forward migrations; a released one is never changed, the next number mends it. */
export const MIGRATIONS: Readonly<Record<string, { up: (db: Kysely<unknown>) => Promise<void> }>> = {
  "0001_store": m0001,
  "0002_claim_request": m0002,
  "0003_forecast_log": m0003,
  "0004_preference": m0004,
  "0005_undo": m0005,
  "0006_model_use": m0006,
  "0007_untraced": m0007,
  "0008_ledger": m0008,
  "0009_execution": m0009,
  "0010_override": m0010,
  "0011_account_terms": m0011,
  "0012_supply_and_feeds": m0012,
  "0013_fund_view": m0013,
  "0014_policies": m0014,
  "0015_person_account": m0015,
  "0016_claim_allocation": m0016,
};
