import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database, { SqliteError } from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../agents/answer.ts";
import { demoAgent } from "../../agents/testing.ts";
import { main, terminal } from "./main.ts";

const KAM = fileURLToPath(new URL("../../bin/kam.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kam-cli-"));
let db: string;
let removeDemo: () => void;

beforeAll(async () => {
  const agent = await demoAgent();
  await agent.park();
  db = agent.store.path;
  removeDemo = () => rmSync(agent.folder, { recursive: true, force: true });
});
afterAll(() => {
  removeDemo();
  rmSync(folder, { recursive: true, force: true });
});

function kam(args: readonly string[], options: { env?: Record<string, string>; input?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [KAM, ...args], {
    encoding: "utf8",
    input: options.input ?? "",
    cwd: folder,
    env: { ...process.env, KAM_DB: db, KAM_TODAY: "2026-11-21", ...options.env },
  });
  return { status, stdout, stderr };
}

/** The same, in this process: for what is told before anything is opened. */
async function calls(args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const before = { ...process.env };
  Object.assign(process.env, { KAM_DB: db, KAM_TODAY: "2026-11-21" }, env);
  try {
    const status = await main(args, {
      ...terminal,
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      progress: () => {},
    });
    return { status, stdout: out.join("\n"), stderr: err.join("\n") };
  } finally {
    process.env = before;
  }
}

