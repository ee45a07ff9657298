import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const SETTINGS = new URL("../biome.json", import.meta.url);

const REFUSED: readonly (readonly [file: string, imports: string])[] = [
  ["data/a/tools.ts", "../../tools/c.ts"],
  ["data/a/forecasting.ts", "../../forecasting/index.ts"],
  ["forecasting/data.ts", "../data/common/dates.ts"],
  ["forecasting/io.ts", "node:fs"],
  ["tools/a/agents.ts", "../../agents/c.ts"],
  ["tools/a/sql.ts", "kysely"],
  ["agents/server.ts", "../server/kam.ts"],
  ["evals/server.ts", "../server/kam.ts"],
];
const ALLOWED: typeof REFUSED = [
  ["tools/a/data.ts", "../../data/common/dates.ts"],
  ["server/agents.ts", "../agents/converse.ts"],
];

it("the linter refuses imports against the direction, and lets the others through", () => {
  const folder = mkdtempSync(join(tmpdir(), "kam-layers-"));
  try {
    const { vcs: _, $schema: __, ...settings } = JSON.parse(readFileSync(SETTINGS, "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify(settings));
    for (const [file, from] of [...REFUSED, ...ALLOWED]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `import { x } from "${from}";\n\nexport const y = x;\n`);
    }
    const said = spawnSync(process.execPath, [BIOME, "lint", "--colors=off", "--only=style/noRestrictedImports", "."], {
      cwd: folder,
      encoding: "utf8",
    });
    const found = [
      ...`${said.stdout}${said.stderr}`.matchAll(/^(\S+\.ts):\d+:\d+ lint\/style\/noRestrictedImports/gm),
    ].map((m) => m[1]);
    expect(found.sort()).toEqual(REFUSED.map(([file]) => file).sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A call of Kysely's, or SQL by hand. */
const SQL = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|prepare)\(|\bsql(?:<.*>)?`/;
/** Repositories; the store's own opening and migrations; the graders, which check answers by hand; tests. */
const MAY_HOLD_SQL = /\.repo\.ts$|^data\/store\/|^evals\/bench\.ts$|\.test\.ts$|\/testing[\w.]*\.ts$/;

it("SQL stands in repositories", () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const files = ["data", "tools", "agents", "forecasting", "server", "evals"].flatMap((layer) =>
    readdirSync(join(root, layer), { recursive: true, encoding: "utf8" }).map((name) => join(layer, name)),
  );
  const holders = files.filter((file) => file.endsWith(".ts") && SQL.test(readFileSync(join(root, file), "utf8")));
  expect(holders).toContain(join("data", "accounts", "accounts.repo.ts"));
  expect(holders.filter((file) => !MAY_HOLD_SQL.test(file.replaceAll("\\", "/")))).toEqual([]);
});
