import { periodInWords } from "../../common/format.ts";
import { MECHANIC_WORDS, possessive } from "../words.ts";
import type { CheckContext } from "./context.ts";
import { check, type DraftCheck, figure } from "./sentence.ts";

/** Whether a contract holds over the dates; without any, what it would say cannot be checked, and that is said. */
export function contractCheck({ account, draft, terms }: CheckContext): DraftCheck {
  if (!terms)
    return check("contract", "warn", [
      `No contract with ${account.name} is in the store, so notice, blackout weeks, mechanic and depth are not checked.`,
    ]);
  if (terms.covered)
    return check("contract", "pass", [
      `${possessive(account.name)} contract covers ${periodInWords({ from: draft.start, to: draft.end })}.`,
    ]);
  return check("contract", "block", [
    `No contract with ${account.name} covers all of ${periodInWords({ from: draft.start, to: draft.end })}; the known ones run ${periodInWords(terms.known)}.`,
  ]);
}

export function mechanicCheck({ account, draft, terms }: CheckContext): DraftCheck[] {
  if (!terms) return [];
  const words = MECHANIC_WORDS[draft.mechanic];
  if (terms.mechanics.includes(draft.mechanic))
    return [check("mechanic", "pass", [`${possessive(account.name)} contract allows ${words.plural}.`])];
  const allowed = terms.mechanics.map((m) => MECHANIC_WORDS[m as keyof typeof MECHANIC_WORDS]?.plural ?? m);
  return [
    check("mechanic", "block", [
      `${possessive(account.name)} contract does not allow ${words.plural}; it allows ${allowed.length ? allowed.join(", ") : "none"}.`,
    ]),
  ];
}

/** The deepest discount of the contract and of the policy; of a multibuy its effective one. The contract is not ours to set aside. */
export function depthCheck({ account, draft, limits, terms }: CheckContext): DraftCheck[] {
  const policy = limits.of("depth");
  const kind = draft.mechanic === "multibuy" ? " effective" : "";
  const tooDeep = draft.depth !== null && policy.severity !== "off" && draft.depth > policy.value + 1e-9;
  const own: DraftCheck[] = tooDeep
    ? [
        check("depth_policy", policy.severity as "warn" | "block", [
          figure("depth", draft.depth ?? 0, "%"),
          `${kind} is deeper than the `,
          figure("deepest_of_policy", policy.value, "%"),
          " that our own policy allows at most.",
        ]),
      ]
    : [];
  if (!terms) return own;
  if (draft.depth === null)
    return [
      check("depth", "warn", [
        `Without an everyday price the depth cannot be held against ${possessive(account.name)} contract.`,
      ]),
    ];
  const depth = figure("depth", draft.depth, "%");
  const most = figure("deepest", terms.max_discount, "%");
  if (draft.depth <= terms.max_discount + 1e-9)
    return own.length
      ? own
      : [
          check("depth", "pass", [
            depth,
            `${kind} is within the `,
            most,
            ` that ${possessive(account.name)} contract allows at most.`,
          ]),
        ];
  return [
    check("depth", "block", [
      depth,
      `${kind} is deeper than the `,
      most,
      ` that ${possessive(account.name)} contract allows at most.`,
    ]),
  ];
}
