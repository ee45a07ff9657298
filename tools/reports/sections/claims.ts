import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { assessedClaims } from "../../../data/claims/claims.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import type { Section } from "../report.ts";
import { section } from "../section.ts";
import { money, type Reader, text } from "./columns.ts";

/** Open claims as they stand today, with what speaks against them. */
export async function claimSection({ store }: Reader, accounts: readonly VisibleAccount[]): Promise<Section> {
  const open = (await assessedClaims(store, accounts)).filter((c) => c.status === "open");
  return section({
    id: "claims",
    title: "Open claims",
    columns: [
      text("claim", "Claim"),
      { key: "date", label: "Date", unit: "date" },
      text("promotion", "Promotion"),
      money("amount", "Amount"),
      text("doubts", "Speaks against it"),
    ],
    rows: open.map((c) => ({
      claim: c.code,
      date: c.date,
      promotion: c.promotion,
      amount: toMajor(c.amount_minor),
      currency: c.currency,
      doubts: c.doubts.map((d) => d.replaceAll("_", " ")).join("; "),
    })),
    words: ["Open: ", { rows: true }, ", ", { column: "amount", unknown: "an unknown amount" }, " together."],
    empty: "No claim is open.",
    source: "claims",
  });
}
