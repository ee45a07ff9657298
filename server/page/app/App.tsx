import { useEffect, useRef } from "react";
import { ErrorCatcher } from "../parts/ErrorCatcher.tsx";
import { Head } from "../parts/Head.tsx";
import { t } from "../words/text.ts";
import { ConversationProvider } from "./conversation.tsx";
import { DecisionDialog } from "./DecisionDialog.tsx";
import { Nav } from "./Nav.tsx";
import { linkTo, usePlace } from "./router.ts";
import { SessionProvider, useSession } from "./session.tsx";
import { viewOf } from "./views.tsx";

export function App() {
  return (
    <SessionProvider>
      <ForPerson />
    </SessionProvider>
  );
}

/** A conversation is its person's own: another person begins with hers. */
function ForPerson() {
  const { person } = useSession();
  return (
    <ConversationProvider key={person.id}>
      <Shell />
    </ConversationProvider>
  );
}

function Unknown() {
  return (
    <>
      <Head title={t("view.unknown")} />
      <a href={linkTo("chat")}>{t("view.toChat")}</a>
    </>
  );
}

function Shell() {
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const view = viewOf(place.view);
  const title = view ? t(view.title) : t("view.unknown");
  const where = `${place.view}/${place.id}`;
  const before = useRef(where);
  useEffect(() => {
    document.title = `${title} – ${t("app.name")}`;
    if (before.current === where) return;
    before.current = where;
    // A further view is read from its beginning, also by a screen reader.
    scrollTo(0, 0);
    if (place.view !== "chat") main.current?.focus({ preventScroll: true });
  }, [title, where, place.view]);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {t("app.skip")}
      </button>
      <Nav place={place} />
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className={place.view === "chat" ? "is-chat" : "is-view"}
        aria-label={title}
      >
        <ErrorCatcher key={where}>{view ? <view.Show place={place} /> : <Unknown />}</ErrorCatcher>
      </main>
      <DecisionDialog atChat={place.view === "chat"} />
    </div>
  );
}
