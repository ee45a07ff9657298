import { probeModel } from "../../../agents/model/probe/probeModel.ts";
import { verifyAudit } from "../../../data/audit/verify.service.ts";
import { addDays } from "../../../data/common/dates.ts";
import { toKamError } from "../../../data/common/errors.ts";
import { verifyLedger } from "../../../data/ledger/verify.service.ts";
import { countRows, integrity } from "../../../data/store/health.repo.ts";
import { pendingMigrations } from "../../../data/store/migrate.ts";
import { closeStore, inTransaction, openStore, type Store } from "../../../data/store/open.ts";
import { modelUseSince } from "../../../data/usage/modelUse.repo.ts";
import type { Config } from "../../config.ts";
import type { Invocation } from "../command.ts";

/** Days of the use of models that are summed up. */
const USE_DAYS = 30;

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}

/** Looks at Node, the store and the model. @returns 1 where one of them cannot be used */
export async function doctor({ values, config, io }: Invocation): Promise<number> {
  const findings = [node(), ...(await store(config)), ...(await probeModel(config))];
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
          says: tampered === null ? "the chain is whole" : tampered.says,
        },
        await ledger(opened),
        {
          check: "data",
          ok: true,
          says: Object.entries(rows)
            .map(([table, n]) => `${n} ${table}`)
            .join(", "),
        },
        ...(await modelUse(opened)),
      ];
    } finally {
      await closeStore(opened);
    }
  } catch (thrown) {
    return [{ check: "store", ok: false, says: toKamError(thrown, config.db).message }];
  }
}

/** Whether the books balance. */
async function ledger(opened: Store): Promise<Finding> {
  const faults = await verifyLedger(opened);
  const shown = faults.slice(0, 3).map(({ message }) => message);
  return { check: "ledger", ok: !faults.length, says: faults.length ? shown.join(" ") : "the books balance" };
}

/** Whether a change could begin now. */
const write = (opened: Store): Promise<Finding> =>
  inTransaction(opened, async () => ({ check: "write", ok: true, says: "changes can be written" })).catch((thrown) => ({
    check: "write",
    ok: false,
    says: toKamError(thrown, opened.path).message,
  }));

/** What was asked of language models lately, and what it cost where a price is set. */
async function modelUse(opened: Store): Promise<Finding[]> {
  const used = await modelUseSince(opened, addDays(opened.today, -USE_DAYS));
  if (!used.length) return [];
  const says = used.map((row) => {
    const cost = row.cost_micro === null ? "" : `, ${(row.cost_micro / 1_000_000).toFixed(4)} ${row.currency}`;
    const tokens = row.tokens ? `${row.tokens} tokens` : "tokens not counted";
    const taken = row.taken_over ? `, ${row.taken_over} taken over by the built-in planner` : "";
    const untraced = row.untraced ? `, ${row.untraced} pieces of its words removed as untraced` : "";
    return `${row.model}: turns ${row.turns}, requests ${row.calls}, ${tokens}${cost}${taken}${untraced}`;
  });
  return [{ check: "model use", ok: true, says: `in ${USE_DAYS} days ${says.join("; ")}` }];
}
