import { listed } from "../../../../data/common/words.ts";
import { atPointer, type Composer } from "../../say.ts";
import { checkLines, goOn } from "./draftParts.ts";

interface Closing {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly start: string;
  readonly end: string;
  readonly currency: string;
  readonly to: "closed" | "requested";
  readonly reason: string | null;
  readonly disputed_claims: readonly string[];
  readonly requested_by: string | null;
  readonly counts: { readonly block: number };
}

export const composeClosePromotion: Composer = (say) => {
  const p = say.call.result as unknown as Closing;
  const label = `${p.promotion}, ${p.name} (${p.account}, ${say.period({ from: p.start, to: p.end })})`;
  const asks = p.to === "requested";
  say.p(
    asks
      ? `Finance or a manager closes a promotion: I would leave them the request to close ${label}.`
      : `${label} has ended and would be closed.${p.requested_by ? ` ${p.requested_by} asked for it.` : ""}`,
  );
  const amount = (path: string): string | null =>
    (atPointer(say.call.result, path) as number) > 0 ? say.fig(path, p.currency) : null;
  const [settled, released] = [amount("/settled"), amount("/released")];
  const money = [
    settled ? `${settled} of it is settled` : "nothing of it is settled",
    released ? `${released} that it did not need would go back to its fund` : "nothing is left to go back to its fund",
  ];
  say.p(`Its money: ${money.join("; ")}. A claim that comes later is paid out of the fund.`);
  if (p.disputed_claims.length)
    say.p(`${listed(p.disputed_claims)} stays disputed; what is agreed on later is paid out of the fund.`);
  if (p.reason) say.p("The reason you gave is kept with it.");
  checkLines(say, "/proposals/0");
  say.p(goOn(p.counts.block > 0, asks ? "leave the request" : "close it"));
};
