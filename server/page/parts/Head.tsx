import type { ReactNode } from "react";
import { linkTo } from "../app/router.ts";
import { t } from "../words/text.ts";

interface HeadProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** A question that the chat is asked from here. */
  readonly ask?: string;
  readonly children?: ReactNode;
}

/** The head of a view: what it shows, a way to ask about it, and its filters. */
export function Head({ title, lead, ask, children }: HeadProps) {
  return (
    <header className="head">
      <div className="line">
        <div>
          <h1>{title}</h1>
          {lead && <p className="soft">{lead}</p>}
        </div>
        {ask && (
          <a className="button" href={linkTo("chat", "", { ask })}>
            {t("head.ask")}
          </a>
        )}
      </div>
      {children && <div className="filters">{children}</div>}
    </header>
  );
}
