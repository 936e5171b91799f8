import { describeConnectionStore } from "../support/connection-store-conformance.ts";
import { createMemoryConnectionStore } from "../support/memory-connection-store.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const store = createMemoryConnectionStore();
describeConnectionStore("in memory", () => store);
