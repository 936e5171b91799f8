import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as z from "zod";
import { fingerprintKeysSchema } from "../../../../functions/entries/config.ts";
import { Failure } from "../failure.ts";

type FingerprintKeys = z.infer<typeof fingerprintKeysSchema>;

/** A deployment's first key. */
export function createFingerprintKeys(now: Date): FingerprintKeys {
  return addFingerprintKey({ current: "", keys: {} }, now);
}

/** The keys with a new current one, named by the day (UTC); those before stay, as records name them. */
export function addFingerprintKey(given: FingerprintKeys, now: Date): FingerprintKeys {
  const day = now.toISOString().slice(0, 10);
  let id = day;
  for (let number = 2; Object.hasOwn(given.keys, id); number += 1) id = `${day}-${number}`;
  return { ...given, current: id, keys: { ...given.keys, [id]: randomBytes(32).toString("base64") } };
}

/** The JSON that the API reads, with a new current key. Throws `Failure` for what the API would not read either. */
export function rotateJson(json: string, now: Date): FingerprintKeys {
  return addFingerprintKey(check(parse(json, "stdin"), "stdin"), now);
}

/** A new current key in the secrets of a local stack, which reads them when it starts. Answers the new id and all ids. */
export function rotateInFolder(dataDir: string, now: Date): { current: string; keys: string[] } {
  const file = join(dataDir, "secrets.json");
  const secrets = parse(readSecrets(file), file);
  const keys = check((secrets as Record<string, unknown> | null)?.["fingerprintKeys"], file);
  const rotated = addFingerprintKey(keys, now);
  const scratch = `${file}.${process.pid}.new`;
  const text = JSON.stringify({ ...(secrets as object), fingerprintKeys: rotated }, undefined, 2);
  try {
    writeFileSync(scratch, text, { mode: 0o600, flag: "wx", flush: true });
    renameSync(scratch, file);
  } catch (error) {
    rmSync(scratch, { force: true });
    throw new Failure(
      `${file} could not be written (${String((error as NodeJS.ErrnoException).code)}); it is as it was.`,
    );
  }
  return { current: rotated.current, keys: Object.keys(rotated.keys) };
}

function readSecrets(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure(`${file} cannot be read (${String(code)}); a local stack writes it at its first start.`);
  }
}

/** A parser's own message would repeat the text, which holds keys. */
function parse(json: string, place: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Failure(`What is in ${place} is not JSON.`);
  }
}

function check(value: unknown, place: string): FingerprintKeys {
  const parsed = fingerprintKeysSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure(
    `What is in ${place} is not {"current": "<id>", "keys": {"<id>": "<base64>"}} with the current key in it.`,
  );
}
