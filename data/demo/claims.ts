import { addDays } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import type { Booked } from "./promotions.ts";
import { random } from "./random.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

type Claim = Omit<Tables["claim"][number], "id" | "code">;

/** How many of the claims that still stand open are wrong, by what is wrong with them. */
const WRONG = { above: 4, noProof: 3, unknown: 2 };

/**
 * What accounts ask for. Off-invoice is never claimed: it is off the invoice already. An honest claim is for what was
 * agreed and names its proof in `reference`; of a promotion that never stood on display nobody has one.
 */
export function claimRows(world: DemoWorld, booked: readonly Booked[]): Tables["claim"] {
  const rows: Claim[] = [];
  const claimed = booked.filter((b) => b.event.payment !== "off_invoice" && b.spend > 0);
  for (const b of claimed.filter(({ event }) => event.status === "closed")) rows.push(settled(b));
  const open = claimed.filter(({ event, end }) => event.status === "ended" && addDays(end, 5) <= world.frame.today);
  open.forEach((b, i) => {
    const claim = openClaim(world, b, i);
    if (claim) rows.push(claim);
  });
  rows.push(...deductions(world, booked), ...unknown(world));
  return rows
    .sort((x, y) => (x.date < y.date ? -1 : x.date > y.date ? 1 : x.account_id - y.account_id))
    .map((row, i) => ({ id: i + 1, code: `C-${2001 + i}`, ...row }));
}

const PROOF = {
  off_invoice: "invoice",
  bill_back: "sell-out report",
  scan_back: "scan data",
  lump_sum: "display photos",
  slotting: "planogram",
  mdf: "leaflet page",
} as const;

const referenceOf = (b: Booked): string =>
  `${ACCOUNTS[b.event.account]!.code}-${b.end.replaceAll("-", "")}; ${PROOF[b.event.payment]}`;

/** An old one, paid; now and then the account had asked for more, and got what was agreed. */
function settled(b: Booked): Claim {
  const draw = random("claim", b.id, b.start);
  const date = addDays(b.end, draw.int(6, 24));
  const above = draw.chance(0.07);
  return {
    account_id: b.event.account + 1,
    promotion_id: b.id,
    kind: "claim",
    currency: "EUR",
    date,
    amount_minor: above ? Math.round(b.spend * draw.uniform(1.05, 1.3)) : b.spend,
    status: above ? "part_paid" : "paid",
    settled_minor: b.spend,
    decided_by: "eva",
    decided_at: addDays(date, draw.int(3, 11)),
    reason: above ? "Paid what was agreed" : null,
    reference: referenceOf(b),
  };
}

/** One of the last weeks, not decided: most of them right. */
function openClaim(world: DemoWorld, b: Booked, turn: number): Claim | null {
  const draw = random("open claim", b.id, b.start);
  const date = addDays(b.end, draw.int(3, 20));
  if (date > world.frame.today) return null;
  const above = turn % 4 === 1 && turn < 4 * WRONG.above;
  const noProof = b.event.cause === "missing_display" || (turn % 4 === 3 && turn < 4 * WRONG.noProof);
  return {
    account_id: b.event.account + 1,
    promotion_id: b.id,
    kind: "claim",
    currency: "EUR",
    date,
    amount_minor: Math.round(b.spend * (above ? draw.uniform(1.12, 1.35) : 1)),
    status: "open",
    settled_minor: null,
    decided_by: null,
    decided_at: null,
    reason: null,
    reference: noProof ? null : referenceOf(b),
  };
}

/** Money that accounts took off their payments before anything was agreed: some for real promotions, some more than that. */
function deductions(world: DemoWorld, booked: readonly Booked[]): Claim[] {
  const draw = random("deductions");
  const recent = booked.filter(
    (b) => b.event.status === "ended" && b.event.payment === "off_invoice" && addDays(b.end, 4) <= world.frame.today,
  );
  return recent.slice(-4).map((b) => {
    const date = addDays(b.end, 4);
    return {
      account_id: b.event.account + 1,
      promotion_id: b.id,
      kind: "deduction",
      currency: "EUR",
      date,
      amount_minor: Math.round(b.spend * draw.uniform(0.1, 0.3)),
      status: "open",
      settled_minor: null,
      decided_by: null,
      decided_at: null,
      reason: "Taken for promotion price difference",
      reference: `Payment advice ${date.replaceAll("-", "")}`,
    };
  });
}

/** Claims for promotions that nobody at Alder knows. */
function unknown(world: DemoWorld): Claim[] {
  const draw = random("unknown claims");
  return Array.from({ length: WRONG.unknown }, (_, i) => {
    const date = addDays(world.frame.today, -draw.int(4, 30));
    return {
      account_id: [3, 4][i]!,
      promotion_id: null,
      kind: i === 0 ? "claim" : "deduction",
      currency: "EUR",
      date,
      amount_minor: 5000 * draw.int(20, 90),
      status: "open",
      settled_minor: null,
      decided_by: null,
      decided_at: null,
      reason: i === 0 ? "Autumn leaflet, page 6" : "Shelf-ready packaging fee",
      reference: i === 0 ? "P-0417" : null,
    } satisfies Claim;
  });
}
