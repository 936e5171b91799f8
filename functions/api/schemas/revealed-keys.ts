import * as z from "zod";
import type { RevealedKey } from "../../domain/reveal-keys.ts";
import { describes } from "./describes.ts";
import { count, listOf } from "./values.ts";

const revealedKey = describes<RevealedKey>()(
  z.strictObject({
    tunnel: count,
    role: z.enum(["primary", "backup"]).exactOptional(),
    preSharedKey: z.string().min(1).max(100),
  }),
);

export const revealedKeys = listOf(revealedKey).meta({ id: "RevealedKeys" });
