import { z } from "zod";
import { missingSlot } from "../../../data/common/errors.ts";
import { attachProof, lookAtProof, mayWriteInFile, type Proof } from "../../../data/promotions/file/file.service.ts";
import { optional, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { parseEdit } from "./edits.ts";
import { whichPromotion } from "./whichPromotion.ts";

const kind = z.enum(["leaflet", "photo", "scan_report", "invoice", "mail", "other"]);
const note = z.string().trim().max(1_000);
const edits = z.strictObject({ kind: optional(kind), note: optional(note) });
const target = z.object({
  promotion_id: z.number().int(),
  file: z.string().nullable(),
  url: z.string().nullable(),
  kind,
  note: z.string().nullable(),
});

export const attachEvidence = writeTool({
  name: "attach_evidence",
  role: "assistant",
  description:
    "Puts a proof into a promotion's file: a leaflet page, a photo of the display, a scan report, an invoice or a mail, as a file that is copied beside the store or as a link that is kept and not opened. Waits for approval.",
  examples: [
    {
      say: "Attach leaflet-week-23.pdf to P-1042 as the leaflet page",
      args: { promotion: "P-1042", file: "leaflet-week-23.pdf", kind: "leaflet" },
    },
    {
      say: "Attach https://photos.example.com/display.jpg to P-1042, photo of the display",
      args: { promotion: "P-1042", url: "https://photos.example.com/display.jpg", kind: "photo" },
    },
  ],
  schema: z.strictObject({
    promotion: optional(promotionRef),
    file: optional(z.string().min(1).max(1_000)).describe("path of a file that this computer can read"),
    url: optional(z.string().min(1).max(1_000)),
    kind: optional(kind),
    note: optional(note),
  }),
  access: "WRITE",
  async propose(context, args) {
    const found = await whichPromotion(context, args.promotion);
    await mayWriteInFile(context.actor, context.store, found.promotion_id);
    if (!args.file && !args.url)
      throw missingSlot("file", `Which file or link shall I attach to ${found.promotion}, ${found.name}?`);
    const proof: Proof = {
      kind: args.kind ?? "other",
      file: args.file ?? null,
      url: args.url ?? null,
      note: args.note?.trim() || null,
    };
    const seen = await lookAtProof(proof);
    const about = { promotion: found.promotion, name: found.name, account: found.account, proof: seen.title };
    const change = { ...about, promotion_id: found.promotion_id, ...proof };
    return {
      proposals: [{ kind: "attach_evidence", change, checks: [] }],
      result: {
        ...about,
        kind: proof.kind,
        link: proof.url !== null,
        proof_quote: quoteParts(seen.title),
        media_type: seen.media_type,
        kilobytes: seen.bytes === null ? null : Math.max(1, Math.round(seen.bytes / 1024)),
        note_quote: proof.note === null ? null : quoteParts(proof.note),
        proposals: [{ change, checks: [] }],
      },
    };
  },
  async commit({ actor, store }, change, edit) {
    const given = Object.fromEntries(Object.entries(parseEdit(edits, edit)).filter(([, v]) => v !== undefined));
    const { promotion_id, ...proof } = target.parse({ ...change, ...given });
    const done = await attachProof(actor, store, promotion_id, proof);
    return { promotion: done.code, name: done.name, evidence: done.id, proof: done.title, status: "attached" };
  },
});
