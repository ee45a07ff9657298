import { ForecastError } from "../errors.ts";
import type { Model } from "../types.ts";
import { MODEL_VERSION } from "./state.ts";

/**
 * Text form of a model: JSON in which a typed array is { $: kind, n, b } with b the base64 of its bytes. Columns that are
 * mostly 0, or whole numbers, or exact in single precision are stored so; every form gives back the same bits.
 */
export function saveModel(model: Model): string {
  return JSON.stringify(model, (_, value: unknown) => (ArrayBuffer.isView(value) ? pack(value) : value));
}

/** @throws ForecastError bad_model for text that is not a model, or of another version */
export function loadModel(text: string): Model {
  let value: unknown;
  try {
    value = JSON.parse(text, (_, v: unknown) => (isPacked(v) ? unpack(v) : v));
  } catch {
    throw new ForecastError("bad_model", "The saved model cannot be read; fit again.");
  }
  const model = value as Model | null;
  if (
    typeof model !== "object" ||
    model === null ||
    model.version !== MODEL_VERSION ||
    typeof model.state !== "object"
  ) {
    throw new ForecastError("bad_model", `The saved model is not of version ${MODEL_VERSION}; fit again.`);
  }
  return model;
}

interface Packed {
  readonly $: "f64" | "f32" | "i32" | "i16" | "u8" | "s";
  /** The array's own type where it is stored as another. */
  readonly as?: "f64";
  readonly n: number;
  readonly b: string;
  /** Places of the values that are not 0 (kind s). */
  readonly at?: Packed;
  readonly v?: Packed;
}

function isPacked(v: unknown): v is Packed {
  return typeof v === "object" && v !== null && "$" in v && "n" in v;
}

function pack(view: ArrayBufferView): Packed {
  if (view instanceof Float64Array) return packDoubles(view);
  if (view instanceof Int32Array) {
    return view.every((v) => v >= -32768 && v <= 32767)
      ? { $: "i16", n: view.length, b: encode(Int16Array.from(view)) }
      : { $: "i32", n: view.length, b: encode(view) };
  }
  if (view instanceof Uint8Array) return { $: "u8", n: view.length, b: encode(view) };
  throw new ForecastError("bad_model", "The model holds an array of an unknown kind.");
}

function packDoubles(view: Float64Array): Packed {
  const n = view.length;
  let filled = 0;
  let single = true;
  let whole = true;
  for (let i = 0; i < n; i++) {
    const v = view[i]!;
    const zero = v === 0 && !Object.is(v, -0);
    if (!zero) filled++;
    if (single && !Object.is(Math.fround(v), v) && !Number.isNaN(v)) single = false;
    if (whole && (!Number.isInteger(v) || Object.is(v, -0) || Math.abs(v) > 32767)) whole = false;
  }
  if (n > 64 && filled < n / 3) {
    const at = new Int32Array(filled);
    const values = new Float64Array(filled);
    let k = 0;
    for (let i = 0; i < n; i++) {
      if (view[i] === 0 && !Object.is(view[i], -0)) continue;
      at[k] = i;
      values[k++] = view[i]!;
    }
    return { $: "s", n, b: "", at: { $: "i32", n: filled, b: encode(at) }, v: packDense(values) };
  }
  if (whole) return { $: "i16", as: "f64", n, b: encode(Int16Array.from(view)) };
  if (single) return { $: "f32", as: "f64", n, b: encode(Float32Array.from(view)) };
  return { $: "f64", n, b: encode(view) };
}

function packDense(view: Float64Array): Packed {
  return view.every((v) => Object.is(Math.fround(v), v) || Number.isNaN(v))
    ? { $: "f32", as: "f64", n: view.length, b: encode(Float32Array.from(view)) }
    : { $: "f64", n: view.length, b: encode(view) };
}

function unpack(p: Packed): Float64Array | Int32Array | Uint8Array {
  if (p.$ === "s") {
    // The reviver has already unpacked the inner arrays.
    const at = p.at as unknown as Int32Array;
    const values = p.v as unknown as Float64Array;
    const out = new Float64Array(p.n);
    for (let k = 0; k < at.length; k++) out[at[k]!] = values[k]!;
    return out;
  }
  const bytes = decode(p.b);
  const buffer = bytes.buffer as ArrayBuffer;
  if (p.$ === "u8") return bytes;
  if (p.$ === "i32") return new Int32Array(buffer);
  if (p.$ === "i16")
    return p.as === "f64" ? Float64Array.from(new Int16Array(buffer)) : Int32Array.from(new Int16Array(buffer));
  if (p.$ === "f32") return Float64Array.from(new Float32Array(buffer));
  return new Float64Array(buffer);
}

function encode(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

function decode(text: string): Uint8Array {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}
