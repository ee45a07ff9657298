import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toKamError } from "../../data/common/errors.ts";
import { tools } from "../../tools/index.ts";
import { buildRegistry } from "../../tools/registry.ts";
import { type DemoContext, demoContext } from "../../tools/testing.ts";
import { CANARY, perturbOthers } from "./testing.perturb.ts";
import { atAccount, ofTarget, overAll, type Probe, type Target, targets } from "./testing.probes.ts";

const registry = buildRegistry(tools);
/** What holds no figure of an account, and so may speak of a colleague's. */
const TELLS_NOTHING = new Set(["find_promotions"]);

interface Outcome {
  readonly ok: boolean;
  readonly code: string | null;
  /** Everything that could hold a figure: result, drafts, checks, file, or the error with its detail. */
  readonly said: string;
}

async function outcome(demo: DemoContext, user: string, { tool: name, args }: Probe): Promise<Outcome> {
  const tool = registry.get(name)!;
  const context = await demo.context(user);
  const told = (value: unknown): string => JSON.stringify(value).replaceAll(demo.folder, "");
  try {
    const parsed = tool.schema.parse(args);
    const result = tool.access === "READ" ? await tool.run(context, parsed) : await tool.propose(context, parsed);
    const file = "file" in result && typeof result.file === "string" ? readFileSync(result.file, "utf8") : "";
    return { ok: true, code: null, said: told(result) + file };
  } catch (thrown) {
    const { code, message, detail } = toKamError(thrown);
    return { ok: false, code, said: told({ code, message, detail }) };
  }
}

/** Of several, those that are this one's turn: each user meets other names of other accounts. */
const turnOf = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

describe.each([["ana"], ["ben"], ["chloe"]])("%s", (user) => {
  let store: DemoContext;
  let changed: DemoContext;
  let own: Target;
  let foreign: Target[];
  beforeAll(async () => {
    store = await demoContext();
    changed = await demoContext();
    await perturbOthers(changed.store, user);
    const all = await targets(store.store);
    const mine = all.filter((t) => t.account.owner?.toLowerCase() === user);
    own = mine[0]!;
    foreign = all.filter((t) => !mine.includes(t));
  });
  afterAll(async () => {
    await store.close();
    await changed.close();
  });

  /** The same answer from both stores: what the person is told does not depend on what her colleagues' accounts hold. */
  async function unmoved(probe: Probe): Promise<Outcome> {
    const said = await outcome(store, user, probe);
    expect(await outcome(changed, user, probe), `${probe.tool} ${JSON.stringify(probe.args)}`).toEqual(said);
    return said;
  }

  it("is refused at each colleague's account, by whatever name, in the same words whatever it holds", async () => {
    let tried = 0;
    for (const [i, target] of foreign.entries()) {
      const byAccount = atAccount(target.account.id, own).map((_, n) => {
        const ref = turnOf([...target.names, target.account.id, target.names[0]!.toLowerCase()], n + i);
        return atAccount(ref, own)[n]!;
      });
      for (const probe of [...byAccount, ...ofTarget(target, own)]) {
        tried++;
        const { ok, code } = await unmoved(probe);
        if (TELLS_NOTHING.has(probe.tool) && ok) continue;
        expect([probe, code]).toEqual([probe, expect.stringMatching(/^(?:no_right|unknown_name|not_found)$/)]);
      }
    }
    expect(tried).toBeGreaterThan(300);
  });

  it("is told of all accounts only what her own hold", async () => {
    const probes = overAll();
    for (const probe of probes) {
      const { said } = await unmoved(probe);
      for (const { account } of foreign)
        if (probe.tool !== "market_signals") expect(said, JSON.stringify(probe)).not.toContain(account.name);
    }
    expect(probes.length).toBeGreaterThan(60);
  });

  it("cannot move a draft of her own into a colleague's account", async () => {
    const context = await changed.context(user);
    const tool = registry.get("create_promotion")!;
    if (tool.access !== "WRITE") throw new Error("it writes");
    const args = {
      account: own.account.name,
      products: [{ brand: "Kestrel" }],
      discount: 0.1,
      start: "2027-03-01",
      end: "2027-03-14",
    };
    const { proposals } = await tool.propose(context, tool.schema.parse(args));
    for (const { account, names } of foreign)
      for (const edit of [{ account: account.id }, { account: names[0] }, { account: names.at(-1) }]) {
        const refused = await tool.commit(context, proposals[0]!.change, edit).catch((thrown) => toKamError(thrown));
        expect(refused).toMatchObject({ code: "no_right" });
        expect(JSON.stringify(refused)).not.toMatch(new RegExp(`${CANARY}|\\d{2}`));
      }
  });
});

it("the two stores differ: a manager is told of it by every tool that reads accounts", async () => {
  const store = await demoContext();
  const changed = await demoContext();
  await perturbOthers(changed.store, "ana");
  const [own, , , other] = await targets(store.store);
  const moved = new Set<string>();
  for (const probe of [...atAccount(other!.account.name, own!), ...overAll().slice(0, 1)])
    if ((await outcome(store, "dan", probe)).said !== (await outcome(changed, "dan", probe)).said)
      moved.add(probe.tool);
  // The expert's answers rest on the fitted model, which is the same in both.
  for (const tool of [
    "account_profile",
    "account_review",
    "assortment_gaps",
    "budget_status",
    "category_view",
    "compare_promotions",
    "find_activities",
    "find_claims",
    "find_promotions",
    "find_risks",
    "get_promotion",
    "make_report",
    "market_signals",
    "product_growth",
  ])
    expect([...moved]).toContain(tool);
  await store.close();
  await changed.close();
});
