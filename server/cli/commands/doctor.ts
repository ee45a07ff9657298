import { verifyAudit } from "../../../data/audit/audit.service.ts";
import { KamError, toKamError } from "../../../data/common/errors.ts";
import { countRows, integrity } from "../../../data/store/health.repo.ts";
import { pendingMigrations } from "../../../data/store/migrate.ts";
import { closeStore, inTransaction, openStore, type Store } from "../../../data/store/open.ts";
import type { Config } from "../../config.ts";
import type { Invocation } from "../command.ts";

const PROBE_MS = 5_000;

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}

/** Looks at Node, the store and the model. @returns 1 where one of them cannot be used */
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
      const findings: Finding[] = [
        { check: "store", ok: broken === "ok", says: broken === "ok" ? `${config.db} is whole` : broken },
        {
          check: "schema",
          ok: pending.length === 0,
          says: pending.length ? `${pending.join(", ")} to apply: run kam migrate` : "up to date",
        },
      ];
      if (pending.length) return findings;
      findings.push(await write(opened));
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

/** Whether a change could begin now. */
const write = (opened: Store): Promise<Finding> =>
  inTransaction(opened, async () => ({ check: "write", ok: true, says: "changes can be written" })).catch((thrown) => ({
    check: "write",
    ok: false,
    says: toKamError(thrown, opened.path).message,
  }));

/** Reached at the addresses that the settings name, and at no other. */
async function model(config: Config): Promise<Finding> {
  if (config.model === "offline") return { check: "model", ok: true, says: "offline: the built-in planner" };
  const name = config.model.slice(config.model.indexOf(":") + 1);
  try {
    const there = config.model.startsWith("ollama:") ? await ollamaModels(config) : await openaiModels(config);
    // Ollama's names carry a tag that may be left out; some OpenAI-compatible services list nothing.
    const ok = there.length === 0 || there.some((known) => known === name || known === `${name}:latest`);
    return {
      check: "model",
      ok,
      says: ok ? `${config.model} answers` : `${name} is not there; there are ${there.join(", ")}`,
    };
  } catch (error) {
    const { message } = toKamError(error);
    return { check: "model", ok: false, says: `${config.model} cannot be reached: ${message}` };
  }
}

async function ollamaModels(config: Config): Promise<string[]> {
  const { Ollama } = await import("ollama");
  const { models } = await new Ollama(config.ollamaHost ? { host: config.ollamaHost } : {}).list();
  return models.map((m) => m.name);
}

async function openaiModels(config: Config): Promise<string[]> {
  const response = await fetch(`${config.openaiBaseUrl ?? "https://api.openai.com/v1"}/models`, {
    signal: AbortSignal.timeout(PROBE_MS),
    headers: config.openaiKey ? { authorization: `Bearer ${config.openaiKey}` } : {},
  });
  if (!response.ok) throw new KamError("model_unavailable", `it answers ${response.status}.`);
  const { data } = (await response.json()) as { data?: { id: string }[] };
  return (data ?? []).map((m) => m.id);
}
