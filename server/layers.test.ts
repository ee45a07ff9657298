import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
