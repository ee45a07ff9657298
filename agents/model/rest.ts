import type { Call } from "../answer.ts";
import { type Decision, type Lexicon, next, type PlannedCall, type PlannerContext } from "../planner/index.ts";

/**
 * What of the planner's plan is still to do in a turn that a language model began and could not finish: nothing that was
 * read or proposed already is done again, and a second step goes on from the first one's results.
 */
export function restOf(plan: Decision, calls: readonly Call[], context: PlannerContext): Decision | null {
  const done = calls.filter((call) => call.status !== "error");
  if (done.length === 0) return plan;
  if (plan.kind !== "calls") return null;
  const open = [...done];
  const left = plan.calls.flatMap((whole) => {
    const planned = withoutDone(whole, done, context.lexicon);
    if (!planned) return [];
    const at = open.findIndex((call) => isSame(call, planned, context.lexicon));
    if (at >= 0 && !Array.isArray(open[at]!.args.accounts)) open.splice(at, 1);
    return at < 0 ? [planned] : [];
  });
  if (left.length) return { ...plan, calls: left };
  if (!plan.followUp || done.some((call) => call.tool === plan.followUp?.tool)) return null;
  const first = done.findLast((call) => plan.calls.some(({ tool }) => tool === call.tool));
  return first ? next(plan, [first], context) : null;
}

/** A call for several accounts, for those that the tool was not called for yet; null where it was called for all. */
function withoutDone(planned: PlannedCall, done: readonly Call[], lexicon: Lexicon): PlannedCall | null {
  const { accounts, ...args } = planned.args;
  if (!Array.isArray(accounts)) return planned;
  const made = new Set(
    done.filter(({ tool }) => tool === planned.tool).flatMap((call) => [...accountsOf(call.args, lexicon)]),
  );
  const left = accounts.filter((account) => ![...accountsOf({ account }, lexicon)].some((id) => made.has(id)));
  if (left.length === 0) return null;
  if (left.length === accounts.length) return planned;
  return { ...planned, args: left.length === 1 ? { ...args, account: left[0] } : { ...args, accounts: left } };
}

/** The same tool about the same accounts and promotion; what one of them leaves open does not tell them apart. */
function isSame(call: Call, planned: PlannedCall, lexicon: Lexicon): boolean {
  if (call.tool !== planned.tool) return false;
  const [made, meant] = [accountsOf(call.args, lexicon), accountsOf(planned.args, lexicon)];
  if (made.size && meant.size && ![...meant].every((account) => made.has(account))) return false;
  const [one, other] = [call.args, planned.args].map(({ promotion }) => String(promotion ?? "").toUpperCase());
  return !one || !other || one === other || !isCode(one) || !isCode(other);
}

const isCode = (text: string): boolean => /^P-\d+$/.test(text);

/** The accounts that arguments name, by id; those that the store does not know by that name are left out. */
function accountsOf({ account, accounts }: Readonly<Record<string, unknown>>, lexicon: Lexicon): Set<number> {
  const named = [account, ...(Array.isArray(accounts) ? accounts : [])].filter((name) => name !== undefined);
  return new Set(
    named.flatMap((name) => {
      const said = String(name).toLowerCase();
      const found = lexicon.accounts.find((a) =>
        [String(a.id), a.name, ...a.aliases].some((known) => known.toLowerCase() === said),
      );
      return found ? [found.id] : [];
    }),
  );
}
