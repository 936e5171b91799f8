import { userInfo } from "node:os";

/** A file system's refusal as one sentence on what is wrong and what to do; `place` is where, as an absolute path. */
export function explainFileError(error: unknown, place: string): Error {
  return new Error(sentenceFor(String((error as NodeJS.ErrnoException).code), place), { cause: error });
}

function sentenceFor(code: string, place: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `${currentUser()} may not read and write ${place}; give that permission, or set DATA_DIR to another folder`;
    case "EROFS":
      return `${place} is on a read-only file system; set DATA_DIR to a folder that can be written`;
    case "ENOSPC":
    case "EDQUOT":
      return `there is no space left for ${place}; free some, or set DATA_DIR to another folder`;
    case "ENOENT":
      return `nothing can be made in ${place}; set DATA_DIR to another folder`;
    case "ENOTDIR":
    case "EEXIST":
      return `${place} is not a folder; move it away, or set DATA_DIR to another folder`;
    case "ELOOP":
      return `${place} is a link that leads nowhere; remove it, or set DATA_DIR to another folder`;
    case "EISDIR":
      return `${place} is a folder where a file should be; move it away, or set DATA_DIR to another folder`;
    default:
      return `${place} cannot be used (${code}); set DATA_DIR to another folder`;
  }
}

/** With the number, which in a container is often all that there is. */
function currentUser(): string {
  try {
    const { username, uid } = userInfo();
    return `the user ${username} (${uid})`;
  } catch {
    return `the user ${process.getuid?.()}`;
  }
}
