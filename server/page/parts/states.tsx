import type { ReactNode } from "react";
import type { PageError } from "../api/http.ts";
import { advice, t } from "../words/text.ts";

export function ErrorBox({ error, retry }: { readonly error: PageError; readonly retry?: () => void }) {
  return (
    <div className="failed">
      <div role="alert">
        <h2>{t("error.title")}</h2>
        <p>{error.message}</p>
        {advice(error.code) && <p>{advice(error.code)}</p>}
      </div>
      {retry && (
        <button type="button" className="quiet" onClick={retry}>
          {t("error.retry")}
        </button>
      )}
    </div>
  );
}

/** Nothing to show: why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 48 48" width="44" height="44" aria-hidden="true">
        <rect x="7" y="10" width="34" height="28" rx="5" fill="none" stroke="currentColor" strokeWidth="2.5" />
        <path d="M7 26h9l3 5h10l3-5h9" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinejoin="round" />
      </svg>
      <p className="title">{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}
