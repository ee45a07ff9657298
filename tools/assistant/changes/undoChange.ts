import { z } from "zod";
import { planUndo, undoChanges } from "../../../data/changes/undo.service.ts";
import { optional } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { parseEdit } from "../promotions/edits.ts";
import type { Forecaster } from "../promotions/forecaster.ts";
import { countChecks } from "../promotions/results.ts";
import { keepPlan } from "../promotions/tieForecast.ts";
import { type UndonePart, undonePart } from "./undonePart.ts";

const target = z.object({ change_nos: z.array(z.number().int()).min(1) });
const edits = z.strictObject({});

export const undoChange = (forecaster: Forecaster) =>
  writeTool({
    name: "undo_change",
    role: "assistant",
    description:
      "Takes back what the person changed last, or her last change of a named promotion or claim: a new draft is cancelled, a changed one gets its old values, a cancelled, submitted or decided one its former state, moved money goes back, a settled claim is as before, a note leaves the log. What was approved together goes back together. Only her own changes, and only while nothing was done on top of them. Waits for approval.",
    examples: [
      { say: "Undo that", args: {} },
      { say: "Take back my last change to P-1042", args: { change: "P-1042" } },
    ],
    schema: z.strictObject({
      change: optional(z.union([z.number().int(), z.string().min(1)])).describe(
        "the change_no of an applied change, or the promotion or claim whose last change is meant; left out: her last change",
      ),
    }),
    access: "WRITE",
    async propose(context, args) {
      const { actor, store } = context;
      const undos = await planUndo(actor, store, args.change);
      const parts = await Promise.all(undos.map((undo) => undonePart(context, undo)));
      const checks = undos.flatMap(({ undo }) => ("checks" in undo && Array.isArray(undo.checks) ? undo.checks : []));
      const change = { change_nos: undos.map(({ no }) => no), ...headOf(parts), takes_back: parts.map(inShort) };
      const proposal = { change, checks, counts: countChecks(checks) };
      return {
        proposals: [{ kind: "undo_change", change, checks }],
        result: { parts, counts: proposal.counts, proposals: [proposal] },
      };
    },
    async commit(context, change, edit) {
      const { actor, store } = context;
      parseEdit(edits, edit);
      const undone = await undoChanges(actor, store, target.parse(change).change_nos);
      for (const { undo } of undone)
        if (undo.entity === "promotion" && undo.old) await keepPlan(context, forecaster, undo.row.id, undo.old);
      const parts = await Promise.all(undone.map((one) => undonePart(context, one)));
      return { ...headOf(parts), undone: undone.map(({ no }) => no), parts, status: "undone" };
    },
  });

/** A part without its figures: what waits is read by people, and needs no more than the numbers of its changes to be done. */
const inShort = (part: UndonePart) => ({
  kind: part.kind,
  made_on: part.made_on,
  ...headOf([part]),
  ...("from_status" in part ? { from: part.from_status, to: part.to_status } : {}),
});

/** What the undoing is about, where it is one thing. */
function headOf(parts: readonly UndonePart[]) {
  const [part] = parts;
  if (!part || parts.length > 1) return {};
  if (part.entity === "promotion") return { promotion: part.promotion, name: part.name, account: part.account };
  if (part.entity === "claim") return { claim: part.claim, account: part.account };
  return part.entity === "activity" ? { account: part.account } : {};
}
