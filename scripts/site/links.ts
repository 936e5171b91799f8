/** The way from one page to another path of the site, which is the same under a sub-path: `/docs` → `/docs/a` is `docs/a`. */
export function relativeLink(from: string, to: string): string {
  const [path = "", anchor] = to.split("#");
  const suffix = anchor === undefined ? "" : `#${anchor}`;
  if (path === from && suffix) return suffix;
  const base = from.split("/").slice(1, -1);
  const target = path.split("/").slice(1);
  let same = 0;
  while (same < base.length && same < target.length - 1 && base[same] === target[same]) same += 1;
  const up = base.slice(same).map(() => "..");
  return `${[...up, ...target.slice(same)].join("/")}${suffix}`;
}

/** A heading's anchor, as GitHub makes it. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
