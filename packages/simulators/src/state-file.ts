import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Cloud } from "./vendor-call.ts";

type Stored = Pick<Cloud, "revision" | "snapshot" | "restore">;

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/**
 * Keeps a cloud's state in one file. It is encrypted, because a cloud holds pre-shared keys and the
 * local stack promises that a search of its data directory finds none.
 */
export class StateFile {
  readonly #path: string;
  readonly #key: Buffer;
  #writtenRevision = 0;
  #writing: Promise<void> | undefined;

  constructor(path: string, secret: string) {
    this.#path = path;
    this.#key = createHash("sha256").update(secret).digest();
    mkdirSync(dirname(path), { recursive: true });
  }

  /** Restores what the file holds, if there is one. Throws a sentence when it cannot be used: forgetting is not for us. */
  load(cloud: Stored): void {
    const sealed = this.#read();
    if (sealed === undefined) return;
    try {
      cloud.restore(JSON.parse(this.#open(sealed)));
    } catch {
      throw new Error(
        `${this.#path} is damaged, or was written with another secret; remove it to start that cloud empty`,
      );
    }
  }

  #read(): Buffer | undefined {
    try {
      return readFileSync(this.#path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return undefined;
      throw new Error(`${this.#path} cannot be read (${code}); mend its permissions, or move it away`, {
        cause: error,
      });
    }
  }

  /** Resolves when everything that has changed so far is on disk; calls that come together share a write. */
  async save(cloud: Stored): Promise<void> {
    const { revision } = cloud;
    while (this.#writtenRevision < revision) {
      this.#writing ??= this.#write(cloud).finally(() => (this.#writing = undefined));
      await this.#writing;
    }
  }

  /** A rename is atomic, so that a kill at any moment leaves the old state or the new one. */
  async #write(cloud: Stored): Promise<void> {
    const { revision } = cloud;
    const temporary = `${this.#path}.tmp`;
    await writeFile(temporary, this.#seal(JSON.stringify(cloud.snapshot())), { mode: 0o600 });
    await rename(temporary, this.#path);
    this.#writtenRevision = revision;
  }

  #seal(text: string): Buffer {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(algorithm, this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #open(file: Buffer): string {
    const decipher = createDecipheriv(algorithm, this.#key, file.subarray(0, nonceLength));
    decipher.setAuthTag(file.subarray(nonceLength, nonceLength + tagLength));
    const text = decipher.update(file.subarray(nonceLength + tagLength));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  }
}
