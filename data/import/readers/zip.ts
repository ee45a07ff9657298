import { createInflateRaw } from "node:zlib";
import { KamError } from "../../common/errors.ts";

/** The list of files at the end of a zip archive, read before anything is unpacked. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** In these fields "all ones" means that the size stands in a zip64 record, that is, at 4 GB or more. */
const ZIP64 = 0xffffffff;
/** A workbook that unpacks to more than this is refused. */
const MAX_UNPACKED = 512 * 1024 * 1024;

const truncated = (path: string, why: string, cause?: unknown): KamError =>
  new KamError("file_truncated", `${path} is cut off or damaged (${why}); get it again.`, {}, cause);
const tooLarge = (path: string): KamError =>
  new KamError("file_kind", `${path} unpacks to more than 512 MB; export it as CSV or Parquet.`);

/** @throws KamError file_truncated where the archive has no end, file_kind where it is too large */
export function zipEntries(path: string, zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END)
    throw truncated(path, "it has no table of contents");
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (at === ZIP64) throw tooLarge(path);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY)
      throw truncated(path, "its table of contents is broken");
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => zip.readUInt16LE(at + o)) as [number, number, number];
    entries.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  if (entries.some((entry) => entry.unpacked === ZIP64 || entry.packed === ZIP64)) throw tooLarge(path);
  if (entries.reduce((sum, entry) => sum + entry.unpacked, 0) > MAX_UNPACKED) throw tooLarge(path);
  return entries;
}

/**
 * Unpacks every entry once, keeping nothing, so that a damaged archive and one whose table of contents lies about its sizes are found here.
 * @throws KamError file_truncated, file_kind
 */
export async function proveEntries(path: string, zip: Buffer, entries: readonly ZipEntry[]): Promise<void> {
  let total = 0;
  for (const entry of entries) {
    if (entry.offset + 30 > zip.length || zip.readUInt32LE(entry.offset) !== LOCAL) throw truncated(path, entry.name);
    const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28);
    if (start + entry.packed > zip.length) throw truncated(path, entry.name);
    if (entry.method === 0) {
      total += entry.packed;
      continue;
    }
    if (entry.method !== 8) throw new KamError("file_kind", `${path} is packed in a way that is not read here.`);
    let size = 0;
    const inflate = createInflateRaw();
    inflate.end(zip.subarray(start, start + entry.packed));
    try {
      for await (const piece of inflate as AsyncIterable<Buffer>) {
        size += piece.length;
        total += piece.length;
        if (total > MAX_UNPACKED) throw tooLarge(path);
      }
    } catch (thrown) {
      throw thrown instanceof KamError ? thrown : truncated(path, entry.name, thrown);
    } finally {
      inflate.destroy();
    }
    if (size !== entry.unpacked) throw truncated(path, entry.name);
  }
}
