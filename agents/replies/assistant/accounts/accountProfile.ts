import { capital, listed } from "../../../../data/common/words.ts";
import { MECHANIC_WORDS, PAYMENT_WORDS } from "../../../../data/promotions/words.ts";
import type { Composer, Say } from "../../say.ts";
import { type Bonus, bonusWords } from "./bonusWords.ts";
import { quote } from "./quote.ts";
import { INFLUENCE, sentence } from "./words.ts";

interface Note {
  readonly kind: string;
  readonly date: string;
  readonly by: string | null;
  readonly next_step: string | null;
}
interface Profile {
  readonly account: string;
  readonly owner: string | null;
  readonly channel: string | null;
  readonly currency: string;
  readonly calendar: string;
  readonly as_of: string;
  readonly about: "terms" | "bonus" | "contacts" | null;
  readonly today: boolean;
  readonly bonus: Bonus | null;
  readonly terms_over_time: readonly { readonly start: string; readonly end: string }[];
  readonly contract: {
    readonly start: string;
    readonly end: string;
    readonly in_force: boolean;
    readonly usual_payment: keyof typeof PAYMENT_WORDS;
    readonly mechanics: readonly (keyof typeof MECHANIC_WORDS)[];
    readonly earliest_start: string;
    readonly blackouts: readonly { readonly start: string; readonly end: string; readonly reason: string }[];
    readonly lump_sums: readonly { readonly due: string }[];
  } | null;
  readonly contacts: readonly {
    readonly contact: string;
    readonly job: string;
    readonly email: string | null;
    readonly influence: string;
  }[];
  readonly decides: readonly string[];
  readonly funds: readonly {
    readonly fund: string;
    readonly start: string;
    readonly end: string;
    readonly currency: string;
  }[];
  readonly listings: { readonly brands: readonly { readonly brand: string }[] };
  readonly promotions: readonly { readonly status: string }[];
  readonly talks: readonly Note[];
  readonly next_steps: readonly Note[];
  readonly missing: readonly string[];
}

export const composeAccountProfile: Composer = (say) => {
  const r = say.call.result as unknown as Profile;
  const owner = r.owner ? `, ${r.owner}'s account` : "";
  const decides = r.decides.length ? ` ${listed(r.decides)} decide${r.decides.length === 1 ? "s" : ""} there.` : "";
  if (r.about) answer(say, r, r.about);
  say.p(`**${r.account}**${r.channel ? ` (${r.channel})` : ""}${owner}. It counts weeks by ${r.calendar}.${decides}`);
  if (!r.today) say.p(`As of ${say.date(r.as_of)}:`);
  if (r.contract) contract(say, r.contract, r.currency, r.today);
  if (r.bonus && r.about !== "bonus") say.list(bonusWords(say, r.bonus, "/bonus", r.currency));
  if (r.terms_over_time.length > 1) termsOverTime(say, r.terms_over_time);
  say.table(
    ["Contact", "Role", "Part in decisions", "Mail"],
    r.contacts.map((c) => [c.contact, c.job, INFLUENCE[c.influence] ?? c.influence, c.email ?? "–"]),
  );
  say.table(
    ["Fund", "Runs", "Amount", "Left"],
    r.funds.map((f, i) => [
      f.fund,
      say.period({ from: f.start, to: f.end }),
      say.fig(`/funds/${i}/amount`, f.currency),
      say.fig(`/funds/${i}/left`, f.currency),
    ]),
  );
  if (r.listings.brands.length) {
    const brands = r.listings.brands.map((b, i) => `${b.brand} ${say.fig(`/listings/brands/${i}/products`, "count")}`);
    say.p(`Listed: ${say.fig("/listings/products", "count")} products (${brands.join(", ")}).`);
  }
  if (r.promotions.length) {
    const states = r.promotions.map((p, i) => `${say.fig(`/promotions/${i}/n`, "count")} ${p.status}`);
    say.p(`Promotions: ${listed(states)}.`);
  }
  notes(say, "Last talks", "/talks", r.talks, "quote");
  notes(say, "Next steps", "/next_steps", r.next_steps, "next_step_quote");
  const missing = sentence("Missing", r.missing);
  if (missing) say.p(missing);
};

