/** Money is integer minor units with its currency; these are the only two places where it meets major units. */
export const toMinor = (major: number): number => Math.round(major * 100);
export const toMajor = (minor: number): number => minor / 100;
