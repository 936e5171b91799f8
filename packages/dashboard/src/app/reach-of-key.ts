import { computed } from "@preact/signals";
import { holder } from "./session.ts";

/** Whether the key is for every tenant's requests. */
export const isOperator = computed(() => holder.value?.scopes.includes("operations") ?? false);

/** Whether it may see requests at all. */
export const mayRead = computed(() => isOperator.value || (holder.value?.scopes.includes("connections:read") ?? false));

/** Whether it may cancel, redrive and resend. */
export const mayChange = computed(
  () => isOperator.value || (holder.value?.scopes.includes("connections:write") ?? false),
);

/** Whose requests are asked for where nobody is named: an operator looks at everybody's. */
export const wholeReach = computed((): { tenant?: "*" } => (isOperator.value ? { tenant: "*" } : {}));
