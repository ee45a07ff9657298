import { atPointer, type Composer, type Say } from "../../say.ts";
import { checkLines, goOn } from "./draftParts.ts";
import { offer, support } from "./words.ts";

interface Promotion {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly start: string;
  readonly end: string;
  readonly feature: boolean;
  readonly display: boolean;
  readonly currency: string;
  readonly status: string;
  readonly reason?: string | null;
}

const promotionOf = (say: Say): Promotion => say.call.result as unknown as Promotion;

/** "P-1042, Kestrel 20 % at Albion (20 % off … at Albion Fresh, 1–14 June 2027, with no support)" */
function whole(say: Say): string {
  const p = promotionOf(say);
  const dates = say.period({ from: p.start, to: p.end });
  return `${p.promotion}, ${p.name} (${offer(say, "")} at ${p.account}, ${dates}, ${support(p)})`;
}

/** What it holds of its fund, where it holds anything. */
const money = (say: Say, path: string, words: (amount: string) => string): string => {
  const held = atPointer(say.call.result, path);
  return typeof held === "number" && held > 0 ? ` ${words(say.fig(path, promotionOf(say).currency))}` : "";
};

const because = (reason: string | null | undefined): string => (reason ? " The reason you gave is kept with it." : "");

export const composeCancelPromotion: Composer = (say) => {
  const { status, reason } = promotionOf(say);
  const released = money(say, "/released", (amount) => `${amount} go back to its fund.`);
  say.p(
    `${whole(say)} is ${status === "draft" ? "a draft" : status} and would be cancelled.${released}${because(reason)}`,
  );
  say.p(goOn(false, "cancel it"));
};

const blockedOf = (say: Say): boolean => (atPointer(say.call.result, "/counts/block") as number) > 0;

export const composeSubmitPromotion: Composer = (say) => {
  const holds = money(say, "/spend", (amount) => `It plans to take ${amount} from its fund.`);
  say.p(`${whole(say)} would go to the managers for approval.${holds}`);
  checksOf(say);
  say.p(goOn(blockedOf(say), "submit it"));
};

export const composeDecidePromotion: Composer = (say) => {
  const { decision, maker, reason } = say.call.result as {
    decision: string;
    maker: string | null;
    reason: string | null;
  };
  const by = maker ? `, made by ${maker},` : "";
  if (decision === "approve") {
    const holds = money(say, "/spend", (amount) => `${amount} of its fund would be committed.`);
    say.p(`${whole(say)}${by} would be approved.${holds}${because(reason)}`);
    checksOf(say);
    say.p(goOn(blockedOf(say), "approve it"));
    return;
  }
  const why = reason ? because(reason) : " No reason is named; tell me one and it is kept with it.";
  say.p(`${whole(say)}${by} would be rejected and become a draft again.${why}`);
  say.p(goOn(false, "reject it"));
};

/** The checks stand with the proposal, their counts beside it. */
function checksOf(say: Say): void {
  checkLines(say, "/proposals/0");
}