describe("kam", () => {
  it("answers, waits, and is resumed in another process", () => {
    const asked = kam([
      "ask",
      "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel",
      "--json",
      "--thread",
      "t",
    ]);
    expect(asked.status, asked.stderr).toBe(0);
    const { pending } = JSON.parse(asked.stdout) as Answer;
    expect(pending).toHaveLength(1);
    const decided = kam([
      "ask",
      "--resume",
      JSON.stringify({ decisions: [{ id: pending[0]?.id, approve: true }] }),
      "--thread",
      "t",
      "--json",
    ]);
    expect(JSON.parse(decided.stdout)).toMatchObject({ pending: [], clarify: null });
  });

  it("answers a line each, errors too, with the same ids", () => {
    const lines = [
      '{"id":"1","text":"hello"}',
      "{broken",
      '{"id":"3","text":"hello","user":"mallory"}',
      '{"id":"4","what":1}',
      '{"id":5,"text":"thanks","thread":null,"user":null,"channel":null,"resume":null}',
      '{"id":6,"text":7}',
    ];
    const said = kam(["ask", "--jsonl"], { input: lines.join("\n") });
    expect(said.status).toBe(0);
    const answers = said.stdout
      .trim()
      .split("\n")
      .map((l) => JSON.parse(l));
    expect(answers.map((a) => [a.id, a.error?.code ?? "ok"])).toEqual([
      ["1", "ok"],
      [undefined, "bad_input"],
      ["3", "unknown_name"],
      ["4", "bad_input"],
      [5, "ok"],
      [6, "bad_input"],
    ]);
  });

  it.each([
    [["nonsense"], 2, /no command "nonsense"/],
    [["ask"], 2, /Say what to ask/],
    [["ask", "hi", "--channel", "fax"], 2, /--channel/],
    [["ask", "--resume", "{}"], 2, /--thread/],
    [["ask", "--wrong"], 2, /--wrong/],
    [["import", "x.csv"], 2, /--map/],
    [["ask", "--resume", "{oops", "--thread", "t"], 1, /not JSON/],
    [["import", "missing.csv", "--map", "cheese"], 1, /missing\.csv/],
    [["restore", "missing.db"], 1, /missing\.db/],
  ])("ends %j with %i and one line", async (args, status, line) => {
    const ended = await calls(args);
    expect([ended.status, ended.stderr.split("\n")[0]]).toEqual([status, expect.stringMatching(line)]);
    if (status === 1) expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    else expect(ended.stderr).toContain("usage:");
  });

  it.each([
    [{ KAM_TODAY: "2026-02-30" }, /KAM_TODAY/],
    [{ KAM_MODEL: "gpt" }, /KAM_MODEL/],
    [{ KAM_DB: "postgres://x/y" }, /PostgreSQL/],
    [{ KAM_DB: "/" }, /folder/],
    [{ KAM_DB: "nowhere/at/all.db" }, /no store at nowhere/],
  ])("refuses settings %j with one line", async (env, line) => {
    const ended = await calls(["ask", "hello"], env as Record<string, string>);
    expect(ended.status).toBe(1);
    expect(ended.stderr.trim()).toMatch(line);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  });

  it("ends with 1 and one line where an approval could not be written, and answers none the less", async () => {
    await calls([
      "ask",
      "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount",
      "--thread",
      "w",
    ]);
    const { prepare } = Database.prototype;
    Database.prototype.prepare = function unwritable(this: Database.Database, source: string) {
      if (source.startsWith("begin")) throw new SqliteError("attempt to write a readonly database", "SQLITE_READONLY");
      return prepare.call(this, source);
    } as typeof prepare;
    try {
      const ended = await calls(["ask", "yes", "--thread", "w", "--json"]);
      expect([ended.status, ended.stderr]).toEqual([
        1,
        expect.stringMatching(/^kam: .*cannot be written.*Nothing was written\.$/),
      ]);
      expect(JSON.parse(ended.stdout)).toMatchObject({ pending: [{ id: "w1" }], calls: [{ status: "error" }] });
    } finally {
      Database.prototype.prepare = prepare;
    }
  });

  it.each([
    [{ HOST: "192.0.2.1" }, /HOST is "192\.0\.2\.1"/],
    [{ HOST: "no host" }, /HOST is "no host"/],
  ])("does not serve at %j, and names the setting", async (env, line) => {
    const ended = await calls(["serve"], { PORT: "0", ...env });
    expect([ended.status, ended.stderr]).toEqual([1, expect.stringMatching(line)]);
  });

  it.each([
    [["--model", "clever"], /^kam: The model is "clever": it can be offline/],
    [["--model", "openai:clever"], /neither OPENAI_API_KEY nor OPENAI_BASE_URL is set/],
    [["--suite", "none"], /There is no suite "none"/],
  ])("does not grade %j", async (options, line) => {
    const ended = await calls(["evals", ...options], { OPENAI_API_KEY: "", OPENAI_BASE_URL: "" });
    expect([ended.status, ended.stdout, ended.stderr]).toEqual([1, "", expect.stringMatching(line)]);
  });

  it("says what is wrong with a file that is no store, and leaves it alone", () => {
    const file = join(folder, "letter.db");
    writeFileSync(file, "Dear buyer, ".repeat(200));
    const ended = kam(["ask", "hello"], { env: { KAM_DB: file } });
    expect([ended.status, ended.stderr]).toEqual([1, expect.stringMatching(/not a readable store/)]);
    const looked = kam(["doctor"], { env: { KAM_DB: file } });
    expect([looked.status, looked.stdout]).toEqual([1, expect.stringContaining("FAIL store")]);
  });

  it("backs up a store in use and restores it, the old one kept", () => {
    const copy = join(folder, "copy.db");
    expect(kam(["backup", copy]).status).toBe(0);
    expect(kam(["backup", copy]).stderr).toMatch(/exists already/);
    chmodSync(copy, 0o644);
    const other = join(folder, "other.db");
    expect(kam(["restore", copy], { env: { KAM_DB: other } }).status).toBe(0);
    expect(kam(["doctor"], { env: { KAM_DB: other } }).stdout).toMatch(/ok {3}audit/);
    expect(kam(["restore", copy], { env: { KAM_DB: other } }).status).toBe(0);
    expect(existsSync(`${other}.before-restore`)).toBe(true);
    expect(kam(["migrate"]).stdout).toMatch(/up to date/);
  });
});
