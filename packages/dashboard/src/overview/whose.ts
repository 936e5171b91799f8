import { computed } from "@preact/signals";
import { isOperator, wholeReach } from "../app/reach-of-key.ts";
import { toRequests } from "../app/route.ts";
import { route } from "../app/router.ts";
import { type Filters, writeFilters } from "../list/filters.ts";

/** The only tenant that an operator looks at; absent = everybody. */
export const chosenTenant = computed(() => (isOperator.value && route.value.query.get("tenant")) || undefined);

/** Whose requests the overview is about, as the API is asked for them. */
export const whose = computed((): { tenant?: string } =>
  chosenTenant.value === undefined ? wholeReach.value : { tenant: chosenTenant.value },
);

/** The list of those of them that the filters let through. */
export function toList(filters: Filters): string {
  const tenant = chosenTenant.value;
  return toRequests(writeFilters(tenant === undefined ? filters : { ...filters, tenant }));
}
