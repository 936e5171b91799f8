import { getKey } from "../../contract/routes/get-key.ts";
import { toCurrentKey } from "../../domain/tenants/tenant-resource.ts";
import { route } from "../route.ts";

export const getKeyRoute = route(getKey, (c) => c.json(toCurrentKey(c.var.caller)));
