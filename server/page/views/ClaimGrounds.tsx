import { formatFigure } from "../../../data/common/format.ts";
import { useRead } from "../api/useRead.ts";
import { Fold } from "../parts/Fold.tsx";
import { Panel } from "../parts/Panel.tsx";
import { Ready } from "../parts/Ready.tsx";
import { t } from "../words/text.ts";

/** What speaks for and against paying a claim, as find_claims judges one. */
export interface Judged {
  readonly grounds: readonly { readonly rule: string; readonly side: string; readonly message: string }[];
  readonly suggestion: { readonly agreed: number | null; readonly executed: number | null } | null;
}

interface Letter {
  readonly letter: { readonly text: string } | null;
}

/** The grounds, what was agreed and executed, and the letter that would say so. */
export function ClaimGrounds({
  id,
  judged,
  currency,
}: {
  readonly id: string;
  readonly judged: Judged;
  readonly currency: string;
}) {
  const { grounds, suggestion } = judged;
  const money = (value: number | null): string => (value === null ? "–" : formatFigure(value, currency));
  return (
    <>
      {grounds.length > 0 && (
        <Panel title={t("claims.grounds")}>
          <ul className="checks">
            {grounds.map(({ rule, side, message }) => (
              <li key={rule} className={side === "against" ? "warn" : "pass"}>
                <span className="mark" aria-hidden="true">
                  {side === "against" ? "!" : "✓"}
                </span>
                <span className="unseen">{t(side === "against" ? "claims.against" : "claims.for")}: </span>
                <span>{message}</span>
              </li>
            ))}
          </ul>
          {suggestion && (
            <p className="soft">
              {t("claims.suggestion", { agreed: money(suggestion.agreed), executed: money(suggestion.executed) })}
            </p>
          )}
        </Panel>
      )}
      <Fold title={t("claims.letter")}>
        <LetterText id={id} />
      </Fold>
    </>
  );
}

function LetterText({ id }: { readonly id: string }) {
  const found = useRead<Letter>("claim_letter", { claim: id });
  return (
    <Ready of={found}>
      {({ letter }) =>
        letter ? <p className="letter">{letter.text}</p> : <p className="soft">{t("state.nothing")}</p>
      }
    </Ready>
  );
}
