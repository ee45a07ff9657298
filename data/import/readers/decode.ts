import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { KamError } from "../../common/errors.ts";
import type { Mapping } from "../mapping.ts";

type Encoding = Mapping["encoding"];

/** ISO 8859-1 is not among the web's encodings (its "latin1" is windows-1252), so Node's own does it. */
interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
const LATIN1: Decoder = { decode: (bytes) => (bytes ? Buffer.from(bytes).toString("latin1") : "") };

function decoderFor(encoding: Encoding, first: Buffer): Decoder {
  if (encoding === "latin1") return LATIN1;
  let label: string = encoding;
  if (encoding === "auto" || encoding === "utf-16") {
    const bom =
      first[0] === 0xfe && first[1] === 0xff ? "utf-16be" : first[0] === 0xff && first[1] === 0xfe ? "utf-16le" : null;
    label = bom ?? (encoding === "auto" ? "utf-8" : "utf-16le");
  }
  return new TextDecoder(label, { fatal: true });
}

/** How the text ended, for telling a file that was cut off. */
export interface TextEnd {
  newline: boolean;
}

/**
 * The text of a file, piece by piece, without a byte order mark, its lines ended by \n whatever ended them.
 * @param end told at the end whether the last character was a line break
 * @throws KamError file_truncated where it stops within a character or a gzip block, mapping where it is in another encoding
 */
export async function* decodedText(
  path: string,
  gzip: boolean,
  encoding: Encoding,
  end: TextEnd,
): AsyncGenerator<string> {
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  const bytes = gzip ? raw.pipe(createGunzip()) : raw;
  let decoder: Decoder | null = null;
  let lines = 1;
  let held = "";
  try {
    for await (const piece of bytes as AsyncIterable<Buffer>) {
      decoder ??= decoderFor(encoding, piece);
      const read = held + decode(decoder, piece, path, lines);
      // A carriage return at the end of a piece may be the first half of a line end.
      held = read.endsWith("\r") ? "\r" : "";
      const text = read.slice(0, read.length - held.length).replace(/\r\n?/g, "\n");
      for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) lines++;
      if (text !== "") end.newline = text.endsWith("\n");
      yield text;
    }
    if (held !== "") {
      end.newline = true;
      yield "\n";
    }
    try {
      decoder?.decode();
    } catch (thrown) {
      throw new KamError(
        "file_truncated",
        `${path} is cut off in the middle of a character; get it again.`,
        {},
        thrown,
      );
    }
  } catch (thrown) {
    if (thrown instanceof KamError || !gzip) throw thrown;
    throw new KamError(
      "file_truncated",
      `${path} is a gzip file that is cut off or damaged; get it again.`,
      {},
      thrown,
    );
  } finally {
    raw.destroy();
  }
}

function decode(decoder: Decoder, piece: Buffer, path: string, line: number): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch (thrown) {
    throw new KamError(
      "mapping",
      `${path} is not in the encoding that the mapping says (at or after line ${line}); set "encoding", most likely to "windows-1252".`,
      {},
      thrown,
    );
  }
}
