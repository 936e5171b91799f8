/** One change that a careless maintainer could make, and that something must notice. */
export interface Patch {
  id: string;
  /** From the repository's root. */
  file: string;
  /** What stands before `find` where that is in the file more than once: itself in it once. */
  after?: string;
  /** The text that is changed; without `after`, in the file exactly once. */
  find: string;
  replace: string;
  /** The promise that it should break. */
  why: string;
  /** Why it breaks none, in one line: then nobody need notice it. */
  equivalent?: string;
  /** What the simulation has not, that it would take to notice it, in one line: then a test has to. */
  unplayed?: string;
}

/** Patches of one file. */
export function inFile(file: string, patches: readonly Omit<Patch, "file">[]): Patch[] {
  return patches.map((patch) => ({ file, ...patch }));
}

/** The file's text as the patch has it. Throws where the code has changed so that it is not clear what is meant. */
export function applyPatch(text: string, { id, file, after = "", find, replace }: Patch): string {
  const isOnce = (part: string) => text.includes(part) && text.indexOf(part) === text.lastIndexOf(part);
  if (!isOnce(after === "" ? find : after)) throw new Error(`${id}: ${file} has not exactly once: ${after || find}`);
  const at = text.indexOf(find, text.indexOf(after) + after.length);
  if (at < 0) throw new Error(`${id}: ${file} has not, after ${after}: ${find}`);
  return text.slice(0, at) + replace + text.slice(at + find.length);
}
