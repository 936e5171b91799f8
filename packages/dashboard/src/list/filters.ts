import type { ListConnectionsQuery } from "@vpn-broker/client";
import { errorCodes, providers, statuses } from "../api/values.ts";

/** What the list is narrowed to: every filter of the API, as the address has them. */
export type Filters = Omit<ListConnectionsQuery, "limit" | "cursor">;

/** Filters that are one text, in the order in which they are shown. */
export const textFilters = ["region", "vpnGatewayId", "clientToken", "providerConnectionId"] as const;
export const timeFilters = ["createdAfter", "createdBefore"] as const;

/** What the address says; what is no filter, or no value of one, is left out. */
export function readFilters(query: URLSearchParams): Filters {
  const asked = query.getAll("status");
  const status = statuses.filter((one) => asked.includes(one));
  const provider = providers.find((one) => one === query.get("provider"));
  const errorCode = errorCodes.find((one) => one === query.get("errorCode"));
  const filters: Filters = {
    ...(status.length > 0 ? { status } : {}),
    ...(provider ? { provider } : {}),
    ...(errorCode ? { errorCode } : {}),
  };
  for (const name of ["tenant", ...textFilters] as const) {
    const text = query.get(name)?.trim();
    if (text) filters[name] = text;
  }
  for (const name of timeFilters) {
    const at = new Date(query.get(name) ?? "");
    if (!Number.isNaN(at.getTime())) filters[name] = at.toISOString();
  }
  return filters;
}

/** The other way, always in the same order: the same filters are the same address. */
export function writeFilters(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  const { status = [] } = filters;
  for (const one of statuses) if (status.includes(one)) query.append("status", one);
  for (const name of ["tenant", "provider", "errorCode", ...textFilters, ...timeFilters] as const) {
    const value = filters[name];
    if (value !== undefined && value !== "") query.set(name, value);
  }
  return query;
}

/** The filters with one of them set, or without it. */
export function withFilter<Name extends keyof Filters>(
  filters: Filters,
  name: Name,
  value: Filters[Name] | undefined,
): Filters {
  const { [name]: _before, ...others } = filters;
  return value === undefined || value.length === 0 ? others : { ...others, [name]: value };
}

export const countFilters = (filters: Filters): number => Object.keys(filters).length;
