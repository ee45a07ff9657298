/** What can be asked, in a person's words, by what she wants of it. */
export const EXAMPLES = [
  {
    title: "Do",
    sayings: [
      "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount.",
      "What is left in the fund of Bramley Stores?",
      "Which claims are open?",
    ],
  },
  {
    title: "Look back",
    sayings: [
      "Which retailer gives us the highest promotion ROI?",
      "Which discount level usually works best for Kestrel at Retailer B?",
      "Why did sales drop during the last promotion at Retailer C?",
    ],
  },
  {
    title: "Look ahead",
    sayings: [
      "What is the baseline for Polar Lane at Bramley in the next four weeks?",
      "Is 15% with Retailer C in week 42 better than in week 38?",
    ],
  },
  {
    title: "How",
    sayings: ["How do I create a multi-retailer promotion?", "Who may approve a promotion?"],
  },
];
