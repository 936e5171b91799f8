import type { Context } from "hono";
import { getConnection } from "../domain/connections/get-connection.ts";
import { DomainError } from "../domain/errors.ts";
import type { ConnectionStore, TenantStore } from "../domain/ports.ts";
import { everyTenant, type Scope } from "../domain/tenants/tenant.ts";
import type { ApiEnv } from "./env.ts";
import { requireActive } from "./middleware/require-active-tenant.ts";

type ApiContext = Context<ApiEnv>;
const operations: Scope = "operations";

/**
 * Whether the caller's key is an operator's, as the table has it now: a remembered key may have been revoked by now. Throws
 * `forbidden` for one whose tenant is suspended.
 */
async function isOperatorNow(c: ApiContext): Promise<boolean> {
  if (!c.var.caller.scopes.includes(operations)) return false;
  const caller = await c.var.askAnew();
  requireActive(caller);
  return caller.scopes.includes(operations);
}

/** Throws `forbidden` unless the caller's key is an operator's, as the table has it now. */
export async function requireOperator(c: ApiContext): Promise<void> {
  if (!(await isOperatorNow(c))) throw new DomainError("forbidden", `this API key lacks the scope ${operations}`);
}

/** What is read of the caller's own tenant, or for an operator of any, where its own has it not. */
export async function readFor<Found>(c: ApiContext, read: (tenant: string) => Promise<Found>): Promise<Found> {
  try {
    return await read(c.var.caller.tenant);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "not_found" || !(await isOperatorNow(c))) throw error;
    return read(everyTenant);
  }
}

/** Whose requests the caller's key reaches: for an operator everybody's, but while its own tenant is suspended. */
export async function toReach(c: ApiContext): Promise<string> {
  const { scopes, tenant, suspended } = c.var.caller;
  if (suspended && scopes.includes("connections:read")) return tenant;
  return (await isOperatorNow(c)) ? everyTenant : tenant;
}

/**
 * The tenant whose requests are listed. Throws `forbidden` for one that the caller may not list, and `invalid_request` for one
 * that does not exist: nothing would be listed of it, as of one where all is well.
 */
export async function toListed(
  c: ApiContext,
  { tenants }: { tenants: Pick<TenantStore, "get"> },
  asked: string | undefined,
): Promise<string> {
  const { scopes, tenant } = c.var.caller;
  if (asked === undefined) {
    if (scopes.includes("connections:read")) return tenant;
    throw refuseTenant("must name a tenant: this API key is for others' requests");
  }
  if (!(await isOperatorNow(c)))
    throw new DomainError("forbidden", `the parameter tenant needs the scope ${operations}`);
  if (asked === everyTenant || asked === tenant || (await tenants.get(asked))) return asked;
  throw refuseTenant("there is no tenant of this name");
}

function refuseTenant(detail: string): DomainError {
  return new DomainError("invalid_request", "the query is not valid: tenant", [{ pointer: "/tenant", detail }]);
}

/**
 * The `owner` of a request where the caller changes it as an operator: it is another tenant's, or its key may not change
 * its own tenant's. Throws `not_found`, and `invalid_request` for an operator without a reason.
 */
export async function toOwner(
  c: ApiContext,
  deps: { store: ConnectionStore },
  { id, reason }: { id: string; reason?: string },
): Promise<{ owner?: string }> {
  const { caller } = c.var;
  if (!caller.scopes.includes(operations)) return {};
  const { tenant } = await readFor(c, (reach) => getConnection(deps, { tenant: reach, id }));
  if (tenant === caller.tenant && caller.scopes.includes("connections:write")) return {};
  await requireOperator(c);
  if (reason !== undefined) return { owner: tenant };
  const detail = "must say why, because an operator asks for it";
  throw new DomainError("invalid_request", "an operator's change needs a reason", [{ pointer: "/reason", detail }]);
}
