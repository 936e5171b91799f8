/** A share as people read it; a dash for that of nothing. */
export const percent = (share: number | undefined): string =>
  share === undefined ? "–" : `${Number((share * 100).toFixed(1))} %`;
