import { Component, type ReactNode } from "react";
import { PageError } from "../api/http.ts";
import { t } from "../words/text.ts";
import { ErrorBox } from "./states.tsx";

/** A view that cannot be drawn says so, and the rest of the page goes on. */
export class ErrorCatcher extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <ErrorBox error={new PageError("internal", t("error.page"))} retry={() => this.setState({ failed: false })} />
    );
  }
}
