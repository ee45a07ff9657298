import { useConversation } from "../app/conversation.tsx";
import { t } from "../words/text.ts";
import { Card } from "./Card.tsx";

/** What waits for a decision in the conversation. @param decided called after a decision was made */
export function Waiting({ decided }: { readonly decided?: () => void }) {
  const { pending, busy, decide } = useConversation();
  if (!pending.length) return null;
  return (
    <section id="waiting" aria-label={t("waiting.name")}>
      <h2>{pending.length === 1 ? t("waiting.name") : t("waiting.many", { n: pending.length })}</h2>
      {pending.map((item) => (
        <Card
          key={item.id}
          item={item}
          busy={busy}
          decide={async (decision) => {
            if (await decide([decision])) decided?.();
          }}
        />
      ))}
      {pending.length > 1 && (
        <div className="decide all">
          <button
            type="button"
            className="quiet"
            disabled={busy || pending.some((item) => item.checks.some((check) => check.verdict === "block"))}
            onClick={async () => {
              if (await decide(pending.map(({ id }) => ({ id, approve: true })))) decided?.();
            }}
          >
            {t("waiting.approveAll", { n: pending.length })}
          </button>
          <button
            type="button"
            className="reject"
            disabled={busy}
            onClick={async () => {
              if (await decide(pending.map(({ id }) => ({ id, approve: false })))) decided?.();
            }}
          >
            {t("waiting.rejectAll", { n: pending.length })}
          </button>
        </div>
      )}
    </section>
  );
}
