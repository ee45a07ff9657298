import { gunzipSync, gzipSync } from "node:zlib";
import { loadModel, saveModel } from "../../forecasting/index.ts";
import type { Ground } from "./ground.ts";
import { type StoreModel, withIndex } from "./storeModel.ts";

/** What beside the model is kept in its row: the ids of its positions and what was seen of each series. */
interface Kept {
  readonly model: string;
  readonly accountIds: readonly number[];
  readonly productIds: readonly number[];
  readonly lastWeek: string;
  readonly ground: Ground;
}

/** Text for the body of a model row: gzip in base64, since the history inside shrinks to a third. */
export function packModel(fitted: Omit<StoreModel, "id">): string {
  const { model, accountIds, productIds, lastWeek, ground } = fitted;
  const kept: Kept = { model: saveModel(model), accountIds, productIds, lastWeek, ground };
  return gzipSync(JSON.stringify(kept), { level: 1 }).toString("base64");
}

/** @throws where the text is not a model of this version */
export function unpackModel(id: number, body: string): StoreModel {
  const kept = JSON.parse(gunzipSync(Buffer.from(body, "base64")).toString("utf8")) as Kept;
  return withIndex(id, { ...kept, model: loadModel(kept.model) });
}
