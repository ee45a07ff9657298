import { verifyAudit } from "../../../data/audit/audit.ts";
import { toKamError } from "../../../data/common/errors.ts";
import { countRows, integrity } from "../../../data/store/health.ts";
import { pendingMigrations } from "../../../data/store/migrate.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import type { Config } from "../../config.ts";
import type { Invocation } from "../command.ts";

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}

export async function doctor({ values, config, io }: Invocation): Promise<number> {
  const findings = [node(), ...(await store(config)), await model(config)];
  io.out(
    values.json
      ? JSON.stringify(findings)
      : findings.map((f) => `${f.ok ? "ok  " : "FAIL"} ${f.check}: ${f.says}`).join("\n"),
  );
  return findings.some((f) => !f.ok) ? 1 : 0;
}

const node = (): Finding => ({
  check: "node",
  ok: Number(process.versions.node.split(".")[0]) >= 24,
  says: process.versions.node,
});

async function store(config: Config): Promise<Finding[]> {
  try {
    const opened = await openStore({ path: config.db, today: config.today, mustExist: true, migrate: false });
    try {
      const pending = await pendingMigrations(opened);
      const broken = await integrity(opened);
      const findings = [
        { check: "store", ok: broken === "ok", says: broken === "ok" ? `${config.db} is whole` : broken },
        {
          check: "schema",
          ok: pending.length === 0,
          says: pending.length ? `${pending.join(", ")} to apply: run kam migrate` : "up to date",
        },
      ];
      if (pending.length) return findings;
      const tampered = await verifyAudit(opened);
      const rows = await countRows(opened);
      return [
        ...findings,
        {
          check: "audit",
          ok: tampered === null,
          says: tampered === null ? "the chain is whole" : `row ${tampered} does not fit the chain: it was changed`,
        },
        {
          check: "data",
          ok: true,
          says: Object.entries(rows)
            .map(([table, n]) => `${n} ${table}`)
            .join(", "),
        },
      ];
    } finally {
      await closeStore(opened);
    }
  } catch (thrown) {
    return [{ check: "store", ok: false, says: toKamError(thrown, config.db).message }];
  }
}

/** Reached at the addresses that the settings name, and at no other. */
async function model(config: Config): Promise<Finding> {
  const [kind] = config.model.split(":");
  if (kind === "offline") return { check: "model", ok: true, says: "offline: the built-in planner" };
  const url =
    kind === "ollama"
      ? `${(config.ollamaHost ?? "http://127.0.0.1:11434").replace(/^(?!https?:)/, "http://")}/api/tags`
      : `${config.openaiBaseUrl ?? "https://api.openai.com/v1"}/models`;
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(5_000),
      headers: config.openaiKey && kind === "openai" ? { authorization: `Bearer ${config.openaiKey}` } : {},
    });
    return { check: "model", ok: response.ok, says: `${config.model} at ${url}: ${response.status}` };
  } catch (error) {
    return {
      check: "model",
      ok: false,
      says: `${config.model} cannot be reached at ${url}: ${error instanceof Error ? error.message : error}`,
    };
  }
}
