import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { KamError } from "../../common/errors.ts";

/** Which reader a file is for. Its bytes tell, not its name. */
export type FileKind = "text" | "gzip" | "zip" | "parquet" | "json";

const MAGIC: readonly [readonly number[] | string, string][] = [
  ["%PDF", "a PDF"],
  ["%!PS", "a PostScript file"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG picture"],
  ["GIF8", "a GIF picture"],
  [[0xff, 0xd8, 0xff], "a JPEG picture"],
  ["SQLite format 3\0", "an SQLite database"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old or encrypted Office file (save it as .xlsx without a password)"],
  ["PARE", "an encrypted Parquet file"],
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive"],
  ["Rar!", "a RAR archive"],
  ["BZh", "a bzip2 archive"],
  [[0x28, 0xb5, 0x2f, 0xfd], "a Zstandard archive"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive"],
  [[0x7f, 0x45, 0x4c, 0x46], "a program"],
  ["MZ\x90", "a program"],
  ["{\\rtf", "an RTF document"],
  ["ORC", "an ORC file"],
  ["Obj\x01", "an Avro file"],
];
const READABLE = "CSV, XLSX, Parquet and JSON files are read";
/** How much of the start is looked at. */
const HEAD = 65_536;

const wrongKind = (path: string, what: string): KamError =>
  new KamError("file_kind", `${path} is ${what}; ${READABLE}.`, { kind: what });

/**
 * @param utf16 the mapping says UTF-16, so that zero bytes are no sign of another kind
 * @throws KamError file_missing, file_kind, file_truncated
 */
export async function fileKind(path: string, utf16: boolean): Promise<FileKind> {
  const head = await headOf(path);
  const kind = kindOf(path, head, utf16);
  if (kind !== "gzip") return kind;
  const inner = kindOf(path, await unzippedHead(path), utf16);
  if (inner !== "text") throw wrongKind(path, "a gzip archive of something else than CSV");
  return kind;
}

async function headOf(path: string): Promise<Buffer> {
  let size: number;
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw new KamError("file_missing", `${path} is a folder, not a file.`);
    if (!info.isFile()) throw wrongKind(path, "no ordinary file");
    size = info.size;
  } catch (thrown) {
    if (thrown instanceof KamError) throw thrown;
    throw new KamError("file_missing", `There is no file ${path}.`, {}, thrown);
  }
  if (size === 0) throw new KamError("file_truncated", `${path} is empty.`);
  try {
    await using file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, HEAD)), 0, Math.min(size, HEAD), 0);
    return buffer.subarray(0, bytesRead);
  } catch (thrown) {
    throw new KamError("file_missing", `${path} cannot be read; check its permissions.`, {}, thrown);
  }
}

function kindOf(path: string, head: Buffer, utf16: boolean): FileKind {
  const starts = (magic: readonly number[] | string) =>
    head
      .subarray(0, magic.length)
      .equals(typeof magic === "string" ? Buffer.from(magic, "latin1") : Buffer.from(magic));
  if (starts("PAR1")) return "parquet";
  if (starts("PK\x03\x04") || starts("PK\x05\x06")) return "zip";
  if (starts([0x1f, 0x8b])) return "gzip";
  for (const [magic, what] of MAGIC) if (starts(magic)) throw wrongKind(path, what);
  const wide = utf16 || starts([0xff, 0xfe]) || starts([0xfe, 0xff]);
  if (!wide && head.includes(0)) throw wrongKind(path, "a binary file of an unknown kind");
  const text = head
    .toString("latin1", 0, 512)
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart()
    .toLowerCase();
  if (/^<(!doctype html|html|head|body|table|script)\b/.test(text)) throw wrongKind(path, "an HTML page");
  if (text.startsWith("<?xml")) throw wrongKind(path, "an XML file");
  if (/^(\{\s*"|\[\s*\{)/.test(text)) return "json";
  return "text";
}

async function unzippedHead(path: string): Promise<Buffer> {
  const stream = createReadStream(path).pipe(createGunzip());
  try {
    for await (const chunk of stream) return chunk as Buffer;
    return Buffer.alloc(0);
  } catch (thrown) {
    throw new KamError("file_truncated", `${path} is a damaged gzip file; get it again.`, {}, thrown);
  }
}
