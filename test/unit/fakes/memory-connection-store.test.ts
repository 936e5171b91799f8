import { describeConnectionStore } from "../../conformance/connection-store.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const store = createMemoryConnectionStore();
describeConnectionStore("in memory", () => store);
