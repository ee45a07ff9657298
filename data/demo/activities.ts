import { addDays } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { BRANDS } from "./products.ts";
import type { Booked } from "./promotions.ts";
import { random } from "./random.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

type Activity = Omit<Tables["activity"][number], "id">;

const MONTHS = 18;

/** Talks and notes of the last year and a half: about one a month and account, the latest with a next step that is open. */
export function activityRows(world: DemoWorld, booked: readonly Booked[]): Tables["activity"] {
  const { today } = world.frame;
  const rows = ACCOUNTS.flatMap((account, a): Activity[] => {
    const draw = random("activities", account.code);
    const brands = BRANDS.flatMap((brand, b) => (account.code === "HAR" && brand.category < 2 ? [] : [{ brand, b }]));
    return Array.from({ length: MONTHS }, (_, i) => {
      const ago = 30 * i + draw.int(3, 26);
      const [person, title] = draw.pick(account.contacts);
      const who = `${person} (${title})`;
      const { brand } = draw.pick(brands);
      const templates: readonly (readonly [kind: string, text: string, next: string | null])[] = [
        [
          "meeting",
          `Met ${who}. Went through the ${brand.name} calendar; wants displays confirmed three weeks ahead.`,
          `Send the ${brand.name} display plan`,
        ],
        [
          "meeting",
          `Quarterly review with ${who}. Private label is growing in ${brand.name}'s category; asked what Alder brings to the category, not only to itself.`,
          "Prepare a category view with growth by segment",
        ],
        [
          "call",
          `${person} asked for a deeper price on ${brand.name}; said the last one barely paid for us.`,
          `Show what ${brand.name} sold at each depth`,
        ],
        ["call", `Called ${who} about stock before the next ${brand.name} promotion.`, null],
        [
          "email",
          `${person} sent the slots of the coming quarter; two end-of-aisle weeks are free.`,
          "Answer with two proposals",
        ],
        ["note", `${title} cares more for margin than for volume this year.`, null],
        [
          "meeting",
          `Shelf walk with ${person}: ${brand.name} has one facing less than in spring.`,
          `Ask for the ${brand.name} facing back`,
        ],
      ];
      const [kind, text, next] = draw.pick(templates);
      const due = next && i < 6 ? addDays(today, 7 * draw.int(-1, 4)) : null;
      return {
        account_id: a + 1,
        kind,
        date: addDays(today, -ago),
        text,
        next_step: due && `${next} by ${due}`,
        due,
        by: account.owner,
      };
    });
  });
  const failures = booked
    .filter((b) => b.event.cause === "missing_display" && b.end <= today)
    .slice(-3)
    .map(
      (b): Activity => ({
        account_id: b.event.account + 1,
        kind: "note",
        date: addDays(b.end, 1),
        text: `Field sales found hardly any display of ${b.name}; the fee is in the agreement.`,
        next_step: "Raise it before the claim is paid",
        by: ACCOUNTS[b.event.account]!.owner,
      }),
    );
  return [...rows, ...failures]
    .filter((row) => row.date <= today)
    .sort((x, y) => (x.date < y.date ? -1 : x.date > y.date ? 1 : x.account_id - y.account_id))
    .map((row, i) => ({ id: i + 1, ...row }));
}
