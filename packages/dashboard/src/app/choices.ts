export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const timeModes = ["local", "relative", "utc"] as const;
export type TimeMode = (typeof timeModes)[number];

/** Why nobody is signed in any more. */
export type Ending = "signed-out" | "idle" | "refused";
