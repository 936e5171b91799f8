import { createMemoryTenantStore } from "../support/memory-tenant-store.ts";
import { describeTenantStore } from "../support/tenant-store-conformance.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const store = createMemoryTenantStore();
describeTenantStore("in memory", () => store);
