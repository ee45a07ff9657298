/** Hands a file to the person. @param content text, or the address of a picture */
export function download(
  name: string,
  content: { readonly text: string; readonly type: string } | { readonly url: string },
): void {
  const url = "url" in content ? content.url : URL.createObjectURL(new Blob([content.text], { type: content.type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  if (!("url" in content)) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** "Net ROI by account, 2026" → "net-roi-by-account-2026" */
export const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80) || "kam";
