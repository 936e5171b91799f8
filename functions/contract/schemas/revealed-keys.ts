import * as z from "zod";
import type { RevealedKey } from "../../domain/connections/reveal-keys.ts";
import { tunnelRoles } from "../../domain/values.ts";
import { schemaOf } from "./schema-of.ts";
import { count, listOf } from "./values.ts";

const revealedKey = schemaOf<RevealedKey>()(
  z.strictObject({
    tunnel: count,
    role: z.enum(tunnelRoles).exactOptional(),
    preSharedKey: z.string().min(1).max(100),
  }),
).meta({ id: "RevealedKey" });

export const revealedKeys = listOf(revealedKey).meta({ id: "RevealedKeys" });
