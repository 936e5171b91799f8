/** Branches that no schedule takes, each with the reason. */
export const unreachable: Readonly<Record<string, string>> = {};
