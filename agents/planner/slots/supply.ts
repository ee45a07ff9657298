import { exclusionOf } from "../exclusions.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { accountArg, type Build, type Built, done, productArg } from "./build.ts";
import { has, pastPeriod, perAccount } from "./pieces.ts";
import { OPEN, which } from "./which.ts";

const OVER = ["ended", "closed"];
const COMING = [...OPEN, "running"];

/** What of supply is asked for. */
function shown(b: Build): "forward_buying" | "fill_rate" | "orders" | "cover" {
  if (has(b, "forwardbuy")) return "forward_buying";
  if (has(b, "fillrate")) return "fill_rate";
  return has(b, "openorder") && !has(b, "stockword") ? "orders" : "cover";
}

export function buildStockCover(b: Build): Built {
  const show = shown(b);
  const asked: Args = show === "cover" ? {} : { show };
  if (show === "orders" && has(b, "overdueword")) asked.late = true;
  const promotion = promotionOf(b, show);
  if (promotion) return done({ ...asked, promotion });
  // How long stock lasts is asked as of now; the weeks of a fill rate and of promotions lie behind.
  const looksBack = show === "fill_rate" || show === "forward_buying";
  const { period, notes } = looksBack ? pastPeriod(b, accountArg(b).account) : { period: undefined, notes: [] };
  return perAccount(b, { ...productArg(b), ...asked, ...(period ? { period } : {}), ...exclusionOf(b) }, notes);
}

/** The promotion that is spoken of; "promotions" and a whole quarter mean several. */
function promotionOf(b: Build, show: ReturnType<typeof shown>): string | null {
  const named = b.reading.codes.some((c) => c.kind === "promotion");
  if (!named && (!has(b, "promotion", "single", "offer") || has(b, "promoplural"))) return null;
  const past = show === "forward_buying" || show === "fill_rate";
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, {
    statuses: past ? OVER : COMING,
    mayGuess: past,
  });
  if (meant.kind === "one") return meant.code;
  if (meant.kind === "none") return null;
  // Of several that are coming the next one is meant.
  const fit = meant.promotions.filter((p) => COMING.includes(p.status) && p.end >= b.lexicon.today);
  return fit.toSorted((x, y) => (x.start < y.start ? -1 : 1))[0]?.code ?? null;
}

export function buildOrderProposal(b: Build): Built {
  const args: Args = {};
  const percent = b.reading.quantities.find((q) => q.kind === "percent")?.values[0];
  if (percent !== undefined && percent >= LEAST_SERVICE && percent <= MOST_SERVICE) args.service_level = percent;
  const meant = which(b, { statuses: COMING }, "plan the shipments of", args);
  return "asked" in meant ? meant.asked : done({ promotion: meant.code, ...args });
}
const LEAST_SERVICE = 0.5;
const MOST_SERVICE = 0.995;
