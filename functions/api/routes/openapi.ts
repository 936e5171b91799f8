import { getOpenApi } from "../../contract/routes/openapi.ts";
import type { ApiDeps } from "../env.ts";
import { matchesTag } from "../output/matches-tag.ts";
import { route } from "../route.ts";

/** The OpenAPI document: a file beside the code, read when somebody asks for the first time. */
export function openApiRoute({ loadOpenApi }: Pick<ApiDeps, "loadOpenApi">) {
  let known: Promise<{ text: string; tag: string }> | undefined;
  const load = async () => {
    const text = await loadOpenApi();
    return { text, tag: await toTag(text) };
  };
  return route(getOpenApi, async (c) => {
    known ??= load();
    // What failed may work the next time.
    const { text, tag } = await known.catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    c.header("ETag", tag);
    c.header("Cache-Control", "no-cache");
    if (matchesTag(c.req.header("If-None-Match"), tag)) return c.body(null, 304);
    return c.body(text, 200, { "Content-Type": "application/json" });
  });
}

async function toTag(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `"${Array.from(hash.subarray(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}
