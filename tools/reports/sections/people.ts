import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { contactsFor } from "../../../data/accounts/profile.service.ts";
import { nextSteps } from "../../../data/activities/activities.service.ts";
import type { Section } from "../report.ts";
import { section } from "../section.ts";
import { type Reader, text } from "./columns.ts";

const STEPS = 10;

/** Who is who at an account, and the next steps that were agreed. */
export async function peopleSections({ store }: Reader, account: VisibleAccount): Promise<Section[]> {
  return [
    section({
      id: "people",
      title: "People",
      columns: [text("name", "Name"), text("job", "Role"), text("influence", "Part in decisions")],
      rows: (await contactsFor(store, account)).map((c) => ({ ...c, job: c.title })),
      empty: "No contacts are in the store.",
      source: "contacts",
    }),
    section({
      id: "next_steps",
      title: "Next steps",
      columns: [
        { key: "date", label: "Agreed on", unit: "date" },
        { key: "next_step", label: "Next step", unit: "quote" },
        text("by", "Logged by"),
      ],
      rows: await nextSteps(store, account, STEPS),
      empty: "No next step is logged.",
      source: "activities",
    }),
  ];
}
