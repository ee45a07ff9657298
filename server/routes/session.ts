import { Hono } from "hono";
import { readLexicon } from "../../data/lexicon/lexicon.repo.ts";
import { loadActor, people } from "../../data/users/actor.ts";
import { tools } from "../../tools/index.ts";
import type { Kam } from "../kam.ts";

/** `GET /api/session?user=<id>`: who looks at the page, who else could (there is no login in local mode), and the names that her views offer. */
export function session(kam: Kam): Hono {
  const app = new Hono();
  app.get("/", async (c) => {
    const store = { ...kam.store, today: kam.today() };
    const actor = await loadActor(store, c.req.query("user") || undefined);
    const { accounts, brands, categories } = await readLexicon(actor, store);
    c.header("cache-control", "no-store");
    return c.json({
      person: { id: actor.id, name: actor.name, role: actor.role },
      people: await people(store),
      today: store.today,
      model: kam.modelName,
      accounts: accounts
        .filter(({ id }) => actor.accounts === "all" || actor.accounts.has(id))
        .map(({ name, owner }) => ({ name, owner })),
      brands: brands.map(({ name }) => name),
      categories,
      tools: tools.filter((tool) => tool.access === "READ").map((tool) => tool.name),
    });
  });
  return app;
}
