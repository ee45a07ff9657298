import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";

const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

/** What the linter says of a file with one import, as if it stood at `path`. */
function lint(path: string, from: string): string {
  const input = `import { x } from "${from}";\nexport const y = x;\n`;
  const { stdout, stderr } = spawnSync(process.execPath, [BIOME, "lint", `--stdin-file-path=${path}`], {
    input,
    encoding: "utf8",
  });
  return stdout + stderr;
}

describe("the layer rule", () => {
  it.each([
    ["data/a/b.ts", "../../tools/c.ts"],
    ["data/a/b.ts", "../../forecasting/index.ts"],
    ["forecasting/b.ts", "../data/common/dates.ts"],
    ["forecasting/b.ts", "node:fs"],
    ["tools/a/b.ts", "../../agents/c.ts"],
    ["tools/a/b.ts", "kysely"],
    ["agents/b.ts", "../server/kam.ts"],
    ["evals/b.ts", "../server/kam.ts"],
  ])("refuses %s importing %s", (path, from) => {
    expect(lint(path, from)).toContain("noRestrictedImports");
  });

  it("lets the allowed direction through", () => {
    expect(lint("tools/a/b.ts", "../../data/common/dates.ts")).not.toContain("noRestrictedImports");
  });
});
