import JSZip from "jszip";

/** An office file's parts, zipped; its inner dates are the day the report was made on, so that the same report is the same bytes. */
export async function zipOf(parts: Readonly<Record<string, string | Uint8Array>>, day: string): Promise<Buffer> {
  const zip = new JSZip();
  const date = new Date(`${day}T00:00:00Z`);
  for (const [path, content] of Object.entries(parts)) zip.file(path, content, { date, createFolders: false });
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE", platform: "DOS" });
}
