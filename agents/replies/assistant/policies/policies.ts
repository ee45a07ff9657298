import { capital, either } from "../../../../data/common/words.ts";
import { atPointer, type Composer, type Say } from "../../say.ts";
import { quote } from "../accounts/quote.ts";
import { goOn } from "../promotions/draftParts.ts";

interface Policy {
  readonly policy: number;
  readonly words: string;
  readonly account: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly unit: string;
  readonly bound: "most" | "least" | null;
  readonly severity: "warn" | "block" | "off";
  readonly from: string;
  readonly proposed_by: string | null;
  readonly proposed_on: string;
  readonly decided_by: string | null;
  readonly overridden_by: readonly string[];
}

const scopeOf = (p: Pick<Policy, "account" | "brand" | "category">): string =>
  p.account ?? p.brand ?? p.category ?? "everybody";
const SEVERITY: Readonly<Record<Policy["severity"], string>> = { warn: "warns", block: "blocks", off: "is off" };
/** Before this day a rule has always been. */
const ALWAYS = "2000-01-01";

export const composeFindPolicies: Composer = (say) => {
  const result = say.call.result as unknown as {
    account: string | null;
    guardrails: readonly Policy[];
    approvals: readonly Policy[];
    proposals: readonly Policy[];
    only_proposals: boolean;
  };
  const { guardrails, approvals, proposals } = result;
  if (approvals.length) {
    say.p(`**Who approves${result.account ? ` at ${result.account}` : ""}:**`);
    say.list(
      approvals.map(
        (p, i) =>
          `${capital(p.words)}: ${p.severity === "off" ? "none" : say.fig(`/approvals/${i}/value`, p.unit)} (for ${scopeOf(p)}, version ${say.fig(`/approvals/${i}/version`, "count")})`,
      ),
    );
    say.p("Two approvals are two people's; nobody approves a promotion that she made or changed last.");
  }
  if (guardrails.length) {
    say.p(`**Guardrails${result.account ? ` for ${result.account}` : ""}:**`);
    say.table(
      ["Rule", "Limit", "For", "What it does", "Since", "Version", "Who may override"],
      guardrails.map((p, i) => [
        capital(p.words),
        `${p.bound === "least" ? "at least " : "at most "}${say.fig(`/guardrails/${i}/value`, p.unit)}${p.unit === "days" || p.unit === "weeks" ? ` ${p.unit}` : ""}`,
        scopeOf(p),
        SEVERITY[p.severity],
        p.from === ALWAYS ? "always" : say.date(p.from),
        say.fig(`/guardrails/${i}/version`, "count"),
        p.overridden_by.length ? either(p.overridden_by) : "–",
      ]),
    );
  }
  if (!guardrails.length && !approvals.length && !result.only_proposals) say.p("No rule of that kind is set.");
  if (proposals.length) {
    say.p("**Proposed, and waiting for a second person:**");
    say.list(proposals.map((p, i) => proposal(say, p, `/proposals/${i}`)));
  } else if (result.only_proposals) say.p("No change of a policy waits for a decision.");
};

const proposal = (say: Say, p: Policy, at: string): string =>
  `Policy ${say.fig(`${at}/policy`, "count")}: ${p.words}, ${say.fig(`${at}/value`, p.unit)} for ${scopeOf(p)}, which ${SEVERITY[p.severity]}, from ${say.date(p.from)}; by ${p.proposed_by} on ${say.date(p.proposed_on)}`;

export const composeSetPolicy: Composer = (say) => {
  const r = say.call.result as unknown as Policy & {
    readonly step: "propose" | "approve" | "reject";
    readonly name: string;
    readonly now: { readonly severity: string } | null;
  };
  if (r.step !== "propose") {
    const said = proposal(say, { ...r, words: r.name }, "");
    say.p(r.step === "approve" ? `This would be in force: ${said}.` : `This would be turned down: ${said}.`);
    say.p(goOn(false, r.step === "approve" ? "put it in force" : "turn it down"));
    return;
  }
  const was =
    r.now === null
      ? ""
      : ` Now it is ${say.fig("/now/value", r.unit)}, which ${SEVERITY[r.now.severity as Policy["severity"]]}.`;
  say.p(
    `Policy for the ${r.name}: ${say.fig("/value", r.unit)} for ${scopeOf(r)}, which ${SEVERITY[r.severity]}, from ${say.date(r.from)}.${was}`,
  );
  if (atPointer(say.call.result, "/reason_quote") !== null) say.p(`Your reason: ${quote(say, "/reason_quote")}`);
  say.p("You propose it; another manager or finance puts it in force, and until then nothing changes.");
  say.p(goOn(false, "propose it"));
};
