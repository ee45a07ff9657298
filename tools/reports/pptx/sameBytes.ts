import JSZip from "jszip";
import { zipOf } from "../zip.ts";

const STAMP = /(<dcterms:(?:created|modified)[^>]*>)[^<]*/g;

/** The same deck with every date that the library took from the clock set to a day, in the workbooks of its charts too. */
export async function sameBytes(file: Buffer, day: string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(file);
  const parts: Record<string, string | Uint8Array> = {};
  for (const [path, entry] of Object.entries(zip.files)) {
    if (entry.dir) continue;
    if (path.endsWith(".xlsx")) parts[path] = await sameBytes(await entry.async("nodebuffer"), day);
    else if (path === "docProps/core.xml")
      parts[path] = (await entry.async("string")).replace(STAMP, `$1${day}T00:00:00Z`);
    else parts[path] = await entry.async("nodebuffer");
  }
  return zipOf(parts, day);
}
