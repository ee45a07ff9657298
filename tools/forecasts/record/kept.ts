import { findTrackRecord } from "../../../data/models/models.repo.ts";
import type { Store } from "../../../data/store/open.ts";
import { METHOD } from "../../fitting/fitStore.ts";
import type { Scored } from "./scored.ts";

export interface TrackRecord {
  /** What is counted: promotions, or promoted weeks where the store holds no promotions. */
  readonly of: "promotions" | "weeks";
  /** Mondays before which each trial model was fitted. */
  readonly origins: readonly string[];
  readonly tried: readonly Scored[];
}

/** Begins the name of the fit that a record stands on; the form of its rows is part of it. */
export const FORM = `${METHOD}/2`;

/** The last record that was made by this method, be it of older data: advice does not wait for several fits. Null where there is none. */
export async function keptTrackRecord(store: Store): Promise<TrackRecord | null> {
  const known = await findTrackRecord(store);
  return known?.fit.startsWith(`${FORM} `) ? (JSON.parse(known.record) as TrackRecord) : null;
}
