import { composers } from "../../../agents/replies/index.ts";
import { Say } from "../../../agents/replies/say.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { loadActor } from "../../../data/users/actor.ts";
import type { ReadTool } from "../../../tools/define.ts";
import { createFittedModels } from "../../../tools/fitting/fittedModels.ts";
import { tools } from "../../../tools/index.ts";
import { buildRegistry } from "../../../tools/registry.ts";
import { type Invocation, text } from "../command.ts";

const TOOL = "weekly_watch";

/** Prints what needs a person's attention, as the agent tells it. @throws KamError unknown_name, no_right, store_* */
export async function watch({ values, config, io }: Invocation): Promise<void> {
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  try {
    const actor = await loadActor(store, text(values.user));
    const tool = buildRegistry(tools).get(TOOL) as ReadTool;
    const args = tool.schema.parse(values.account === undefined ? {} : { account: text(values.account) });
    const result = await tool.run({ store, actor, models: createFittedModels() }, args);
    if (values.json) {
      io.out(JSON.stringify(result));
      return;
    }
    const say = new Say({ tool: TOOL, args: {}, status: "ok", result, ms: 0 }, 0);
    composers[TOOL]!(say);
    io.out(say.blocks.join("\n\n"));
  } finally {
    await closeStore(store);
  }
}
