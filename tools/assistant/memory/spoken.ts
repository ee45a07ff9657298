import type { RememberedCall } from "../../conversation.ts";

type Spoken = { readonly calls: readonly RememberedCall[] };

type Json = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value == null ? [] : [value]);
const scenarios = (call: RememberedCall): Json[] => list(call.args.scenarios) as Json[];
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** Accounts that a turn was about, by the names that its calls and their results hold. */
export const namedAccounts = ({ calls }: Spoken): string[] =>
  unique(
    calls
      .flatMap((call) => [
        call.args.account,
        ...list(call.args.accounts),
        ...scenarios(call).map((s) => s.account),
        call.result.account,
      ])
      .filter(isText),
  );

/** What is decided about was asked for in a turn before, in fewer words. */
const asked = ({ result }: RememberedCall): boolean => result.committed !== true && result.discarded !== true;

/** Products, brands and categories that a turn named. */
export const goodsIn = ({ calls }: Spoken): string[] =>
  unique(
    calls
      .filter(asked)
      .flatMap((call) =>
        [
          call.args.product,
          call.args.brand,
          call.args.category,
          ...list(call.args.products),
          ...scenarios(call).flatMap((s) => list(s.products)),
        ]
          .map((goods) => (goods !== null && typeof goods === "object" ? Object.values(goods)[0] : goods))
          .filter(isText),
      ),
  );

/** Codes of promotions that a turn was about. */
export const namedPromotions = ({ calls }: Spoken): string[] =>
  unique(
    calls
      .flatMap((call) => [
        call.args.promotion,
        call.result.promotion,
        (call.result.subject as Json | null | undefined)?.promotion,
      ])
      .filter(isText),
  );

/** What was decided about drafts in a turn: saved and done, or thrown away. */
export const decidedIn = ({ calls }: Spoken) =>
  calls.flatMap((call) => {
    if (call.result.committed !== true && call.result.discarded !== true) return [];
    const code = call.result.promotion ?? call.result.claim;
    return [
      {
        kind: call.tool,
        promotion: isText(code) ? code : null,
        name: isText(call.result.name) ? call.result.name : null,
        account: [call.result.account, call.args.account].find(isText) ?? null,
        outcome: call.result.discarded === true ? "discarded" : "done",
      },
    ];
  });
