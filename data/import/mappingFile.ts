import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { KamError } from "../common/errors.ts";
import { type Mapping, nearest, parseMapping } from "./mapping.ts";

/** Where a mapping comes from: a JSON file, the name of a preset, or an object; one may extend a preset. */

const PRESETS = new URL("./presets/", import.meta.url);
const PRESET_NAME = /^[a-z0-9][a-z0-9_-]*$/;
const MOST_BYTES = 1 << 20;
/** A preset that extends a preset that … */
const DEEPEST = 5;

export const presetNames = (): string[] =>
  readdirSync(PRESETS)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5))
    .sort();

export interface LoadedMapping {
  readonly mapping: Mapping;
  /** Same for mappings that say the same. */
  readonly hash: string;
}

/** @throws KamError mapping */
export function loadMapping(map: unknown): LoadedMapping {
  const where = typeof map === "string" ? map : "the mapping";
  const json = extended(typeof map === "string" ? readNamed(map) : map, where, 0);
  const mapping = parseMapping(json, where);
  return { mapping, hash: createHash("sha256").update(canonical(json)).digest("hex") };
}

function readNamed(name: string): unknown {
  if (existsSync(name) && statSync(name).isFile()) {
    if (statSync(name).size > MOST_BYTES) throw new KamError("mapping", `${name} is too large for a mapping file.`);
    return parseJson(readFileSync(name, "utf8"), name);
  }
  if (PRESET_NAME.test(name)) return readPreset(name, name);
  throw new KamError("mapping", `There is no mapping file ${name}; the built-in ones are ${presetNames().join(", ")}.`);
}

function readPreset(name: string, where: string): unknown {
  const names = presetNames();
  if (!names.includes(name)) {
    const near = nearest(name, names);
    throw new KamError(
      "mapping",
      `${where}: there is no preset "${name}"${near ? `, the nearest is "${near}"` : ""}; the built-in ones are ${names.join(", ")}.`,
    );
  }
  return parseJson(readFileSync(new URL(`${name}.json`, PRESETS), "utf8"), `preset ${name}`);
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/\s+/g, " ") : "";
    throw new KamError("mapping", `${where} is not JSON: ${why}`, {}, thrown);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The preset that a mapping names, with what the mapping says on top: `columns` and `defaults` word by word, the rest whole. */
function extended(json: unknown, where: string, depth: number): unknown {
  if (!isObject(json) || json.preset === undefined) return json;
  const { preset, ...own } = json;
  if (typeof preset !== "string" || !PRESET_NAME.test(preset) || depth > DEEPEST)
    throw new KamError("mapping", `${where}: preset: must be the name of one of ${presetNames().join(", ")}.`);
  const base = extended(readPreset(preset, where), `preset ${preset}`, depth + 1);
  if (!isObject(base)) return own;
  const merged = { ...base, ...own };
  for (const key of ["columns", "defaults"]) {
    if (isObject(base[key]) && isObject(own[key])) merged[key] = { ...base[key], ...own[key] };
  }
  return merged;
}

/** JSON with its keys in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? "";
