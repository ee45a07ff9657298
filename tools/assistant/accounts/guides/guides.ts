import { readdirSync, readFileSync } from "node:fs";

/** One task guide of docs/guides: how a person gets something done, by saying it. */
export interface Guide {
  readonly slug: string;
  readonly title: string;
  readonly about: string;
  /** Other ways of asking for it. */
  readonly phrases: readonly string[];
  readonly tools: readonly string[];
  readonly say: readonly string[];
  readonly offer: string;
  readonly steps: readonly string[];
}

const FOLDER = new URL("../../../../docs/guides/", import.meta.url);

/**
 * Reads a guide: front matter of `key: value` lines and `- item` lists, then numbered steps.
 * @throws Error naming the file, where a part is missing: a guide that does not read is a defect of the release
 */
export function parseGuide(slug: string, source: string): Guide {
  const [, head, body] = source.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  if (head === undefined || body === undefined) throw new Error(`docs/guides/${slug}.md has no front matter`);
  const fields = new Map<string, string>();
  const lists = new Map<string, string[]>();
  let key = "";
  for (const line of head.split("\n")) {
    const [, name, value] = line.match(/^(\w+):\s*(.*)$/) ?? [];
    if (line.startsWith("- ")) lists.set(key, [...(lists.get(key) ?? []), line.slice(2).trim()]);
    else if (name !== undefined) {
      key = name;
      fields.set(name, value ?? "");
    } else throw new Error(`docs/guides/${slug}.md: "${line}" is neither a field nor an item`);
  }
  const text = (name: string): string => {
    const value = fields.get(name);
    if (!value) throw new Error(`docs/guides/${slug}.md has no ${name}`);
    return value;
  };
  const steps = [...body.matchAll(/^\d+\.\s+(.+)$/gm)].map((m) => m[1]!);
  if (!steps.length) throw new Error(`docs/guides/${slug}.md has no steps`);
  return {
    slug,
    title: text("title"),
    about: text("about"),
    phrases: lists.get("phrases") ?? [],
    tools: (fields.get("tools") ?? "").split(",").flatMap((tool) => tool.trim() || []),
    say: lists.get("say") ?? [],
    offer: text("offer"),
    steps,
  };
}

let read: readonly Guide[] | undefined;

/** All guides, in the order of their file names; read once. */
export function allGuides(): readonly Guide[] {
  read ??= readdirSync(FOLDER)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseGuide(name.slice(0, -3), readFileSync(new URL(name, FOLDER), "utf8")));
  return read;
}
