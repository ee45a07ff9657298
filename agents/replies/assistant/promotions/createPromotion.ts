import type { Composer, Say } from "../../say.ts";
import { type DraftJson, draftBlocks, draftSentence, goOn } from "./draftParts.ts";

/** More drafts than this are told in a table. */
const SECTIONS = 2;

/** New drafts that wait, one section each. */
export function composeDrafts(say: Say, head: (draft: DraftJson) => string): void {
  const drafts = say.call.result.proposals as readonly DraftJson[];
  if (drafts.length > SECTIONS) overview(say, drafts);
  else
    drafts.forEach((draft, i) => {
      draftBlocks(say, `/proposals/${i}`, head(draft));
    });
  const blocked = drafts.every((d) => d.counts.block > 0);
  if (drafts.length > 1)
    say.p(
      "Each of them waits for a yes of its own; nothing is written yet. Approve or reject them one by one, or tell me what to change.",
    );
  else say.p(goOn(blocked, "save it as a draft"));
}

/** Many drafts side by side: what each is expected to bring, and what its checks say. */
function overview(say: Say, drafts: readonly DraftJson[]): void {
  say.list(drafts.map((draft, i) => `**${draft.change.name}:** ${draftSentence(say, `/proposals/${i}`)}`));
  say.table(
    ["Draft", "Expected units", "Truly incremental", "Spend", "Net ROI", "In the way", "Worth knowing"],
    drafts.map(({ change }, i) => {
      const at = `/proposals/${i}`;
      return [
        change.name,
        say.figOr(`${at}/change/expected/units/mean`, "units"),
        say.figOr(`${at}/change/expected/true_incremental/mean`, "units"),
        say.figOr(`${at}/change/spend`, change.currency),
        say.figOr(`${at}/change/expected/net_roi/mean`, "ratio"),
        say.fig(`${at}/counts/block`, "count"),
        say.fig(`${at}/counts/warn`, "count"),
      ];
    }),
  );
  const lines = (verdict: string): string[] =>
    drafts.flatMap((draft, i) =>
      draft.checks.flatMap((c, k) =>
        c.verdict === verdict ? [`${draft.change.name}: ${say.check(`/proposals/${i}/checks/${k}`)}`] : [],
      ),
    );
  const blocks = lines("block");
  if (blocks.length) say.p("**This stands in the way:**").list(blocks);
  const warns = lines("warn");
  if (warns.length) say.p("**Worth knowing:**").list(warns);
  const assumed = [...new Set(drafts.flatMap((d) => d.assumptions))];
  if (assumed.length) say.p("Taken without asking:").list(assumed);
}

export const composeCreatePromotion: Composer = (say) => {
  const { series } = say.call.result as { series: string | null };
  if (series) say.p(`A series over several accounts, tied as "${series}".`);
  composeDrafts(say, (draft) => `**Draft: ${draft.change.name}.**`);
};
