import { describeTenantStore } from "../../conformance/tenant-store.ts";
import { createMemoryTenantStore } from "../../fakes/memory-tenant-store.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const store = createMemoryTenantStore();
describeTenantStore("in memory", () => store);
