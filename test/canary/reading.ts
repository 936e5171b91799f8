import { connections } from "./api-client.ts";
import type { World } from "./world.ts";

/** Reads everything that the API shows: every request with its events and deliveries, every list, every page. */
export async function readEverything({ api }: World): Promise<void> {
  const ids: string[] = [];
  for (let cursor = ""; ;) {
    const { body } = await api.call(
      "GET",
      `${connections}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    ids.push(...(body["items"] as { id: string }[]).map(({ id }) => id));
    if (typeof body["nextCursor"] !== "string") break;
    cursor = body["nextCursor"];
  }
  for (const id of ids) {
    for (const part of ["", "/events", "/deliveries"]) await api.call("GET", `${connections}/${id}${part}`);
  }
  for (const filter of ["status=failed", "status=unknown", "provider=alibaba", "errorCode=provider_validation"]) {
    await api.call("GET", `${connections}?${filter}`);
  }
  const { body } = await api.call("GET", "/v1/admin/tenants");
  for (const { name } of body["items"] as { name: string }[]) {
    await api.call("GET", `/v1/admin/tenants/${name}`);
    await api.call("GET", `/v1/admin/tenants/${name}/keys`);
  }
  for (const path of ["/v1/admin/audit?limit=100", "/v1/attention", "/healthz", "/nowhere"])
    await api.call("GET", path);
  await api.call("DELETE", connections);
  await readErrorPages(api);
}

async function readErrorPages(api: World["api"]): Promise<void> {
  const json = { headers: { accept: "application/json" } };
  const { body } = await api.call("GET", "/docs/errors", undefined, json);
  for (const { code } of [{ code: "" }, ...(body["items"] as { code: string }[])]) {
    await api.call("GET", `/docs/errors/${code}`.replace(/\/$/, ""));
    await api.call("GET", `/docs/errors/${code}`.replace(/\/$/, ""), undefined, json);
  }
}
