import type { ComponentType } from "react";
import { Chat } from "../chat/Chat.tsx";
import { Audit } from "../views/Audit.tsx";
import { Account } from "../views/account/Account.tsx";
import { Budget } from "../views/Budget.tsx";
import { Claims } from "../views/Claims.tsx";
import { Calendar } from "../views/calendar/Calendar.tsx";
import { Guardrails } from "../views/Guardrails.tsx";
import { Promotions } from "../views/promotions/Promotions.tsx";
import { Reports } from "../views/Reports.tsx";
import { Scenarios } from "../views/Scenarios.tsx";
import { Signals } from "../views/Signals.tsx";
import { Watch } from "../views/Watch.tsx";
import type { TextKey } from "../words/text.ts";
import type { Place } from "./router.ts";

export interface View {
  readonly name: string;
  readonly title: TextKey;
  /** The outline of its picture, in a square of 24. */
  readonly icon: string;
  /** The READ tool without which there is nothing to show. */
  readonly needs?: string;
  readonly Show: ComponentType<{ readonly place: Place }>;
}

/** Every view of the page, as the navigation groups them. */
export const GROUPS: readonly { readonly title: TextKey; readonly views: readonly View[] }[] = [
  {
    title: "nav.ask",
    views: [
      { name: "chat", title: "view.chat", icon: "M4 5h16v11H9l-5 4z", Show: Chat },
      {
        name: "watch",
        title: "view.watch",
        icon: "M12 4a6 6 0 0 1 6 6v4l2 3H4l2-3v-4a6 6 0 0 1 6-6zM10 20h4",
        Show: Watch,
      },
    ],
  },
  {
    title: "nav.plan",
    views: [
      { name: "promotions", title: "view.promotions", icon: "M4 6h16M4 12h16M4 18h10", Show: Promotions },
      { name: "calendar", title: "view.calendar", icon: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4", Show: Calendar },
      { name: "scenarios", title: "view.scenarios", icon: "M6 20V10M12 20V4M18 20v-7", Show: Scenarios },
    ],
  },
  {
    title: "nav.money",
    views: [
      {
        name: "budget",
        title: "view.budget",
        icon: "M12 3v18M16 7.5C16 6 14.5 5 12 5S8 6 8 8s2 3 4 3.500S16 13 16 15.500 14.500 19 12 19s-4-1-4-2.500",
        Show: Budget,
      },
      { name: "claims", title: "view.claims", icon: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6", Show: Claims },
    ],
  },
  {
    title: "nav.market",
    views: [
      { name: "account", title: "view.account", icon: "M4 20V9l8-5 8 5v11M9 20v-6h6v6", Show: Account },
      {
        name: "signals",
        title: "view.signals",
        icon: "M5 19a9 9 0 0 1 0-14M19 5a9 9 0 0 1 0 14M8.500 16a5 5 0 0 1 0-8M15.500 8a5 5 0 0 1 0 8M12 12h.01",
        Show: Signals,
      },
    ],
  },
  {
    title: "nav.control",
    views: [
      {
        name: "guardrails",
        title: "view.guardrails",
        needs: "find_policies",
        icon: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z",
        Show: Guardrails,
      },
      { name: "reports", title: "view.reports", icon: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6", Show: Reports },
      { name: "audit", title: "view.audit", needs: "audit_trail", icon: "M12 7v5l3 2M12 3a9 9 0 1 0 9 9", Show: Audit },
    ],
  },
];

export const viewOf = (name: string): View | undefined =>
  GROUPS.flatMap(({ views }) => views).find((view) => view.name === name);
