import { contactsFor } from "../../../data/accounts/profile.service.ts";
import { nextSteps } from "../../../data/activities/activities.service.ts";
import { assessedClaims } from "../../../data/claims/claims.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { fundsIn } from "../../../data/funds/funds.service.ts";
import type { EventResult } from "../../../data/results/results.service.ts";
import { quoteParts } from "../../assistant/accounts/quotes.ts";
import type { ToolContext } from "../../define.ts";
import { rankBy, sumBy } from "../frames.ts";
import type { Scope } from "../scope.ts";

const MOST = 3;
/** Fewer promotions than this are no pattern. */
const PATTERN = 3;

/** What has paid, promotion by promotion and as a pattern (brand and support), best first; what did not, worst first. */
export async function whatWorked(events: readonly EventResult[]) {
  const priced = events.filter((event) => event.incremental_profit !== null && event.net_roi !== null);
  const ranked = await rankBy(priced, (event) => event.net_roi, "highest");
  const named = (event: EventResult) => ({
    promotion: event.promotion,
    name: event.name,
    start: event.start,
    end: event.end,
    net_roi: event.net_roi!,
    uplift: event.uplift,
    spend: event.spend,
    true_incremental: event.true_incremental,
    low: event.low,
    high: event.high,
  });
  const groups = await sumBy(
    priced,
    (event) => JSON.stringify([event.brand ?? "several brands", supportWords(event)]),
    { spend: (e) => e.spend, profit: (e) => e.incremental_profit! },
  );
  const patterns = groups
    .filter((group) => group.n >= PATTERN && group.sums.spend! > 0)
    .map((group) => {
      const [brand, support] = JSON.parse(group.key) as [string, string];
      const { spend, profit } = group.sums as { spend: number; profit: number };
      return { brand, support, promotions: group.n, spend, net_roi: (profit - spend) / spend };
    })
    .toSorted((a, b) => b.net_roi - a.net_roi);
  return {
    evaluated: priced.length,
    worked: ranked
      .filter((event) => event.net_roi! > 0)
      .slice(0, MOST)
      .map(named),
    failed: ranked
      .filter((event) => event.net_roi! <= 0)
      .slice(-MOST)
      .reverse()
      .map(named),
    patterns: {
      best: patterns.filter((p) => p.net_roi > 0).slice(0, MOST),
      worst: patterns
        .filter((p) => p.net_roi < 0)
        .slice(-MOST)
        .reverse(),
    },
  };
}

const supportWords = (event: EventResult): string =>
  event.display && event.feature
    ? "display and feature"
    : event.display
      ? "display"
      : event.feature
        ? "feature"
        : "no support";

/** What is open between us: claims, next steps, and who decides. */
export async function openBetweenUs({ actor, store }: ToolContext, scope: Scope) {
  const account = scope.account!;
  const open = (await assessedClaims(store, [account])).filter((claim) => claim.status === "open");
  const steps = await nextSteps(store, account, 2 * MOST);
  const contacts = await contactsFor(store, account);
  const funds = await fundsIn(actor, store, [account.id]);
  return {
    claims: {
      open: open.length,
      amount: open.reduce((sum, claim) => sum + toMajor(claim.amount_minor), 0),
      doubted: open.filter((claim) => claim.doubts.length).length,
      doubted_amount: open
        .filter((claim) => claim.doubts.length)
        .reduce((sum, claim) => sum + toMajor(claim.amount_minor), 0),
      rows: open.slice(0, MOST).map((claim) => ({
        claim: claim.code,
        amount: toMajor(claim.amount_minor),
        date: claim.date,
        promotion: claim.promotion,
        doubts: claim.doubts,
      })),
    },
    next_steps: steps.map((step) => ({
      date: step.date,
      due: step.due,
      late: step.due !== null && step.due < store.today,
      quote: quoteParts(step.next_step!),
    })),
    decides: contacts.filter((c) => c.influence === "decides").map((c) => ({ contact: c.name, job: c.title })),
    influences: contacts.filter((c) => c.influence === "influences").map((c) => ({ contact: c.name, job: c.title })),
    funds: funds.map((fund) => ({ fund: fund.fund, left: fund.left, amount: fund.amount, end: fund.end })),
  };
}
