import { useEffect, useId, useState } from "react";
import { t, termOf } from "../words/text.ts";
import { useConversation } from "./conversation.tsx";
import { linkTo, type Place } from "./router.ts";
import { useSession } from "./session.tsx";
import { setTheme, type Theme, useTheme } from "./theme.ts";
import { GROUPS } from "./views.tsx";

/** The frame around every view: where one can go, who looks, and the theme. */
export function Nav({ place }: { readonly place: Place }) {
  const [open, setOpen] = useState(false);
  const { pending } = useConversation();
  const { tools } = useSession();
  const menu = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a small screen closes where one went somewhere
  useEffect(() => setOpen(false), [place]);
  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setOpen(false);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [open]);
  return (
    <header className={open ? "side open" : "side"}>
      <div className="brand">
        <a href={linkTo("chat")} className="name">
          <Logo />
          {t("app.name")}
        </a>
        <button type="button" className="menu" aria-expanded={open} aria-controls={menu} onClick={() => setOpen(!open)}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <path
              d={open ? "M6 6l12 12M18 6L6 18" : "M4 7h16M4 12h16M4 17h16"}
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
            />
          </svg>
          <span className="unseen">{t("app.menu")}</span>
        </button>
      </div>
      <div className="drawer" id={menu}>
        <nav aria-label={t("app.views")}>
          {GROUPS.map(({ title, views }) => (
            <section key={title} aria-label={t(title)}>
              <p aria-hidden="true">{t(title)}</p>
              <ul>
                {views
                  .filter(({ needs }) => !needs || tools.includes(needs))
                  .map((view) => (
                    <li key={view.name}>
                      <a href={linkTo(view.name)} aria-current={place.view === view.name ? "page" : undefined}>
                        <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
                          <path
                            d={view.icon}
                            fill="none"
                            stroke="currentColor"
                            strokeWidth="1.8"
                            strokeLinecap="round"
                            strokeLinejoin="round"
                          />
                        </svg>
                        {t(view.title)}
                        {view.name === "chat" && pending.length > 0 && (
                          <span className="badge">
                            {pending.length}
                            <span className="unseen"> {t("nav.waiting")}</span>
                          </span>
                        )}
                      </a>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </nav>
        <Who />
      </div>
    </header>
  );
}

function Who() {
  const { person, people, become } = useSession();
  const { busy } = useConversation();
  const { theme } = useTheme();
  const [who, look] = [useId(), useId()];
  return (
    <div className="who">
      <label htmlFor={who}>{t("who.label")}</label>
      <select id={who} value={person.id} disabled={busy} onChange={(event) => become(event.target.value)}>
        {people.map((one) => (
          <option key={one.id} value={one.id}>
            {t("who.person", { name: one.name, role: termOf("person", one.role) })}
          </option>
        ))}
      </select>
      <label htmlFor={look}>{t("theme.label")}</label>
      <select id={look} value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
        <option value="auto">{t("theme.auto")}</option>
        <option value="light">{t("theme.light")}</option>
        <option value="dark">{t("theme.dark")}</option>
      </select>
    </div>
  );
}

function Logo() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" width="26" height="26">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path
        d="M9 21l5-6 4 4 6-8"
        fill="none"
        stroke="var(--paper)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
