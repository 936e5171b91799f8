import { describeQuotas } from "../conformance/quotas.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createMemoryQuotas } from "../fakes/memory-quotas.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const clock = createFakeClock();
const quotas = createMemoryQuotas(clock);
describeQuotas("in memory", () => quotas, clock);
