import { easterSunday } from "../common/calendar.ts";
import { addDays } from "../common/dates.ts";
import { toMinor } from "../common/money.ts";
import { ACCOUNTS, type AccountSpec, PEOPLE } from "./accounts.ts";
import { blackoutOf, type Frame, HISTORY } from "./frame.ts";
import { BRANDS, CATEGORIES, PRODUCTS } from "./products.ts";
import { CASE } from "./shipments.ts";
import type { Tables } from "./tables.ts";

/** Off-invoice rates were half a point lower under the contracts that came before. */
const EARLIER = 0.005;

/** The terms of an account in force at a date. */
export const offInvoiceAt = (frame: Frame, account: AccountSpec, date: string): number =>
  date.slice(0, 4) < frame.today.slice(0, 4) ? account.offInvoice - EARLIER : account.offInvoice;

/** What everything else refers to. Ids are the index in the lists plus one. */
export function masterData(frame: Frame): Partial<Tables> {
  return {
    person: PEOPLE,
    account: ACCOUNTS.map((a, i) => ({
      id: i + 1,
      code: a.code,
      name: a.name,
      channel: a.channel,
      country: a.country,
      currency: "EUR",
      vat_rate: a.vat,
      calendar: a.calendar,
      own_week1: null,
      owner_id: a.owner,
    })),
    account_alias: ACCOUNTS.flatMap((a, i) => a.aliases.map((alias) => ({ alias, account_id: i + 1 }))),
    ...contracts(frame),
    contact: ACCOUNTS.flatMap((a, i) =>
      a.contacts.map(([name, title, influence], k) => ({
        id: 10 * i + k + 1,
        account_id: i + 1,
        name,
        title,
        email: emailOf(name, a.short),
        influence,
      })),
    ),
    category: CATEGORIES.map(({ name }, i) => ({ id: i + 1, name })),
    brand: BRANDS.map(({ name, category }, i) => ({ id: i + 1, name, category_id: category + 1 })),
    product: PRODUCTS.map((p, i) => ({
      id: i + 1,
      code: `AF-${100 * (p.brand + 1) + (i % 100)}`,
      name: p.name,
      brand_id: p.brand + 1,
      pack_size: p.pack,
      pack_unit: p.packUnit,
      cost_minor: toMinor(p.cost),
      list_price_minor: toMinor(p.list),
      currency: "EUR",
      launched: p.launchedWeeksAgo ? frame.weeks[HISTORY - p.launchedWeeksAgo]! : null,
      units_per_case: CASE,
      delisted: p.delistedWeeksAgo ? addDays(frame.weeks[HISTORY - p.delistedWeeksAgo]!, -1) : null,
    })),
    listing: frame.listings.flatMap((row, a) =>
      row.flatMap((listing, p) =>
        listing
          ? [
              {
                account_id: a + 1,
                product_id: p + 1,
                start: listing.from === 0 ? `${frame.years[0]! - 2}-01-01` : frame.weeks[listing.from]!,
                end: listing.to < frame.weeks.length ? addDays(frame.weeks[listing.to]!, 6) : null,
              },
            ]
          : [],
      ),
    ),
    holiday: frame.years.flatMap(holidaysOf),
  };
}

/** Two contracts each: the one of this year and the next, and the one before; a blackout for every Christmas in them. */
function contracts(frame: Frame): Pick<Tables, "contract" | "contract_mechanic" | "contract_blackout"> {
  const year = Number(frame.today.slice(0, 4));
  const terms = ACCOUNTS.flatMap((account, a) =>
    [
      { start: `${frame.years[0]}-01-01`, end: `${year - 1}-12-31` },
      { start: `${year}-01-01`, end: `${year + 1}-12-31` },
    ].map((period, k) => ({ ...period, id: 2 * a + k + 1, a, account })),
  );
  return {
    contract: terms.map(({ id, a, account, start, end }) => ({
      id,
      account_id: a + 1,
      start,
      end,
      off_invoice_rate: offInvoiceAt(frame, account, start),
      rebate_rate: account.rebate,
      payment_days: account.paymentDays,
      usual_payment: account.usualPayment,
      max_discount: account.maxDiscount,
      notice_days: account.noticeDays,
    })),
    contract_mechanic: terms.flatMap(({ id, account }) =>
      account.mechanics.map((mechanic) => ({ contract_id: id, mechanic })),
    ),
    contract_blackout: terms.flatMap(({ id, start, end }) =>
      frame.years
        .map((y) => blackoutOf(y))
        .filter(({ from }) => from >= start && from <= end)
        .map(({ from, to }) => ({
          id: 100 * id + (Number(from.slice(0, 4)) % 100),
          contract_id: id,
          start: from,
          end: to,
          reason: "Four weeks before Christmas",
        })),
    ),
  };
}

const emailOf = (name: string, company: string): string =>
  `${name
    .normalize("NFD")
    .replace(/[^A-Za-z ]/g, "")
    .toLowerCase()
    .replaceAll(" ", ".")}@${company.toLowerCase()}.example`;

/** Public holidays of the countries that the accounts are in. */
function holidaysOf(year: number): Tables["holiday"] {
  const easter = easterSunday(year);
  const all: readonly (readonly [date: string, name: string, countries: string])[] = [
    [`${year}-01-01`, "New Year's Day", "NL BE DE FR"],
    [addDays(easter, -2), "Good Friday", "DE"],
    [easter, "Easter Sunday", "NL BE DE FR"],
    [addDays(easter, 1), "Easter Monday", "NL BE DE FR"],
    [`${year}-04-27`, "King's Day", "NL"],
    [`${year}-05-01`, "Labour Day", "BE DE FR"],
    [addDays(easter, 39), "Ascension Day", "NL BE DE FR"],
    [addDays(easter, 50), "Whit Monday", "NL BE DE FR"],
    [`${year}-07-14`, "Bastille Day", "FR"],
    [`${year}-07-21`, "National Day", "BE"],
    [`${year}-08-15`, "Assumption", "BE FR"],
    [`${year}-10-03`, "German Unity Day", "DE"],
    [`${year}-11-01`, "All Saints' Day", "BE FR"],
    [`${year}-11-11`, "Armistice Day", "BE FR"],
    [`${year}-12-25`, "Christmas Day", "NL BE DE FR"],
    [`${year}-12-26`, "Second Christmas Day", "NL DE"],
  ];
  return all.flatMap(([date, name, countries]) => countries.split(" ").map((country) => ({ date, name, country })));
}
