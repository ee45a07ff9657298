const QUESTIONS: Readonly<Record<string, string>> = {
  account: "Which account is it for?",
  start: "When shall it start?",
  end: "When shall it end, or how long shall it run?",
  discount: "Which discount or offer shall it have?",
  promotion: "Which promotion is meant?",
  product: "Which product is meant?",
};

/** The question of a slot without a digit: what remains to be asked where a fuller question held a number that nothing stands behind. */
export const plainQuestion = (slot: string | undefined): string =>
  QUESTIONS[slot ?? ""] ?? "Could you say that more exactly?";
