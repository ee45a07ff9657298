import { possessive } from "../../../../data/promotions/words.ts";
import type { Composer } from "../../say.ts";
import { checkLines, goOn } from "./draftParts.ts";

interface Move {
  readonly from: string;
  readonly from_account: string;
  readonly to: string;
  readonly to_account: string;
  readonly currency: string;
  readonly status: "requested" | "done";
  readonly requested_by: string | null;
  /** That of a colleague's request, which is turned down. */
  readonly decision?: "reject";
  readonly reason?: string | null;
  readonly counts: { readonly block: number };
}

export const composeMoveFunds: Composer = (say) => {
  const m = say.call.result as unknown as Move;
  const money = (path: string): string => say.fig(path, m.currency);
  const amount = money("/amount");
  const [from, to] = [possessive(m.from_account), possessive(m.to_account)];
  const way = `from ${from} ${m.from} to ${to} ${m.to}`;
  if (m.decision === "reject") {
    const why = m.reason ? "The reason you gave is kept with it." : "No reason is given; say one to add it.";
    say.p(
      `${m.requested_by} asked to move ${amount} ${way}. Finance would turn that down, and the money stays. ${why}`,
    );
    say.p(goOn(false, "turn it down"));
    return;
  }
  const asked = m.requested_by ? `, as ${m.requested_by} asked` : "";
  const what =
    m.status === "done"
      ? `${amount} would move ${way}${asked}.`
      : `Finance moves funds, so this is a request to move ${amount} ${way}.`;
  say.p(
    `${what} ${from} fund would then have ${money("/from_left_after")} left instead of ${money("/from_left")}, and ${to} ${money("/to_left_after")} instead of ${money("/to_left")}.`,
  );
  if (m.counts.block) checkLines(say, "/proposals/0");
  say.p(goOn(m.counts.block > 0, m.status === "done" ? "move it" : "send the request"));
};
