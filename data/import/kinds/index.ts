import type { KindName } from "../fields.ts";
import type { Value } from "../values/convert.ts";
import { accountsWriter } from "./accounts.ts";
import { claimsWriter } from "./claims.ts";
import { contactsWriter } from "./contacts.ts";
import { contractsWriter } from "./contracts.ts";
import { fundsWriter } from "./funds.ts";
import { ordersWriter } from "./orders.ts";
import { plansWriter } from "./plans.ts";
import { productsWriter } from "./products.ts";
import { promotionsWriter } from "./promotions.ts";
import { salesWriter } from "./sales.ts";
import { shipmentsWriter } from "./shipments.ts";
import { signalsWriter } from "./signals.ts";
import { storesWriter } from "./stores.ts";
import { visitsWriter } from "./visits.ts";
import type { Context, MakeWriter, Writer } from "./writer.ts";

const WRITERS: { readonly [K in KindName]: MakeWriter<K> } = {
  sales: salesWriter,
  promotions: promotionsWriter,
  accounts: accountsWriter,
  products: productsWriter,
  contracts: contractsWriter,
  contacts: contactsWriter,
  plans: plansWriter,
  shipments: shipmentsWriter,
  orders: ordersWriter,
  funds: fundsWriter,
  claims: claimsWriter,
  stores: storesWriter,
  visits: visitsWriter,
  signals: signalsWriter,
};

/** The writer of a kind. Its rows come from rows.ts, which makes them by the same table of fields that types them here. */
export const writerFor = (kind: KindName, context: Context): Promise<Writer<Readonly<Record<string, Value>>>> =>
  (WRITERS[kind] as unknown as MakeAny)(context);

type MakeAny = (context: Context) => Promise<Writer<Readonly<Record<string, Value>>>>;
