import { type Match, type Needle, NeedleIndex } from "./needle-index.ts";
import { toViews, type View } from "./views.ts";

/** A place in some bytes where a secret, or a good part of it, stands. */
export interface Hit {
  secret: string;
  /** How it is written there: `raw`, `base64`, `URL`, …; `fragment` for a part of it, `nested` for one encoding in another. */
  encoding: string;
  /** What stands before it, to find the place by. */
  before: string;
}

interface Meaning {
  secret: string;
  encoding: "raw" | "fragment" | "base64" | "base64url" | "hex";
}

/** As little of a secret as counts for a leak: a line that was cut off may hold no more. */
const fragmentLength = 12;
const contextLength = 60;

/** Where one secret (ASCII, 12 characters or more) stands in some bytes, in any encoding. */
export function findSecret(secret: string, bytes: Uint8Array): Hit[] {
  return createFinder([secret])(bytes);
}

/** The same for many secrets at once; a hit for each secret and encoding. */
export function createFinder(secrets: readonly string[]): (bytes: Uint8Array) => Hit[] {
  const index = new NeedleIndex(secrets.flatMap(needlesOf));
  return (bytes) => {
    const seen = toViews(bytes).map((view) => ({ view, matches: index.matches(view.text) }));
    const found = new Set(seen.flatMap(({ matches }) => matches.map(({ meaning }) => meaning.secret)));
    return [...found].flatMap((secret) => toHits(secret, seen));
  };
}

interface Seen {
  view: View;
  matches: Match<Meaning>[];
}

/** What was seen of one secret; the first view is the one in clear. */
function toHits(secret: string, seen: readonly Seen[]): Hit[] {
  const hits = new Map<string, Hit>();
  const note = (encoding: string, { text }: View, match: Match<Meaning> | undefined) => {
    if (!match || hits.has(encoding)) return;
    hits.set(encoding, { secret, encoding, before: text.slice(Math.max(0, match.at - contextLength), match.at) });
  };
  const own = seen.map(({ view, matches }) => ({
    view,
    ...sort(matches.filter((one) => one.meaning.secret === secret)),
  }));
  const [clear] = own;
  for (const { view, whole, parts, written } of own) {
    // What is there in clear is there in every view: only more than that is a find of its encoding. And decoding what is
    // in clear can tear it to pieces, which are no finds.
    const isClear = view === clear?.view;
    const isNew = isClear || whole.length > (clear?.whole.length ?? 0);
    if (isNew && (view.encoding !== "nested" || hits.size === 0)) note(view.encoding, view, whole[0]);
    for (const match of written) note(match.meaning.encoding, view, match);
    if (isClear || (clear?.whole.length === 0 && clear.parts.length === 0)) note("fragment", view, parts[0]);
  }
  return [...hits.values()];
}

/** The secret as a whole, parts of it that are cut off from the rest, and the forms that are looked for as they are. */
function sort(matches: readonly Match<Meaning>[]) {
  const whole = matches.filter(({ meaning }) => meaning.encoding === "raw");
  const fragments = matches.filter(({ meaning }) => meaning.encoding === "fragment");
  return {
    whole,
    parts: fragments.filter((fragment) => !whole.some((one) => isWithin(fragment, one))),
    written: matches.filter(({ meaning }) => meaning.encoding !== "raw" && meaning.encoding !== "fragment"),
  };
}

function isWithin(inner: Match<Meaning>, outer: Match<Meaning>): boolean {
  return inner.at >= outer.at && inner.at + inner.length <= outer.at + outer.length;
}

/** How a secret looks in clear, and in encodings that begin anywhere in a text and so cannot be taken off it. */
function needlesOf(secret: string): Needle<Meaning>[] {
  const hex = Buffer.from(secret).toString("hex");
  const texts: Record<Meaning["encoding"], string[]> = {
    raw: [secret],
    fragment: fragmentsOf(secret),
    base64: inBase64(secret, "base64"),
    base64url: inBase64(secret, "base64url"),
    hex: [hex, hex.toUpperCase()],
  };
  return Object.entries(texts).flatMap(([encoding, needles]) =>
    needles.map((text) => ({ text, meaning: { secret, encoding: encoding as Meaning["encoding"] } })),
  );
}

/** At each of the three alignments, less the characters at both ends that hold bits of a neighbour or are padding. */
function inBase64(secret: string, encoding: "base64" | "base64url"): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    return bytes.toString(encoding).slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
}

function fragmentsOf(secret: string): string[] {
  const count = Math.max(0, secret.length - fragmentLength + 1);
  return Array.from({ length: count }, (_, start) => secret.slice(start, start + fragmentLength));
}
