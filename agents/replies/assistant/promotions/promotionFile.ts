import type { Composer, Say } from "../../say.ts";
import { quote } from "../accounts/quote.ts";
import { goOn } from "./draftParts.ts";

interface About {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
}
const label = (say: Say): string => {
  const { promotion, name, account } = say.call.result as unknown as About;
  return `${promotion}, ${name} (${account})`;
};

export const composeCommentPromotion: Composer = (say) => {
  say.p(`A comment on ${label(say)}, under the name of ${String(say.call.result.by)}: ${quote(say, "/quote")}`);
  say.p(goOn(false, "add it"));
};

/** How people call what is attached. */
export const KIND_WORDS: Readonly<Record<string, string>> = {
  leaflet: "leaflet page",
  photo: "photo",
  scan_report: "scan report",
  invoice: "invoice",
  mail: "mail",
  other: "proof",
};

export const composeAttachEvidence: Composer = (say) => {
  const { kind, link, media_type } = say.call.result as {
    kind: string;
    link: boolean;
    media_type: string | null;
  };
  const what = link
    ? `a link to ${quote(say, "/proof_quote")}, which is kept and not opened`
    : `the file ${quote(say, "/proof_quote")} (${media_type}, ${say.fig("/kilobytes", "count")} KB), of which a copy is kept`;
  const note = say.call.result.note_quote === null ? "" : ` Your note: ${quote(say, "/note_quote")}`;
  say.p(`To ${label(say)} I would attach, as ${KIND_WORDS[kind]}, ${what}.${note}`);
  say.p(goOn(false, "attach it"));
};

export const composeOverrideCheck: Composer = (say) => {
  const { rule, checks } = say.call.result as { rule: string; checks: readonly unknown[] };
  say.p(
    `${label(say)} would pass the check "${rule.replaceAll("_", " ")}", by your name and because ${quote(say, "/reason_quote")}. It stands in the audit log and ends when the promotion changes.`,
  );
  if (checks.length) say.p(`The check says: ${say.check("/checks/0")}`);
  else say.p("Nothing stands in its way by that check now; it would hold for what comes.");
  say.p(goOn(false, "override it"));
};
