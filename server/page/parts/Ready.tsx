import type { ReactNode } from "react";
import type { Reading } from "../api/useRead.ts";
import { t } from "../words/text.ts";
import { ErrorBox } from "./states.tsx";

/** What is being read, could not be read, or is there. */
export function Ready<T>({ of, children }: { readonly of: Reading<T>; readonly children: (data: T) => ReactNode }) {
  if (of.state === "loading")
    return (
      <div className="skeleton" role="status">
        <span className="unseen">{t("state.loading")}</span>
        <i />
        <i />
        <i />
        <i />
      </div>
    );
  if (of.state === "error") return <ErrorBox error={of.error} retry={of.retry} />;
  return children(of.data);
}
