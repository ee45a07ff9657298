import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KamError, toKamError } from "../../common/errors.ts";
import type { Store } from "../../store/open.ts";

/** Largest file that is kept as a proof. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Kinds of files that are kept, by how they begin. */
const KINDS: readonly { readonly type: string; readonly ending: string; readonly begins: (head: Buffer) => boolean }[] =
  [
    {
      type: "image/png",
      ending: "png",
      begins: (h) => h.subarray(0, 8).equals(Buffer.from("89504e470d0a1a0a", "hex")),
    },
    { type: "image/jpeg", ending: "jpg", begins: (h) => h.subarray(0, 3).equals(Buffer.from("ffd8ff", "hex")) },
    {
      type: "image/webp",
      ending: "webp",
      begins: (h) => h.toString("latin1", 0, 4) === "RIFF" && h.toString("latin1", 8, 12) === "WEBP",
    },
    { type: "application/pdf", ending: "pdf", begins: (h) => h.toString("latin1", 0, 5) === "%PDF-" },
    { type: "application/zip", ending: "zip", begins: (h) => h.subarray(0, 4).equals(Buffer.from("504b0304", "hex")) },
  ];
/** A scan report or a mail as text: it holds no bytes that text does not. */
const TEXT = { type: "text/plain", ending: "txt" };

export interface FoundFile {
  readonly hash: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly ending: string;
  readonly content: Buffer;
}

/**
 * Reads a file that is to be a proof and tells by its content what it is.
 * @throws KamError file_missing, file_kind, bad_input where it is empty or too large
 */
export async function readProof(path: string): Promise<FoundFile> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile())
    throw new KamError("file_missing", "There is no such file to attach; name one that this computer can read.", {});
  if (found.size > MOST_BYTES)
    throw new KamError(
      "bad_input",
      "That file is larger than what is kept as a proof (20 MB); attach a smaller one or a link.",
      {},
    );
  if (found.size === 0) throw new KamError("bad_input", "That file is empty; there is nothing to attach.", {});
  const content = await readFile(path).catch((thrown) => {
    throw toKamError(thrown);
  });
  const kind = KINDS.find((k) => k.begins(content.subarray(0, 16))) ?? (isText(content) ? TEXT : null);
  if (!kind)
    throw new KamError(
      "file_kind",
      "That is no kind of file that is kept as a proof: attach a picture, a PDF, a workbook or a text.",
      {},
    );
  return {
    hash: createHash("sha256").update(content).digest("hex"),
    media_type: kind.type,
    bytes: content.length,
    ending: kind.ending,
    content,
  };
}

function isText(content: Buffer): boolean {
  if (content.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}

/** Folder of the proofs of a store: beside it, named like it. */
export const proofFolder = (store: Store): string => `${store.path}.files`;

/** Puts a copy beside the store, named by the hash of its content, so that the same file is kept once. */
export async function keepProof(store: Store, file: FoundFile): Promise<void> {
  if (store.path === ":memory:") return;
  const folder = proofFolder(store);
  const to = join(folder, `${file.hash}.${file.ending}`);
  if (existsSync(to)) return;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(`${to}.part`, file.content);
    await rename(`${to}.part`, to);
  } catch (thrown) {
    throw toKamError(thrown, folder);
  }
}
