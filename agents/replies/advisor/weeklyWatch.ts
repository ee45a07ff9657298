import { listed } from "../../../data/common/words.ts";
import type { Composer } from "../say.ts";
import type { RiskRow } from "./riskRow.ts";
import { KIND_WORDS, riskWords } from "./riskWords.ts";
import { counted } from "./words.ts";

interface Watch {
  readonly account: string | null;
  readonly as_of: string;
  readonly currency: string;
  readonly items: number;
  readonly shown: number;
  readonly kinds: readonly { readonly kind: string }[];
  readonly rows: readonly (RiskRow & { readonly action: { readonly words: string; readonly write: boolean } })[];
  readonly missing: readonly string[];
}

const URGENCY: Readonly<Record<string, string>> = { high: "urgent", medium: "soon", low: "to know" };

/** What needs attention, numbered, the worst first, each with the step to take. */
export const composeWatch: Composer = (say) => {
  const r = say.call.result as unknown as Watch;
  const where = r.account ? ` at ${r.account}` : "";
  if (!r.items) {
    say.p(`Nothing needs attention${where} as of ${say.date(r.as_of)}. ${r.missing.join(" ")}`.trim());
    return;
  }
  say.p(
    `**${counted(say, "/items", "thing")} ${r.items === 1 ? "needs" : "need"} attention${where}** as of ${say.date(r.as_of)}, ${say.fig("/high", "count")} of them urgently. ${r.shown < r.items ? "The first of them:" : ""}`.trim(),
  );
  say.p(
    r.rows
      .map((row, i) => {
        const name = `**${KIND_WORDS[row.kind] ?? row.kind}${r.account === null ? `, ${row.account}` : ""}** (${URGENCY[row.severity] ?? row.severity})`;
        return `${i + 1}. ${name}: ${riskWords(say, row, `/rows/${i}`)}. → ${row.action.words}${row.action.words.endsWith("?") ? "" : "."}`;
      })
      .join("\n"),
  );
  say.p('Say "do the first one" (or another number) and I take its step; what it would write waits for your yes.');
  const kinds = r.kinds.map(
    (row, at) => `${(KIND_WORDS[row.kind] ?? row.kind).toLowerCase()} (${say.fig(`/kinds/${at}/items`, "count")})`,
  );
  say.p(`**All of it.** ${listed(kinds)}.${r.missing.length ? ` ${r.missing.join(" ")}` : ""}`);
};
