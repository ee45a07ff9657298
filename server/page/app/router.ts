import { useSyncExternalStore } from "react";

/** Where the page is: `#/promotions/P-1042?status=draft`. */
export interface Place {
  readonly view: string;
  /** What stands behind the view's name: the id of what is shown. */
  readonly id: string;
  readonly query: URLSearchParams;
}

export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view = "", ...id] = path.split("/");
  return { view: view || "chat", id: decodeURIComponent(id.join("/")), query: new URLSearchParams(query) };
}

/** @example linkTo("promotions", "", { status: "draft" }) // "#/promotions?status=draft" */
export function linkTo(view: string, id = "", query: Readonly<Record<string, string | undefined>> = {}): string {
  const asked = new URLSearchParams(Object.entries(query).flatMap(([k, v]) => (v ? [[k, v]] : []))).toString();
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ""}${asked ? `?${asked}` : ""}`;
}

export const goTo = (...place: Parameters<typeof linkTo>): void => {
  location.hash = linkTo(...place);
};

/** Changes what stands behind the question mark, without a step of the browser's way back. */
export function setQuery(place: Place, changes: Readonly<Record<string, string | undefined>>): void {
  const query = { ...Object.fromEntries(place.query), ...changes };
  history.replaceState(null, "", linkTo(place.view, place.id, query));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

const subscribe = (changed: () => void): (() => void) => {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
};
let last: { hash: string; place: Place } = { hash: "", place: placeOf("") };
const current = (): Place => {
  if (last.hash !== location.hash) last = { hash: location.hash, place: placeOf(location.hash) };
  return last.place;
};

export const usePlace = (): Place => useSyncExternalStore(subscribe, current);
