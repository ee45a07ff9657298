/**
 * Dip, cannibalisation and halo of an event are the model's averages over like events; a single event's own differ from
 * them by about this share (one standard deviation). A judgement, not an estimate: one event alone cannot show them.
 */
export const EFFECT_SPREAD = 0.3;