/** What was asked of the profile, before all the rest of it. */
function answer(say: Say, r: Profile, about: NonNullable<Profile["about"]>): void {
  if (about === "bonus") {
    if (r.bonus) say.p(bonusWords(say, r.bonus, "/bonus", r.currency).join(" "));
    else say.p(`The contract with ${r.account} names no bonus tiers, so there is no next one.`);
  } else if (about === "contacts") {
    const part = (influence: string): string =>
      listed(r.contacts.filter((c) => c.influence === influence).map((c) => `${c.contact} (${c.job})`));
    const [decides, influences] = [part("decides"), part("influences")];
    say.p(
      decides
        ? `At ${r.account} the decision is with ${decides}${influences ? `; ${influences} influence it` : ""}.`
        : `Who decides at ${r.account} is not in the store.`,
    );
  } else if (r.contract)
    say.p(
      `${r.account} pays within ${say.fig("/contract/payment_days", "days")} days, with ${say.fig("/contract/off_invoice_rate", "%")} off-invoice and ${say.fig("/contract/rebate_rate", "%")} rebate.`,
    );
}

function contract(say: Say, c: NonNullable<Profile["contract"]>, currency: string, today: boolean): void {
  const on = today ? "today" : "on that day";
  const force = c.in_force
    ? `The contract ${today ? "runs" : "then ran"}`
    : `No contract is in force ${on}; the nearest runs`;
  const mechanics = c.mechanics.map((m) => MECHANIC_WORDS[m].short);
  say.p(
    `${force} ${say.period({ from: c.start, to: c.end })}. It allows ${listed(mechanics)}, at most ${say.fig("/contract/deepest_discount", "%")} off, ` +
      `with ${say.fig("/contract/notice_days", "days")} days' notice: the first start from ${today ? "today" : "then"} is ${say.date(c.earliest_start)}.`,
  );
  say.list([
    `Terms: ${say.fig("/contract/off_invoice_rate", "%")} off-invoice, ${say.fig("/contract/rebate_rate", "%")} rebate, payment in ${say.fig("/contract/payment_days", "days")} days; promotions are usually paid ${PAYMENT_WORDS[c.usual_payment]}.`,
    ...(c.lump_sums.length
      ? [
          `Lump sums: ${c.lump_sums.map((sum, i) => `${say.fig(`/contract/lump_sums/${i}/amount`, currency)} due ${say.date(sum.due)} (${quote(say, `/contract/lump_sums/${i}/quote`)})`).join("; ")}.`,
        ]
      : []),
    ...(c.blackouts.length
      ? [
          `No promotions: ${c.blackouts.map((b) => `${say.period({ from: b.start, to: b.end })} (${capital(b.reason)})`).join("; ")}.`,
        ]
      : []),
  ]);
}

/** What held when, so that a change of terms is seen. */
function termsOverTime(say: Say, terms: Profile["terms_over_time"]): void {
  say.table(
    ["Terms", "Off-invoice", "Rebate", "Payment days", "Deepest discount"],
    terms.map((term, i) => {
      const at = `/terms_over_time/${i}`;
      return [
        say.period({ from: term.start, to: term.end }),
        say.fig(`${at}/off_invoice_rate`, "%"),
        say.fig(`${at}/rebate_rate`, "%"),
        say.fig(`${at}/payment_days`, "days"),
        say.fig(`${at}/deepest_discount`, "%"),
      ];
    }),
  );
}

function notes(say: Say, title: string, path: string, rows: readonly Note[], key: "quote" | "next_step_quote"): void {
  if (!rows.length) return;
  say.p(`**${title}**`);
  say.list(
    rows.map(
      (row, i) =>
        `${say.date(row.date)}, ${row.kind}${row.by ? `, ${row.by}` : ""}: ${quote(say, `${path}/${i}/${key}`)}`,
    ),
  );
}
