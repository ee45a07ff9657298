import type { Say } from "../../say.ts";

export interface ShareJson {
  readonly seen: number;
  readonly of: number;
}

/** "61 % of the stores checked (11 of 18; 39 % to 80 % at 95 % confidence)" for the share at `path`. */
export function shareWords(say: Say, path: string, share: ShareJson, intervalPath: string): string {
  const counts = `${say.fig(`${path}/seen`, "count")} of ${say.fig(`${path}/of`, "count")}`;
  if (share.of === 1) return `${counts} store checked`;
  return `${say.fig(`${path}/share`, "%")} of the stores checked (${counts}; ${say.range(path, "%")} at ${say.fig(intervalPath, "%")} confidence)`;
}

/** "61 % (11 of 18)" for a cell. */
export const shareCell = (say: Say, path: string, share: ShareJson | null): string =>
  share
    ? `${say.fig(`${path}/share`, "%")} (${say.fig(`${path}/seen`, "count")} of ${say.fig(`${path}/of`, "count")})`
    : "–";

export const yesNo = (value: boolean | null): string => (value === null ? "–" : value ? "yes" : "no");
